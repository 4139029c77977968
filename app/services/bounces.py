"""Letters that a server sends back: the letter knows it, and somebody looks at its address."""

from datetime import datetime

from sqlalchemy import select

from app.domain.addresses import MarkKind
from app.domain.incoming import Outcome, Why
from app.domain.outbox import MailState
from app.domain.permissions import SYSTEM
from app.domain.writing import printable
from app.extensions import db, site
from app.mail.incoming import Bounced, Incoming
from app.models import IncomingMail, OutgoingMail
from app.services.log import record
from app.services.transactions import get_to_change

LONGEST_ANSWER = 1000


def note(row: IncomingMail, message: Incoming, now: datetime) -> None:
    """Mark the letter that came back, inside the act that receives the report; nothing is answered.

    A server that goes on trying (RFC 3464, 2.3.3: delayed) changes nothing. A report of a letter that is
    not ours is set aside.
    """
    said = message.bounced or Bounced()
    letter_id = _letter_of(message, said)
    if letter_id is None:
        row.outcome, row.why = Outcome.SET_ASIDE, Why.UNKNOWN_LETTER
        return
    letter = get_to_change(OutgoingMail, letter_id)
    row.outgoing_mail_id, row.table_id = letter.id, letter.table_id
    row.outcome, row.why = Outcome.BOUNCE, "" if said.permanent else Why.DELAYED
    if not said.permanent:
        return
    before = letter.state
    letter.bounced_at = now
    letter.last_answer = _in_words(said) or letter.last_answer
    if letter.state is MailState.SENT:
        letter.state = MailState.PARKED
    record(SYSTEM, "letter.bounce", "outgoing_mail", letter.id, before=before, after=letter.state)


def _letter_of(message: Incoming, said: Bounced) -> int | None:
    """Return the letter whose bounce address the report came to, else the one whose Message-ID it names."""
    found = [site().mark_in(one) for one in message.recipients]
    marks = [mark[1] for mark in found if mark and mark[0] is MarkKind.BOUNCE]
    by_mark = select(OutgoingMail.id).where(OutgoingMail.mark.in_(marks))
    found_id = db.session.scalar(by_mark.order_by(OutgoingMail.id).limit(1)) if marks else None
    if found_id is None and said.message_id:
        found_id = db.session.scalar(
            select(OutgoingMail.id).where(OutgoingMail.message_id == printable(said.message_id))
        )
    return found_id


def _in_words(said: Bounced) -> str:
    words = " ".join(printable(f"{said.status} {said.answer}").split())
    return words[:LONGEST_ANSWER]
