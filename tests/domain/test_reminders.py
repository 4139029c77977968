"""When a reminder goes, and when it does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.domain.errors import Invalid
from app.domain.reminders import (
    DAY,
    HOUR,
    Standing,
    Told,
    due,
    from_stored,
    moment,
    parse_offsets,
    standing,
    start_of,
    stored,
)

WEEK = 7 * DAY
THURSDAY, SIX = date(2027, 2, 11), time(18)
LONG_AGO = datetime(2027, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "starts", "before", "goes"),
    [
        (date(2027, 2, 11), time(18), WEEK, "2027-02-04 16:00"),
        (date(2027, 2, 11), time(18), DAY, "2027-02-10 16:00"),
        (date(2027, 2, 11), time(18), 2 * HOUR, "2027-02-11 14:00"),
        # Summer time begins on 28.3.2027 at 3: the day before is 18.00 by the clock, 23 hours before.
        (date(2027, 3, 28), time(18), DAY, "2027-03-27 16:00"),
        (date(2027, 3, 29), time(18), DAY, "2027-03-28 15:00"),
        (date(2027, 3, 29), time(18), WEEK, "2027-03-22 16:00"),
        (date(2027, 3, 29), time(3, 30), DAY, "2027-03-28 01:30"),  # that clock time is skipped that night
        # It ends on 31.10.2027 at 4: the day before is 25 hours before.
        (date(2027, 10, 31), time(18), DAY, "2027-10-30 15:00"),
        (date(2027, 11, 1), time(18), DAY, "2027-10-31 16:00"),
        (date(2027, 11, 1), time(18), WEEK, "2027-10-25 15:00"),
        # Hours are real hours.
        (date(2027, 3, 28), time(4, 30), 2 * HOUR, "2027-03-27 23:30"),
        (date(2027, 10, 31), time(5), 2 * HOUR, "2027-10-31 01:00"),
        (date(2027, 11, 1), time(5), 26 * HOUR, "2027-10-31 01:00"),
    ],
)
def test_days_are_counted_by_the_clock_and_hours_are_hours(
    day: date, starts: time, before: int, goes: str
) -> None:
    assert moment(day, starts, before) == utc(goes)


START = start_of(THURSDAY, SIX)
A_WEEK, A_DAY = moment(THURSDAY, SIX, WEEK), moment(THURSDAY, SIX, DAY)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "made", "goes", "passed"),
    [
        (A_WEEK - MINUTE, {}, None, []),
        (A_WEEK, {}, WEEK, []),
        (A_WEEK, {WEEK: START}, None, []),
        (A_DAY - MINUTE, {}, WEEK, []),  # late, but nothing nearer is due
        (A_DAY, {WEEK: START}, DAY, []),
        (A_DAY, {}, DAY, [WEEK]),  # nobody sent letters for a week
        (START - MINUTE, {}, DAY, [WEEK]),
        (START, {}, None, []),
        (START + MINUTE, {}, None, []),
        (A_DAY, {WEEK: START, DAY: START}, None, []),
        (A_DAY, {WEEK: START - timedelta(days=3), DAY: START - timedelta(days=3)}, DAY, [WEEK]),  # it moved
    ],
)
def test_the_nearest_one_goes_once_and_never_after_the_start(
    now: datetime, made: dict[int, datetime], goes: int | None, passed: list[int]
) -> None:
    reminders = [Told(one, one, LONG_AGO, made.get(one), made.get(one) and LONG_AGO) for one in (WEEK, DAY)]
    found, instead_of = due(reminders, THURSDAY, SIX, now)
    assert (found.minutes_before if found else None) == goes
    assert [one.minutes_before for one in instead_of] == passed


@pytest.mark.parametrize(
    ("approved", "made_for", "made_at", "now", "is_"),
    [
        (None, None, None, A_DAY - MINUTE, Standing.WAITING),
        (None, None, None, A_DAY + MINUTE, Standing.PASSED),
        (LONG_AGO, None, None, A_DAY - MINUTE, Standing.APPROVED),
        (LONG_AGO, None, None, A_DAY + MINUTE, Standing.APPROVED),  # the worker is a little late
        (A_DAY + MINUTE, None, None, A_DAY + 2 * MINUTE, Standing.PASSED),  # pressed too late
        (LONG_AGO, START, A_DAY, A_DAY + MINUTE, Standing.MADE),
        (LONG_AGO, START, None, A_DAY + MINUTE, Standing.PASSED),  # a nearer one went
        (LONG_AGO, START - DAY * MINUTE, A_DAY, A_DAY - MINUTE, Standing.APPROVED),  # it moved
        (LONG_AGO, None, None, START, Standing.PASSED),
    ],
)
def test_where_a_reminder_is(
    approved: datetime | None,
    made_for: datetime | None,
    made_at: datetime | None,
    now: datetime,
    is_: Standing,
) -> None:
    assert standing(Told(1, DAY, approved, made_for, made_at), A_DAY, START, now) is is_


def test_nothing_goes_that_nobody_approved() -> None:
    assert due([Told(1, DAY)], THURSDAY, SIX, A_DAY + MINUTE) == (None, [])


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("7 päivää, 1 päivä", (WEEK, DAY)),
        ("1 päivä; 7 päivää; 1 päivä", (WEEK, DAY)),
        ("1 viikko ja 2 tuntia", (WEEK, 2 * HOUR)),
        ("2 veckor, 1 dag och 3 timmar", (2 * WEEK, DAY, 3 * HOUR)),
        ("1 week and 1 day", (WEEK, DAY)),
        ("3 pv, 2 h", (3 * DAY, 2 * HOUR)),
        ("7d,1d", (WEEK, DAY)),
        ("1 dygn", (DAY,)),
        ("3 vrk.", (3 * DAY,)),
        ("", ()),
    ],
)
def test_distances_are_read_as_people_write_them(typed: str, means: tuple[int, ...]) -> None:
    assert parse_offsets("reminders", typed) == means
    assert from_stored(stored(means)) == means


@pytest.mark.parametrize(
    "typed",
    [
        "pian",
        "7",
        "päivä",
        "-1 päivä",
        "0 päivää",
        "61 päivää",
        "1,5 päivää",
        "30 min",
        "1 d, 2 d, 3 d, 4 d, 5 d",
    ],
)
def test_what_cannot_be_a_reminder_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_offsets("reminders", typed)
    assert refused.value.field == "reminders"
