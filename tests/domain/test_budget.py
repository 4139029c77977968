"""The minutes of a meeting while topics are answered: what is left, and with one topic more."""

import pytest

from app.domain.budget import Budget, agenda_minutes


@pytest.mark.parametrize(
    ("granted", "wished", "minutes"),
    [
        (None, None, 10),
        (None, 20, 20),
        (15, 20, 15),
        (15, None, 15),
        (None, 480, 480),
        (None, 900, 480),
    ],
)
def test_a_topic_gets_what_was_granted_else_its_wish_else_ten(
    granted: int | None, wished: int | None, minutes: int
) -> None:
    assert agenda_minutes(granted, wished) == minutes


@pytest.mark.parametrize(
    ("length", "granted", "reserved", "left", "over"),
    [
        (90, 0, 0, 90, 0),
        (90, 30, 25, 35, 0),
        (90, 60, 30, 0, 0),
        (90, 60, 42, -12, 12),
        (90, 100, 0, -10, 10),
        (90, 20, 5000, -4930, 4930),
    ],
)
def test_what_is_left(length: int, granted: int, reserved: int, left: int, over: int) -> None:
    budget = Budget(length, granted, reserved)
    assert (budget.left, budget.over, budget.taken) == (left, over, granted + reserved)
    assert budget.left_with(10) == left - 10
