"""The clock of the calendar files is the clock on the wall in Finland."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.calendar.zone import VTIMEZONE, zone_component


def last_sunday(year: int, month: int, hour: int) -> datetime:
    day = datetime(year, month, 31, hour)  # noqa: DTZ001 - an onset is wall time; March and October have 31 days
    return day - timedelta(days=(day.weekday() + 1) % 7)


def offset_by_the_rules(moment: datetime) -> timedelta:
    """Read the two rules as RFC 5545 says: the newest onset, each in the clock that it ends, decides."""
    summer = last_sunday(moment.year, 3, 3)
    winter = last_sunday(moment.year, 10, 4)
    return timedelta(hours=3) if summer <= moment < winter else timedelta(hours=2)


def test_the_constant_says_last_sundays_of_march_and_october() -> None:
    assert "DTSTART:19970330T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n" in VTIMEZONE
    assert "DTSTART:19961027T040000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n" in VTIMEZONE
    assert last_sunday(1997, 3, 3) == datetime(1997, 3, 30, 3)  # noqa: DTZ001 - a naive moment is the point
    assert last_sunday(1996, 10, 4) == datetime(1996, 10, 27, 4)  # noqa: DTZ001 - a naive moment is the point


def test_each_hour_of_2020_to_2037_has_the_offset_of_the_zone_database() -> None:
    """Fails in the year when the law on summer time changes: then the constant must change too."""
    helsinki = ZoneInfo("Europe/Helsinki")
    hour = datetime(2020, 1, 1)  # noqa: DTZ001 - wall time
    wrong = []
    while hour.year < 2038:
        # The skipped hour (03) does not exist; a shown-twice hour (03) means its first showing.
        if hour.replace(tzinfo=helsinki).utcoffset() != offset_by_the_rules(hour):
            wrong.append(hour)
        hour += timedelta(hours=1)
    skipped = [last_sunday(year, 3, 3) for year in range(2020, 2038)]
    assert wrong == skipped


def test_the_library_writes_the_constant_as_it_is() -> None:
    assert zone_component().to_ical().decode() == VTIMEZONE.replace("\n", "\r\n")
