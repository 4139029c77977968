"""Two people at the same settings: what one has changed is not overwritten by another who had not seen it."""

import hashlib
from collections.abc import Sequence

from app.domain.errors import Stale
from app.domain.words import N_
from app.models import Base

CHANGED = N_("Somebody else changed this after you opened it. Your text is below. Save again to keep yours.")


def mark(row: Base, names: Sequence[str]) -> str:
    """Return a short mark of the values that a form shows; another mark means other values."""
    values = repr([getattr(row, name) for name in names])
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def check_seen(row: Base, names: Sequence[str], seen: str | None) -> None:
    """Raise Stale when the row no longer has the values that the person saw; None asks nothing."""
    if seen is not None and seen != mark(row, names):
        raise Stale(CHANGED)
