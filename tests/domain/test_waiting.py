"""How long is too long, and which meetings passed a topic over."""

from datetime import date, timedelta

import pytest

from app.domain.topics import OPEN, TopicState
from app.domain.waiting import LATE_AFTER, days_waited, passed_over, waits_too_long

DAY = date(2027, 2, 12)


@pytest.mark.parametrize(("told", "days"), [(DAY, 0), (DAY - timedelta(9), 9), (DAY + timedelta(1), 0)])
def test_days(told: date, days: int) -> None:
    assert days_waited(told, DAY) == days


@pytest.mark.parametrize(
    ("state", "days", "too_long"),
    [
        (TopicState.RECEIVED, 7, False),
        (TopicState.RECEIVED, 8, True),
        (TopicState.ASKED, 30, False),
        (TopicState.ASKED, 31, True),
        (TopicState.ACCEPTED, 183, False),
        (TopicState.ACCEPTED, 184, True),
        (TopicState.POSTPONED, 366, False),
        (TopicState.POSTPONED, 367, True),
        (TopicState.ON_AGENDA, 9999, False),
        (TopicState.DECLINED, 9999, False),
    ],
)
def test_too_long(state: TopicState, days: int, too_long: bool) -> None:
    assert waits_too_long(state, days) is too_long


def test_every_open_state_says_how_long_it_may_last() -> None:
    assert set(LATE_AFTER) == set(OPEN)


@pytest.mark.parametrize(
    ("taken", "held", "meetings"),
    [
        (None, [-40, -10], 0),
        (-60, [], 0),
        (-60, [-40, -10], 2),
        (-40, [-40, -10], 1),  # taken up on the evening itself: that one did not pass it over
        (-60, [-70, -10, 0, 20], 1),  # neither one before, nor today's, nor one to come
    ],
)
def test_passed_over(taken: int | None, held: list[int], meetings: int) -> None:
    day = None if taken is None else DAY + timedelta(taken)
    assert passed_over(day, [DAY + timedelta(one) for one in held], DAY) == meetings
