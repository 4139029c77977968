"""Counts the knocks at a door, so that nobody can ask for the same thing without end."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.domain.clock import utc_now
from app.domain.errors import TooMany
from app.domain.words import N_
from app.extensions import db
from app.models import Knock

KEPT = timedelta(days=1)

TOO_MANY = N_("There have been too many tries. Wait a while and try again.")


def knock(door: str, who: str, most: int, per: timedelta, *, now: datetime | None = None) -> None:
    """Count one knock of `who` at a door, inside an act; raise TooMany for more than `most` within `per`.

    Only a fingerprint of `who` (an address, a network) is kept, and for a day at most.
    """
    now = now or utc_now()
    seen_as = hashlib.sha256(who.encode("utf-8", "replace")).hexdigest()
    db.session.execute(delete(Knock).where(Knock.door == door, Knock.at < now - max(KEPT, per)))
    knocks = db.session.scalar(
        select(func.count())
        .select_from(Knock)
        .where(Knock.door == door, Knock.who == seen_as, Knock.at > now - per)
    )
    if (knocks or 0) >= most:
        raise TooMany(TOO_MANY)
    db.session.add(Knock(door=door, who=seen_as, at=now))
    db.session.flush()
