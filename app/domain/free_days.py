"""Which days suit a table's next meeting, and why the others do not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import groupby

from app.domain.clock import check_exists
from app.domain.errors import Invalid
from app.domain.meetings import MeetingState
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_

SOONEST = 21  # days: people must be invited, and topics asked for
APART = 28  # days around a meeting in which its own table is left in peace
HORIZON = 400  # days: nobody plans further
NEARBY = 7  # days on either side of a proposal, told of when somebody asks why not another
HABIT = 6  # of the latest meetings the weekday and the clock are taken
USUAL_START = time(18)
THURSDAY, SATURDAY = 3, 5
JULY = 7

Values = dict[str, object]


@dataclass(frozen=True)
class TableMeeting:
    """One meeting of the table, whatever its state."""

    day: date
    starts: time
    state: MeetingState


class Why(StrEnum):
    """Why a day does not suit."""

    TOO_SOON = "too_soon"
    LATE_IN_THE_WEEK = "late_in_the_week"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    EVE = "eve"
    WINTER = "winter"
    SUMMER = "summer"
    OWN_TABLE = "own_table"
    OTHER_TABLE = "other_table"
    HIDDEN_TABLE = "hidden_table"
    OFFERED = "offered"
    NO_SUCH_TIME = "no_such_time"


WHY_WORDS = {
    Why.TOO_SOON: N_("Too soon: people must hear of a meeting %(soonest)d days ahead."),
    Why.LATE_IN_THE_WEEK: N_("Meetings are from Monday to Thursday."),
    Why.WEEKEND: N_("It is at the weekend."),
    Why.HOLIDAY: N_("It is a public holiday: %(name)s."),
    Why.EVE: N_("The next day is a public holiday: %(name)s."),
    Why.WINTER: N_("Many are on holiday from 20 December to 7 January."),
    Why.SUMMER: N_("Many are on holiday in July, and the table has not met in July before."),
    Why.OWN_TABLE: N_("At most %(apart)d days from another meeting of this table."),
    Why.OTHER_TABLE: N_("Another table has a meeting that day: %(name)s."),
    Why.HIDDEN_TABLE: N_("Another table has a meeting that day."),
    Why.OFFERED: N_("This day is offered to another table: %(name)s."),
    Why.NO_SUCH_TIME: N_("The clock skips the usual starting time on this day."),
}


@dataclass(frozen=True)
class Block:
    """Why one day does not suit; `name` is that of the holiday or of the other table."""

    why: Why
    name: str = ""

    def sentence(self) -> tuple[str, Values]:
        """Return the reason and the values that go into it."""
        return WHY_WORDS[self.why], {"name": self.name, "soonest": SOONEST, "apart": APART}


@dataclass(frozen=True)
class Skipped:
    """Days one after another that do not suit for the same reason."""

    first: date
    last: date
    block: Block


def counts(meeting: TableMeeting, today: date) -> bool:
    """Whether a meeting was held or is called; a draft whose day has gone is neither."""
    if meeting.state is MeetingState.DRAFT:
        return meeting.day >= today
    return meeting.state is not MeetingState.CANCELLED


def habit(meetings: Iterable[TableMeeting]) -> tuple[int | None, time]:
    """Return the usual weekday and clock of the latest meetings.

    Monday is 0; None where none of them was from Monday to Thursday. Between two habits the later one counts.
    """
    latest = sorted(meetings, key=lambda one: one.day, reverse=True)[:HABIT]
    weekdays = Counter(one.day.weekday() for one in latest if one.day.weekday() <= THURSDAY)
    clocks = Counter(one.starts for one in latest) or Counter([USUAL_START])
    return (weekdays.most_common(1)[0][0] if weekdays else None), clocks.most_common(1)[0][0]


class Search:
    """The days of one table: which suit its next meeting, and why others do not.

    `blocked` are holidays, their eves and the evenings of other tables; `meetings` those of this table.
    """

    def __init__(
        self,
        today: date,
        meetings: Iterable[TableMeeting],
        blocked: Mapping[date, Block],
        zone: str = DEFAULT_ZONE,
    ) -> None:
        self.today = today
        self.meetings = [one for one in meetings if counts(one, today)]
        self.weekday, self.starts = habit(self.meetings)
        self.earliest = today + timedelta(days=SOONEST)
        self._blocked = blocked
        self._zone = zone
        self._in_july = any(one.day.month == JULY for one in self.meetings)
        self._near_own = {
            one.day + timedelta(days=days) for one in self.meetings for days in range(-APART, APART + 1)
        }
        last = today + timedelta(days=HORIZON)
        days = (self.earliest + timedelta(days=one) for one in range((last - self.earliest).days + 1))
        self.free = [day for day in days if self.why_not(day) is None]

    def why_not(self, day: date) -> Block | None:
        """Return why a day does not suit, None where it does."""
        if day < self.earliest:
            return Block(Why.TOO_SOON)
        if day.weekday() > THURSDAY:
            return Block(Why.LATE_IN_THE_WEEK)
        if day in self._blocked:
            return self._blocked[day]
        if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 7):
            return Block(Why.WINTER)
        if day.month == JULY and not self._in_july:
            return Block(Why.SUMMER)
        if day in self._near_own:
            return Block(Why.OWN_TABLE)
        try:
            check_exists("starts", day, self.starts, self._zone)
        except Invalid:
            return Block(Why.NO_SUCH_TIME)
        return None

    def nearby(self, around: date) -> list[Skipped]:
        """Return the days from Monday to Thursday that were skipped within a week of a proposal."""
        days = [around + timedelta(days=one) for one in range(-NEARBY, NEARBY + 1)]
        checked = [(day, self.why_not(day)) for day in days if day.weekday() <= THURSDAY]
        runs = [(block, [day for day, _ in run]) for block, run in groupby(checked, key=lambda one: one[1])]
        return [Skipped(run[0], run[-1], block) for block, run in runs if block is not None]

    def within(self, first: date, last: date) -> list[date]:
        """Return the days that suit from `first` to `last`."""
        return [day for day in self.free if first <= day <= last]


def cautions(day: date, blocks: Iterable[Block]) -> list[Block]:
    """Return what somebody who chose this day should know; none of it is a bar."""
    return [*([Block(Why.WEEKEND)] if day.weekday() >= SATURDAY else []), *blocks]
