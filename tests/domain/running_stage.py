"""An evening for the tests of its clock: 12.2.2027 at 18.00 for ninety minutes, and moments of it."""

from datetime import UTC, date, datetime, time, timedelta

from app.domain.agenda import ItemKind
from app.domain.clock import wall_moment
from app.domain.running import Hours, Part

ZONE = "Europe/Helsinki"
DAY = date(2027, 2, 12)
EVENING = Hours(DAY, time(18), 90, ZONE)


def at(clock: str, day: date = DAY) -> datetime:
    """A moment in UTC: at("18.26"), at("18.26.30")."""
    hour, minute, second = ([*map(int, clock.split(".")), 0])[:3]
    return wall_moment(day, time(hour, minute, second), ZONE).astimezone(UTC)


def part(number: int, minutes: int = 10, kind: ItemKind = ItemKind.TOPIC, **fields: object) -> Part:
    return Part(number, kind, minutes, **fields)


def going(number: int, since: str, minutes: int = 10, **fields: object) -> Part:
    return part(number, minutes, started_at=at(since), resumed_at=at(since), **fields)


def done(number: int, since: str, until: str, minutes: int = 10, **fields: object) -> Part:
    seconds = int((at(until) - at(since)) / timedelta(seconds=1))
    return part(number, minutes, started_at=at(since), ended_at=at(until), seconds=seconds, **fields)
