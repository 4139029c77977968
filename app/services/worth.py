"""What the topics that wait are worth when an agenda is suggested, looked up for many at once."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.domain.clock import local, today
from app.domain.topics import TopicAct
from app.domain.waiting import days_waited
from app.domain.worth import Record, Worth, worth
from app.extensions import db
from app.models import Topic, TopicStep, topic_measures
from app.services.carry_over import open_follow_ups
from app.services.reserve import passed_over_by


def worth_of(topics: Sequence[Topic]) -> dict[int, Worth]:
    """Return the worth of topics by id, in five queries however many there are.

    A topic that has been discussed already waits from that day on, and was passed over by nobody.
    """
    if not topics:
        return {}
    ids = [one.id for one in topics]
    passed = passed_over_by(topics)
    followed = open_follow_ups(ids)
    planned = set(
        db.session.scalars(select(topic_measures.c.topic_id).where(topic_measures.c.topic_id.in_(ids)))
    )
    rows = db.session.execute(
        select(TopicStep.topic_id, func.max(TopicStep.at))
        .where(TopicStep.topic_id.in_(ids), TopicStep.act == TopicAct.DISCUSS)
        .group_by(TopicStep.topic_id)
    )
    discussed = {row[0]: row[1] for row in rows}
    here = today()
    return {
        one.id: worth(
            Record(
                days=days_waited(local(discussed.get(one.id, one.created_at)).date(), here),
                passed_over=0 if one.id in discussed else passed.get(one.id, 0),
                planned=one.id in planned,
                followed=bool(followed.get(one.id)),
                recurring=one.recurring,
            )
        )
        for one in topics
    }
