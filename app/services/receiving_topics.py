"""Messages of people: a topic of its own, or more words for the topic that they answer."""

from datetime import datetime

from sqlalchemy import exists, select, update

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.incoming import (
    NO_WORDS,
    ONE_RECEIPT,
    Outcome,
    Why,
    may_be_answered,
    plain_subject,
    says_something,
    title_from,
    usable_id,
    words_of,
)
from app.domain.outbox import MailState
from app.domain.permissions import SYSTEM, Act, Visitor
from app.domain.topics import SHORTEST_TEXT, Channel, Proposal, TopicState
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db, site
from app.mail.incoming import IncomingFile
from app.mail.messages import address
from app.models import (
    Attachment,
    IncomingMail,
    Organisation,
    OutgoingMail,
    PartnershipTable,
    Person,
    PersonRole,
    Topic,
    table_organisations,
)
from app.services.log import record
from app.services.topic_life import write_more
from app.services.topics import send_receipt, stored
from app.services.transactions import act, get_to_change


def is_ours(text: str) -> bool:
    """Whether an address is one of our own: nobody answers us there but ourselves."""
    return site().behind_separator(text) is not None or folded(text) == folded(site().sender)


def table_for(recipients: tuple[str, ...], from_address: str) -> int | None:
    """Return the table of a message: the one it was sent to, else its sender's, else the first that meets.

    The sender's address is a hint only: anybody can write it.
    """
    slugs = [behind for one in recipients if (behind := site().behind_separator(one))]
    live = select(PartnershipTable.id).where(PartnershipTable.archived_at.is_(None))
    live = live.order_by(PartnershipTable.id).limit(1)
    found = db.session.scalar(live.where(PartnershipTable.slug.in_(slugs))) if slugs else None
    if found is None and from_address:
        of_person = exists().where(
            PersonRole.table_id == PartnershipTable.id,
            PersonRole.person_id == Person.id,
            Person.email == from_address,
        )
        hers = select(Person.organisation_id).where(Person.email == from_address)
        theirs = hers.union(select(Organisation.id).where(Organisation.email == from_address))
        of_body = live.join(table_organisations).where(table_organisations.c.organisation_id.in_(theirs))
        found = db.session.scalar(live.where(of_person)) or db.session.scalar(of_body)
    return found or db.session.scalar(live)


def keep_files(row: IncomingMail, files: tuple[IncomingFile, ...], now: datetime) -> None:
    """Keep the files of a message with it, and with its topic where it has one."""
    for one in files:
        row.attachments.append(
            Attachment(
                topic_id=row.topic_id,
                name=one.name[:200],
                content_type=one.content_type[:100],
                size=one.size,
                content=one.content if not one.refused else None,
                refused=one.refused[:40] or None,
                created_at=now,
            )
        )


def has_words(row: IncomingMail) -> bool:
    """Whether a message says anything of its own."""
    return len(row.text.strip()) >= SHORTEST_TEXT


def join(row: IncomingMail, letter: OutgoingMail, topic_id: int, now: datetime, *, marked: bool) -> None:
    """Add a message to the topic of the letter that it answers, inside the act that receives it.

    `marked` is a message that came to the letter's own address. Only then, and from whom the letter went to,
    is it the proposer's own word; any other stays inside for the coordinator to read (From is no identity).
    """
    topic = get_to_change(Topic, topic_id)
    sender = folded(row.from_address)
    verified = marked and bool(sender) and sender == folded(letter.to_address)
    hers = verified and sender == folded(topic.contact_email or "")
    row.outcome, row.why = Outcome.REPLY, Why.VERIFIED if verified else Why.UNVERIFIED
    row.topic_id, row.table_id = topic.id, topic.table_id
    write_more(
        SYSTEM,
        topic,
        words_of(row.text.strip(), row.language),
        row.id,
        kept_inside=not hers,
        answers=topic.state is TopicState.ASKED and has_words(row),
        at=now,
    )


def become_topic(visitor: Visitor, row: IncomingMail, table_id: int, now: datetime) -> Topic:
    """Make a new topic of a message, inside an act; who wrote it is told by the message alone."""
    topic = stored(visitor, _proposal(row, table_id), table_id, title=_title(row), now=now)
    row.outcome, row.topic_id, row.table_id = Outcome.TOPIC, topic.id, table_id
    record(visitor, "topic.propose", "topic", topic.id, channel=topic.channel, table=table_id)
    return topic


