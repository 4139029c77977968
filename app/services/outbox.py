"""Letters are queued with the act that they tell of; nothing is sent from a page."""

from sqlalchemy import select

from app.domain.clock import utc_now
from app.extensions import db, site
from app.mail.composing import Letter, Signature
from app.mail.messages import new_message_id
from app.models import Municipality, OutgoingMail


def signature(language: str) -> Signature:
    """Return who signs letters in a language."""
    row = db.session.get(Municipality, 1)
    if row is None:
        return Signature("Kumppanuuspöytä")
    name = row.name_sv if language == "sv" and row.name_sv else row.name
    return Signature(name, row.phone or "")


def queue(
    letter: Letter,
    to: str,
    once: str,
    *,
    person_id: int | None = None,
    topic_id: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """Queue a letter to one address, in the transaction of the act around it.

    `once` names the occasion (for example `memo:12:3:maria@…`); a second letter of the same occasion is
    left out, so that pressing a button twice sends one letter.
    """
    if db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == once)) is not None:
        return
    now = utc_now()
    db.session.add(
        OutgoingMail(
            once=once,
            message_id=new_message_id(site().mail_domain),
            kind=letter.kind,
            to_address=to,
            person_id=person_id,
            topic_id=topic_id,
            meeting_id=meeting_id,
            language=letter.language,
            subject=letter.subject,
            body=letter.body,
            due_at=now,
            created_at=now,
        )
    )
    db.session.flush()
