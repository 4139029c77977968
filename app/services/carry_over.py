"""Topics of earlier meetings that are proposed for the next: not discussed, recurring, still followed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.domain.carrying import Past, Why, why_carried
from app.domain.follow_ups import ENDED
from app.domain.meetings import MeetingState
from app.domain.topics import READY, TopicState
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note, Topic
from app.services.memos import SHORTEST_HELD
from app.services.since_last import last_meeting

MOST = 40
COMING = (MeetingState.DRAFT, MeetingState.PUBLISHED)


@dataclass(frozen=True)
class Carried:
    """One topic of an earlier meeting: why it comes again, and the day when it was last on an agenda.

    The day of one that has been discussed is when it last was: not an evening that left it to the next.
    `cancelled`: that meeting was not held. `open_follow_ups` counts what was agreed of it and is not ended.
    """

    topic: Topic
    why: Why
    day: date
    cancelled: bool
    open_follow_ups: int

    @property
    def minutes(self) -> int | None:
        """What it was granted, else what was wished for it."""
        return self.topic.granted_minutes or self.topic.wished_minutes


def carried_over(meeting: Meeting) -> list[Carried]:
    """Return the topics that earlier meetings leave to this one, those not discussed first; four queries."""
    last = last_meeting(meeting)
    stood = _stood(meeting, last.id if last else None)
    open_ones = open_follow_ups(list(stood))
    found = []
    for topic in _topics(list(stood)):
        was = stood[topic.id]
        past = Past(
            topic.state,
            at_last=was.at_last,
            recurring=topic.recurring,
            open_follow_ups=open_ones[topic.id],
            put_off=was.put_off is not None,
        )
        why = why_carried(past)
        if why is Why.NOT_DISCUSSED and topic.state is TopicState.DISCUSSED and was.put_off is not None:
            found.append(Carried(topic, why, was.put_off, False, open_ones[topic.id]))
        elif why is not None:
            found.append(Carried(topic, why, was.day, was.cancelled, open_ones[topic.id]))
    order = list(Why)
    found.sort(key=lambda one: (order.index(one.why), one.day, one.topic.id))
    return found[:MOST]


@dataclass(frozen=True)
class _Stood:
    """When a topic was last on an agenda, whether that was called off, and whether it was the last meeting's.

    `put_off`: the day of the last meeting held with it, where that left it to the next.
    """

    day: date
    cancelled: bool
    at_last: bool
    put_off: date | None


def _stood(meeting: Meeting, last_id: int | None) -> dict[int, _Stood]:
    """Return the topics of earlier agendas that may come again."""
    earlier = or_(
        Meeting.state == MeetingState.MEMO_PUBLISHED,
        and_(Meeting.state == MeetingState.CANCELLED, Meeting.published_at.is_not(None)),
    )
    followed = exists().where(FollowUp.topic_id == Topic.id, FollowUp.state.not_in(ENDED))
    other = aliased(AgendaItem)
    put_off = exists().where(other.topic_id == Topic.id, other.put_off_at.is_not(None))
    again = and_(
        Topic.state == TopicState.DISCUSSED,
        or_(followed, put_off, and_(Topic.recurring, Meeting.id == last_id)),
    )
    coming = (
        select(AgendaItem.topic_id)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.topic_id.is_not(None),
            Meeting.table_id == meeting.table_id,
            Meeting.state.in_(COMING),
            Meeting.memo_published_at.is_(None),
        )
    )
    reached = and_(
        AgendaItem.put_off_at.is_(None),
        Meeting.state == MeetingState.MEMO_PUBLISHED,
        or_(
            exists().where(Note.agenda_item_id == AgendaItem.id, Note.removed_at.is_(None)),
            exists().where(FollowUp.agenda_item_id == AgendaItem.id),
            AgendaItem.spent_seconds >= SHORTEST_HELD,
        ),
    )
    rows = db.session.execute(
        select(
            AgendaItem.topic_id,
            Meeting.id,
            Meeting.day,
            Meeting.state,
            or_(Topic.state.in_(READY), reached).label("told"),
            AgendaItem.put_off_at,
        )
        .join(AgendaItem.meeting)
        .join(Topic, Topic.id == AgendaItem.topic_id)
        .where(
            Topic.table_id == meeting.table_id,
            Meeting.id != meeting.id,
            earlier,
            or_(Topic.state.in_(READY), again),
            Topic.id.not_in(coming),
        )
        .order_by(Meeting.day, Meeting.id)
    )
    found: dict[int, _Stood] = {}
    for topic_id, meeting_id, day, state, told, put_off_at in rows:
        assert topic_id is not None  # noqa: S101 - the query joined it to a topic
        cancelled = state is MeetingState.CANCELLED
        before = found.get(topic_id)
        left = before.put_off if before else None
        if not cancelled:  # what was left to a meeting that was not held is still left
            left = day if put_off_at is not None else None
        if before and not told:
            day, cancelled = before.day, before.cancelled
        at_last = meeting_id == last_id or (before is not None and before.at_last)
        found[topic_id] = _Stood(day, cancelled, at_last, left)
    return found


def _topics(ids: Sequence[int]) -> list[Topic]:
    if not ids:
        return []
    query = select(Topic).where(Topic.id.in_(ids)).options(joinedload(Topic.organisation))
    return list(db.session.scalars(query))


def open_follow_ups(topic_ids: Sequence[int]) -> dict[int, int]:
    """Return how much of what was agreed of topics is still open, by topic."""
    found: dict[int, int] = defaultdict(int)
    if topic_ids:
        rows = db.session.execute(
            select(FollowUp.topic_id, func.count())
            .where(FollowUp.topic_id.in_(topic_ids), FollowUp.state.not_in(ENDED))
            .group_by(FollowUp.topic_id)
        )
        found.update({topic_id: count for topic_id, count in rows if topic_id is not None})
    return found
