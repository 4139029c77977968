"""Wall time and moments: a meeting keeps its local clock, what happened keeps its moment in UTC."""

import re
from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Invalid
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_


def utc_now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """Return an aware moment on the wall clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def today(now: datetime | None = None, zone: str = DEFAULT_ZONE) -> date:
    """Return the local day."""
    return local(now or utc_now(), zone).date()


def wall_moment(day: date, clock: time, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the moment of a local day and clock time; the earlier one where the clock shows it twice."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))


def after(day: date, clock: time, minutes: int, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the local moment `minutes` of real time later, right also on the nights when clocks change."""
    return (wall_moment(day, clock, zone).astimezone(UTC) + timedelta(minutes=minutes)).astimezone(
        ZoneInfo(zone)
    )


def check_exists(field: str, day: date, clock: time, zone: str = DEFAULT_ZONE) -> None:
    """Refuse a clock time that the spring night skips (03.30 on the last Sunday of March)."""
    moment = wall_moment(day, clock, zone)
    back = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Invalid(
            field, N_("The clock skips this time on the night when summer time begins. Choose another time.")
        )


_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?|(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(?:klo|kl\.?)?\s*(\d{1,2})(?:[.:](\d{2}))?")


def parse_day(field: str, text: str, now: date | None = None, *, past: bool = False) -> date:
    """Read a day as people write it: `12.2.2027`, `12. 2. 2027`, `2027-02-12`, or `12.2.` without a year.

    Without a year the next such day from `now` (default today) is meant, or with `past` the last one.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise Invalid(field, N_("Write the date like this: 12.2.2027."))
    day, month, year, year_first, month_next, day_last = match.groups()
    now = now or today()
    try:
        if year or year_first:
            return date(int(year or year_first), int(month or month_next), int(day or day_last))
        years = range(now.year, now.year - 9, -1) if past else range(now.year, now.year + 9)
        for one in years:
            if (int(day), int(month)) == (29, 2) and not isleap(one):
                continue
            meant = date(one, int(month), int(day))
            if meant <= now if past else meant >= now:
                return meant
    except ValueError:
        pass
    raise Invalid(field, N_("There is no such day. Check the date."))


def parse_clock(field: str, text: str) -> time:
    """Read a clock time as people write it: `18.00`, `18:00`, `18` or `klo 18`."""
    match = _CLOCK.fullmatch(text.strip().lower())
    if match and int(match[1]) <= 23 and int(match[2] or 0) <= 59:
        return time(int(match[1]), int(match[2] or 0))
    raise Invalid(field, N_("Write the time like this: 18.00."))
