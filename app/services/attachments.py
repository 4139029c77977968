"""Files that came with messages are handed to those who read the inbox of their table."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from app.domain.errors import NotFound
from app.domain.permissions import Act, Visitor
from app.extensions import db
from app.models import Attachment, IncomingMail, Topic


def get(visitor: Visitor, attachment_id: int) -> Attachment:
    """Return a file with its content; raise NotFound for another table's, or where only its name was kept.

    It belongs to the tables of its topic, of the topics that were split from that, and of its message.
    """
    file = db.session.scalar(
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.refused.is_(None))
        .options(undefer(Attachment.content), joinedload(Attachment.topic), joinedload(Attachment.mail))
    )
    if file is None or file.content is None or not _may_read(visitor, file):
        raise NotFound
    return file


def _may_read(visitor: Visitor, file: Attachment) -> bool:
    tables = visitor.tables(Act.READ_INBOX)
    return tables is None or bool(tables & _tables_of(file))


def _tables_of(file: Attachment) -> set[int]:
    topic_id = file.topic_id or (file.mail.topic_id if file.mail else None)
    if topic_id is None:
        mail: IncomingMail | None = file.mail
        return {mail.table_id} if mail is not None and mail.table_id is not None else set()
    query = select(Topic.table_id).where((Topic.id == topic_id) | (Topic.split_from_id == topic_id))
    return set(db.session.scalars(query))
