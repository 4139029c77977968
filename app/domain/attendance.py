"""Who was there: organisations and head counts for everybody to read, names for the inside only."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Protocol

from app.domain.agenda import plain_clock
from app.domain.errors import Invalid
from app.domain.running import FORGOTTEN, Hours
from app.domain.timing import minutes_from
from app.domain.words import N_
from app.domain.writing import check_line, check_no_identity_code, check_prose, folded

MOST = 2000
NAMES = 4000
MOST_EARLY = 60  # minutes that a meeting may have begun before its time

_NO_LETTERS = re.compile(r"[\W_]+")


class PresenceState(StrEnum):
    """How one person was at a meeting; only the excused was not there."""

    PRESENT = "present"
    REMOTE = "remote"
    EXCUSED = "excused"


PRESENCE_WORDS = {
    PresenceState.PRESENT: N_("Present"),
    PresenceState.REMOTE: N_("Remotely"),
    PresenceState.EXCUSED: N_("Excused"),
}


class Counted(Protocol):
    """Anything with a number of people."""

    @property
    def count(self) -> int:
        """How many."""


class From(Counted, Protocol):
    """A number of people from one organisation; None is other residents."""

    @property
    def organisation_id(self) -> int | None:
        """Where they are from."""


@dataclass(frozen=True)
class Row:
    """One row of the attendance list as it is saved; `organisation_id` None is other residents."""

    organisation_id: int | None
    count: int
    names: str = ""


@dataclass(frozen=True)
class Mark:
    """One person by name, as marked; who was excused counts as nobody."""

    organisation_id: int | None
    state: PresenceState

    @property
    def count(self) -> int:
        """1 where the person was there, remotely too."""
        return 0 if self.state is PresenceState.EXCUSED else 1


def check_count(count: int) -> int:
    """Return a head count from 1 to 2,000."""
    if not 1 <= count <= MOST:
        raise Invalid("count", N_("The number of people is from 1 to %(most)d."), most=MOST)
    return count


def parse_count(text: str) -> int:
    """Read how many came; empty and 0 mean nobody."""
    said = text.strip()
    if not said:
        return 0
    if not (said.isascii() and said.isdecimal()) or len(said) > 6:
        raise Invalid("count", N_("Write the number of people in digits, for example 3."))
    return check_count(int(said)) if int(said) else 0


def check_names(count: int, names: str) -> str:
    """Return the names of one row; names without a number of people are a slip."""
    names = check_prose("names", names, NAMES)
    if names and not count:
        raise Invalid("count", N_("Write how many people came."))
    return names


def attendance_total(present: Iterable[Counted]) -> int:
    """Return the number of attendances (osallistumiskerta): people counted once per meeting.

    Remote people, and those who came late or left early, count; the excused do not.
    """
    return sum(one.count for one in present)


def by_organisation(present: Iterable[From]) -> dict[int | None, int]:
    """Return the number of attendances of each organisation that somebody came from."""
    totals: Counter[int | None] = Counter()
    for one in present:
        totals[one.organisation_id] += one.count
    return {key: count for key, count in totals.items() if count}


def counted_twice(listed: Iterable[str], rows: Iterable[Row]) -> list[str]:
    """Return the names of people marked one by one that stand among the names of a head count too."""
    counted = [f" {_NO_LETTERS.sub(' ', folded(row.names))} " for row in rows if row.names]
    return [
        name
        for name in listed
        if any(f" {_NO_LETTERS.sub(' ', folded(name)).strip()} " in text for text in counted)
    ]


def check_guest(name: str) -> str:
    """Return the name of a guest: one line, and no personal identity code."""
    name = check_line("name", name)
    if not name:
        raise Invalid("name", N_("Write the name of the guest."))
    check_no_identity_code("name", name)
    return name


def meeting_span(hours: Hours, began: datetime | None, ended: datetime | None) -> tuple[int, int]:
    """Return when a meeting is, in minutes from its planned start: longer where it began before or ran over.

    `ended` is when it ended, or now while it goes on. A clock that was left running adds three hours at most.
    """
    most = hours.minutes + int(FORGOTTEN.total_seconds() // 60)
    early = min(0, hours.minutes_at(began)) if began else 0
    over = hours.minutes_at(ended) if began and ended else 0
    return max(early, -MOST_EARLY), max(hours.minutes, min(over, most))


def check_stay(hours: Hours, span: tuple[int, int], came: time | None, left: time | None) -> None:
    """Refuse clock times outside the meeting, and leaving before coming; Invalid names `came` or `left`."""
    for field, clock in (("came", came), ("left", left)):
        if clock is not None and not span[0] <= _minutes(hours, clock) <= span[1]:
            raise Invalid(
                field,
                N_("The meeting was from %(starts)s to %(ends)s. Check the time."),
                starts=plain_clock(hours.at(span[0]).time()),
                ends=plain_clock(hours.at(span[1]).time()),
            )
    if came is not None and left is not None and _minutes(hours, left) <= _minutes(hours, came):
        raise Invalid("left", N_("This is not after the person came. Check both times."))


def _minutes(hours: Hours, clock: time) -> int:
    return minutes_from(hours.day, hours.starts, clock, hours.zone)


def mark_of(rows: Iterable[Row]) -> str:
    """Return a short mark of a saved list, so that a page can tell whether it has changed since."""
    lines = sorted(f"{one.organisation_id or 0}:{one.count}:{one.names}" for one in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
