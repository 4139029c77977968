"""Moves a topic along its life: checks the rule, keeps the step that the proposer reads, writes the log."""

from app.domain.clock import utc_now
from app.domain.permissions import Visitor
from app.domain.topics import TopicAct, check_happens
from app.extensions import db
from app.models import Topic, TopicStep
from app.services.log import record


def move(
    visitor: Visitor, topic: Topic, act: TopicAct, words: str = "", meeting_id: int | None = None
) -> TopicStep:
    """Do one act to a topic inside a transaction; raise Refused where its state does not allow it."""
    before = topic.state
    topic.state = check_happens(act, topic.state)
    topic.changed_at = utc_now()
    step = TopicStep(
        topic_id=topic.id,
        act=act,
        words=words,
        person_id=visitor.person_id,
        meeting_id=meeting_id,
        at=topic.changed_at,
    )
    db.session.add(step)
    record(visitor, f"topic.{act}", "topic", topic.id, before=before, after=topic.state, meeting=meeting_id)
    return step