def receipt_of(topic_id: int) -> str:
    """Return the occasion of the letter that tells a sender of the topic."""
    return f"topic_received:{topic_id}"


def acknowledge(row: IncomingMail, topic: Topic, now: datetime, *, at_once: bool) -> None:
    """Queue the letter with the private address; none to an address that nobody reads.

    It goes `at_once` for the first topic of a sender within a day; the letters of the others wait for the
    coordinator's press, so that two machines never write to each other.
    """
    to = topic.contact_email
    if to is None or not may_be_answered(to) or is_ours(to):
        return
    occasion = receipt_of(topic.id)
    named = row.message_id if row.message_id and usable_id(row.message_id) else None
    send_receipt(topic, occasion, in_reply_to=named)
    if not at_once or _wrote_today(topic, to, now):
        waits = update(OutgoingMail).where(
            OutgoingMail.once == occasion, OutgoingMail.state == MailState.QUEUED
        )
        db.session.execute(waits.values(state=MailState.DRAFT))


def _wrote_today(topic: Topic, to: str, now: datetime) -> bool:
    earlier = exists().where(
        Topic.channel == Channel.EMAIL,
        Topic.contact_email == to,
        Topic.id != topic.id,
        Topic.created_at > now - ONE_RECEIPT,
    )
    return bool(db.session.scalar(select(earlier)))


def _proposal(row: IncomingMail, table_id: int) -> Proposal:
    try:
        email = folded(address(row.from_address))
    except Invalid:
        email = ""
    return Proposal(
        text=words_of(_text(row), row.language),
        table_id=table_id,
        language=row.language,
        contact_name=row.from_name,
        contact_email=email,
        channel=Channel.EMAIL,
    )


def _text(row: IncomingMail) -> str:
    if has_words(row):
        return row.text.strip()
    subject = plain_subject(row.subject)
    return subject if says_something(subject) else NO_WORDS.get(row.language, NO_WORDS["en"])


def _title(row: IncomingMail) -> str:
    return title_from(row.subject, _text(row))


@act
def make_topic(visitor: Visitor, incoming_id: int) -> int:
    """Make a topic of a message that was held or set aside, and return its id; pressed twice it is made once.

    Its acknowledgement is a draft. Raises NotFound for another table's, Refused for what became something.
    """
    row = _to_sort(visitor, incoming_id)
    if row.outcome is Outcome.TOPIC and row.topic_id is not None:
        return row.topic_id
    if row.outcome not in (Outcome.HELD, Outcome.SET_ASIDE):
        raise Refused(ALREADY)
    table_id = row.table_id or table_for((), "")
    if table_id is None:
        raise Refused(N_("There is no partnership table yet. Make one first."))
    now = utc_now()
    topic = become_topic(visitor, row, table_id, now)
    row.why = Why.BY_HAND
    for one in row.attachments:
        one.topic_id = topic.id
    acknowledge(row, topic, now, at_once=False)
    record(visitor, "mail.make_topic", "incoming_mail", row.id, topic=topic.id)
    return topic.id


@act
def set_aside(visitor: Visitor, incoming_id: int) -> None:
    """Put a message that was held aside; pressed twice it is done once.

    Raises NotFound for another table's, Refused for what became something else.
    """
    row = _to_sort(visitor, incoming_id)
    if row.outcome is Outcome.SET_ASIDE:
        return
    if row.outcome is not Outcome.HELD:
        raise Refused(ALREADY)
    row.outcome, row.why = Outcome.SET_ASIDE, Why.BY_HAND
    record(visitor, "mail.set_aside", "incoming_mail", row.id)


ALREADY = N_("Somebody has already decided about this message.")


def _to_sort(visitor: Visitor, incoming_id: int) -> IncomingMail:
    """Return a locked message of the visitor's tables; one of no table belongs to those who run them all."""
    row = get_to_change(IncomingMail, incoming_id)
    theirs = visitor.tables(Act.ENTER_TOPIC)
    if theirs is not None and row.table_id not in theirs:
        raise NotFound
    return row
