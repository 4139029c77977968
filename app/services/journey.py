"""Gathers what happened to a topic from published agendas and memos, for its proposer's own page."""

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain import journey
from app.domain.clock import today
from app.domain.follow_ups import is_late
from app.domain.journey import Happened, Hearing, Journey, LinkedMeasure, Promise, SaidNote
from app.domain.meetings import MeetingState, is_public
from app.domain.timing import clock_times
from app.domain.topics import TopicAct, may_happen
from app.extensions import db
from app.models import AgendaItem, FollowUp, Measure, Meeting, Note, Person, Topic, topic_measures
from app.services.topics import get_by_token


def of_token(token: str, language: str) -> Journey:
    """Return the journey of the topic behind a private address; raise NotFound."""
    topic = get_by_token(token)
    items = _items(topic.id)
    hearings = _hearings(items, language)
    agreed = _follow_ups(topic.id, [item.id for item in items])
    promises = [_promise(one, language, today()) for one in agreed]
    happened = [Happened(one.act, one.at, one.words, one.meeting_id) for one in topic.steps]
    state = journey.shown_state(topic.state, hearings)
    return Journey(
        number=str(topic.number),
        title=topic.title,
        text=topic.text,
        language=topic.language,
        state=state,
        steps=journey.timeline(topic.created_at, state, happened, hearings, promises),
        question=journey.question(topic.state, happened),
        may_withdraw=may_happen(TopicAct.WITHDRAW, topic.state),
        hearings=hearings,
        promises=promises,
        measures=_measures(topic, agreed),
    )


def _items(topic_id: int) -> list[AgendaItem]:
    """Return the topic's places on agendas that were published, earliest meeting first."""
    items = db.session.scalars(
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(AgendaItem.topic_id == topic_id)
        .options(
            joinedload(AgendaItem.meeting).joinedload(Meeting.table),
            joinedload(AgendaItem.meeting).selectinload(Meeting.items),
        )
        .order_by(Meeting.day, Meeting.starts, AgendaItem.id)
    )
    return [
        item
        for item in items
        if is_public(item.meeting.state, was_published=item.meeting.published_at is not None)
    ]


def _hearings(items: list[AgendaItem], language: str) -> list[Hearing]:
    noted = _notes([item.id for item in items if item.meeting.state is MeetingState.MEMO_PUBLISHED], language)
    return [_hearing(item, noted[item.id], language) for item in items]


def _hearing(item: AgendaItem, notes: list[SaidNote], language: str) -> Hearing:
    meeting = item.meeting
    times = clock_times(meeting.day, meeting.starts, [one.slot for one in meeting.items], meeting.zone)
    return Hearing(
        meeting_id=meeting.id,
        state=meeting.state,
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        clock=times[meeting.items.index(item)].time(),
        place=meeting.place or "",
        published_at=meeting.published_at,
        memo_published_at=meeting.memo_published_at,
        cancelled_at=meeting.cancelled_at,
        cancel_reason=meeting.cancel_reason or "",
        notes=notes,
    )


def _notes(item_ids: list[int], language: str) -> dict[int, list[SaidNote]]:
    noted: dict[int, list[SaidNote]] = defaultdict(list)
    query = select(Note).where(Note.agenda_item_id.in_(item_ids), Note.removed_at.is_(None))
    for note in db.session.scalars(query.options(joinedload(Note.said_by)).order_by(Note.id)):
        said_by = note.said_by.name_in(language) if note.said_by else None
        noted[note.agenda_item_id].append(SaidNote(note.html, said_by))
    return noted


def _follow_ups(topic_id: int, item_ids: list[int]) -> list[FollowUp]:
    """Return what was agreed of the topic, from published memos only."""
    about: ColumnElement[bool] = or_(FollowUp.topic_id == topic_id, FollowUp.agenda_item_id.in_(item_ids))
    return list(
        db.session.scalars(
            select(FollowUp)
            .join(FollowUp.meeting)
            .where(about, Meeting.state == MeetingState.MEMO_PUBLISHED)
            .options(
                joinedload(FollowUp.owner_organisation),
                joinedload(FollowUp.owner_person).joinedload(Person.organisation),
                selectinload(FollowUp.measures),
            )
            .order_by(FollowUp.due_on, FollowUp.id)
        )
    )


def _promise(row: FollowUp, language: str, day: date) -> Promise:
    who = row.owner_organisation or (row.owner_person.organisation if row.owner_person else None)
    title = row.owner_person.title if row.owner_person else None
    return Promise(
        text=row.text,
        who=who.name_in(language) if who else title,
        due_on=row.due_on,
        state=row.state,
        late=is_late(row.state, row.due_on, day),
        outcome=row.outcome or "",
    )


def linked_measures(topic_id: int) -> list[Measure]:
    """Return the measures of the welfare plan that were linked to a topic itself."""
    linked = select(topic_measures.c.measure_id).where(topic_measures.c.topic_id == topic_id)
    return list(db.session.scalars(select(Measure).where(Measure.id.in_(linked)).order_by(Measure.id)))


def _measures(topic: Topic, agreed: list[FollowUp]) -> list[LinkedMeasure]:
    rows = {one.id: one.text for one in linked_measures(topic.id)}
    rows.update({one.id: one.text for follow_up in agreed for one in follow_up.measures})
    return [LinkedMeasure(measure_id, text) for measure_id, text in sorted(rows.items())]
