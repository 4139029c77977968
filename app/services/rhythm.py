"""The yearly rhythm: which tables have fewer meetings than they should, and what day would suit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import and_, func, select

from app.domain.clock import local, today
from app.domain.free_days import HORIZON, Block, Search, Skipped, TableMeeting, Why, cautions
from app.domain.meetings import MeetingState
from app.domain.permissions import Act, Visitor
from app.domain.rhythm import Proposal, Tally, propose, tally
from app.extensions import db
from app.models import Event, Meeting, PartnershipTable
from app.services.holidays import holiday_name

YEARS_BACK = 4  # of meetings, in which a table's habits are looked for
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OtherEvening:
    """A meeting of another table; name a draft's table only to those who may build it."""

    table_id: int
    name: str
    name_sv: str | None
    starts: time
    draft: bool

    def name_in(self, language: str) -> str:
        """Return the table's name in a language, Finnish where there is no other."""
        return self.name_sv if language == "sv" and self.name_sv else self.name


@dataclass(frozen=True)
class TableRhythm:
    """A table that lacks meetings this year: its count, the day proposed, and what was skipped near it.

    `founded` is the local day when it was opened, where that was this year.
    """

    table_id: int
    slug: str
    name: str
    a_year: int
    tally: Tally
    founded: date | None
    proposal: Proposal
    nearby: tuple[Skipped, ...]


@dataclass(frozen=True)
class _Met:
    """A table with the meetings that were not cancelled, and the local day when it was opened, if known."""

    row: PartnershipTable
    name: str
    founded: date | None
    meetings: list[TableMeeting]


def lacking(visitor: Visitor, language: str, table_id: int | None = None) -> list[TableRhythm]:
    """Return the tables that have too few meetings this year and that the visitor may build, by name.

    All tables are looked at together, also for one of them: no two are offered the same day.
    """
    if not visitor.may(Act.BUILD_AGENDA, table_id):
        return []
    now = today()
    tables = _tables(now, language)
    closed = _holidays(now, language)
    offered: dict[date, Block] = {}
    found = []
    for one in tables:
        row, founded = one.row, one.founded if one.founded and one.founded.year == now.year else None
        count = tally(now, row.meetings_a_year, one.meetings, founded)
        if row.archived_at is not None or not count.missing:
            continue
        others = _evenings(visitor, now, [other for other in tables if other is not one])
        search = Search(now, one.meetings, {**offered, **others, **closed})
        proposal = propose(search, row.meetings_a_year, count.missing)
        nearby: tuple[Skipped, ...] = ()
        if proposal.to_call:
            nearby = tuple(search.nearby(proposal.to_call))
            offered[proposal.to_call] = Block(Why.OFFERED, one.name)
        if visitor.may(Act.BUILD_AGENDA, row.id) and table_id in (None, row.id):
            found.append(
                TableRhythm(row.id, row.slug, one.name, row.meetings_a_year, count, founded, proposal, nearby)
            )
    return found


def cautions_of(visitor: Visitor, day: date, table_id: int, language: str) -> list[Block]:
    """Return what whoever called a table for a day should know of the day; none of it is a bar."""
    blocks = [block for block in (_holiday(day, language),) if block]
    for other in other_evenings(day, table_id):
        told = not other.draft or visitor.may(Act.BUILD_AGENDA, other.table_id)
        blocks.append(_evening(other.name_in(language) if told else ""))
    return cautions(day, blocks)


def other_evenings(day: date, table_id: int) -> list[OtherEvening]:
    """Return the meetings of all other tables on a day, drafts too, by starting time."""
    rows = db.session.execute(
        select(Meeting, PartnershipTable)
        .join(PartnershipTable, Meeting.table_id == PartnershipTable.id)
        .where(Meeting.day == day, Meeting.table_id != table_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts, Meeting.id)
    )
    return [
        OtherEvening(table.id, table.name, table.name_sv, meeting.starts, meeting.state is MeetingState.DRAFT)
        for meeting, table in rows
    ]


def _tables(now: date, language: str) -> list[_Met]:
    opened = (
        select(func.min(Event.at))
        .where(Event.noun == "table", Event.act == "table.add", Event.noun_id == PartnershipTable.id)
        .scalar_subquery()
    )
    lately = and_(
        Meeting.table_id == PartnershipTable.id,
        Meeting.state != MeetingState.CANCELLED,
        Meeting.day >= date(now.year - YEARS_BACK, 1, 1),
    )
    rows = db.session.execute(
        select(PartnershipTable, opened, Meeting.day, Meeting.starts, Meeting.state)
        .outerjoin(Meeting, lately)
        .order_by(PartnershipTable.name, PartnershipTable.id, Meeting.day, Meeting.id)
    )
    found: dict[int, _Met] = {}
    for table, at, day, starts, state in rows:
        if table.id not in found:
            found[table.id] = _Met(table, table.name_in(language), local(at).date() if at else None, [])
        if day is not None:
            found[table.id].meetings.append(TableMeeting(day, starts, state))
    return list(found.values())


def _holidays(now: date, language: str) -> Mapping[date, Block]:
    days = (now + timedelta(days=one) for one in range(-HORIZON, HORIZON + 1))
    return {day: block for day in days if (block := _holiday(day, language))}


def _holiday(day: date, language: str) -> Block | None:
    name = holiday_name(day, language)
    if name:
        return Block(Why.HOLIDAY, name)
    name = holiday_name(day + ONE_DAY, language) if day < date.max else None
    return Block(Why.EVE, name) if name else None


def _evenings(visitor: Visitor, now: date, others: Iterable[_Met]) -> dict[date, Block]:
    found = {}
    for other in others:
        builds = visitor.may(Act.BUILD_AGENDA, other.row.id)
        for one in other.meetings:
            if one.day >= now:
                told = builds or one.state is not MeetingState.DRAFT
                found[one.day] = _evening(other.name if told else "")
    return found


def _evening(name: str) -> Block:
    return Block(Why.OTHER_TABLE, name) if name else Block(Why.HIDDEN_TABLE)
