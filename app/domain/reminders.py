"""Reminders before a meeting: kept as a distance from its start, so that they move with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.domain.clock import after, wall_moment
from app.domain.errors import Invalid
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_

HOUR = 60
DAY = 24 * HOUR
DEFAULT = (7 * DAY, DAY)
MOST = 4
LONGEST = 60 * DAY


class Standing(StrEnum):
    """Where a reminder is."""

    WAITING = "waiting"  # for a press
    APPROVED = "approved"
    MADE = "made"
    PASSED = "passed"  # its moment went by before it was approved, or a nearer one went instead


@dataclass(frozen=True)
class Told:
    """What is known of one reminder; `made_for` is the start that it was settled for.

    `made_at` is when its letters were made for that start, None where a nearer one went in its place.
    """

    id: int
    minutes_before: int
    approved_at: datetime | None = None
    made_for: datetime | None = None
    made_at: datetime | None = None


def moment(day: date, starts: time, minutes_before: int, zone: str = DEFAULT_ZONE) -> datetime:
    """Return when a reminder goes, an aware moment in UTC.

    Whole days are days of the wall clock: the day before a meeting at 18.00 means 18.00, also where the
    clock is changed in between. The rest is real time.
    """
    days, minutes = divmod(minutes_before, DAY)
    if minutes:
        return after(day, starts, -minutes_before, zone).astimezone(UTC)
    return wall_moment(day - timedelta(days=days), starts, zone).astimezone(UTC)


def start_of(day: date, starts: time, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the moment when a meeting starts, in UTC."""
    return wall_moment(day, starts, zone).astimezone(UTC)


def standing(one: Told, goes_at: datetime, start: datetime, now: datetime) -> Standing:
    """Return where a reminder is.

    One that was made for another start is due again. One that was approved after its moment does not go:
    who presses on the last day does not send the letter of a week before.
    """
    if one.made_for == start:
        return Standing.PASSED if one.made_at is None else Standing.MADE
    if now >= start or (one.approved_at or now) > goes_at:
        return Standing.PASSED
    return Standing.WAITING if one.approved_at is None else Standing.APPROVED


def due(
    reminders: Iterable[Told], day: date, starts: time, now: datetime, zone: str = DEFAULT_ZONE
) -> tuple[Told | None, list[Told]]:
    """Return the reminder whose letters are made now, and those that it stands for.

    Where several are due at once (nobody sent letters for a while), only the one nearest to the meeting
    goes. None, and nothing, where no moment has come, or the meeting has begun.
    """
    start = start_of(day, starts, zone)
    if now >= start:
        return None, []
    ready = [
        one
        for one in reminders
        if one.approved_at is not None
        and standing(one, goes_at := moment(day, starts, one.minutes_before, zone), start, now)
        is Standing.APPROVED
        and goes_at <= now
    ]
    if not ready:
        return None, []
    ready.sort(key=lambda one: one.minutes_before)
    return ready[0], ready[1:]


def check_offsets(field: str, offsets: Iterable[int]) -> tuple[int, ...]:
    """Return the distances in minutes, the longest first, each once; raise Invalid for wrong ones."""
    found = tuple(sorted(set(offsets), reverse=True))
    if any(not HOUR <= one <= LONGEST for one in found):
        raise Invalid(field, N_("A reminder goes from one hour to 60 days before the meeting."))
    if len(found) > MOST:
        raise Invalid(field, N_("There can be %(most)d reminders at most."), most=MOST)
    return found


def stored(offsets: Sequence[int]) -> str:
    """Return the distances as a table keeps them: `10080,1440`."""
    return ",".join(map(str, offsets))


def from_stored(text: str) -> tuple[int, ...]:
    """Return the distances that a table keeps."""
    return tuple(int(one) for one in text.split(",") if one)


_UNITS = (
    (7 * DAY, ("viik", "vk", "veck", "v", "week", "w")),
    (DAY, ("päiv", "pv", "p", "vrk", "vuorokau", "dag", "dyg", "d", "day")),
    (HOUR, ("tun", "t", "h", "tim", "hour")),
)
_ONE = re.compile(r"(\d{1,3})\s*([a-zåäö]+)\.?")
_BETWEEN = re.compile(r"[,;\n]+|\s+(?:ja|och|and)\s+")


def parse_offsets(field: str, text: str) -> tuple[int, ...]:
    """Read distances as people write them: `7 päivää, 1 päivä`, `1 vecka och 2 timmar`, `2 h`."""
    return check_offsets(
        field, [_parsed(field, part) for one in _BETWEEN.split(text.lower()) if (part := one.strip())]
    )


def _parsed(field: str, text: str) -> int:
    if match := _ONE.fullmatch(text):
        for minutes, words in _UNITS:
            if any(match[2] == word or (len(word) > 1 and match[2].startswith(word)) for word in words):
                return int(match[1]) * minutes
    raise Invalid(field, N_("Write days or hours with commas between them, for example: 7 days, 1 day."))
