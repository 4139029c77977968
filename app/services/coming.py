"""The next meeting of each table, also while it is a draft, and until when topics come in time for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.domain.clock import local, today, utc_now
from app.domain.deadlines import came_late
from app.domain.meetings import MeetingState
from app.domain.topics import OPEN, TopicState
from app.extensions import db
from app.models import Meeting, Topic

TO_COME = (MeetingState.DRAFT, MeetingState.PUBLISHED)


@dataclass(frozen=True)
class Deadline:
    """The last day when a topic comes in time for a table's next meeting, and whether it has passed.

    It is told to everybody, also of a draft: whoever sets it asks for topics. The meeting's own day is not.
    """

    table_id: int
    meeting_id: int
    until: date
    passed: bool


def still_comes(meeting: Meeting) -> bool:
    """Whether a meeting is still to be held, today or later."""
    ended = meeting.ended_at is not None or meeting.memo_published_at is not None
    return meeting.state in TO_COME and meeting.day >= today() and not ended


def next_meetings(table_ids: Collection[int], *, items: bool = False) -> dict[int, Meeting]:
    """Return the nearest meeting still to begin of each table that has one; `items` loads its agenda.

    What is told or answered while they meet is too late for that evening.
    """
    now = local(utc_now())
    place = func.row_number().over(
        partition_by=Meeting.table_id, order_by=(Meeting.day, Meeting.starts, Meeting.id)
    )
    coming = (
        select(Meeting.id, place.label("place"))
        .where(
            Meeting.table_id.in_(table_ids),
            Meeting.state.in_(TO_COME),
            or_(Meeting.day > now.date(), and_(Meeting.day == now.date(), Meeting.starts > now.time())),
            Meeting.begun_at.is_(None),
            Meeting.ended_at.is_(None),
            Meeting.memo_published_at.is_(None),
        )
        .subquery()
    )
    query = select(Meeting).join(coming, coming.c.id == Meeting.id).where(coming.c.place == 1)
    if items:
        query = query.options(selectinload(Meeting.items))
    return {one.table_id: one for one in db.session.scalars(query)}


def late_meetings(topics: Collection[Topic], known: TopicState | None = None) -> dict[int, Meeting]:
    """Return the meeting that each open topic came too late for, by the topic's id, while it still comes.

    `known` is the state to go by where it is not the topics' own: what a proposer knows.
    """
    late = {one.id: one.late_for_id for one in topics if one.late_for_id and (known or one.state) in OPEN}
    if not late:
        return {}
    rows = db.session.scalars(select(Meeting).where(Meeting.id.in_(late.values())))
    coming = {one.id: one for one in rows if still_comes(one)}
    return {topic_id: coming[one] for topic_id, one in late.items() if one in coming}


def deadlines(table_ids: Collection[int]) -> dict[int, Deadline]:
    """Return until when topics come in time, for each table whose next meeting has a last day for them."""
    return {
        table_id: Deadline(table_id, one.id, one.topics_until, came_late(today(), one.topics_until))
        for table_id, one in next_meetings(table_ids).items()
        if one.topics_until is not None
    }


def late_for(table_id: int, told: date) -> int | None:
    """Return the id of the next meeting of a table where a topic told on a day comes too late for it."""
    meeting = next_meetings([table_id]).get(table_id)
    return meeting.id if meeting is not None and came_late(told, meeting.topics_until) else None
