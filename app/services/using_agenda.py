"""Puts a suggested agenda into use: all of it, checked against what is stored now, or nothing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.domain.agenda import check_minutes
from app.domain.errors import Refused, Stale
from app.domain.keeping import Kept, whole
from app.domain.permissions import Visitor
from app.domain.topics import READY, TopicState
from app.domain.words import N_
from app.extensions import db
from app.models import Meeting, Topic
from app.services.advice import Advice
from app.services.agenda import number_again, put_on_agenda, take_off
from app.services.agenda_changes import remembered
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.proposing_agenda import Take, is_free, kept_of
from app.services.transactions import act
from app.services.windows import stored_windows


@act
def use(visitor: Visitor, meeting_id: int, takes: Sequence[Take], *, revision: int) -> None:
    """Make a suggested agenda the meeting's own, all of it or nothing; the same press twice does it once.

    `revision` is the agenda's when the suggestion was made: raises Stale where it has changed, Refused where
    a topic has moved on meanwhile. It can be undone as one change.
    """
    meeting = get_to_build(visitor, meeting_id)
    if meeting.revision != revision:
        if [Take(one.topic_id or 0, one.minutes) for one in meeting.items if is_free(one)] == list(takes):
            return
        raise Stale(N_("The agenda has changed meanwhile. Look at the new suggestion below."))
    wanted = {one.topic_id: check_minutes("minutes", one.minutes) for one in takes}
    _check_topics(meeting, list(wanted))
    kept = kept_of(meeting, Advice(meeting, {}))
    with remembered(visitor, meeting, "compose"):
        for item in [one for one in meeting.items if is_free(one) and one.topic_id not in wanted]:
            take_off(visitor, meeting, item)
        here = {one.topic_id for one in meeting.items}
        for topic_id in wanted:
            if topic_id not in here:
                put_on_agenda(visitor, meeting_id, topic_id)
        _put_in_order(meeting, kept, wanted)
    touch(meeting)
    record(visitor, "agenda.compose", "meeting", meeting.id, topics=len(wanted))


def _check_topics(meeting: Meeting, ids: Sequence[int]) -> None:
    """Raise Refused, with its title, where a topic can no longer come onto this agenda."""
    here = {one.topic_id for one in meeting.items}
    rows = db.session.scalars(
        select(Topic).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update()
    ).all()
    for topic in rows:
        ready = topic.state in (*READY, TopicState.DISCUSSED) and topic.table_id == meeting.table_id
        if topic.id not in here and not ready:
            raise Refused(
                N_(
                    "The topic “%(title)s” has moved on meanwhile, so nothing was changed. "
                    "Look at the new suggestion below."
                ),
                title=topic.title if topic.table_id == meeting.table_id else str(topic.id),
            )
    if len(rows) != len(ids):
        raise Refused(
            N_("A topic is gone meanwhile, so nothing was changed. Look at the new suggestion below.")
        )


def _put_in_order(meeting: Meeting, kept: Kept, wanted: Mapping[int, int]) -> None:
    db.session.flush()
    db.session.refresh(meeting, ["items"])
    items = {one.topic_id: one for one in meeting.items if is_free(one)}
    for topic_id, minutes in wanted.items():
        items[topic_id].minutes = minutes
    advice = Advice(meeting, stored_windows(meeting.id))
    parts = {one.id: one for one in advice.parts}
    topics = [parts[items[topic_id].id] for topic_id in wanted]
    order = whole(kept, topics, advice.windows, meeting.minutes)
    rows = {one.id: one for one in meeting.items}
    number_again([rows[one.id] for one in order])
    db.session.flush()
