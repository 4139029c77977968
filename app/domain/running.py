"""The evening as it goes: which item goes on, how long is left, and when everything that remains would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.domain.agenda import ENDING_KINDS, ItemKind
from app.domain.clock import after, local, wall_moment
from app.domain.timing import Slot, Timed, timed

NEAR = timedelta(hours=2)  # before a start that is told as a countdown, also over midnight
MISTAKEN = timedelta(minutes=5)  # after a press that it is still offered to take back
FORGOTTEN = timedelta(hours=3)  # after the fixed end: the clock was left running
KEPT_KINDS = frozenset({ItemKind.OPENING, ItemKind.SINCE_LAST_TIME, ItemKind.BREAK}) | ENDING_KINDS


class ItemState(StrEnum):
    """What an item is this evening."""

    WAITING = "waiting"
    GOING = "going"
    DONE = "done"
    SKIPPED = "skipped"
    PUT_OFF = "put_off"


class Phase(StrEnum):
    """Where the evening is."""

    ANOTHER_DAY = "another_day"  # nothing has begun, and the meeting is not now
    SOON = "soon"
    DUE = "due"  # its start has passed, nothing has begun
    GOING = "going"
    BETWEEN = "between"  # begun, and no item goes on
    LEFT_ON = "left_on"  # an item has gone on until long after the end: nobody stopped the clock
    ENDED = "ended"


@dataclass(frozen=True)
class Hours:
    """When a meeting is: its local day and start, its length in minutes, its zone."""

    day: date
    starts: time
    minutes: int
    zone: str

    @property
    def begins(self) -> datetime:
        """The planned start, on the local clock."""
        return wall_moment(self.day, self.starts, self.zone)

    @property
    def due(self) -> datetime:
        """The fixed end, on the local clock."""
        return self.at(self.minutes)

    @property
    def forgotten(self) -> datetime:
        """When a clock that still runs was left running, in UTC."""
        return self.due.astimezone(UTC) + FORGOTTEN

    def at(self, minutes: int) -> datetime:
        """Return the local moment so many real minutes from the start."""
        return after(self.day, self.starts, minutes, self.zone)

    def minutes_at(self, moment: datetime) -> int:
        """Return the whole minutes from the start to a moment; negative before it."""
        return int((moment.astimezone(UTC) - self.begins.astimezone(UTC)) // timedelta(minutes=1))


@dataclass(frozen=True)
class Part:
    """One item on the running clock; `seconds` were used before it was resumed last."""

    id: int
    kind: ItemKind
    minutes: int
    fixed_start: time | None = None
    buffer: int = 0
    planned: int | None = None
    started_at: datetime | None = None
    resumed_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = 0
    put_off_at: datetime | None = None
    standing: bool = False

    @property
    def slot(self) -> Slot:
        """What it asks of the clock."""
        return Slot(self.minutes, self.fixed_start, self.buffer)

    @property
    def state(self) -> ItemState:
        """What it is this evening; one that was ended without a start was skipped."""
        if self.put_off_at is not None:
            return ItemState.PUT_OFF
        if self.ended_at is not None:
            return ItemState.DONE if self.started_at is not None else ItemState.SKIPPED
        return ItemState.GOING if self.resumed_at is not None else ItemState.WAITING

    @property
    def may_wait(self) -> bool:
        """Whether it can be left to the next meeting: the frame of an evening cannot.

        Nor can what comes back at every meeting anyway.
        """
        return self.kind not in KEPT_KINDS and not self.standing

    def used(self, now: datetime) -> int:
        """Return the seconds that it has taken until now."""
        if self.state is not ItemState.GOING or self.resumed_at is None:
            return self.seconds
        return self.seconds + max(0, int((now - self.resumed_at).total_seconds()))

    def left(self, now: datetime) -> int:
        """Return the seconds left of its minutes; negative when it is over."""
        return 60 * self.minutes - self.used(now)


@dataclass(frozen=True)
class Rest:
    """What remains of an evening: the item that goes on, those that wait, and from when they may begin."""

    hours: Hours
    now: datetime
    going: Part | None
    waiting: tuple[Part, ...]
    before: bool = False  # nothing has begun and nothing need have: the plan holds

    def begins_after(self) -> list[int]:
        """Return when each waiting item would begin, in minutes from the planned start of the meeting."""
        slots = [Slot(self._free(buffer=True)), *(one.slot for one in self.waiting)]
        return [one.starts_after for one in self._timed(slots)]

    def ends_after(self) -> int:
        """Return when the last item would end, in minutes from the planned start; its buffer is free."""
        if not self.waiting:
            return self._free(buffer=False)
        slots = [Slot(self._free(buffer=True)), *(one.slot for one in self.waiting)]
        return self._timed(slots)[-1].ends_after

    def _timed(self, slots: Sequence[Slot]) -> list[Timed]:
        return timed(self.hours.day, self.hours.starts, slots, self.hours.zone)[1:]

    def _free(self, *, buffer: bool) -> int:
        """When the next item may begin. The minutes kept free after an item are there for its being late."""
        if self.before:
            return 0
        if self.going is None:
            return self.hours.minutes_at(self.now)
        left = self.going.left(self.now) + (60 * self.going.buffer if buffer else 0)
        return self.hours.minutes_at(self.now + timedelta(seconds=max(0, left)))

    def on_time(self) -> bool:
        """Whether the evening would end by its fixed end."""
        return self.ends_after() <= self.hours.minutes

    def with_(self, parts: Mapping[int, Part | None]) -> "Rest":
        """Return the rest with some items changed, or taken out (None)."""
        waiting = (parts.get(one.id, one) for one in self.waiting)
        going = self.going and parts.get(self.going.id, self.going)
        return replace(self, going=going, waiting=tuple(one for one in waiting if one is not None))


@dataclass(frozen=True)
class Running:
    """An evening at one moment. `begins` are the predicted local starts of the items that wait."""

    hours: Hours
    now: datetime
    phase: Phase
    parts: tuple[Part, ...]
    rest: Rest
    begins: Mapping[int, datetime]
    ends: datetime
    late: int  # minutes after the fixed end; negative when earlier

    @property
    def clock(self) -> datetime:
        """What the wall clock shows."""
        return local(self.now, self.hours.zone)

    @property
    def going(self) -> Part | None:
        """The item that goes on."""
        return self.rest.going

    @property
    def next(self) -> Part | None:
        """The item that would come next: the first of the agenda that still waits."""
        return self.rest.waiting[0] if self.rest.waiting else None

    @property
    def left(self) -> int:
        """Seconds left of the item that goes on; negative when it is over, 0 where none goes on."""
        return self.going.left(self.now) if self.going else 0

    @property
    def minutes_left(self) -> int:
        """Whole minutes left as they are told: 3.30 is 4 minutes left, 1.30 over is -1."""
        return -(-self.left // 60)

    @property
    def until_start(self) -> int:
        """Whole minutes until the planned start; negative after it."""
        return -(-int((self.hours.begins - self.now).total_seconds()) // 60)

    @property
    def too_early(self) -> bool:
        """Whether the clock runs on a day before the meeting: somebody tries it out."""
        here = local(self.now, self.hours.zone).date()
        return self.going is not None and here < self.hours.day and self.hours.begins - self.now > NEAR

    @property
    def may_be_mistaken(self) -> bool:
        """Whether the beginning of the present item can be a mistake: it is new, or the only one."""
        if self.going is None or self.going.resumed_at is None:
            return False
        alone = sum(one.started_at is not None for one in self.parts) == 1
        return alone or self.now - self.going.resumed_at <= MISTAKEN

    @property
    def begun(self) -> bool:
        """Whether any item has been begun."""
        return any(one.started_at is not None for one in self.parts)

    @property
    def is_over(self) -> bool:
        """Whether planned and actual minutes can be looked at: ended, or nothing remains."""
        return self.begun and (self.phase is Phase.ENDED or (not self.going and not self.rest.waiting))


def running(hours: Hours, parts: Sequence[Part], now: datetime, ended_at: datetime | None = None) -> Running:
    """Return the evening at a moment, from what has been begun and ended so far."""
    now = now.astimezone(UTC)  # on a local clock an hour would be wrong on the nights when it changes
    phase = _phase(hours, parts, now, ended_at)
    waiting = tuple(one for one in parts if one.state is ItemState.WAITING)
    going = next((one for one in parts if one.state is ItemState.GOING), None)
    before = phase in (Phase.ANOTHER_DAY, Phase.SOON)
    if phase is Phase.ENDED:
        waiting, going = (), None
    rest = Rest(hours, now, going, waiting, before)
    ends_after = rest.ends_after()
    if ended_at is not None:
        ends_after = hours.minutes_at(ended_at)
    elif phase is Phase.LEFT_ON or (before and not waiting):
        ends_after = hours.minutes
    begins = zip(waiting, rest.begins_after(), strict=True) if phase is not Phase.LEFT_ON else ()
    return Running(
        hours=hours,
        now=now,
        phase=phase,
        parts=tuple(parts),
        rest=rest,
        begins={one.id: hours.at(minutes) for one, minutes in begins},
        ends=hours.at(ends_after),
        late=ends_after - hours.minutes,
    )


def _phase(hours: Hours, parts: Sequence[Part], now: datetime, ended_at: datetime | None) -> Phase:
    if ended_at is not None:
        return Phase.ENDED
    states = {one.state for one in parts}
    if not any(one.started_at for one in parts):
        if now >= hours.begins:
            return Phase.DUE if now < hours.forgotten else Phase.ANOTHER_DAY
        near = local(now, hours.zone).date() == hours.day or hours.begins - now <= NEAR
        return Phase.SOON if near else Phase.ANOTHER_DAY
    if now >= hours.forgotten:
        return Phase.LEFT_ON
    return Phase.GOING if ItemState.GOING in states else Phase.BETWEEN


def stopping_moment(hours: Hours, resumed_at: datetime, now: datetime) -> datetime:
    """Return until when an item is counted that is stopped now.

    Where nobody stopped the clock that evening, the item is counted to the fixed end, not to the next day.
    """
    if now < hours.forgotten:
        return max(now, resumed_at)
    return max(resumed_at, hours.due.astimezone(UTC))
