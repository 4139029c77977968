"""Meetings as people find them: what is coming, what has been, and one meeting with its agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import ItemKind, numbers
from app.domain.clock import after, today, utc_now
from app.domain.errors import NotFound
from app.domain.meetings import PUBLIC_STATES, MeetingAct, MeetingState, check_happens, is_public
from app.domain.permissions import Act, Visitor
from app.domain.timing import clock_times
from app.extensions import db
from app.models import AgendaItem, Meeting, PartnershipTable, Release, ReleasedItem
from app.services.presenters import presenters_in
from app.services.transactions import get_to_change

MOST_COMING = 50
A_PAGE = 30


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a list; `ends` is the local moment when it should end, `items` how many there are."""

    id: int
    table: str
    slug: str
    heading: str | None
    day: date
    starts: time
    ends: datetime
    place: str | None
    remote: bool
    state: MeetingState
    items: int

    @property
    def cancelled(self) -> bool:
        """True where nobody should travel there."""
        return self.state is MeetingState.CANCELLED

    @property
    def has_memo(self) -> bool:
        """True where the memo can be read."""
        return self.state is MeetingState.MEMO_PUBLISHED


@dataclass(frozen=True)
class AgendaLine:
    """One item as it is read: its number (None for a break), its local start, its minutes."""

    number: int | None
    starts: datetime
    minutes: int
    title: str
    presenter: str | None
    kind: ItemKind
    item_id: int
    key: str  # the same as long as it is the same matter (see domain/releases)


def everybody_sees() -> ColumnElement[bool]:
    """Return the condition of meetings that are public (the rule is `is_public`)."""
    return and_(
        Meeting.state.in_(PUBLIC_STATES),
        or_(Meeting.state != MeetingState.CANCELLED, Meeting.published_at.is_not(None)),
    )


def coming(language: str, table_id: int | None = None, most: int = MOST_COMING) -> list[MeetingLine]:
    """Return public meetings from today on, the nearest first; cancelled ones are among them."""
    query = (
        select(Meeting)
        .where(everybody_sees(), Meeting.state != MeetingState.MEMO_PUBLISHED, Meeting.day >= today())
        .order_by(Meeting.day, Meeting.starts, Meeting.id)
        .limit(most)
    )
    return _lines(_at(query, table_id), language)


