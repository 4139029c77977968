"""The worker's sign of life: when it last did a round of each kind, and what went wrong in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.clock import utc_now
from app.extensions import db
from app.models import Heartbeat
from app.services.transactions import act

POST = "post"
FETCH = "fetch"

RARELY = timedelta(minutes=1)  # an idle worker writes no more often than this
LATE = timedelta(minutes=10)
LONGEST_ANSWER = 1000


@dataclass(frozen=True)
class Silence:
    """The worker is not at work: since when, None where it has never been."""

    since: datetime | None


@dataclass(frozen=True)
class Trouble:
    """What went wrong in the last round of one kind, and since when no round has gone well."""

    name: str
    answer: str
    at: datetime
    well_at: datetime | None


def beat(name: str, answer: str | None = None, now: datetime | None = None) -> None:
    """Note that a round of a kind was done, `answer` being what went wrong in it.

    The same sign is written once a minute at most; another answer is written at once.
    """
    now = now or utc_now()
    answer = answer[:LONGEST_ANSWER] if answer else None
    row = db.session.get(Heartbeat, name, populate_existing=True)
    known = row is not None and row.answer == answer and row.seen_at <= now < row.seen_at + RARELY
    db.session.rollback()  # a look is not an act
    if not known:
        _write(name, answer, now)


@act
def _write(name: str, answer: str | None, now: datetime) -> None:
    row = db.session.get(Heartbeat, name)
    if row is None:
        row = Heartbeat(name=name, seen_at=now)
        db.session.add(row)
    row.seen_at, row.answer = now, answer
    if answer is None:
        row.done_at = now


def silent_since(now: datetime | None = None) -> Silence | None:
    """Return since when the worker has done no round, where that is over ten minutes; None while it works."""
    now = now or utc_now()
    seen = db.session.scalar(select(Heartbeat.seen_at).where(Heartbeat.name == POST))
    if seen is not None and seen >= now - LATE:
        return None
    return Silence(seen)


def troubles() -> list[Trouble]:
    """Return what went wrong in the last rounds, by their names."""
    rows = db.session.scalars(select(Heartbeat).where(Heartbeat.answer.is_not(None)).order_by(Heartbeat.name))
    return [Trouble(row.name, row.answer or "", row.seen_at, row.done_at) for row in rows]
