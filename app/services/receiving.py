"""What comes by mail becomes a topic, more words for one, an answer, or nothing: each message once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.domain.addresses import MarkKind
from app.domain.clock import utc_now
from app.domain.errors import TooMany
from app.domain.incoming import (
    ALL_SENDERS,
    COUNTED_OVER,
    LARGEST,
    ONE_SENDER,
    RAW_KEPT,
    Outcome,
    Why,
    usable_id,
)
from app.domain.permissions import SYSTEM
from app.domain.writing import printable
from app.extensions import db, site
from app.mail.incoming import Incoming, IncomingFile, Nature, read
from app.models import IncomingMail, Municipality, OutgoingMail
from app.services import bounces, receiving_answers
from app.services.knocks import knock
from app.services.log import record
from app.services.receiving_cleaning import has_codes, savable, without_codes
from app.services.receiving_topics import acknowledge, become_topic, has_words, is_ours, join, table_for
from app.services.receiving_topics import keep_files as keep_files
from app.services.receiving_topics import make_topic as make_topic
from app.services.receiving_topics import set_aside as set_aside
from app.services.transactions import act

MOST_REFERENCES = 20
OWN_ID = "own_message_id"  # a word of the reader for our own form of Message-ID


@dataclass(frozen=True)
class Received:
    """What became of one message; `again` is one that had been received before."""

    mail_id: int
    outcome: Outcome
    why: str = ""
    topic_id: int | None = None
    again: bool = False


def receive(
    raw: bytes,
    *,
    recipient: str | None = None,
    size: int | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Received:
    """Take one message as it came and return what became of it; the same message twice is one.

    `recipient` is the address of the envelope, where the server tells it. `size` is that of the whole
    message in bytes, where `raw` is its head alone: of one that is too large only the head is read.
    """
    whole_size = max(size or 0, len(raw))
    if whole_size > LARGEST:
        raw = head_of(raw)
    reading = partial(read, raw, recipient=recipient or "", own_addresses=(site().intake, site().sender))
    message = reading(own_domain=site().mail_domain)
    if message.why == OWN_ID and not _is_letter(message.message_id):
        message = reading()  # somebody else's in our domain: a form of the municipality, a scanner
    return _take(replace(message, size=whole_size), raw, now())


def _is_letter(message_id: str) -> bool:
    known = select(OutgoingMail.id).where(OutgoingMail.message_id == printable(message_id))
    return db.session.scalar(known.limit(1)) is not None


def _keeps(row: IncomingMail, message: Incoming) -> bool:
    """Whether a message is kept as it came: of a flood and of machines what was read is enough."""
    return row.why != Why.TOO_MANY and (message.nature is Nature.PERSON or row.outcome is Outcome.HELD)


def head_of(raw: bytes) -> bytes:
    """Return the header fields of a message with the empty line that ends them (RFC 5322, 2.1)."""
    ends = [place for end in (b"\r\n\r\n", b"\n\n") if (place := raw.find(end)) >= 0]
    return raw[: min(ends)] + b"\r\n\r\n" if ends else raw[:LARGEST]


@act
def _take(message: Incoming, raw: bytes, now: datetime) -> Received:
    """Store a message and what it becomes in one act."""
    # One message at a time, wherever it comes from: two of one sender at once get one acknowledgement.
    db.session.execute(select(Municipality.id).with_for_update())
    key = _key(message, raw)
    message = savable(message)
    coded = has_codes(message)
    clean = without_codes(message) if coded else message
    row = IncomingMail(
        key=key,
        message_id=clean.message_id[:400] or None,
        from_address=clean.from_address[:254],
        from_name=clean.from_name[:200],
        to_address=(clean.recipients[0] if clean.recipients else "")[:254],
        subject=clean.subject[:300],
        text=clean.text,
        whole=clean.whole,
        language=clean.language,
        outcome=Outcome.HELD,
        size=clean.size,
        received_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        before = db.session.scalars(select(IncomingMail).where(IncomingMail.key == key)).one()
        return Received(before.id, before.outcome, before.why, before.topic_id, again=True)
    _decide(row, clean, now, coded=coded)
    if not coded and _keeps(row, clean):
        row.raw = raw
    db.session.flush()
    record(
        SYSTEM,
        "mail.receive",
        "incoming_mail",
        row.id,
        outcome=row.outcome,
        why=str(row.why),
        topic=row.topic_id,
        letter=row.outgoing_mail_id,
    )
    return Received(row.id, row.outcome, row.why, row.topic_id)


def _decide(row: IncomingMail, message: Incoming, now: datetime, *, coded: bool) -> None:
    if message.size > LARGEST:
        row.table_id = table_for(message.recipients, message.from_address)
        row.why = Why.TOO_LARGE
    elif message.nature is Nature.BOUNCE:
        bounces.note(row, message, now)
    elif message.nature is Nature.LOOP or is_ours(message.from_address):
        row.outcome, row.why = Outcome.SET_ASIDE, message.why[:60] or Why.OWN_ADDRESS
    elif message.calendar is not None and message.nature is not Nature.LIST:
        receiving_answers.take(row, message, now)
    elif message.nature is not Nature.PERSON:
        row.outcome, row.why = Outcome.SET_ASIDE, message.why[:60] or message.nature.value
        _tie(row, _letter_of(message)[0])
    else:
        _from_person(row, message, now, coded=coded)


def _from_person(row: IncomingMail, message: Incoming, now: datetime, *, coded: bool) -> None:
    letter, marked = _letter_of(message)
    row.table_id = table_for(message.recipients, message.from_address)
    _tie(row, letter)
    why = _held(row, message, letter, now, coded=coded)
    if why is not None:
        row.why = why
    elif letter is not None and letter.topic_id is not None:
        join(row, letter, letter.topic_id, now, marked=marked)
    elif row.table_id is not None:
        topic = become_topic(SYSTEM, row, row.table_id, now)
        acknowledge(row, topic, now, at_once=True)
    keep_files(row, _named(message.files) if why is Why.TOO_MANY else message.files, now)


def _held(
    row: IncomingMail, message: Incoming, letter: OutgoingMail | None, now: datetime, *, coded: bool
) -> Why | None:
    """Return why a person should look before anything is made of the message; None where nothing hinders."""
    if _too_many(message.from_address, now):
        return Why.TOO_MANY
    if coded:
        return Why.IDENTITY_CODE
    if letter is not None and letter.topic_id is None:
        return Why.REPLY_TO_LETTER
    if not has_words(row) and (letter is None or not message.files):
        return Why.UNREADABLE if message.damaged else Why.EMPTY
    if row.table_id is None:
        return Why.NO_TABLE
    return None


def _named(files: tuple[IncomingFile, ...]) -> tuple[IncomingFile, ...]:
    """Return files without what is in them."""
    return tuple(replace(one, content=None, refused=one.refused or "many") for one in files)


def _too_many(sender: str, now: datetime) -> bool:
    try:
        knock("mail", sender, ONE_SENDER, COUNTED_OVER, now=now)
        knock("mail", "everybody", ALL_SENDERS, COUNTED_OVER, now=now)
    except TooMany:
        return True
    return False


def _letter_of(message: Incoming) -> tuple[OutgoingMail | None, bool]:
    """Return the letter that a message answers, and whether it came to that letter's own address."""
    for one in message.recipients:
        mark = site().mark_in(one)
        if mark is not None and mark[0] is MarkKind.REPLY:
            letter = db.session.scalar(select(OutgoingMail).where(OutgoingMail.mark == mark[1]))
            if letter is not None:
                return letter, True
    named = message.references[:MOST_REFERENCES]
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.message_id.in_(named)))
    found = {one.message_id: one for one in rows.all()} if named else {}
    return next((found[one] for one in named if one in found), None), False


