"""The last day for topics: what we suggest, what is refused, and who is late."""

from datetime import date, timedelta

import pytest

from app.domain.deadlines import came_late, check_until, suggested_until
from app.domain.errors import Invalid

MEETING = date(2027, 2, 12)


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2027, 1, 1), date(2027, 2, 2)),
        (date(2027, 2, 2), date(2027, 2, 2)),
        (date(2027, 2, 3), None),
    ],
)
def test_ten_days_before_is_suggested_while_it_is_to_come(today: date, until: date | None) -> None:
    assert suggested_until(MEETING, today) == until


@pytest.mark.parametrize("until", [None, MEETING, MEETING - timedelta(10), date(2020, 1, 1)])
def test_any_day_until_the_meeting_is_taken(until: date | None) -> None:
    assert check_until(until, MEETING) == until


def test_a_day_after_the_meeting_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid, match="must come before the meeting") as refusal:
        check_until(MEETING + timedelta(1), MEETING)
    assert refusal.value.field == "topics_until"


@pytest.mark.parametrize(
    ("told", "until", "late"),
    [
        (MEETING, None, False),
        (date(2027, 2, 2), date(2027, 2, 2), False),
        (date(2027, 2, 3), date(2027, 2, 2), True),
    ],
)
def test_late(told: date, until: date | None, late: bool) -> None:
    assert came_late(told, until) is late
