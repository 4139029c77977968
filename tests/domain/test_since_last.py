"""What the first item tells: which follow-ups, how each stands, and in which order."""

from datetime import UTC, date, datetime

import pytest

from app.domain.follow_ups import FollowUpState
from app.domain.since_last import Followed, How, SinceLast, belongs, how_it_stands, in_order

S = FollowUpState
TODAY = date(2027, 2, 12)
SINCE = datetime(2026, 9, 10, 15, tzinfo=UTC)
BEFORE, LATER = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("of_last", "state", "ended_at", "told"),
    [
        (True, S.OPEN, None, True),
        (True, S.IN_WORK, None, True),
        (True, S.DONE, LATER, True),
        (True, S.NOT_PROGRESSED, LATER, True),
        (False, S.OPEN, None, True),
        (False, S.IN_WORK, None, True),
        (False, S.DONE, LATER, True),
        (False, S.NOT_PROGRESSED, SINCE, True),
        (False, S.DONE, BEFORE, False),
        (False, S.NOT_PROGRESSED, BEFORE, False),
        (False, S.DONE, None, False),
    ],
)
def test_which_follow_ups_are_told(of_last: bool, state: S, ended_at: datetime | None, told: bool) -> None:
    assert belongs(of_last=of_last, state=state, ended_at=ended_at, since=SINCE) is told


@pytest.mark.parametrize(
    ("state", "due", "how"),
    [
        (S.OPEN, date(2027, 2, 11), How.LATE),
        (S.OPEN, TODAY, How.OPEN),
        (S.IN_WORK, date(2027, 2, 11), How.LATE),
        (S.IN_WORK, date(2027, 3, 1), How.OPEN),
        (S.DONE, date(2027, 1, 1), How.DONE),
        (S.NOT_PROGRESSED, date(2027, 1, 1), How.NOT_PROGRESSED),
    ],
)
def test_how_each_stands(state: S, due: date, how: How) -> None:
    assert how_it_stands(state, due, TODAY) is how


def _one(number: int, how: How, due: date = TODAY) -> Followed:
    return Followed(number, "Lasketaan hinta.", "Tekninen toimi", due, S.OPEN, "", TODAY, how)


def test_the_late_come_first_and_the_done_last() -> None:
    rows = [
        _one(1, How.DONE),
        _one(2, How.OPEN),
        _one(3, How.LATE),
        _one(4, How.NOT_PROGRESSED),
        _one(5, How.OPEN, date(2027, 1, 1)),
    ]
    assert [one.id for one in in_order(rows)] == [3, 5, 2, 4, 1]


@pytest.mark.parametrize(
    ("since", "tells"),
    [
        (SinceLast(1, TODAY), False),
        (SinceLast(1, TODAY, follow_ups=(_one(1, How.OPEN),)), True),
        (SinceLast(1, TODAY, answered=1), True),
        (SinceLast(1, TODAY, handed_on=1), True),
        (SinceLast(1, TODAY, declined=1), True),
    ],
)
def test_whether_there_is_something_to_tell(since: SinceLast, tells: bool) -> None:
    assert since.tells is tells
