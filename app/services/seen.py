"""Two people at the same settings: what one has changed is not overwritten by another who had not seen it."""

import hashlib

from app.domain.errors import Stale
from app.domain.words import N_

CHANGED = N_("Somebody else changed this after you opened it. Your text is below. Save again to keep yours.")


def mark(*values: object) -> str:
    """Return a short mark of the values that a form shows; another mark means other values."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def check_seen(seen: str | None, *values: object) -> None:
    """Raise Stale when the values are no longer those that the person saw; None asks nothing."""
    if seen is not None and seen != mark(*values):
        raise Stale(CHANGED)
