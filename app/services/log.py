"""Writes the log of every change, in the transaction of the change."""

from collections.abc import Mapping

from sqlalchemy import insert

from app.domain.clock import utc_now
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import Event


def record(
    visitor: Visitor, act: str, noun: str, noun_id: int | None, **detail: str | int | bool | None
) -> None:
    """Add one line to the log: who, what, to which thing.

    `detail` takes ids, states and counts; never free text, names or addresses.
    """
    db.session.add(
        Event(at=utc_now(), person_id=visitor.person_id, act=act, noun=noun, noun_id=noun_id, detail=detail)
    )


def record_each(
    visitor: Visitor, act: str, noun: str, details: Mapping[int, Mapping[str, str | int | bool | None]]
) -> None:
    """Add one line for each of many things by their ids, as `record` does, in one statement."""
    now = utc_now()
    lines = [
        {
            "at": now,
            "person_id": visitor.person_id,
            "act": act,
            "noun": noun,
            "noun_id": one,
            "detail": dict(detail),
        }
        for one, detail in details.items()
    ]
    if lines:
        db.session.execute(insert(Event), lines)
