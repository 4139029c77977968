"""When each item begins: one after another, with pauses kept free and items that wait for their clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.domain.clock import after, wall_moment
from app.domain.tables import DEFAULT_ZONE


@dataclass(frozen=True)
class Slot:
    """What an item asks of the clock: its minutes, a local clock time it waits for, minutes free after it."""

    minutes: int
    fixed_start: time | None = None
    buffer: int = 0

    @property
    def takes(self) -> int:
        """Its minutes with those kept free after it."""
        return self.minutes + self.buffer


@dataclass(frozen=True)
class Timed:
    """When an item is, in minutes from the start of the meeting.

    `waits` is the empty time before a fixed start; `late` is by how much a fixed start is missed.
    """

    starts_after: int
    minutes: int
    buffer: int = 0
    waits: int = 0
    late: int = 0

    @property
    def ends_after(self) -> int:
        """When it ends, in minutes from the start; the buffer comes after."""
        return self.starts_after + self.minutes


@dataclass(frozen=True)
class Fit:
    """How an agenda fits: minutes used, the length, and the local moment when it would end."""

    used: int
    length: int
    ends: datetime

    @property
    def over(self) -> int:
        """Minutes too many, 0 when it fits."""
        return max(0, self.used - self.length)

    @property
    def left(self) -> int:
        """Minutes still free, 0 when it is full."""
        return max(0, self.length - self.used)


def minutes_from(day: date, starts: time, clock: time, zone: str = DEFAULT_ZONE) -> int:
    """Return the real minutes from the start of a meeting to a clock time; negative when it is before.

    A clock time up to eight hours "earlier" than a late start is after midnight.
    """
    first = wall_moment(day, starts, zone).astimezone(UTC)
    then = wall_moment(day, clock, zone).astimezone(UTC)
    if then < first:
        tomorrow = wall_moment(day + timedelta(days=1), clock, zone).astimezone(UTC)
        if tomorrow - first <= timedelta(hours=8):
            then = tomorrow
    return round((then - first).total_seconds() / 60)


def timed(day: date, starts: time, slots: Sequence[Slot], zone: str = DEFAULT_ZONE) -> list[Timed]:
    """Return when each item is, one after another from the start of the meeting."""
    gone, times = 0, []
    for slot in slots:
        begins, waits, late = gone, 0, 0
        if slot.fixed_start is not None:
            fixed = minutes_from(day, starts, slot.fixed_start, zone)
            begins = max(gone, fixed)
            waits, late = begins - gone, begins - fixed
        times.append(Timed(begins, slot.minutes, slot.buffer, waits, late))
        gone = begins + slot.takes
    return times


def clock_times(day: date, starts: time, slots: Sequence[Slot], zone: str = DEFAULT_ZONE) -> list[datetime]:
    """Return the local start of each item."""
    return [after(day, starts, one.starts_after, zone) for one in timed(day, starts, slots, zone)]


def fit(day: date, starts: time, slots: Sequence[Slot], length: int, zone: str = DEFAULT_ZONE) -> Fit:
    """Return how the items fit a meeting of `length` minutes."""
    times = timed(day, starts, slots, zone)
    used = times[-1].ends_after + times[-1].buffer if times else 0
    return Fit(used, length, after(day, starts, used, zone))
