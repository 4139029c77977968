"""What stands in the outbox, and what a coordinator may do to a letter that did not go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.domain.clock import utc_now
from app.domain.errors import NotFound, Refused
from app.domain.outbox import MailState
from app.domain.permissions import Act, Visitor, check_may
from app.domain.words import N_
from app.extensions import db
from app.models import OutgoingMail
from app.services.log import record
from app.services.posting import without_secrets
from app.services.transactions import act, get_to_change

ON_A_PAGE = 30
LATE = timedelta(minutes=10)

ON_ITS_WAY = N_("The letter is being sent right now. Look again in a while.")
GONE = N_("The letter has been sent already.")
STOPPED = N_("The coordinator stopped this letter.")


@dataclass(frozen=True)
class LetterRow:
    """One letter as the outbox lists it; the server's answer may be missing."""

    id: int
    kind: str
    to: str
    subject: str
    state: MailState
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    due_at: datetime
    answer: str | None


@dataclass(frozen=True)
class LetterPage:
    """One page of the outbox, newest first; `counts` are for all pages, by state."""

    rows: list[LetterRow]
    page: int
    pages: int
    counts: dict[MailState, int]


@dataclass(frozen=True)
class WholeLetter:
    """One letter with its text; a sign-in link in it has lost its secret."""

    row: LetterRow
    body: str
    language: str
    message_id: str


def letters(visitor: Visitor, state: MailState | None, page: int) -> LetterPage:
    """Return one page of the outbox; a page beyond the last is the last."""
    check_may(visitor, Act.READ_OUTBOX)
    counted = db.session.execute(
        select(OutgoingMail.state, func.count().label("letters")).group_by(OutgoingMail.state)
    )
    counts = {row.state: row.letters for row in counted}
    total = sum(counts.values()) if state is None else counts.get(state, 0)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    query = select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(ON_A_PAGE)
    if state is not None:
        query = query.where(OutgoingMail.state == state)
    rows = db.session.scalars(query.offset((page - 1) * ON_A_PAGE))
    return LetterPage([_row(one) for one in rows], page, pages, counts)


def letter(visitor: Visitor, letter_id: int) -> WholeLetter:
    """Return one letter; raise NotFound."""
    check_may(visitor, Act.READ_OUTBOX)
    row = db.session.get(OutgoingMail, letter_id)
    if row is None:
        raise NotFound
    return WholeLetter(_row(row), without_secrets(row.body), row.language, row.message_id)


def _row(row: OutgoingMail) -> LetterRow:
    return LetterRow(
        id=row.id,
        kind=row.kind,
        to=row.to_address,
        subject=row.subject,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        answer=row.last_answer,
    )


def waiting_since(now: datetime | None = None) -> datetime | None:
    """Return since when letters are due that no worker has touched, where that is over ten minutes."""
    now = now or utc_now()
    return db.session.scalar(
        select(func.min(OutgoingMail.due_at)).where(
            OutgoingMail.state == MailState.QUEUED, OutgoingMail.due_at < now - LATE
        )
    )


@act
def try_again(visitor: Visitor, letter_id: int) -> None:
    """Queue a letter that failed or was parked, due now; raise Refused for one that is sent or on its way."""
    row = _to_change(visitor, letter_id)
    row.state = MailState.QUEUED
    row.due_at = utc_now()
    row.attempts = 0
    record(visitor, "letter.try_again", "letter", row.id)


@act
def stop(visitor: Visitor, letter_id: int) -> None:
    """Park a letter that waits, so that it is not sent; raise Refused for one that is sent or on its way."""
    row = _to_change(visitor, letter_id)
    if row.state is MailState.PARKED:
        return
    row.state = MailState.PARKED
    row.last_answer = STOPPED
    record(visitor, "letter.stop", "letter", row.id)


def _to_change(visitor: Visitor, letter_id: int) -> OutgoingMail:
    check_may(visitor, Act.READ_OUTBOX)
    row = get_to_change(OutgoingMail, letter_id)
    if row.state is MailState.SENDING:
        raise Refused(ON_ITS_WAY)
    if row.state is MailState.SENT:
        raise Refused(GONE)
    return row
