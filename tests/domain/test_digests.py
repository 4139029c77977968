"""A digest is due in the morning by the clock on the wall, each day or each Monday."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.domain.clock import local
from app.domain.digests import last_round
from app.domain.letter_choices import Rhythm


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        # winter: 8.00 in Helsinki is 6.00 UTC
        (Rhythm.DAILY, "2027-02-10 05:59", "2027-02-09 06:00"),
        (Rhythm.DAILY, "2027-02-10 06:00", "2027-02-10 06:00"),
        (Rhythm.DAILY, "2027-02-10 21:59", "2027-02-10 06:00"),
        (Rhythm.DAILY, "2027-02-10 22:01", "2027-02-10 06:00"),  # past midnight here
        # summer: it is 5.00 UTC
        (Rhythm.DAILY, "2027-07-07 05:00", "2027-07-07 05:00"),
        (Rhythm.DAILY, "2027-07-07 04:59", "2027-07-06 05:00"),
        # the nights when the clock is moved: 28.3. and 31.10.2027
        (Rhythm.DAILY, "2027-03-28 04:59", "2027-03-27 06:00"),
        (Rhythm.DAILY, "2027-03-28 05:00", "2027-03-28 05:00"),
        (Rhythm.DAILY, "2027-10-31 05:59", "2027-10-30 05:00"),
        (Rhythm.DAILY, "2027-10-31 06:00", "2027-10-31 06:00"),
        # Mondays: 8.2., 22.3., 29.3. (the first of summer time) and 1.11.2027 (the first of winter time)
        (Rhythm.WEEKLY, "2027-02-08 05:59", "2027-02-01 06:00"),
        (Rhythm.WEEKLY, "2027-02-08 06:00", "2027-02-08 06:00"),
        (Rhythm.WEEKLY, "2027-02-14 23:00", "2027-02-08 06:00"),  # a Monday here, before eight
        (Rhythm.WEEKLY, "2027-03-29 04:59", "2027-03-22 06:00"),
        (Rhythm.WEEKLY, "2027-03-29 05:00", "2027-03-29 05:00"),
        (Rhythm.WEEKLY, "2027-11-01 05:59", "2027-10-25 05:00"),
        (Rhythm.WEEKLY, "2027-11-01 06:00", "2027-11-01 06:00"),
        (Rhythm.AT_ONCE, "2027-02-10 03:14", "2027-02-10 03:14"),
    ],
)
def test_when_digests_were_last_due(rhythm: Rhythm, now: str, due: str) -> None:
    assert last_round(rhythm, utc(now)) == utc(due)


@pytest.mark.parametrize(("rhythm", "apart"), [(Rhythm.DAILY, 1), (Rhythm.WEEKLY, 7)])
def test_all_through_a_year_it_is_eight_o_clock_and_never_skips(rhythm: Rhythm, apart: int) -> None:
    rounds = {last_round(rhythm, utc("2027-01-04 12:00") + timedelta(hours=n)) for n in range(24 * 364)}
    days = sorted(local(one).date() for one in rounds)
    assert {local(one).strftime("%H:%M") for one in rounds} == {"08:00"}
    assert {(after - before).days for before, after in pairwise(days)} == {apart}
    if rhythm is Rhythm.WEEKLY:
        assert {day.weekday() for day in days} == {0}
