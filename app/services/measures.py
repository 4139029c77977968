"""What came to a measure of the welfare plan: topics of published agendas, follow-ups of published memos."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, Subquery, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.domain.clock import today
from app.domain.errors import NotFound
from app.domain.follow_ups import FollowUpState, is_late
from app.domain.meetings import MeetingState
from app.domain.permissions import Act, Visitor
from app.extensions import db
from app.models import (
    FocusArea,
    FollowUp,
    Measure,
    Meeting,
    Objective,
    Person,
    Topic,
    follow_up_measures,
    topic_measures,
)
from app.services.releases import public_topics

_MEMO_IS_PUBLIC = Meeting.state == MeetingState.MEMO_PUBLISHED
_PLACES = public_topics()
_ON_PUBLIC_AGENDA = Topic.id.in_(select(_PLACES.c.topic_id))


@dataclass(frozen=True)
class Tally:
    """How much came to one measure, of what the visitor may see; `done` counts among the follow-ups."""

    topics: int = 0
    follow_ups: int = 0
    done: int = 0


@dataclass(frozen=True)
class CameTopic:
    """One topic by its title on the agenda; `meeting_id` and `day` are None before its agenda is out."""

    topic_id: int
    title: str
    table: str
    meeting_id: int | None
    day: date | None
    public: bool


@dataclass(frozen=True)
class CameFollowUp:
    """One follow-up: `who` is an organisation or an official's title, never a person's name."""

    text: str
    who: str | None
    due_on: date
    state: FollowUpState
    late: bool
    meeting_id: int
    day: date
    table: str
    public: bool


def _or_mine(
    public: ColumnElement[bool], table_id: SQLColumnExpression[int], visitor: Visitor
) -> ColumnElement[bool]:
    """Add what the visitor links to measures at her own tables to what everybody sees."""
    tables = visitor.tables(Act.LINK_MEASURE)
    if tables is None:
        return true()
    return or_(public, table_id.in_(tables)) if tables else public


def _told(visitor: Visitor) -> Subquery:
    """Pairs of topic and measure: linked by hand, or through a follow-up that the visitor may see."""
    by_hand = select(topic_measures.c.topic_id, topic_measures.c.measure_id)
    through = (
        select(FollowUp.topic_id, follow_up_measures.c.measure_id)
        .join(follow_up_measures, follow_up_measures.c.follow_up_id == FollowUp.id)
        .join(FollowUp.meeting)
        .where(FollowUp.topic_id.is_not(None), _or_mine(_MEMO_IS_PUBLIC, Meeting.table_id, visitor))
    )
    return by_hand.union(through).subquery("told")


def tallies(visitor: Visitor, plan_id: int) -> dict[int, Tally]:
    """Return what came to each measure of a plan, by the measure's id; two queries, absent means nothing."""
    ours = (
        select(Measure.id)
        .join(Measure.objective)
        .join(Objective.focus_area)
        .where(FocusArea.plan_id == plan_id)
    )
    pairs = _told(visitor)
    topics = db.session.execute(
        select(pairs.c.measure_id, func.count())
        .join(Topic, Topic.id == pairs.c.topic_id)
        .where(pairs.c.measure_id.in_(ours), _or_mine(_ON_PUBLIC_AGENDA, Topic.table_id, visitor))
        .group_by(pairs.c.measure_id)
    )
    told: dict[int, int] = {pair[0]: pair[1] for pair in topics}
    measure_id = follow_up_measures.c.measure_id
    follow_ups = db.session.execute(
        select(measure_id, func.count(), func.count().filter(FollowUp.state == FollowUpState.DONE))
        .join(FollowUp, FollowUp.id == follow_up_measures.c.follow_up_id)
        .join(FollowUp.meeting)
        .where(measure_id.in_(ours), _or_mine(_MEMO_IS_PUBLIC, Meeting.table_id, visitor))
        .group_by(measure_id)
    )
    promised = {measure: (count, done) for measure, count, done in follow_ups}
    return {
        measure: Tally(told.get(measure, 0), *promised.get(measure, (0, 0)))
        for measure in told.keys() | promised.keys()
    }


def get_measure(measure_id: int) -> Measure:
    """Return a measure with the levels above it and its own words loaded; raise NotFound."""
    measure = db.session.scalar(
        select(Measure)
        .where(Measure.id == measure_id)
        .options(
            joinedload(Measure.objective).joinedload(Objective.focus_area).joinedload(FocusArea.plan),
            selectinload(Measure.indicators),
            selectinload(Measure.responsible),
        )
    )
    if measure is None:
        raise NotFound
    return measure


def topics_of(visitor: Visitor, measure_id: int, language: str) -> list[CameTopic]:
    """Return the topics that came to a measure, of those that the visitor may see, newest first."""
    pairs = _told(visitor)
    topics = db.session.scalars(
        select(Topic)
        .join(pairs, pairs.c.topic_id == Topic.id)
        .where(
            pairs.c.measure_id == measure_id,
            _or_mine(_ON_PUBLIC_AGENDA, Topic.table_id, visitor),
        )
        .options(joinedload(Topic.table))
        .order_by(Topic.id.desc())
    ).all()
    places = db.session.execute(
        select(_PLACES.c.topic_id, _PLACES.c.title, _PLACES.c.title_sv, Meeting.id, Meeting.day)
        .join(Meeting, Meeting.id == _PLACES.c.meeting_id)
        .where(_PLACES.c.topic_id.in_([topic.id for topic in topics]))
        .order_by(Meeting.day, Meeting.starts)
    )
    latest = {place.topic_id: place for place in places}
    came = [_came_topic(topic, latest.get(topic.id), language) for topic in topics]
    return sorted(came, key=lambda one: one.day or date.max, reverse=True)


def _came_topic(topic: Topic, place: Row[Any] | None, language: str) -> CameTopic:
    table = topic.table.name_in(language)
    if place is None:
        return CameTopic(topic.id, topic.title, table, None, None, public=False)
    title = place.title_sv if language == "sv" and place.title_sv else place.title
    return CameTopic(topic.id, title, table, place.id, place.day, public=True)


def follow_ups_of(visitor: Visitor, measure_id: int, language: str) -> list[CameFollowUp]:
    """Return the follow-ups linked to a measure that the visitor may see, newest first."""
    rows = db.session.scalars(
        select(FollowUp)
        .join(follow_up_measures, follow_up_measures.c.follow_up_id == FollowUp.id)
        .join(FollowUp.meeting)
        .where(
            follow_up_measures.c.measure_id == measure_id,
            _or_mine(_MEMO_IS_PUBLIC, Meeting.table_id, visitor),
        )
        .options(
            contains_eager(FollowUp.meeting).joinedload(Meeting.table),
            joinedload(FollowUp.owner_organisation),
            joinedload(FollowUp.owner_person).joinedload(Person.organisation),
        )
        .order_by(Meeting.day.desc(), FollowUp.id.desc())
    )
    now = today()
    return [
        CameFollowUp(
            text=row.text,
            who=_who(row, language),
            due_on=row.due_on,
            state=row.state,
            late=is_late(row.state, row.due_on, now),
            meeting_id=row.meeting_id,
            day=row.meeting.day,
            table=row.meeting.table.name_in(language),
            public=row.meeting.state is MeetingState.MEMO_PUBLISHED,
        )
        for row in rows
    ]


def _who(row: FollowUp, language: str) -> str | None:
    if row.owner_organisation:
        return row.owner_organisation.name_in(language)
    person = row.owner_person
    if person is None or person.title:
        return person.title if person else None
    return person.organisation.name_in(language) if person.organisation else None
