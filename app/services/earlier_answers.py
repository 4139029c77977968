"""Which answers were given to another time or place than the meeting has now."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.domain.answers import AnswerChannel, is_of_earlier
from app.extensions import db
from app.models import Event, Invitation
from app.services.calendar_invites import calendar_mark

ANSWERED = "invitation.answer"


def shown(row: Invitation, channel: AnswerChannel) -> str:
    """Return a mark of the time and place that an answer given now is to.

    A page shows the meeting as it is, a calendar as it was sent there last.
    """
    if channel is AnswerChannel.MAIL and row.in_calendar and not _own_part(row):
        return row.calendar_mark or ""
    return calendar_mark(row.meeting, None)


def shown_to(rows: Iterable[Invitation]) -> dict[int, str]:
    """Return the marks of what was shown to those who answered, by invitation; one query.

    The log keeps them with each answer; the last one counts.
    """
    ids = [row.id for row in rows if row.answer is not None]
    events = select(Event.noun_id, Event.detail).where(
        Event.noun == "invitation", Event.act == ANSWERED, Event.noun_id.in_(ids)
    )
    found = db.session.execute(events.order_by(Event.id))
    last = {noun_id: detail.get("shown") for noun_id, detail in found if noun_id is not None}
    return {noun_id: str(mark) for noun_id, mark in last.items() if mark}


def is_earlier(row: Invitation, marks: Mapping[int, str] | None = None) -> bool:
    """Whether the answer was given to another time or place than now; `marks` are those of shown_to().

    Left out, they are looked up for this one invitation.
    """
    if row.answer is None:
        return False
    known = shown_to([row]) if marks is None else marks
    return is_of_earlier(
        of=known.get(row.id),
        now=calendar_mark(row.meeting, None),
        behind=(row.answer_sequence or 0) < row.sequence,
        by_sequence=row.answer_channel is AnswerChannel.MAIL or _own_part(row),
    )


def _own_part(row: Invitation) -> bool:
    """Whether the calendar entry is an official's own part: it moves with the agenda too."""
    return row.uid is not None and not row.uid.startswith(f"{row.meeting.uid}@")
