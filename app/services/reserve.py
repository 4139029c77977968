"""How long topics have waited: in days, and over how many meetings of their table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.domain.clock import local, today
from app.domain.meetings import MeetingState
from app.domain.topics import OPEN, READY, TopicAct
from app.domain.waiting import days_waited, passed_over, waits_too_long
from app.extensions import db
from app.models import Meeting, Topic, TopicStep

HELD = (MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED)


@dataclass(frozen=True)
class Wait:
    """How long one topic has waited; `meetings` were held without it since it was answered first."""

    days: int
    too_long: bool
    meetings: int = 0


def waits(topics: Sequence[Topic]) -> dict[int, Wait]:
    """Return how long the topics that are still open have waited, by id; two questions for any number."""
    day = today()
    still_open = [one for one in topics if one.state in OPEN]
    taken = _first_taken([one.id for one in still_open if one.state in READY])
    held = _held_since(min(taken.values(), default=None), {one.table_id for one in still_open})
    return {one.id: _wait(one, taken.get(one.id), held[one.table_id], day) for one in still_open}


def passed_over_by(topics: Sequence[Topic]) -> dict[int, int]:
    """Return how many meetings were held without each topic since it was answered, in any state."""
    day = today()
    taken = _first_taken([one.id for one in topics])
    held = _held_since(min(taken.values(), default=None), {one.table_id for one in topics})
    return {one.id: passed_over(taken.get(one.id), held[one.table_id], day) for one in topics}


def _wait(topic: Topic, taken: date | None, held: Sequence[date], day: date) -> Wait:
    days = days_waited(local(topic.created_at).date(), day)
    return Wait(days, waits_too_long(topic.state, days), passed_over(taken, held, day))


def _first_taken(topic_ids: Sequence[int]) -> dict[int, date]:
    if not topic_ids:
        return {}
    rows = db.session.execute(
        select(TopicStep.topic_id, func.min(TopicStep.at))
        .where(TopicStep.topic_id.in_(topic_ids), TopicStep.act.in_((TopicAct.ACCEPT, TopicAct.POSTPONE)))
        .group_by(TopicStep.topic_id)
    )
    return {topic_id: local(at).date() for topic_id, at in rows}


def _held_since(first: date | None, table_ids: set[int]) -> dict[int, list[date]]:
    held: dict[int, list[date]] = defaultdict(list)
    if first is None:
        return held
    rows = db.session.execute(
        select(Meeting.table_id, Meeting.day).where(
            Meeting.table_id.in_(table_ids),
            Meeting.state.in_(HELD),
            Meeting.day > first,
            Meeting.day < today(),
        )
    )
    for table_id, day in rows:
        held[table_id].append(day)
    return held
