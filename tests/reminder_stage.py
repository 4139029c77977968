"""What the tests of reminders share: an evening that was published and told of, and its reminders."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

import time_machine
from sqlalchemy import select

from app.domain.clock import utc_now, wall_moment
from app.domain.meetings import MeetingState
from app.domain.outbox import MailState
from app.domain.permissions import Visitor
from app.domain.reminders import DAY
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Person, Reminder
from app.services import invitations, reminders, told
from tests import make
from tests.cast import Cast

WEEK = 7 * DAY


@contextmanager
def at(day: date, clock: time = time(12)) -> Iterator[None]:
    """Let it be this local day and clock time."""
    with time_machine.travel(wall_moment(day, clock).astimezone(UTC), tick=False):
        yield


def published(cast: Cast, day: date, starts: time = time(18), **fields: object) -> int:
    """Publish a meeting and let its letters go: an opening, Eeva's topic with Pekka as its official."""
    meeting = make.meeting(cast.north, day, starts, **fields)
    make.item(meeting, "Avaus")
    lamps = make.topic(
        cast.north, "Kylätien valot", state=TopicState.ON_AGENDA, contact_email="eeva@example.org"
    )
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one()
    make.item(meeting, about=lamps, minutes=20, officials=[pekka])
    publish(cast, meeting.id)
    return meeting.id


def publish(cast: Cast, meeting_id: int, visitor: Visitor | None = None) -> None:
    """Publish and let the letters go."""
    maria = visitor or make.visitor(cast.maria)
    seen = db.session.get_one(Meeting, meeting_id).revision
    invitations.publish_agenda(maria, meeting_id, seen=seen, anyway=True)
    drafts = db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.DRAFT)).all()
    now = utc_now()
    for one in drafts:
        one.state, one.approved_at = MailState.SENT, now
    told.approved(drafts, now)
    db.session.commit()


def approved(cast: Cast, meeting_id: int) -> None:
    reminders.approve(make.visitor(cast.maria), meeting_id)


def make_due() -> int:
    """Let the worker look now."""
    made = reminders.make_due(datetime.now(UTC))
    db.session.rollback()
    return made


def letters() -> dict[str, OutgoingMail]:
    """The reminders in the outbox by their addresses; fails where an address has two."""
    rows = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "meeting_reminder")))
    found = {one.to_address: one for one in rows}
    assert len(found) == len(rows)
    return found


def count() -> int:
    """How many reminders there are in the outbox, of all occasions."""
    return len(
        db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.kind == "meeting_reminder")).all()
    )


def rows(meeting_id: int) -> list[Reminder]:
    return list(
        db.session.scalars(
            select(Reminder).where(Reminder.meeting_id == meeting_id).order_by(Reminder.minutes_before.desc())
        )
    )


def invitation(email: str) -> Invitation:
    return db.session.scalars(select(Invitation).join(Invitation.person).where(Person.email == email)).one()


def is_published(meeting_id: int) -> bool:
    return db.session.get_one(Meeting, meeting_id).state is MeetingState.PUBLISHED
