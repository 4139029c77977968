"""What the tests of meetings share: a day soon, a draft that is ready, and the letters of the outbox."""

from datetime import timedelta

from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, OutgoingMail
from tests import make
from tests.cast import Cast

SOON = today() + timedelta(days=30)
TYPED = f"{SOON.day}.{SOON.month}.{SOON.year}"


def only_meeting() -> Meeting:
    return db.session.scalars(select(Meeting)).one()


def letters() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(one.kind, one.to_address) for one in rows]


def ready(cast: Cast, **fields: object) -> int:
    """A draft of two items, one of them Eeva's topic."""
    meeting = make.meeting(cast.north, SOON, **fields)
    make.item(meeting, "Avaus")
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="eeva@example.org")
    make.item(meeting, about=topic, minutes=20)
    return meeting.id


def published(cast: Cast, **fields: object) -> int:
    now = utc_now()
    return ready(cast, state=MeetingState.PUBLISHED, published_at=now, changed_at=now, **fields)
