"""Letters in the outbox, in some state, without the acts that make them."""

from sqlalchemy import select

from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.models import OutgoingMail
from app.services import outbox


def store(
    number: int,
    state: MailState = MailState.DRAFT,
    *,
    kind: str = "memo_published",
    to: str = "",
    meeting_id: int | None = None,
    batch: str | None = None,
    **fields: object,
) -> int:
    """Put one letter into the outbox and return its id; `fields` are set as they are."""
    body = f"Hei!\n\nMuistio {number} on valmis.\nhttp://127.0.0.1:5000/meetings/{number + 1}/memo\n"
    letter = Letter(kind, "fi", f"Muistio {number}", body)
    once = f"test:{number}"
    outbox.queue(letter, to or f"person{number}@x.example", once, meeting_id=meeting_id, batch=batch)
    row = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once == once)).one()
    for name, value in {"state": state, **fields}.items():
        setattr(row, name, value)
    db.session.commit()
    return row.id
