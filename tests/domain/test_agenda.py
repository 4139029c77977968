"""The ninety minutes as decision tables: reading minutes, clock times on any night, order and places."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agenda import (
    FRAME,
    ItemKind,
    moved,
    moved_to,
    numbers,
    parse_minutes,
    parse_place,
    place_for_new,
    stepped,
)
from app.domain.errors import Invalid
from app.domain.timing import Slot, clock_times, fit

SPRING = date(2027, 3, 28)  # 03.00 becomes 04.00
AUTUMN = date(2027, 10, 31)  # 04.00 becomes 03.00
USUAL = date(2027, 2, 12)
K = ItemKind


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("15", 15),
        (" 15 min ", 15),
        ("15 minuuttia", 15),
        ("1", 1),
        ("480", 480),
        ("1:30", 90),
        ("1,5 h", 90),
        ("1.5h", 90),
        ("1 h 30 min", 90),
        ("1 tunti", 60),
        ("2 t", 120),
    ],
)
def test_minutes_as_people_write_them(typed: str, minutes: int) -> None:
    assert parse_minutes("minutes", typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", "abc", "-5", "0", "481", "9:00", "1:60", "1,333 h", "15 20", "٣ tuntia vai", "1e3", "15.5"]
)
def test_other_minutes_are_refused_at_their_field(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_minutes("minutes", typed)
    assert refusal.value.field == "minutes"


@pytest.mark.parametrize(
    ("day", "starts", "minutes", "clocks"),
    [
        (USUAL, time(18), [5, 15, 10], ["18.00", "18.05", "18.20"]),
        (USUAL, time(23, 50), [20, 5], ["23.50", "00.10"]),
        (SPRING, time(2, 50), [20, 30, 5], ["02.50", "04.10", "04.40"]),
        (AUTUMN, time(3, 50), [20, 60, 5], ["03.50", "03.10", "04.10"]),
        (USUAL, time(18), [], []),
    ],
)
def test_the_clock_of_each_item(day: date, starts: time, minutes: list[int], clocks: list[str]) -> None:
    assert [f"{one:%H.%M}" for one in clock_times(day, starts, [Slot(one) for one in minutes])] == clocks


@pytest.mark.parametrize(
    ("day", "starts", "minutes", "over", "left", "ends"),
    [
        (USUAL, time(18), [45, 45], 0, 0, "19.30"),
        (USUAL, time(18), [45, 50], 5, 0, "19.35"),
        (USUAL, time(18), [45], 0, 45, "18.45"),
        (USUAL, time(18), [], 0, 90, "18.00"),
        (SPRING, time(2, 30), [90], 0, 0, "05.00"),
        (AUTUMN, time(2, 30), [90], 0, 0, "03.00"),
        (AUTUMN, time(3, 30), [90], 0, 0, "04.00"),
    ],
)
def test_how_an_agenda_fits_ninety_minutes(
    day: date, starts: time, minutes: list[int], over: int, left: int, ends: str
) -> None:
    found = fit(day, starts, [Slot(one) for one in minutes], 90)
    assert (found.used, found.over, found.left) == (sum(minutes), over, left)
    assert f"{found.ends:%H.%M}" == ends


@pytest.mark.parametrize(
    ("item", "steps", "order"),
    [
        (1, -1, [1, 2, 3]),
        (1, 1, [2, 1, 3]),
        (2, -1, [2, 1, 3]),
        (3, 1, [1, 2, 3]),
        (3, -2, [3, 1, 2]),
        (1, 99, [2, 3, 1]),
    ],
)
def test_moving_by_steps(item: int, steps: int, order: list[int]) -> None:
    assert moved([1, 2, 3], item, steps) == order


@given(st.permutations(range(8)), st.integers(0, 7), st.integers(-20, 20))
def test_a_move_loses_nothing_and_comes_where_it_was_sent(order: list[int], item: int, place: int) -> None:
    new = moved_to(order, item, place)
    assert sorted(new) == sorted(order)
    assert new.index(item) == min(max(place, 1), 8) - 1
    assert [one for one in new if one != item] == [one for one in order if one != item]


@pytest.mark.parametrize(
    ("minutes", "more", "less"),
    [(1, 5, 1), (4, 5, 1), (5, 10, 1), (6, 10, 5), (12, 15, 10), (478, 480, 475), (480, 480, 475)],
)
def test_plus_and_minus_go_to_the_next_five(minutes: int, more: int, less: int) -> None:
    assert (stepped(minutes, up=True), stepped(minutes, up=False)) == (more, less)


@pytest.mark.parametrize(("typed", "place"), [("1", 1), (" 3. ", 3), ("999", 999)])
def test_a_place_is_a_number(typed: str, place: int) -> None:
    assert parse_place("place", typed) == place


@pytest.mark.parametrize("typed", ["", "0", "-1", "abc", "1000", "٣", "1,5"])
def test_other_places_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_place("place", typed)


@pytest.mark.parametrize(
    ("kinds", "kind", "place"),
    [
        ([], K.TOPIC, 0),
        ([K.OPENING], K.TOPIC, 1),
        ([K.OPENING, K.NEXT_MEETING, K.CLOSING], K.TOPIC, 1),
        ([K.OPENING, K.NEXT_MEETING, K.CLOSING], K.CLOSING, 3),
        ([K.NEXT_MEETING, K.TOPIC], K.TOPIC, 2),
        ([K.CLOSING], K.BREAK, 0),
        ([K.OPENING, K.OTHER, K.CLOSING], K.TOPIC, 2),
    ],
)
def test_a_new_item_goes_before_the_end(kinds: list[ItemKind], kind: ItemKind, place: int) -> None:
    assert place_for_new([(one, False) for one in kinds], kind) == place


@pytest.mark.parametrize(("kind", "place"), [(K.TOPIC, 1), (K.OTHER, 2), (K.BREAK, 2), (K.CLOSING, 3)])
def test_a_topic_goes_before_the_other_matters_of_every_meeting(kind: ItemKind, place: int) -> None:
    assert place_for_new([(K.OPENING, True), (K.OTHER, True), (K.CLOSING, True)], kind) == place


def test_a_break_has_no_number() -> None:
    assert numbers([K.OPENING, K.BREAK, K.TOPIC]) == [1, None, 2]


def test_the_suggested_frame_leaves_room_for_the_villages() -> None:
    assert sum(one.minutes for one in FRAME) == 20
    assert all(one.fi and one.sv for one in FRAME)
