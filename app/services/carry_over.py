"""Topics of earlier meetings that are proposed for the next: not discussed, recurring, still followed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

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
        day, cancelled, at_last = stood[topic.id]
        past = Past(
            topic.state,
            at_last=at_last,
            recurring=topic.recurring,
            open_follow_ups=open_ones[topic.id],
        )
        why = why_carried(past)
        if why is not None:
            found.append(Carried(topic, why, day, cancelled, open_ones[topic.id]))
    order = list(Why)
    found.sort(key=lambda one: (order.index(one.why), one.day, one.topic.id))
    return found[:MOST]


def _stood(meeting: Meeting, last_id: int | None) -> dict[int, tuple[date, bool, bool]]:
    """Return topics of earlier agendas that may come again: day, whether called off, whether the last."""
    earlier = or_(
        Meeting.state == MeetingState.MEMO_PUBLISHED,
        and_(Meeting.state == MeetingState.CANCELLED, Meeting.published_at.is_not(None)),
    )
    followed = exists().where(FollowUp.topic_id == Topic.id, FollowUp.state.not_in(ENDED))
    again = and_(
        Topic.state == TopicState.DISCUSSED, or_(followed, and_(Topic.recurring, Meeting.id == last_id))
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
    found: dict[int, tuple[date, bool, bool]] = {}
    for topic_id, meeting_id, day, state, told in rows:
        assert topic_id is not None  # noqa: S101 - the query joined it to a topic
        cancelled = state is MeetingState.CANCELLED
        if topic_id in found and not told:
            day, cancelled, _ = found[topic_id]
        found[topic_id] = (day, cancelled, meeting_id == last_id)
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