def _tie(row: IncomingMail, letter: OutgoingMail | None) -> None:
    """Let a message know the letter that it answers, and go to that letter's table."""
    if letter is not None:
        row.outgoing_mail_id = letter.id
        row.table_id = letter.table_id or row.table_id


def _key(message: Incoming, raw: bytes) -> str:
    """Return what the same message has when it comes again: its Message-ID, who wrote and what, else when.

    The Message-ID alone does not tell: a scanner gives each of its messages the same.
    """
    if usable_id(message.message_id):
        said = "\0".join(["id", message.message_id, message.from_address, message.whole])
    elif message.damaged or not message.whole:
        said = f"as it came {hashlib.sha256(raw).hexdigest()}"
    else:
        files = [f"{one.name} {one.size}" for one in message.files]
        when = message.sent_at.isoformat() if message.sent_at else ""
        said = "\0".join([message.from_address, when, message.subject, message.whole, *files])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


@act
def hold_unreadable(raw: bytes, size: int, now: datetime) -> int:
    """Let somebody know of a message that could not be received again and again; it stays in the mailbox."""
    key = hashlib.sha256(b"unreadable " + hashlib.sha256(raw).digest()).hexdigest()
    found = db.session.scalar(select(IncomingMail.id).where(IncomingMail.key == key))
    if found is not None:
        return found
    row = IncomingMail(
        key=key,
        outcome=Outcome.HELD,
        why=Why.UNREADABLE,
        size=size,
        table_id=table_for((), ""),
        received_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(SYSTEM, "mail.receive", "incoming_mail", row.id, outcome=row.outcome, why=str(row.why))
    return row.id


@act
def forget_raw(now: datetime) -> int:
    """Forget messages as they came once they are thirty days old; what was read of them stays."""
    old = update(IncomingMail).where(IncomingMail.raw.is_not(None), IncomingMail.received_at < now - RAW_KEPT)
    forgotten = db.session.scalars(old.values(raw=None).returning(IncomingMail.id)).all()
    if forgotten:
        record(SYSTEM, "mail.forget_raw", "incoming_mail", None, messages=len(forgotten))
    return len(forgotten)
