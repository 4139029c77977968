"""Answers that are decided now and told later: held back one by one, then told all at once.

When an answer is told, its step gets that moment: the proposer reads when she was told, and those who
follow the topic since it was decided read it too. The log keeps when it was decided.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.domain import untold
from app.domain.clock import utc_now
from app.domain.errors import NotFound, Refused, Stale
from app.domain.journey import Happened
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import TopicAct, TopicState
from app.domain.words import N_
from app.extensions import db
from app.models import Topic, TopicStep
from app.services.log import record
from app.services.proposers import followers
from app.services.repeats import once
from app.services.topic_letters import tell_answer, tell_together
from app.services.topic_life import move
from app.services.transactions import act


@dataclass(frozen=True)
class Untold:
    """One answer that waits: who gets a letter, and who has no e-mail address; both follow the topic."""

    topic: Topic
    step: TopicStep
    letters: list[Topic]
    calls: list[Topic]


def happened(topic: Topic) -> list[Happened]:
    """Return the steps of a topic as values, those that its proposer was not told too."""
    return [
        Happened(one.act, one.at, one.words, one.meeting_id, one.held_from, one.kept_inside)
        for one in topic.steps
    ]


def known_state(topic: Topic) -> TopicState:
    """Return the state that the proposer of a topic knows."""
    return untold.known_state(topic.state, happened(topic))


def waits(topic: Topic) -> bool:
    """Whether an answer to the topic is decided and not told."""
    return untold.waiting(happened(topic)) is not None


def answered(visitor: Visitor, topic: Topic, how: TopicAct, words: str, *, later: bool) -> None:
    """Move a locked topic by an answer inside an act; told now by letters, or `later` with others.

    An answer that waited before is never told: this one takes its place.
    """
    if later and how not in untold.MAY_WAIT:
        raise Refused(N_("A question is told at once."))
    known = known_state(topic)
    step = move(visitor, topic, how, words)
    step.held_from = known if later else None
    db.session.flush()
    db.session.expire(topic, ["steps"])
    if later:
        record(visitor, "topic.hold", "topic", topic.id, step=step.id)
    else:
        tell_answer(topic, how, words, step.id)


def count(visitor: Visitor) -> int:
    """Return how many answers wait to be told at the tables whose topics the visitor answers."""
    mine = _at_tables(_waiting(), visitor).with_only_columns(func.count(TopicStep.id))
    return db.session.scalar(mine) or 0


def answers(visitor: Visitor, step_ids: Collection[int] | None = None) -> list[Untold]:
    """Return what waits to be told at the visitor's tables, in the order that it was decided.

    With `step_ids` only those of them that still wait.
    """
    check_may(visitor, Act.TRIAGE)
    query = _at_tables(_waiting(), visitor)
    if step_ids is not None:
        query = query.where(TopicStep.id.in_(step_ids))
    rows = db.session.scalars(
        query.options(
            contains_eager(TopicStep.topic).options(joinedload(Topic.table), joinedload(Topic.organisation)),
            contains_eager(TopicStep.topic).selectinload(Topic.merged),
        )
        .order_by(TopicStep.id)
        .execution_options(populate_existing=True)
    )
    return [
        Untold(
            step.topic,
            step,
            [one for one in followers(step.topic) if one.contact_email],
            [one for one in followers(step.topic) if not one.contact_email],
        )
        for step in rows
    ]


def proposers(told: Sequence[Untold]) -> int:
    """Return how many are told: those with one e-mail address are one."""
    letters = {(one.contact_email or "").casefold() for answer in told for one in answer.letters}
    return len(letters) + sum(len(answer.calls) for answer in told)


@act
def tell(
    visitor: Visitor, step_ids: Collection[int], *, said: int | None = None, key: str | None = None
) -> int:
    """Tell these answers at once, one letter to each address, and return how many proposers are told.

    What was told or changed meanwhile is left out. `said` is how many the pressed button said; raises
    Stale where it would be another number, NotFound for what is another table's.
    """
    check_may(visitor, Act.TRIAGE)

    def do() -> int:
        _lock(visitor, step_ids)
        waiting = answers(visitor, step_ids)
        if not waiting:
            raise Stale(N_("These answers have been told or changed meanwhile. Look at the list once more."))
        people = proposers(waiting)
        if said is not None and said != people:
            raise Stale(N_("The number of those who are told has changed. Check it on the button and press."))
        now = utc_now()
        letters = tell_together([(one.topic, one.step) for one in waiting])
        for one in waiting:
            _is_told(visitor, one.step, now, letters=letters)
            one.topic.changed_at = now
        return people

    return once(key, "topic.tell", do)


def told(visitor: Visitor, topic_ids: Collection[int], now: datetime) -> None:
    """Let the answers of these topics count as told, inside the act that tells them to everybody.

    The agenda or the memo that has the topic tells it, so no letter goes of the answer itself.
    """
    mine = Topic.id.in_(topic_ids)
    db.session.execute(select(Topic.id).where(mine).order_by(Topic.id).with_for_update())
    query = _waiting().where(mine).options(contains_eager(TopicStep.topic))
    for step in db.session.scalars(query.execution_options(populate_existing=True)).all():
        _is_told(visitor, step, now, letters=0)


def _is_told(visitor: Visitor, step: TopicStep, now: datetime, *, letters: int) -> None:
    step.held_from = None
    step.at = now
    record(visitor, "topic.tell", "topic", step.topic_id, step=step.id, letters=letters)


def _waiting() -> Select[TopicStep]:
    """Select the held answers that nothing took the place of, each with its topic."""
    later = aliased(TopicStep)
    replaced = exists().where(
        later.topic_id == TopicStep.topic_id, later.id > TopicStep.id, later.act.in_(untold.SPEAKS)
    )
    return select(TopicStep).join(TopicStep.topic).where(TopicStep.held_from.is_not(None), ~replaced)


def _at_tables(query: Select[TopicStep], visitor: Visitor) -> Select[TopicStep]:
    tables = visitor.tables(Act.TRIAGE)
    return query if tables is None else query.where(Topic.table_id.in_(tables))


def _lock(visitor: Visitor, step_ids: Collection[int]) -> None:
    """Lock the topics of some answers in their order; raise NotFound where one is not the visitor's."""
    ids = select(TopicStep.topic_id).where(TopicStep.id.in_(step_ids))
    rows = db.session.execute(
        select(Topic.table_id).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update()
    )
    if not all(visitor.may(Act.TRIAGE, row.table_id) for row in rows):
        raise NotFound
