"""What the stories of messages share: one that came, with its topic and its files."""

from app.domain.clock import utc_now
from app.domain.incoming import Outcome
from app.domain.topics import Channel
from app.extensions import db
from app.models import Attachment, IncomingMail
from tests import make
from tests.mail.incoming.files import PDF

WORDS = "Kylätie on pimeä."
WHOLE = f"{WORDS}\n\nla 14. helmik. 2027 klo 9.12 Pöytä kirjoitti:\n> <b>Vanha kutsu</b>"


def mail(table_id: int | None, outcome: Outcome = Outcome.HELD, **fields: object) -> IncomingMail:
    """Store one message of Eeva's, held unless told otherwise."""
    count = db.session.query(IncomingMail).count()
    values: dict[str, object] = {
        "key": f"key-{count}",
        "from_address": "eeva@koivuranta.example",
        "from_name": "Eeva",
        "to_address": "poyta@kunta.example",
        "subject": "Tievalot",
        "text": WORDS,
        "whole": WHOLE,
        "size": 1200,
        "received_at": utc_now(),
    }
    row = IncomingMail(table_id=table_id, outcome=outcome, **{**values, **fields})
    db.session.add(row)
    db.session.commit()
    return row


def topic_by_mail(table_id: int, **fields: object) -> tuple[int, int]:
    """Store a topic that came by mail and return its id and that of its message."""
    fields = {"contact_email": "eeva@koivuranta.example", "contact_name": "Eeva", **fields}
    topic = make.topic(table_id, str(fields.pop("text", WORDS)), channel=Channel.EMAIL, **fields)
    return topic.id, mail(table_id, Outcome.TOPIC, topic_id=topic.id).id


def attach(mail_id: int, topic_id: int | None, name: str = "kutsu.pdf", **fields: object) -> int:
    """Put a file to a message and return its id."""
    values: dict[str, object] = {"content_type": "application/pdf", "size": len(PDF), "content": PDF}
    row = Attachment(
        incoming_mail_id=mail_id, topic_id=topic_id, name=name, created_at=utc_now(), **{**values, **fields}
    )
    db.session.add(row)
    db.session.commit()
    return row.id
