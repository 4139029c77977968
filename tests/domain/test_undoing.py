"""An order is taken back, also where others added or moved something meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.undoing import order_back


@pytest.mark.parametrize(
    ("now", "before", "after", "mover", "expected"),
    [
        # Nobody did anything since.
        ([2, 1, 3], [1, 2, 3], [2, 1, 3], None, [1, 2, 3]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3], None, [1, 2, 3]),
        # Somebody added 9, or took 3 away.
        ([2, 9, 1, 3], [1, 2, 3], [2, 1, 3], None, [1, 9, 2, 3]),
        ([2, 1], [1, 2, 3], [2, 1, 3], None, [1, 2]),
        # Somebody moved another item: the one that I moved goes back behind what it followed.
        ([4, 2, 3, 1], [1, 2, 3, 4], [2, 3, 1, 4], 1, [1, 4, 2, 3]),
        # Somebody moved the same item: it stays.
        ([2, 3, 1, 4], [1, 2, 3, 4], [2, 1, 3, 4], 1, None),
        ([2, 3, 1, 4], [1, 2, 3, 4], [2, 1, 3, 4], None, None),
        # An item that was taken off comes back behind the one it followed.
        ([1, 3], [1, 2, 3], [1, 3], None, [1, 2, 3]),
        ([3, 1], [1, 2, 3], [1, 3], None, [3, 1, 2]),
        ([2, 3], [1, 2, 3], [2, 3], None, [1, 2, 3]),
        ([], [1], [], None, [1]),
        # An item that was added goes.
        ([1, 2, 3], [1, 3], [1, 2, 3], None, [1, 3]),
    ],
)
def test_orders_back(
    now: list[int], before: list[int], after: list[int], mover: int | None, expected: list[int] | None
) -> None:
    assert order_back(now, before, after, mover) == expected


@given(st.permutations([1, 2, 3, 4, 5]), st.permutations([1, 2, 3, 4, 5]))
def test_what_nobody_touched_comes_back_whole(before: list[int], after: list[int]) -> None:
    assert order_back(after, before, after) == before
