"""Who was there: organisations and head counts for everybody to read, names for the inside only."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.errors import Invalid
from app.domain.words import N_
from app.domain.writing import check_prose

MOST = 2000
NAMES = 4000


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


@dataclass(frozen=True)
class Row:
    """One row of the attendance list as it is saved; `organisation_id` None is other residents."""

    organisation_id: int | None
    count: int
    names: str = ""


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
    """Return the number of attendances (osallistumiskerta): people counted once per meeting."""
    return sum(one.count for one in present)


def mark_of(rows: Iterable[Row]) -> str:
    """Return a short mark of a saved list, so that a page can tell whether it has changed since."""
    lines = sorted(f"{one.organisation_id or 0}:{one.count}:{one.names}" for one in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
