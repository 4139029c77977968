"""The list of follow-ups of those who look after them: open ones first, the late at the top."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from app.domain.clock import today
from app.domain.follow_ups import ENDED, FollowUpState
from app.domain.permissions import Act, Visitor
from app.extensions import db
from app.models import FollowUp, Meeting, Organisation, PartnershipTable
from app.services.follow_ups import loaded

A_PAGE = 20

OPEN = "open_ones"
LATE = "late"
ALL = "all"
SHOWN = (OPEN, LATE, *(state.value for state in FollowUpState), ALL)


@dataclass(frozen=True)
class Wish:
    """Which follow-ups are wished for; `state` is one of SHOWN."""

    state: str = OPEN
    table_id: int | None = None
    owner_id: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One page of follow-ups, with how many there are in all."""

    rows: list[FollowUp]
    page: int
    pages: int
    count: int
    today: date


def listed(visitor: Visitor, wish: Wish) -> Listed:
    """Return a page of the follow-ups of the visitor's tables; a page past the end is the last one."""
    now = today()
    where = [_mine(visitor), *_wished(wish, now)]
    count = db.session.scalar(select(func.count(FollowUp.id)).join(FollowUp.meeting).where(*where)) or 0
    pages = max(1, -(-count // A_PAGE))
    page = min(max(1, wish.page), pages)
    ended = case((FollowUp.state.in_(ENDED), 1), else_=0)
    rows = db.session.scalars(
        select(FollowUp)
        .join(FollowUp.meeting)
        .where(*where)
        .order_by(ended, FollowUp.due_on, FollowUp.id)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
        .options(*loaded())
    ).all()
    return Listed(list(rows), page, pages, count, now)


def _mine(visitor: Visitor) -> ColumnElement[bool]:
    tables = visitor.tables(Act.READ_FOLLOW_UPS)
    return Meeting.id.is_not(None) if tables is None else Meeting.table_id.in_(tables)


def _wished(wish: Wish, now: date) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wish.table_id:
        where.append(Meeting.table_id == wish.table_id)
    if wish.owner_id:
        where.append(FollowUp.owner_organisation_id == wish.owner_id)
    if wish.state in (OPEN, LATE):
        where.append(FollowUp.state.not_in(ENDED))
    if wish.state == LATE:
        where.append(FollowUp.due_on < now)
    elif wish.state in set(FollowUpState):
        where.append(FollowUp.state == FollowUpState(wish.state))
    return where


def tables_of(visitor: Visitor, language: str) -> list[tuple[int, str]]:
    """Return the tables whose follow-ups the visitor reads, by name."""
    tables = visitor.tables(Act.READ_FOLLOW_UPS)
    query = select(PartnershipTable).order_by(PartnershipTable.name)
    if tables is not None:
        query = query.where(PartnershipTable.id.in_(tables))
    return [(one.id, one.name_in(language)) for one in db.session.scalars(query)]


def owners_of(visitor: Visitor, language: str) -> list[tuple[int, str]]:
    """Return the organisations that answer for something at the visitor's tables, by name."""
    owning = select(FollowUp.owner_organisation_id).join(FollowUp.meeting).where(_mine(visitor))
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(owning)))
    return sorted(((one.id, one.name_in(language)) for one in rows), key=lambda one: one[1].casefold())
