"""The yearly rhythm: how many meetings a table still lacks this year, and when the next would be."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import groupby

from app.domain.free_days import HORIZON, SOONEST, Search, TableMeeting, Values, counts
from app.domain.meetings import MeetingState
from app.domain.words import N_

FIRST_DAYS = 14  # of a new year, among which the usual weekday is looked for


@dataclass(frozen=True)
class Tally:
    """One calendar year of a table; `called` are those to come, and `drafts` are among them."""

    year: int
    wanted: int
    held: int
    called: int
    drafts: int

    @property
    def missing(self) -> int:
        """How many meetings the year still lacks."""
        return max(0, self.wanted - self.held - self.called)


class Found(StrEnum):
    """What the search ended with."""

    THIS_YEAR = "this_year"
    NEXT_YEAR = "next_year"
    PLANNED = "planned"
    NOTHING = "nothing"


FOUND_WORDS = {
    Found.THIS_YEAR: N_("A good day: %(day)s at %(clock)s."),
    Found.NEXT_YEAR: N_(
        "No good day is left this year. The first good day of next year: %(day)s at %(clock)s."
    ),
    Found.PLANNED: N_("No good day is left this year. The next meeting is planned already: %(day)s."),
    Found.NOTHING: N_("No good day was found in the next %(horizon)d days."),
}

_FREE = N_("It is not a public holiday, and no other table meets on that day.")
_HABIT_KEPT = N_("The table has usually met on this weekday.")
_HABIT_LEFT = N_("The usual weekday of the table is not free in that time.")
_MIDDLE = N_("It is the nearest to the middle of the days that suit, from %(first)s to %(last)s.")
_MIDDLE_OF_HABIT = N_(
    "Of these weekdays it is the nearest to the middle of the days that suit, from %(first)s to %(last)s."
)


@dataclass(frozen=True)
class Proposal:
    """The day that suits best, None where there is none, and the days `first` to `last` it was chosen from.

    `usual` tells whether it is the table's usual weekday, None where it has no such weekday; `choice` whether
    another day might have been taken for its place in the year.
    """

    found: Found
    day: date | None
    starts: time
    first: date | None = None
    last: date | None = None
    usual: bool | None = None
    choice: bool = False

    @property
    def to_call(self) -> date | None:
        """The day that a meeting may be called for."""
        return self.day if self.found in (Found.THIS_YEAR, Found.NEXT_YEAR) else None

    def sentence(self) -> tuple[str, Values]:
        """Return what is proposed and the values that go into it."""
        return FOUND_WORDS[self.found], {"day": self.day, "clock": self.starts, "horizon": HORIZON}

    def reasons(self) -> list[tuple[str, Values]]:
        """Return why this day, sentence by sentence, each with its values."""
        if self.to_call is None:
            return []
        told: list[tuple[str, Values]] = [(_FREE, {})]
        if self.usual is not None:
            told.append((_HABIT_KEPT if self.usual else _HABIT_LEFT, {}))
        if self.choice:
            words = _MIDDLE_OF_HABIT if self.usual else _MIDDLE
            told.append((words, {"first": self.first, "last": self.last}))
        return told


def tally(today: date, wanted: int, meetings: Iterable[TableMeeting], founded: date | None = None) -> Tally:
    """Count the calendar year of `today`; a table that was founded in it needs what its time allows."""
    mine = [one for one in meetings if one.day.year == today.year and counts(one, today)]
    held = [one for one in mine if one.state is MeetingState.MEMO_PUBLISHED or one.day < today]
    if founded and founded.year == today.year:
        ready = founded + timedelta(days=SOONEST)
        wanted = sum(1 for _, last in periods(today.year, wanted) if last >= ready)
    drafts = sum(1 for one in mine if one.state is MeetingState.DRAFT)
    return Tally(today.year, wanted, len(held), len(mine) - len(held), drafts)


def periods(year: int, wanted: int) -> list[tuple[date, date]]:
    """Return the first and last days of equal parts of a year: two halves, four quarters."""
    starts = []
    for part in range(wanted):
        months, rest = divmod(12 * part, wanted)
        days = monthrange(year, months + 1)[1]
        starts.append(date(year, months + 1, 1 + days * rest // wanted))
    ends = [one - timedelta(days=1) for one in starts[1:]] + [date(year, 12, 31)]
    return list(zip(starts, ends, strict=True))


def propose(search: Search, wanted: int, missing: int) -> Proposal:
    """Return the best day for the next of `missing` meetings, in the first part of the year that has none.

    Where fewer parts are left than meetings are missing, these share the longest time left between meetings.
    """
    year = search.today.year
    taken = [one.day for one in search.meetings]
    parts = [
        days
        for first, last in periods(year, wanted)
        if not any(first <= day <= last for day in taken) and (days := search.within(first, last))
    ]
    rest = search.within(search.today, date(year, 12, 31))
    if parts and len(parts) >= missing:
        return _middle(search, parts[0])
    if rest:
        runs = [list(run) for _, run in groupby(rest, key=lambda day: sum(one < day for one in taken))]
        longest = max(runs, key=lambda run: run[-1] - run[0])
        share = (longest[-1] - longest[0]) / max(1, missing)
        return _middle(search, [day for day in longest if day - longest[0] <= share])
    return _next_year(search, wanted)


def _middle(search: Search, days: Sequence[date]) -> Proposal:
    first, last = days[0], days[-1]
    usual = [day for day in days if day.weekday() == search.weekday]
    some = usual or days
    chosen = min(some, key=lambda day: (abs((day - first) - (last - day)), day))
    return Proposal(Found.THIS_YEAR, chosen, search.starts, first, last, _kept(search, chosen), len(some) > 1)


def _next_year(search: Search, wanted: int) -> Proposal:
    first, last = periods(search.today.year + 1, wanted)[0]
    called = sorted(one.day for one in search.meetings if first <= one.day <= last)
    if called:
        return Proposal(Found.PLANNED, called[0], search.starts)
    days = search.within(first, date(first.year, 12, 31))
    if not days:
        return Proposal(Found.NOTHING, None, search.starts)
    soon = [day for day in days if (day - days[0]).days < FIRST_DAYS]
    chosen = next((day for day in soon if day.weekday() == search.weekday), soon[0])
    return Proposal(Found.NEXT_YEAR, chosen, search.starts, soon[0], soon[-1], _kept(search, chosen))


def _kept(search: Search, chosen: date) -> bool | None:
    return None if search.weekday is None else chosen.weekday() == search.weekday