def earlier(language: str, table_id: int | None = None, page: int = 1) -> tuple[list[MeetingLine], int]:
    """Return one page of public meetings that have been, the latest first, and how many pages there are."""
    been = _at(
        select(Meeting).where(
            everybody_sees(), or_(Meeting.day < today(), Meeting.state == MeetingState.MEMO_PUBLISHED)
        ),
        table_id,
    )
    count = db.session.scalar(select(func.count()).select_from(been.subquery())) or 0
    query = been.order_by(Meeting.day.desc(), Meeting.starts.desc(), Meeting.id.desc())
    return _lines(query.limit(A_PAGE).offset((page - 1) * A_PAGE), language), -(-count // A_PAGE)


def latest_memos(language: str, most: int = 5) -> list[MeetingLine]:
    """Return the meetings whose memos came out last."""
    query = select(Meeting).where(Meeting.state == MeetingState.MEMO_PUBLISHED)
    return _lines(query.order_by(Meeting.day.desc(), Meeting.id.desc()).limit(most), language)


def drafts(visitor: Visitor, language: str, table_id: int | None = None) -> list[MeetingLine]:
    """Return the drafts that the visitor may build, the nearest first."""
    if not visitor.may(Act.BUILD_AGENDA):
        return []
    query = select(Meeting).where(Meeting.state == MeetingState.DRAFT)
    mine = visitor.tables(Act.BUILD_AGENDA)
    if mine is not None:
        query = query.where(Meeting.table_id.in_(mine))
    query = query.order_by(Meeting.day, Meeting.starts, Meeting.id).limit(MOST_COMING)
    return _lines(_at(query, table_id), language)


def get_meeting(visitor: Visitor, meeting_id: int) -> Meeting:
    """Return a meeting with its table and items; raise NotFound for a draft of somebody else's."""
    found = db.session.get(
        Meeting,
        meeting_id,
        options=[joinedload(Meeting.table), selectinload(Meeting.items)],
        populate_existing=True,
    )
    if found is None:
        raise NotFound
    seen = is_public(found.state, was_published=found.published_at is not None)
    if not seen and not visitor.may(Act.BUILD_AGENDA, found.table_id):
        raise NotFound
    return found


def get_to_read(visitor: Visitor, meeting_id: int) -> Meeting:
    """Return a meeting to its builder; raise NotFound to everybody else."""
    found = get_meeting(visitor, meeting_id)
    if not visitor.may(Act.BUILD_AGENDA, found.table_id):
        raise NotFound
    return found


def get_to_build(visitor: Visitor, meeting_id: int, what: MeetingAct = MeetingAct.CHANGE) -> Meeting:
    """Return a meeting locked for an act of its builder; raise Refused where its state does not allow it."""
    found = get_to_change(Meeting, meeting_id)
    if not visitor.may(Act.BUILD_AGENDA, found.table_id):
        raise NotFound
    check_happens(what, found.state)
    return found


def touch(meeting: Meeting, *, for_all: bool = False) -> None:
    """Remember that a meeting or its agenda changed; `for_all` where everybody sees the change at once.

    What is built after publishing waits for the next release: calendars that follow the meeting get no new
    file for it.
    """
    meeting.revision += 1
    if for_all or meeting.published_at is None:
        meeting.changed_at = utc_now()


def ends(meeting: Meeting) -> datetime:
    """Return the local moment when the meeting should end."""
    return after(meeting.day, meeting.starts, meeting.minutes, meeting.zone)


def agenda_lines(meeting: Meeting, language: str) -> list[AgendaLine]:
    """Return the agenda as it is being built, with numbers and clock times; others read its release."""
    items = meeting.items
    starts = clock_times(meeting.day, meeting.starts, [one.slot for one in items], meeting.zone)
    said = presenters_in(language, [one.presenter for one in items])
    return [
        AgendaLine(
            number,
            begins,
            item.minutes,
            item.title_in(language),
            said.get(item.presenter or "", item.presenter),
            item.kind,
            item.id,
            item.key,
        )
        for item, number, begins in zip(items, numbers([one.kind for one in items]), starts, strict=True)
    ]


def get_table(slug: str) -> PartnershipTable:
    """Return a table with its organisations; raise NotFound where there is none."""
    found = db.session.scalar(
        select(PartnershipTable)
        .where(PartnershipTable.slug == slug)
        .options(selectinload(PartnershipTable.organisations))
    )
    if found is None:
        raise NotFound
    return found


def tables_that_meet(only: Iterable[int] | None = None) -> list[PartnershipTable]:
    """Return the tables that have not been archived, by name; `only` limits them to some ids."""
    query = select(PartnershipTable).where(PartnershipTable.archived_at.is_(None))
    if only is not None:
        query = query.where(PartnershipTable.id.in_(list(only)))
    return list(db.session.scalars(query.order_by(PartnershipTable.name)))


def _at(query: Select[Meeting], table_id: int | None) -> Select[Meeting]:
    return query if table_id is None else query.where(Meeting.table_id == table_id)


def _lines(query: Select[Meeting], language: str) -> list[MeetingLine]:
    built = select(func.count(AgendaItem.id)).where(AgendaItem.meeting_id == Meeting.id).scalar_subquery()
    newest = (
        select(Release.id)
        .where(Release.meeting_id == Meeting.id)
        .order_by(Release.number.desc())
        .limit(1)
        .correlate(Meeting)
        .scalar_subquery()
    )
    released = (
        select(func.count(ReleasedItem.id))
        .where(ReleasedItem.release_id == newest)
        .correlate(Meeting)
        .scalar_subquery()
    )
    items = case((Meeting.published_at.is_(None), built), else_=released)
    rows = db.session.execute(query.add_columns(items).options(joinedload(Meeting.table)))
    return [
        MeetingLine(
            id=row.id,
            table=row.table.name_in(language),
            slug=row.table.slug,
            heading=row.heading,
            day=row.day,
            starts=row.starts,
            ends=ends(row),
            place=row.place,
            remote=bool(row.remote_url),
            state=row.state,
            items=count,
        )
        for row, count in rows
    ]
