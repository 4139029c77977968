"""Moves a topic along its life: checks the rule, keeps the step that the proposer reads, writes the log."""

from datetime import datetime

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
    if visitor.signed_in:  # whoever acts has read what came by mail
        topic.unread_at = None
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


def write_more(
    visitor: Visitor,
    topic: Topic,
    words: str,
    mail_id: int,
    *,
    kept_inside: bool,
    answers: bool,
    at: datetime,
) -> TopicStep:
    """Add what came by mail to a topic inside a transaction, and let the coordinator notice.

    It `answers` where the topic waits for an answer; else nothing moves. `kept_inside` are words of which
    it is not certain that the proposer wrote them: they never answer, and never stand on her page.
    """
    how = TopicAct.REPLY if answers and not kept_inside else TopicAct.WRITE
    step = move(visitor, topic, how, words)
    step.kept_inside = kept_inside
    step.incoming_mail_id = mail_id
    topic.unread_at = at
    return step
