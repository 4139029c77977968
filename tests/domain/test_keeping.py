"""What stays on an agenda that is suggested anew: minutes around the topics, and the place of a break."""

import pytest

from app.domain.keeping import Kept, sorted_out, times, whole
from app.domain.windows import Part

OPENING = Part(1, 5, stays=True)
NEWS = Part(2, 10, buffer=5)
FIRST, SECOND, THIRD = Part(11, 20), Part(12, 15), Part(13, 10)
COFFEE = Part(3, 15)
NEXT = Part(4, 5, stays=True)
TOPICS = frozenset({11, 12, 13})
ENDING = frozenset({4})


def kept(*parts: Part) -> Kept:
    return sorted_out(parts, TOPICS, ENDING)


@pytest.mark.parametrize(
    ("parts", "opening", "closing", "room"),
    [
        ((), 0, 0, 90),
        ((OPENING, NEXT), 5, 5, 80),
        ((OPENING, NEWS, NEXT), 20, 5, 65),
        ((OPENING, FIRST, COFFEE, SECOND, NEXT), 5, 20, 65),
        ((OPENING, COFFEE, NEXT), 20, 5, 65),
        ((Part(1, 10, fixed=15), FIRST, NEXT), 25, 5, 60),
        ((OPENING, FIRST, Part(4, 5, fixed=80)), 5, 10, 75),
        ((Part(1, 60), FIRST, Part(4, 40)), 60, 40, 0),
    ],
)
def test_minutes_that_are_left_for_topics(
    parts: tuple[Part, ...], opening: int, closing: int, room: int
) -> None:
    found = kept(*parts)
    assert (found.opening, found.closing(90), found.room(90)) == (opening, closing, room)


def ids(*topics: Part, of: Kept, windows: dict[int, tuple[int, int]] | None = None) -> list[int]:
    return [one.id for one in whole(of, topics, windows or {}, 90)]


def test_a_break_finds_a_place_like_its_own() -> None:
    held = kept(OPENING, FIRST, COFFEE, SECOND, NEXT)
    assert ids(THIRD, FIRST, of=held) == [1, 13, 3, 11, 4]
    assert ids(FIRST, of=held) == [1, 3, 11, 4]
    assert ids(of=held) == [1, 3, 4]


def test_a_break_makes_no_official_miss_her_item() -> None:
    held = kept(OPENING, FIRST, COFFEE, SECOND, NEXT)
    hers = Part(12, 15, needs=frozenset({7}))
    assert ids(FIRST, hers, of=held, windows={7: (0, 40)}) == [1, 11, 12, 3, 4]
    assert ids(FIRST, hers, of=held, windows={7: (0, 90)}) == [1, 11, 3, 12, 4]


def test_a_break_with_a_start_of_its_own_stands_where_it_does_not_miss_it() -> None:
    coffee = Part(3, 15, fixed=25)
    held = kept(OPENING, FIRST, SECOND, THIRD, coffee, NEXT)
    agenda = whole(held, [FIRST, SECOND, THIRD], {}, 90)
    assert [one.id for one in agenda] == [1, 11, 3, 12, 13, 4]
    assert times(agenda)[3] == 25
