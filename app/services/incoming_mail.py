"""Messages that came by mail, as those read them who keep the inbox."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import joinedload, load_only, selectinload

from app.domain.errors import NotFound, Refused
from app.domain.incoming import Outcome
from app.domain.outbox import MailState
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import NOT_A_TOPIC, Channel, TopicAct, TopicState
from app.domain.words import N_
from app.extensions import db
from app.models import IncomingMail, OutgoingMail, PartnershipTable, Topic
from app.services.receiving_topics import receipt_of
from app.services.topic_life import move
from app.services.transactions import act, get_to_change

PAGE = 50
MOST_OF_TOPIC = 30  # messages that the page of one topic shows, the latest ones


@dataclass(frozen=True)
class FoundMail:
    """One page of messages, the latest first; `page` counts from 1, `total` is all that match."""

    messages: list[IncomingMail]
    tables: dict[int, PartnershipTable]
    page: int
    pages: int
    total: int


def _of_visitor(visitor: Visitor) -> ColumnElement[bool] | None:
    """Return what the visitor may read, None for all; one of no table is for those who read them all."""
    tables = visitor.tables(Act.READ_INBOX)
    return None if tables is None else IncomingMail.table_id.in_(tables)


def messages(visitor: Visitor, outcomes: Collection[Outcome], page: int) -> FoundMail:
    """Return one page of the messages with some outcomes (none given: all), without their texts."""
    check_may(visitor, Act.READ_INBOX)
    query = select(IncomingMail)
    theirs = _of_visitor(visitor)
    if theirs is not None:
        query = query.where(theirs)
    if outcomes:
        query = query.where(IncomingMail.outcome.in_(outcomes))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    query = query.options(
        load_only(
            IncomingMail.from_address,
            IncomingMail.from_name,
            IncomingMail.subject,
            IncomingMail.outcome,
            IncomingMail.why,
            IncomingMail.table_id,
            IncomingMail.topic_id,
            IncomingMail.received_at,
        ),
        joinedload(IncomingMail.topic).load_only(Topic.year, Topic.running, Topic.title, Topic.table_id),
    )
    query = query.order_by(IncomingMail.received_at.desc(), IncomingMail.id.desc())
    rows = list(db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)))
    return FoundMail(rows, _tables(rows), page, pages, total)


def _tables(rows: list[IncomingMail]) -> dict[int, PartnershipTable]:
    ids = {one.table_id for one in rows if one.table_id is not None}
    found = db.session.scalars(select(PartnershipTable).where(PartnershipTable.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}


def held(visitor: Visitor) -> int:
    """Return how many messages wait for somebody to look at them, at the visitor's tables."""
    query = select(func.count()).select_from(IncomingMail).where(IncomingMail.outcome == Outcome.HELD)
    theirs = _of_visitor(visitor)
    return db.session.scalar(query if theirs is None else query.where(theirs)) or 0


def get(visitor: Visitor, mail_id: int) -> IncomingMail:
    """Return one message with its topic and the names of its files; raise NotFound for another table's."""
    row = db.session.scalar(
        select(IncomingMail)
        .where(IncomingMail.id == mail_id)
        .options(selectinload(IncomingMail.attachments), joinedload(IncomingMail.topic))
    )
    tables = visitor.tables(Act.READ_INBOX)
    if row is None or (tables is not None and row.table_id not in tables):
        raise NotFound
    return row


def of_topic(topic: Topic) -> list[IncomingMail]:
    """Return the messages of a topic and of the one that it was split from, the earliest first."""
    ids = [topic.id, *([topic.split_from_id] if topic.split_from_id else [])]
    query = select(IncomingMail).where(IncomingMail.topic_id.in_(ids))
    query = query.options(selectinload(IncomingMail.attachments))
    latest = query.order_by(IncomingMail.received_at.desc(), IncomingMail.id.desc()).limit(MOST_OF_TOPIC)
    return list(db.session.scalars(latest))[::-1]


@act
def not_a_topic(visitor: Visitor, topic_id: int) -> None:
    """Put a message that is no topic out of the way, without a letter; pressed twice it is done once.

    A standard sentence stands on the topic's own page, and the topic can be taken up after all. Raises
    NotFound for another table's, Refused for one that did not come by mail or has been handled.
    """
    topic = get_to_change(Topic, topic_id)
    if not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, Act.TRIAGE, topic.table_id)
    sentence = NOT_A_TOPIC.get(topic.language, NOT_A_TOPIC["fi"])
    last = topic.steps[-1] if topic.steps else None
    if topic.state is TopicState.DECLINED and last is not None and last.words == sentence:
        return
    if topic.channel is not Channel.EMAIL or topic.state is not TopicState.RECEIVED:
        raise Refused(N_("The topic has moved on meanwhile, so this can no longer be done."))
    move(visitor, topic, TopicAct.DECLINE, sentence)
    waiting = (OutgoingMail.once == receipt_of(topic.id), OutgoingMail.state == MailState.DRAFT)
    db.session.execute(delete(OutgoingMail).where(*waiting))


def move_along(topic_id: int, table_id: int) -> None:
    """Take the messages and letters of a topic to another table with it, inside the act that moves it.

    Letters of a meeting stay with the meeting's table.
    """
    db.session.execute(
        update(IncomingMail).where(IncomingMail.topic_id == topic_id).values(table_id=table_id)
    )
    theirs = update(OutgoingMail).where(OutgoingMail.topic_id == topic_id, OutgoingMail.meeting_id.is_(None))
    db.session.execute(theirs.values(table_id=table_id))
