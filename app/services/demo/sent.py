"""A letter that has left."""

import secrets
from datetime import UTC, datetime, timedelta

from app.domain.addresses import new_mark
from app.domain.outbox import MailState
from app.extensions import site
from app.mail.composing import Letter
from app.models import OutgoingMail

SOON = timedelta(minutes=2)


def sent(letter: Letter, to: str, once: str, at: datetime) -> OutgoingMail:
    """Return a letter as the outbox keeps it after it has left; not stored yet."""
    return OutgoingMail(
        once=once,
        message_id=f"<{secrets.token_hex(16)}@{site().mail_domain}>",
        mark=new_mark(),
        kind=letter.kind,
        to_address=to,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        state=MailState.SENT,
        attempts=1,
        due_at=at,
        created_at=at,
        approved_at=at,
        sent_at=(at + SOON).astimezone(UTC),
    )
