"""How long topics have taken, for whoever grants minutes to the next ones."""

from sqlalchemy import Select, select

from app.domain.agenda import ItemKind
from app.domain.budget import agenda_minutes
from app.domain.experience import Took, Usual, as_last_time, usual
from app.extensions import db
from app.models import AgendaItem, Meeting, Topic

LATEST = 20  # topics that are looked back at


def usual_minutes(table_id: int, topic_id: int | None = None) -> Usual | None:
    """Return minutes by experience: the topic's own last time, else the latest topics of the table.

    None where fewer than three topics of the table have been timed. At most two queries.
    """
    if topic_id is not None:
        last = _took(_timed().where(AgendaItem.topic_id == topic_id).limit(1))
        own = as_last_time(last[0]) if last else None
        if own is not None:
            return own
    return usual(_took(_timed().where(Meeting.table_id == table_id).limit(LATEST)))


def likely_minutes(topic: Topic) -> int:
    """Return what the form to accept a topic would offer, so that every page counts alike."""
    usual = None if topic.granted_minutes else usual_minutes(topic.table_id, topic.id)
    return agenda_minutes(topic.granted_minutes or (usual.minutes if usual else None), topic.wished_minutes)


def _timed() -> Select[int | None, int]:
    """Items that were planned, begun and ended, the latest first; one left half-way is no measure."""
    return (
        select(AgendaItem.planned_minutes, AgendaItem.spent_seconds)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.kind == ItemKind.TOPIC,
            AgendaItem.planned_minutes.is_not(None),
            AgendaItem.started_at.is_not(None),
            AgendaItem.ended_at.is_not(None),
            AgendaItem.put_off_at.is_(None),
            AgendaItem.spent_seconds > 0,
        )
        .order_by(Meeting.day.desc(), AgendaItem.ended_at.desc(), AgendaItem.id.desc())
    )


def _took(query: Select[int | None, int]) -> list[Took]:
    return [Took(planned or 0, seconds) for planned, seconds in db.session.execute(query)]
