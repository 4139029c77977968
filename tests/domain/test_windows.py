"""Officials who come late or leave early, and what cures a clash: a decision table, and brute force."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.windows import Cure, CureKind, Part, changed, clashes, cure, keeps, spans, used

MARIA, PEKKA = 1, 2


def part(id: int, minutes: int, *needs: int, **fields: object) -> Part:
    return Part(id, minutes, needs=frozenset(needs), **fields)  # type: ignore[arg-type]  # facts of a Part


def move(item: int, place: int) -> Cure:
    return Cure(CureKind.MOVE, item, place=place)


def swap(item: int, other: int) -> Cure:
    return Cure(CureKind.SWAP, item, other=other)


def shorten(item: int, lost: int, *minutes: tuple[int, int]) -> Cure:
    return Cure(CureKind.SHORTEN, item, minutes=minutes, lost=lost)


@pytest.mark.parametrize(
    ("parts", "windows", "expected"),
    [
        ([part(1, 10, MARIA), part(2, 10)], {}, []),
        ([part(1, 10, MARIA), part(2, 10)], {MARIA: (0, 10)}, []),
        ([part(1, 10, MARIA), part(2, 10)], {PEKKA: (15, 20)}, []),
        ([part(1, 10), part(2, 15, MARIA)], {MARIA: (0, 20)}, [(2, MARIA, 0, 5)]),
        ([part(1, 10), part(2, 15, MARIA)], {MARIA: (20, 90)}, [(2, MARIA, 10, 0)]),
        ([part(1, 10), part(2, 15, MARIA)], {MARIA: (12, 20)}, [(2, MARIA, 2, 5)]),
        ([part(1, 10, buffer=5), part(2, 5, MARIA)], {MARIA: (0, 19)}, [(2, MARIA, 0, 1)]),
        ([part(1, 10), part(2, 5, MARIA, fixed=30)], {MARIA: (0, 20)}, [(2, MARIA, 0, 15)]),
        ([part(1, 50), part(2, 5, fixed=45)], {}, [(2, None, 0, 5)]),
        ([part(1, 50), part(2, 5, fixed=-30)], {}, []),
        (
            [part(1, 50, MARIA, PEKKA)],
            {MARIA: (0, 45), PEKKA: (5, 90)},
            [(1, MARIA, 0, 5), (1, PEKKA, 5, 0)],
        ),
    ],
)
def test_what_clashes(parts: list[Part], windows: dict, expected: list[tuple]) -> None:
    assert [(one.item, one.official, one.early, one.late) for one in clashes(parts, windows)] == expected


@pytest.mark.parametrize(
    ("parts", "windows", "expected"),
    [
        # It goes earlier, to the nearest place that helps, and not before what opens the meeting.
        (
            [part(1, 5, stays=True), part(2, 10), part(3, 10), part(4, 10, MARIA)],
            {MARIA: (0, 30)},
            move(4, 3),
        ),
        (
            [part(1, 5, stays=True), part(2, 10), part(3, 10), part(4, 10, MARIA)],
            {MARIA: (0, 20)},
            move(4, 2),
        ),
        ([part(1, 5, MARIA, stays=True), part(2, 10)], {MARIA: (3, 90)}, None),
        # Later, where the official comes late; what closes the meeting stays last.
        ([part(1, 10, MARIA), part(2, 10), part(3, 5, stays=True)], {MARIA: (10, 90)}, move(1, 2)),
        ([part(1, 10, MARIA), part(2, 10), part(3, 5, stays=True)], {MARIA: (15, 90)}, None),
        # Moving it would make another miss its own: five minutes less for the longest before it.
        (
            [part(1, 20, PEKKA), part(2, 15, PEKKA), part(3, 10, MARIA)],
            {MARIA: (0, 40), PEKKA: (0, 35)},
            shorten(3, 5, (1, 15)),
        ),
        # Never more than is needed, and whole fives where that leaves five.
        ([part(1, 30, MARIA)], {MARIA: (0, 28)}, shorten(1, 5, (1, 25))),
        ([part(1, 8, MARIA)], {MARIA: (0, 6)}, shorten(1, 2, (1, 6))),
        ([part(1, 8, MARIA)], {MARIA: (4, 6)}, None),
        # Several together, where no one item can give enough.
        ([part(1, 10, stays=True), part(2, 10, MARIA)], {MARIA: (0, 10)}, shorten(2, 10, (2, 5), (1, 5))),
        # What waits for its clock is not made earlier by shorter items before it.
        ([part(1, 50), part(2, 10, MARIA, fixed=60)], {MARIA: (0, 65)}, shorten(2, 5, (2, 5))),
        # A fixed start that is missed: what is before it gives way.
        ([part(1, 50), part(2, 10, fixed=45)], {}, shorten(2, 5, (1, 45))),
        ([part(1, 20), part(2, 30), part(3, 10, fixed=45)], {}, move(3, 2)),
    ],
)
def test_the_smallest_cure(parts: list[Part], windows: dict, expected: Cure | None) -> None:
    first = clashes(parts, windows)[-1]
    assert cure(parts, windows, first, 90) == expected


def test_two_change_places_where_one_move_makes_another_clash() -> None:
    parts = [part(1, 10, MARIA), part(2, 10, PEKKA), part(3, 10, MARIA), part(4, 10)]
    windows = {MARIA: (10, 90), PEKKA: (10, 20)}
    found = cure(parts, windows, clashes(parts, windows)[0], 90)
    assert found == swap(1, 4)


def test_a_cure_never_makes_the_meeting_run_over() -> None:
    # Moving the fixed item first would end the meeting at 100.
    parts = [part(1, 50), part(2, 10, fixed=45), part(3, 30)]
    found = cure(parts, {}, clashes(parts, {})[0], 90)
    assert found is not None
    assert used(changed(parts, found)) <= 90


FIVES = st.sampled_from([5, 10, 15, 20])


@st.composite
def agendas(draw: st.DrawFn) -> tuple[list[Part], dict[int, tuple[int, int]]]:
    count = draw(st.integers(1, 5))
    parts = [
        Part(
            number,
            draw(FIVES),
            buffer=draw(st.sampled_from([0, 0, 0, 5])),
            fixed=draw(st.sampled_from([None, None, None, 10, 20, 30])),
            needs=frozenset(draw(st.sets(st.sampled_from([MARIA, PEKKA]), max_size=2))),
            stays=number == 0 and draw(st.booleans()),
        )
        for number in range(count)
    ]
    windows = {
        one: (comes, comes + draw(st.integers(5, 60)))
        for one in (MARIA, PEKKA)
        if (comes := draw(st.integers(-10, 50))) is not None
    }
    return parts, windows


def cures_by_force(parts: list[Part], windows: dict, clash, length: int) -> dict[str, list]:
    """Every move, single shortening by whole minutes, swap and set of fives that cures it."""
    before = {one.key for one in clashes(parts, windows)}
    limit = max(length, used(parts))

    def good(new: list[Part]) -> bool:
        keys = {one.key for one in clashes(new, windows)}
        return clash.key not in keys and keys <= before and used(new) <= limit

    here = next(place for place, one in enumerate(parts) if one.id == clash.item)
    free = [place for place, one in enumerate(parts) if not one.stays and place != here]
    may_move = not parts[here].stays
    moves = [abs(p - here) for p in free if may_move and good(changed(parts, move(clash.item, p + 1)))]
    swaps = [p for p in free if may_move and good(changed(parts, swap(clash.item, parts[p].id)))]
    singles = [
        lost
        for one in parts
        for lost in range(1, one.minutes - keeps(one) + 1)
        if good(changed(parts, shorten(clash.item, lost, (one.id, one.minutes - lost))))
    ]
    many = [
        sum(lost)
        for lost in product(*(range(0, one.minutes, 5) for one in parts))
        if good(
            changed(
                parts,
                shorten(0, 0, *((one.id, one.minutes - gone) for one, gone in zip(parts, lost, strict=True))),
            )
        )
    ]
    return {"moves": moves, "swaps": swaps, "singles": singles, "many": many}


@settings(max_examples=300, deadline=None)
@given(agendas(), st.sampled_from([60, 90]))
def test_no_smaller_cure_exists(agenda: tuple[list[Part], dict], length: int) -> None:
    parts, windows = agenda
    for clash in clashes(parts, windows):
        found = cure(parts, windows, clash, length)
        forced = cures_by_force(parts, windows, clash, length)
        if forced["moves"]:
            assert found is not None
            assert found.kind is CureKind.MOVE
            here = next(place for place, one in enumerate(parts) if one.id == clash.item)
            assert abs(found.place - 1 - here) == min(forced["moves"])
        elif forced["singles"]:
            assert found is not None
            assert found.kind is CureKind.SHORTEN
            assert len(found.minutes) == 1
            assert min(forced["singles"]) <= found.lost < min(forced["singles"]) + 5
        elif forced["swaps"]:
            assert found is not None
            assert found.kind is CureKind.SWAP
        elif forced["many"]:
            assert found is not None
            assert found.lost <= min(forced["many"])
        if found is not None:
            new = changed(parts, found)
            assert clash.key not in {one.key for one in clashes(new, windows)}
            assert all(one.minutes >= 1 for one in new)


def test_spans_of_nothing() -> None:
    assert spans([]) == []
    assert used([]) == 0
