"""Digests: what readers have asked to get together, once a day or once a week, in one letter."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select, update

from app.domain.clock import local
from app.domain.digests import last_round
from app.domain.letter_choices import Rhythm, Wish, read_groups, wish_of
from app.domain.outbox import MailState
from app.domain.permissions import SYSTEM
from app.extensions import db, site
from app.mail.composing import Letter
from app.mail.dates import short_day
from app.mail.digest_letters import Told, digest
from app.models import MailChoice, Meeting, OutgoingMail, Topic
from app.services.log import record
from app.services.outbox import queue, signature
from app.services.transactions import Apart, act

Row = TypeVar("Row", Topic, Meeting)

_READER = func.lower(OutgoingMail.to_address)
# Those in a digest already stay gathered until it has left.
_WAITS = (OutgoingMail.state == MailState.GATHERED) & OutgoingMail.digest_id.is_(None)
_GATHERED_AT = func.coalesce(OutgoingMail.approved_at, OutgoingMail.created_at)


def make_due(now: datetime) -> int:
    """Make the digests that are due (`now` aware) and return how many; called by the worker each round.

    What was in a digest counts as sent once the digest has left. A fault in one digest stops no other; it is
    raised at the end.
    """
    apart = Apart()
    for digest_id in _left():
        apart.do(_mark_sent, digest_id)
    waiting = db.session.execute(
        select(_READER, MailChoice.rhythm, func.min(_GATHERED_AT))
        .outerjoin(MailChoice, MailChoice.address == _READER)
        .where(_WAITS)
        .group_by(_READER, MailChoice.rhythm)
    ).all()
    db.session.rollback()  # nothing is held open between two readers
    made = 0
    for reader, rhythm, since in waiting:
        if since <= last_round(rhythm or Rhythm.AT_ONCE, now):
            made += apart.do(_make, reader, now)
    apart.tell()
    return made


def _left() -> list[int]:
    """Return the digests that have left while letters in them still wait to be marked."""
    inside = select(OutgoingMail.digest_id).where(
        OutgoingMail.state == MailState.GATHERED, OutgoingMail.digest_id.is_not(None)
    )
    query = select(OutgoingMail.id).where(OutgoingMail.id.in_(inside), OutgoingMail.sent_at.is_not(None))
    return list(db.session.scalars(query.order_by(OutgoingMail.id)))


@act
def _mark_sent(digest_id: int) -> int:
    sent_at = select(OutgoingMail.sent_at).where(OutgoingMail.id == digest_id)
    rows = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.digest_id == digest_id, OutgoingMail.state == MailState.GATHERED)
        .values(state=MailState.SENT, sent_at=db.session.scalar(sent_at))
        .returning(OutgoingMail.id)
    ).all()
    record(SYSTEM, "digest.sent", "letter", digest_id, letters=len(rows))
    return len(rows)


@act
def _make(reader: str, now: datetime) -> int:
    """Make one reader's digest of all that waits for it, and return 1; 0 where there was nothing to tell.

    Two workers meet at the reader's row: the second finds nothing left. What the reader does not want any
    more is left out; whoever has gone back to getting letters at once gets each as it is.
    """
    choice = db.session.scalars(
        select(MailChoice).where(MailChoice.address == reader).with_for_update()
    ).one_or_none()
    rows = db.session.scalars(
        select(OutgoingMail)
        .where(_READER.in_([reader]), _WAITS)
        .order_by(OutgoingMail.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    unwanted = read_groups(choice.unwanted) if choice else frozenset()
    rhythm = choice.rhythm if choice else Rhythm.AT_ONCE
    together = []
    for row in rows:
        wish = wish_of(row.kind, unwanted, rhythm)
        if wish is Wish.SKIP:
            row.state = MailState.SKIPPED
        elif wish is Wish.AT_ONCE or row.revision > 1:
            row.state, row.due_at = MailState.QUEUED, now
            row.approved_at = now  # the date that it carries, in every try: it leaves today
        else:
            together.append(row)
    if together:
        _send_together(together, now)
    return int(bool(together))


def _send_together(rows: Sequence[OutgoingMail], now: datetime) -> None:
    newest = rows[-1]
    once = f"digest:{newest.id}"
    tables = {row.table_id for row in rows}
    queue(
        _letter(rows, newest.language, now),
        newest.to_address,
        once,
        person_id=newest.person_id,
        table_id=newest.table_id if len(tables) == 1 else None,
    )
    made = db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.once == once)).one()
    for row in rows:
        row.digest_id = made  # it is sent when the digest is, which somebody may still stop
    record(SYSTEM, "digest.make", "letter", made, letters=len(rows))


def _letter(rows: Sequence[OutgoingMail], language: str, now: datetime) -> Letter:
    topics = _by_id(Topic, [row.topic_id for row in rows])
    meetings = _by_id(Meeting, [row.meeting_id for row in rows])
    told = []
    for row in rows:
        topic = topics.get(row.topic_id or 0)
        meeting = meetings.get(row.meeting_id or 0)
        if topic:
            told.append(Told(row.kind, f"{topic.number}: {topic.title}", site().topic(topic.token)))
        elif meeting:
            title = f"{meeting.table.name_in(language)}, {short_day(meeting.day, language)}"
            told.append(Told(row.kind, title, site().memo(meeting.id)))
        else:  # what it was about is gone: its own subject says most
            told.append(Told(row.kind, row.subject, site().home()))
    return digest(told, local(now).date(), language=language, signed=signature(language))


def _by_id(model: type[Row], ids: Sequence[int | None]) -> dict[int, Row]:
    wanted = {one for one in ids if one is not None}
    rows = db.session.scalars(select(model).where(model.id.in_(wanted))) if wanted else ()
    return {row.id: row for row in rows}
