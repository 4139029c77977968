"""Ways to make an over-full agenda fit: a decision table, and that every way fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fitting import Way, changed, ways
from app.domain.windows import Part, used


def parts(*minutes: int, **fixed: int) -> list[Part]:
    return [
        Part(number, each, fixed=fixed.get(f"at{number}")) for number, each in enumerate(minutes, start=1)
    ]


@pytest.mark.parametrize(
    ("agenda", "length", "topics", "expected"),
    [
        (parts(30, 60), 90, {1, 2}, []),
        (parts(30, 65), 90, {1}, [Way(((2, 60),)), Way(off=(1,))]),
        # The topic that frees enough with the fewest minutes is left out, not the longest.
        (
            parts(20, 30, 10, 40),
            90,
            {1, 2, 3},
            [Way(((4, 30),)), Way(((4, 30),)), Way(off=(3,))],
        ),
        (
            parts(25, 25, 25, 25),
            90,
            set(),
            [Way(((4, 15),)), Way(((4, 20), (3, 20)))],
        ),
        # Two topics where one is not enough.
        (parts(5, 5, 5, 85), 90, {1, 2, 3}, [Way(((4, 75),)), Way(((4, 75),)), Way(off=(3, 2))]),
        # What waits for its clock ends late whatever is shortened before it.
        (parts(10, 20, at2=80), 90, {1}, [Way(((2, 10),))]),
        (parts(1, 1, 1), 2, set(), []),
    ],
)
def test_ways_to_fit(agenda: list[Part], length: int, topics: set[int], expected: list[Way]) -> None:
    assert ways(agenda, length, topics) == list(dict.fromkeys(expected))


@given(st.lists(st.integers(1, 60), max_size=12), st.integers(15, 120), st.data())
def test_every_way_fits_and_leaves_five_minutes(minutes: list[int], length: int, data: st.DataObject) -> None:
    agenda = parts(*minutes)
    topics = set(data.draw(st.sets(st.sampled_from([one.id for one in agenda]))) if agenda else ())
    offered = ways(agenda, length, topics)
    assert len(offered) <= 3
    for way in offered:
        assert used(changed(agenda, way)) <= length
        assert all(one >= 5 for _, one in way.minutes)
        assert set(way.off) <= topics
    if used(agenda) <= length:
        assert offered == []
