"""Letters between their draft and the reader: let go by a press, and gone."""

from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.extensions import db
from app.models import OutgoingMail
from app.services import told
from app.services.transactions import act


@act
def let_go(*addresses: str) -> None:
    """Press to send the drafts, all of them or those to some addresses; none has left yet."""
    now = utc_now()
    query = select(OutgoingMail).where(OutgoingMail.state == MailState.DRAFT)
    rows = db.session.scalars(query.where(OutgoingMail.to_address.in_(addresses)) if addresses else query)
    pressed = list(rows)
    for one in pressed:
        one.state, one.approved_at = MailState.QUEUED, now
    told.approved(pressed, now)


@act
def send(*addresses: str) -> None:
    """Let the drafts go, and let everything leave that was let go."""
    let_go(*addresses)
    for one in db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.QUEUED)):
        one.state, one.sent_at, one.attempts = MailState.SENT, utc_now(), 1
