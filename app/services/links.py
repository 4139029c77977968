"""Which measures of the welfare plan a topic belongs to, as those who run its table have chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import Act, Visitor
from app.domain.words import N_
from app.extensions import db
from app.models import FocusArea, Measure, Objective, Topic, topic_measures
from app.services.log import record
from app.services.transactions import act, get_to_change


@dataclass(frozen=True)
class LinkedMeasure:
    """One measure that a topic is linked to, with the title of its focus area."""

    measure_id: int
    plan_id: int
    focus: str
    text: str


def get_topic(visitor: Visitor, topic_id: int) -> Topic:
    """Return a topic whose links the visitor may change; NotFound for any other."""
    return _mine(visitor, db.session.get(Topic, topic_id))


def _mine(visitor: Visitor, topic: Topic | None) -> Topic:
    if topic is None or not visitor.may(Act.LINK_MEASURE, topic.table_id):
        raise NotFound
    return topic


@act
def link_topic(
    visitor: Visitor, topic_id: int, measure_ids: Iterable[int], seen: Iterable[int] | None = None
) -> None:
    """Link a topic to measures and unlink it from the others.

    `seen` are the links that the visitor's page showed: only what she changed against them is changed,
    so what somebody else linked meanwhile stays. Without it the topic has exactly `measure_ids`.
    Raises Invalid("measures") for a measure that does not exist.
    """
    topic = _mine(visitor, get_to_change(Topic, topic_id))
    now = _linked_ids(topic.id)
    wanted = set(measure_ids)
    before = now if seen is None else set(seen)
    added, removed = wanted - before - now, (before - wanted) & now
    known = set(db.session.scalars(select(Measure.id).where(Measure.id.in_(added))))
    if added - known:
        raise Invalid("measures", N_("One of the measures is no longer in the plan. Choose again."))
    if added:
        db.session.execute(
            insert(topic_measures), [{"topic_id": topic.id, "measure_id": one} for one in sorted(added)]
        )
    if removed:
        db.session.execute(
            delete(topic_measures).where(
                topic_measures.c.topic_id == topic.id, topic_measures.c.measure_id.in_(removed)
            )
        )
    if added or removed:
        record(visitor, "topic.link", "topic", topic.id, added=len(added), removed=len(removed))


def _linked_ids(topic_id: int) -> set[int]:
    rows = db.session.scalars(
        select(topic_measures.c.measure_id).where(topic_measures.c.topic_id == topic_id)
    )
    return set(rows)


def linked_to_topic(topic_id: int) -> list[LinkedMeasure]:
    """Return the measures that a topic is linked to, in the order of their plans."""
    rows = db.session.execute(
        select(Measure.id, FocusArea.plan_id, FocusArea.title, Measure.text)
        .join(topic_measures, topic_measures.c.measure_id == Measure.id)
        .join(Measure.objective)
        .join(Objective.focus_area)
        .where(topic_measures.c.topic_id == topic_id)
        .order_by(FocusArea.plan_id.desc(), FocusArea.position, Objective.position, Measure.position)
    )
    return [LinkedMeasure(*row) for row in rows]
