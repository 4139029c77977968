"""How many minutes of each table's next meeting are free, while topics are being answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.domain.agenda import DEFAULT_TOPIC_MINUTES, FRAME
from app.domain.budget import Budget
from app.domain.clock import local, today
from app.domain.meetings import MeetingState
from app.domain.timing import fit
from app.domain.topics import READY, TopicState
from app.domain.waiting import days_waited
from app.extensions import db
from app.models import AgendaItem, Meeting, PartnershipTable, Topic
from app.services.coming import next_meetings


@dataclass(frozen=True)
class Reserve:
    """Topics that were postponed and wait for a later meeting: how many, their minutes, the oldest's days."""

    topics: int = 0
    minutes: int = 0
    oldest: int = 0


@dataclass(frozen=True)
class TableBudget:
    """The minutes of one table: `meeting` is its next one, None where none has been called.

    `waiting` topics are counted in the reserved minutes; `late` ones came too late for this meeting.
    """

    table: PartnershipTable
    meeting: Meeting | None
    budget: Budget
    waiting: int
    late: int
    reserve: Reserve


@dataclass(frozen=True)
class _Group:
    table_id: int
    state: TopicState
    late_for_id: int | None
    topics: int
    minutes: int
    oldest: datetime


def of_table(table: PartnershipTable) -> TableBudget:
    """Return the minutes of one table."""
    return of_tables([table])[0]


def of_tables(tables: Sequence[PartnershipTable]) -> list[TableBudget]:
    """Return the minutes of some tables in their order, asked in as many questions for many as for one."""
    ids = [one.id for one in tables]
    if not ids:
        return []
    coming = next_meetings(ids, items=True)
    usual = _standing_minutes([one for one in ids if one not in coming])
    groups = _groups(ids)
    return [
        _of_table(one, coming.get(one.id), usual, [group for group in groups if group.table_id == one.id])
        for one in tables
    ]


def _of_table(
    table: PartnershipTable, meeting: Meeting | None, usual: dict[int, int], groups: Sequence[_Group]
) -> TableBudget:
    if meeting is None:
        length, granted = table.minutes, usual[table.id]
    else:
        length = meeting.minutes
        slots = [one.slot for one in meeting.items]
        granted = fit(meeting.day, meeting.starts, slots, length, meeting.zone).used
    meeting_id = meeting.id if meeting else None
    accepted = [one for one in groups if one.state is TopicState.ACCEPTED]
    in_time = [one for one in accepted if meeting_id is None or one.late_for_id != meeting_id]
    postponed = [one for one in groups if one.state is TopicState.POSTPONED]
    waiting = sum(one.topics for one in in_time)
    return TableBudget(
        table=table,
        meeting=meeting,
        budget=Budget(length, granted, sum(one.minutes for one in in_time)),
        waiting=waiting,
        late=sum(one.topics for one in accepted) - waiting,
        reserve=_reserve(postponed, today()),
    )


def _reserve(groups: Sequence[_Group], day: date) -> Reserve:
    if not groups:
        return Reserve()
    oldest = min(one.oldest for one in groups)
    return Reserve(
        sum(one.topics for one in groups),
        sum(one.minutes for one in groups),
        days_waited(local(oldest).date(), day),
    )


def _groups(table_ids: Collection[int]) -> list[_Group]:
    minutes = func.coalesce(Topic.granted_minutes, Topic.wished_minutes, DEFAULT_TOPIC_MINUTES)
    rows = db.session.execute(
        select(
            Topic.table_id,
            Topic.state,
            Topic.late_for_id,
            func.count(Topic.id),
            func.sum(minutes),
            func.min(Topic.created_at),
        )
        .where(Topic.table_id.in_(table_ids), Topic.state.in_(READY))
        .group_by(Topic.table_id, Topic.state, Topic.late_for_id)
    )
    return [_Group(*row) for row in rows]


def _standing_minutes(table_ids: Collection[int]) -> dict[int, int]:
    """Return the minutes of each table's standing items: of its last meeting, else of the usual frame."""
    if not table_ids:
        return {}
    place = func.row_number().over(
        partition_by=Meeting.table_id, order_by=(Meeting.day.desc(), Meeting.id.desc())
    )
    last = (
        select(Meeting.id, place.label("place"))
        .where(
            Meeting.table_id.in_(table_ids),
            Meeting.state != MeetingState.CANCELLED,
            Meeting.items.any(AgendaItem.standing),
        )
        .subquery()
    )
    rows = db.session.scalars(
        select(Meeting)
        .join(last, last.c.id == Meeting.id)
        .where(last.c.place == 1)
        .options(selectinload(Meeting.items))
    )
    known = {one.table_id: sum(item.slot.takes for item in one.items if item.standing) for one in rows}
    return {one: known.get(one, sum(item.minutes for item in FRAME)) for one in table_ids}
