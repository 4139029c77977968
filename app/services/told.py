"""Who was really told: a letter tells once somebody presses to send it; one taken back told nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from app.domain.outbox import UNSENT, MailState
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import Invitation, OutgoingMail
from app.services.invited import language_of
from app.services.log import record

INVITING = frozenset({"agenda_published", "official_invited", "topic_on_agenda"})
REMINDING = frozenset({"meeting_reminder"})


def unsent(meeting_id: int, *, lock: bool = False) -> list[OutgoingMail]:
    """Return the letters of a meeting's releases that have not left; `lock` keeps them here in an act.

    What waits in a digest that is being sent is on its way.
    """
    return _unsent(meeting_id, OutgoingMail.since_release.is_not(None), lock=lock)


def unsent_of(meeting_id: int) -> list[OutgoingMail]:
    """Return all letters that ask to a meeting or remind of it and have not left, kept here in an act."""
    return _unsent(
        meeting_id,
        or_(OutgoingMail.since_release.is_not(None), OutgoingMail.kind.in_(REMINDING)),
        lock=True,
    )


def _unsent(meeting_id: int, *which: ColumnElement[bool], lock: bool) -> list[OutgoingMail]:
    query = select(OutgoingMail).where(
        OutgoingMail.meeting_id == meeting_id,
        OutgoingMail.state.in_(UNSENT),
        OutgoingMail.digest_id.is_(None),
        *which,
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(query.order_by(OutgoingMail.id)))


def rows_of(meeting_ids: Iterable[int]) -> list[Invitation]:
    """Return all invitations to some meetings with whom they ask, proposers among them."""
    query = (
        select(Invitation)
        .where(Invitation.meeting_id.in_(list(meeting_ids)))
        .options(
            joinedload(Invitation.person),
            joinedload(Invitation.organisation),
            joinedload(Invitation.topic),
        )
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def address_of(row: Invitation) -> str:
    """Return where letters to one who is asked go, case-folded; "" where there is no address."""
    if row.topic is not None:
        return (row.topic.contact_email or "").casefold()
    one = row.person or row.organisation
    return (one.email or "").casefold() if one else ""


def name_of(row: Invitation, language: str) -> str:
    """Return what one who is asked is called in a letter to them, "" where that is not known."""
    if row.topic is not None:
        return row.topic.contact_name or ""
    if row.organisation is not None:
        return row.organisation.name_in(language)
    return row.person.name if row.person else ""


def written_in(row: Invitation) -> str:
    """Return the language in which one who is asked is written to."""
    reader = row.topic or row.person
    return reader.language if reader else language_of(row.meeting.table)


def approved(rows: Sequence[OutgoingMail], now: datetime) -> None:
    """Note that these letters were let go, inside the act that lets them: whom they ask has been told.

    What an invitation says of calendars is from now on what these letters carry.
    """
    about = [one for one in rows if one.state is not MailState.SKIPPED and _tells(one)]
    if not about:
        return
    asked = rows_of({one.meeting_id for one in about if one.meeting_id is not None})
    for letter in sorted(about, key=lambda one: one.id):
        for row in asked:
            if row.meeting_id != letter.meeting_id:
                continue
            number = letter.calendar_sequence
            if row.id == letter.invitation_id and number is not None and number >= row.sequence:
                row.sequence, row.calendar_mark = number, letter.calendar_mark
            if letter.since_release is not None and _reads(row, letter):
                row.first_message_id = row.first_message_id or letter.message_id
                if row.told_at is None or (row.id == letter.invitation_id and letter.kind in INVITING):
                    row.told_at = now
    db.session.flush()


def _reads(row: Invitation, letter: OutgoingMail) -> bool:
    return (
        row.withdrawn_at is None
        and row.created_at <= letter.created_at
        and address_of(row) == letter.to_address.casefold()
    )


def take_back(visitor: Visitor, letters: Sequence[OutgoingMail]) -> int:
    """Delete letters that have not left, inside an act, as if never written; return how many."""
    told_nothing(letters)
    for one in letters:
        record(visitor, "letter.fold", "letter", one.id, meeting=one.meeting_id, state=one.state.value)
        db.session.delete(one)
    db.session.flush()
    return len(letters)


def told_nothing(letters: Sequence[OutgoingMail]) -> None:
    """Make invitations again what their readers really know, where letters do not leave after the press.

    One that a server may have taken after all leaves its number behind, so that the next invitation has a
    greater one. Call inside an act.
    """
    gone = [one for one in letters if one.approved_at is not None and _tells(one)]
    if not gone:
        return
    kept = _kept({one.meeting_id for one in gone}, [one.id for one in letters])
    for row in rows_of({one.meeting_id for one in gone if one.meeting_id is not None}):
        for letter in gone:
            if row.meeting_id == letter.meeting_id:
                _forget(row, letter, kept)


def _tells(letter: OutgoingMail) -> bool:
    asks = letter.since_release is not None or letter.calendar_method is not None
    return letter.meeting_id is not None and asks


def _kept(meeting_ids: Iterable[int | None], but: Sequence[int]) -> list[OutgoingMail]:
    query = select(OutgoingMail).where(
        OutgoingMail.meeting_id.in_(list(meeting_ids)),
        OutgoingMail.calendar_sequence.is_not(None),
        OutgoingMail.id.not_in(but),
        or_(OutgoingMail.approved_at.is_not(None), OutgoingMail.state == MailState.SENT),
    )
    return list(db.session.scalars(query.order_by(OutgoingMail.id)))


def _forget(row: Invitation, letter: OutgoingMail, kept: Sequence[OutgoingMail]) -> None:
    if letter.attempts:
        return
    if row.first_message_id == letter.message_id:
        row.first_message_id = None
    if (
        row.told_at is not None
        and letter.approved_at is not None
        and row.told_at >= letter.approved_at
        and address_of(row) == letter.to_address.casefold()
    ):
        row.told_at = None
    if row.id != letter.invitation_id or letter.calendar_sequence is None:
        return
    last = next((one for one in reversed(kept) if one.invitation_id == row.id), None)
    if last is not None and last.calendar_sequence is not None:
        row.sequence, row.calendar_mark = last.calendar_sequence, last.calendar_mark
    elif letter.calendar_sequence == 0:
        row.calendar_mark = None
