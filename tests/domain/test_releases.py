"""What changed between two states of an agenda."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.releases import Agenda, Changes, Detail, Line, What, changes

DAY, START = date(2027, 2, 12), time(18)


def clock(minutes: int, start: time = START) -> time:
    return (datetime.combine(DAY, start) + timedelta(minutes=minutes)).time()


def agenda(items: Sequence[tuple[str, int]], start: time = START, **details: object) -> Agenda:
    """Items of (key, minutes) one after another."""
    gone, lines = 0, []
    for key, minutes in items:
        lines.append(
            Line(key, f"Asia {key}", gone, clock(gone, start), minutes, clock(gone + minutes, start))
        )
        gone += minutes
    return replace(Agenda(DAY, start, clock(90, start), "Koulu", "", tuple(lines)), **details)


def said(found: Changes) -> dict[str, set[str]]:
    return {one.line.key: {str(what) for what in one.what} for one in found.lines}


FROM = [("a", 5), ("b", 10), ("c", 10), ("d", 20)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (FROM, {}),
        ([], {key: {"removed"} for key in "abcd"}),
        ([*FROM, ("e", 5)], {"e": {"new"}}),
        (FROM[:-1], {"d": {"removed"}}),
        # one that is taken off in between brings the others forward
        ([("a", 5), ("c", 10), ("d", 20)], {"b": {"removed"}, "c": {"retimed"}, "d": {"retimed"}}),
        # as long as the one before it: another item in its place moves nobody
        ([("a", 5), ("e", 10), ("c", 10), ("d", 20)], {"b": {"removed"}, "e": {"new"}}),
        # two neighbours of the same length change places: one is moved, both have another time
        ([("a", 5), ("c", 10), ("b", 10), ("d", 20)], {"c": {"moved", "retimed"}, "b": {"retimed"}}),
        # the last one comes first: it alone is moved
        (
            [("d", 20), ("a", 5), ("b", 10), ("c", 10)],
            {"d": {"moved", "retimed"}, "a": {"retimed"}, "b": {"retimed"}, "c": {"retimed"}},
        ),
        ([("a", 5), ("b", 10), ("c", 10), ("d", 25)], {"d": {"retimed"}}),
        ([("a", 6), ("b", 9), ("c", 10), ("d", 20)], {"a": {"retimed"}, "b": {"retimed"}}),
    ],
)
def test_items(new: list[tuple[str, int]], expected: dict[str, set[str]]) -> None:
    assert said(changes(agenda(FROM), agenda(new))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": "Toinen"}, {"renamed"}),
        ({"title_sv": "Annat"}, {"renamed"}),
        ({"presenter": "Rantala"}, {"presented"}),
        ({"minutes": 12}, {"retimed"}),
        ({"minutes": 12, "title": "Toinen"}, {"retimed", "renamed"}),
        ({"clock": time(18, 7), "after": 7}, {"retimed"}),
        # the whole meeting starts later: that is said once, not at every item
        ({"clock": time(18, 35)}, set()),
        # it waits for its clock while the meeting starts at another time
        ({"after": 35}, set()),
    ],
)
def test_one_item(change: dict[str, object], expected: set[str]) -> None:
    old = agenda(FROM)
    new = replace(old, lines=(old.lines[0], replace(old.lines[1], **change), *old.lines[2:]))
    assert said(changes(old, new)).get("b", set()) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"day": date(2027, 2, 13)}, {Detail.DAY}),
        ({"starts": time(17)}, {Detail.CLOCK}),
        ({"ends": time(20)}, {Detail.CLOCK}),
        ({"place": "Seurantalo"}, {Detail.PLACE}),
        ({"place": ""}, {Detail.PLACE}),
        ({"remote_url": "https://x.example"}, {Detail.REMOTE}),
        ({"day": date(2027, 3, 1), "place": ""}, {Detail.DAY, Detail.PLACE}),
    ],
)
def test_details(change: dict[str, object], expected: set[Detail]) -> None:
    found = changes(agenda(FROM), agenda(FROM, **change))
    assert (found.details, found.lines) == (expected, ())
    assert bool(found) is bool(expected)


def test_a_meeting_that_starts_earlier_marks_only_what_changed_besides() -> None:
    later = [("a", 5), ("b", 15), ("c", 5), ("d", 20)]
    assert said(changes(agenda(FROM), agenda(later, start=time(17)))) == {"b": {"retimed"}, "c": {"retimed"}}


def test_gone_items_are_named_last_and_know_what_they_were() -> None:
    found = changes(agenda(FROM), agenda([("d", 20), ("e", 5)]))
    assert [one.line.key for one in found.lines] == ["d", "e", "a", "b", "c"]
    gone = found.of("c")
    assert gone is not None
    assert (gone.old and gone.old.clock, gone.new) == (time(18, 15), None)
    assert found.of("f") is None
    assert [one.line.key for one in found.with_(What.REMOVED)] == ["a", "b", "c"]


def test_those_who_bring_an_item_are_not_told_of_a_corrected_word() -> None:
    old = agenda(FROM)
    new = replace(old, lines=(replace(old.lines[0], title="Avaus"), *old.lines[1:]))
    assert [one.tells for one in changes(old, new).lines] == [False]


orders = some.lists(some.sampled_from("abcdefghij"), unique=True)
minutes = some.integers(1, 30)
agendas = orders.flatmap(
    lambda keys: some.tuples(*(some.tuples(some.just(key), minutes) for key in keys)).map(agenda)
)


@given(agendas)
def test_nothing_done_is_nothing_changed(one: Agenda) -> None:
    assert not changes(one, one)


@given(agendas, agendas)
def test_new_and_removed_are_exact(old: Agenda, new: Agenda) -> None:
    found = changes(old, new)
    before, after = {one.key for one in old.lines}, {one.key for one in new.lines}
    assert {one.line.key for one in found.with_(What.NEW)} == after - before
    assert {one.line.key for one in found.with_(What.REMOVED)} == before - after
    backwards = changes(new, old)
    assert {one.line.key for one in backwards.with_(What.NEW)} == before - after


@given(some.lists(some.sampled_from("abcdefghij"), unique=True, min_size=2), some.data())
def test_two_neighbours_that_change_places_are_one_move(keys: list[str], data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(keys) - 2))
    swapped = [*keys[:place], keys[place + 1], keys[place], *keys[place + 2 :]]
    found = changes(agenda([(key, 10) for key in keys]), agenda([(key, 10) for key in swapped]))
    assert len(found.with_(What.MOVED)) == 1
    assert found.with_(What.MOVED)[0].line.key in keys[place : place + 2]


@given(some.permutations("abcdef"))
def test_as_few_as_can_be_are_called_moved(order: list[str]) -> None:
    keys = "abcdef"
    moved = len(changes(agenda([(k, 5) for k in keys]), agenda([(k, 5) for k in order])).with_(What.MOVED))
    runs = (
        length
        for length in range(len(keys), 0, -1)
        for kept in combinations(keys, length)
        if [key for key in order if key in kept] == list(kept)
    )
    assert moved == len(keys) - next(runs)
