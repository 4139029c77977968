"""Who was there: organisations and head counts for everybody to read, names for the inside only."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import Invalid
from app.domain.words import N_

MOST = 2000


@dataclass(frozen=True)
class Present:
    """How many came from one organisation; `organisation` None stands for other residents."""

    organisation: str | None
    count: int


def check_count(count: int) -> int:
    """Return a head count from 1 to 2,000."""
    if not 1 <= count <= MOST:
        raise Invalid("count", N_("The number of people is from 1 to %(most)d."), most=MOST)
    return count


def attendance_total(present: Iterable[Present]) -> int:
    """Return the number of attendances (osallistumiskerta): people counted once per meeting."""
    return sum(one.count for one in present)
