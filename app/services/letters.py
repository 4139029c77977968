"""What stands in the outbox: every letter, where it is on its way, and what the server said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true

from app.domain.clock import utc_now
from app.domain.errors import Refused
from app.domain.outbox import LEFT_UNSENT, MailState, Shelf
from app.domain.permissions import Act, Visitor
from app.domain.words import N_
from app.extensions import db
from app.models import OutgoingMail, PartnershipTable, Person
from app.services.drafts import send as send
from app.services.holding import why_not
from app.services.log import record
from app.services.posting import without_secrets
from app.services.reach import check_reach, letter_to_change, reach
from app.services.transactions import act

ON_A_PAGE = 30
MOST_COUNTED = 100

ON_ITS_WAY = N_("The letter is being sent right now. Look again in a while.")
GONE = N_("The letter has been sent already.")
NOT_TRIED = N_("This letter has not been tried yet.")


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
    revision: int
    bounced_at: datetime | None
    approved_at: datetime | None

    @property
    def stopped(self) -> bool:
        """Whether a person stopped it, or what it tells of did, and no server."""
        return self.state is MailState.PARKED and self.answer in LEFT_UNSENT


@dataclass(frozen=True)
class LetterPage:
    """One page of the outbox, newest first."""

    rows: list[LetterRow]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class WholeLetter:
    """One letter with its text; a sign-in link in it has lost its secret."""

    row: LetterRow
    body: str
    language: str
    message_id: str
    calendar_method: str | None
    approved_by: str | None


def on_shelf(shelf: Shelf) -> ColumnElement[bool]:
    """Return the condition for letters of one shelf of the outbox."""
    state, answer = OutgoingMail.state, OutgoingMail.last_answer
    match shelf:
        case Shelf.DRAFTS:
            return state == MailState.DRAFT
        case Shelf.WAITING:
            return state.in_((MailState.QUEUED, MailState.SENDING))
        case Shelf.FAILED:
            return (state == MailState.PARKED) & or_(answer.is_(None), answer.not_in(LEFT_UNSENT))
        case Shelf.STOPPED:
            return (state == MailState.PARKED) & answer.in_(LEFT_UNSENT)
        case Shelf.SENT:
            return (state == MailState.SENT) & OutgoingMail.bounced_at.is_(None)
        case Shelf.CAME_BACK:
            return OutgoingMail.bounced_at.is_not(None)
        case Shelf.GATHERED:
            return state == MailState.GATHERED
        case Shelf.SKIPPED:
            return state == MailState.SKIPPED
        case _:
            return true()


def counts(visitor: Visitor, table_id: int | None = None) -> dict[Shelf, int]:
    """Return how many letters stand on each shelf, at one table or all within reach."""
    columns = [
        func.count().filter(on_shelf(shelf)).label(shelf.value) for shelf in Shelf if shelf is not Shelf.ALL
    ]
    row = db.session.execute(
        select(*columns, func.count().label(Shelf.ALL.value)).where(_where(visitor, table_id))
    ).one()
    return {shelf: getattr(row, shelf.value) for shelf in Shelf}


def letters(visitor: Visitor, shelf: Shelf, page: int, table_id: int | None = None) -> LetterPage:
    """Return one page of a shelf; a page beyond the last is the last."""
    wanted = _where(visitor, table_id) & on_shelf(shelf)
    total = db.session.scalar(select(func.count()).select_from(OutgoingMail).where(wanted)) or 0
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    query = select(OutgoingMail).where(wanted).order_by(OutgoingMail.id.desc()).limit(ON_A_PAGE)
    rows = db.session.scalars(query.offset((page - 1) * ON_A_PAGE))
    return LetterPage([row_of(one) for one in rows], page, pages, total)


def letter(visitor: Visitor, letter_id: int) -> WholeLetter:
    """Return one letter; raise NotFound."""
    row = check_reach(visitor, db.session.get(OutgoingMail, letter_id))
    presser = db.session.get(Person, row.approved_by_id) if row.approved_by_id else None
    return WholeLetter(
        row_of(row),
        without_secrets(row.body),
        row.language,
        row.message_id,
        row.calendar_method,
        presser.name if presser else None,
    )


def rows_of(visitor: Visitor, ids: Collection[int]) -> list[LetterRow]:
    """Return those letters of some ids that are within reach, as they are now."""
    query = select(OutgoingMail).where(OutgoingMail.id.in_(ids), reach(visitor)).order_by(OutgoingMail.id)
    return [row_of(one) for one in db.session.scalars(query.execution_options(populate_existing=True))]


def row_of(row: OutgoingMail) -> LetterRow:
    """Return a letter as it is listed."""
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
        revision=row.revision,
        bounced_at=row.bounced_at,
        approved_at=row.approved_at,
    )


def drafts_waiting(visitor: Visitor) -> int:
    """Return how many drafts wait for the visitor's press, 0 for whoever may not; a hundred means many."""
    if not visitor.may(Act.READ_OUTBOX):
        return 0
    some = (
        select(OutgoingMail.id).where(reach(visitor), on_shelf(Shelf.DRAFTS)).limit(MOST_COUNTED).subquery()
    )
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def tables_of(visitor: Visitor) -> list[PartnershipTable]:
    """Return the tables whose letters the visitor sees, in the order of their names."""
    tables = visitor.tables(Act.READ_OUTBOX)
    query = select(PartnershipTable).order_by(PartnershipTable.name)
    return list(db.session.scalars(query if tables is None else query.where(PartnershipTable.id.in_(tables))))


def _where(visitor: Visitor, table_id: int | None) -> ColumnElement[bool]:
    return reach(visitor) if table_id is None else reach(visitor) & (OutgoingMail.table_id == table_id)


@act
def try_again(visitor: Visitor, letter_id: int) -> None:
    """Queue a letter that failed or waits, due now; raise Refused for any other, or one that is overtaken."""
    row = letter_to_change(visitor, letter_id)
    if row.state is MailState.SENDING:
        raise Refused(ON_ITS_WAY)
    if row.state is MailState.SENT:
        raise Refused(GONE)
    if row.state not in (MailState.QUEUED, MailState.PARKED) or row.last_answer in LEFT_UNSENT:
        raise Refused(NOT_TRIED)
    if why := why_not([row]).get(row.id):
        raise Refused(why)
    _again(visitor, row)


@act
def try_all_again(visitor: Visitor, table_id: int | None = None) -> int:
    """Queue all letters within reach that could not be sent, due now, and return how many.

    Those that do not hold any more are left unsent.
    """
    query = (
        select(OutgoingMail)
        .where(_where(visitor, table_id), on_shelf(Shelf.FAILED))
        .order_by(OutgoingMail.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = list(db.session.scalars(query))
    why = why_not(rows)
    for row in rows:
        if row.id in why:
            row.last_answer = why[row.id]
            record(visitor, "letter.leave", "letter", row.id)
        else:
            _again(visitor, row)
    return len(rows) - len(why)


def _again(visitor: Visitor, row: OutgoingMail) -> None:
    row.state, row.due_at, row.attempts, row.bounced_at = MailState.QUEUED, utc_now(), 0, None
    record(visitor, "letter.try_again", "letter", row.id)
