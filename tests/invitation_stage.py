"""What the stories of answers share: a published meeting soon, invitations to it, and replies by mail."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from app.calendar.replies import Reply
from app.domain.addresses import new_mark
from app.domain.answers import Answer
from app.domain.clock import utc_now
from app.extensions import db
from app.models import AgendaItem, Event, Invitation, Meeting, Organisation, Person
from app.services.invited import PART
from tests.cast import Cast
from tests.views.meeting_stage import published


def meeting_of(cast: Cast, **fields: object) -> Meeting:
    """A meeting of the north in a month: an opening, and Eeva's topic from 18.05 to 18.25."""
    row = db.session.get_one(Meeting, published(cast, **fields))
    row.remote_url = row.remote_url or "https://meet.example.org/pohjoinen"
    db.session.commit()
    return row


def invite(meeting: Meeting, email: str | None = None, **whom: object) -> Invitation:
    """An invitation as it was sent to a person by address, or to organisation_id or topic_id."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one() if email else None
    now = utc_now()
    row = Invitation(
        **{
            "meeting_id": meeting.id,
            "person_id": person.id if person else None,
            "token": secrets.token_urlsafe(24),
            "uid": f"{meeting.uid}@kumppanuuspoyta.invalid",
            "reply_token": new_mark(),
            "created_at": now - timedelta(days=1),
            "told_at": now - timedelta(days=1),
            **whom,
        }
    )
    db.session.add(row)
    db.session.commit()
    db.session.refresh(row)
    db.session.expunge(row)  # a visit to a page ends the session: what was sent is still known
    return row


def needs(item: AgendaItem, invitation: Invitation, release: int = 1) -> None:
    """An item needs an official, and a release told the official so."""
    person = db.session.get_one(Person, invitation.person_id)
    item.officials.append(person)
    detail = {"release": release, "key": item.key}
    db.session.add(Event(at=utc_now(), act=PART, noun="invitation", noun_id=invitation.id, detail=detail))
    db.session.commit()


def with_email(organisation_id: int, email: str = "yhdistys@koivuranta.example") -> None:
    db.session.get_one(Organisation, organisation_id).email = email
    db.session.commit()


def stored(row_id: int) -> Invitation:
    """An invitation as it is stored now."""
    db.session.rollback()
    return db.session.get_one(Invitation, row_id, populate_existing=True)


def logged(row_id: int) -> list[dict[str, object]]:
    """What the log says of the answers to one invitation."""
    db.session.rollback()
    rows = db.session.scalars(
        select(Event)
        .where(Event.act == "invitation.answer", Event.noun == "invitation", Event.noun_id == row_id)
        .order_by(Event.id)
    )
    return [one.detail for one in rows]


def reply(row: Invitation, attendee: str, answer: Answer = Answer.COMING, **other: object) -> Reply:
    """What a calendar program replies to an invitation."""
    values: dict[str, object] = {
        "uid": row.uid or "",
        "attendee": attendee,
        "answer": answer,
        "sequence": row.sequence,
        "stamp": utc_now().replace(microsecond=0),
    }
    return Reply(**{**values, **other})
