"""Gathers what happened to a topic from published agendas and memos, for its proposer's own page."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain import following, journey
from app.domain.carrying import NOT_AGAIN
from app.domain.clock import after, today
from app.domain.follow_ups import is_late
from app.domain.journey import Happened, Hearing, Journey, LinkedMeasure, Promise, SaidNote
from app.domain.meetings import MeetingState
from app.domain.memo import NOT_REACHED
from app.domain.timing import timed
from app.domain.topics import TAKEN_OFF, TopicAct, may_happen
from app.domain.untold import known as only_known
from app.extensions import db
from app.models import (
    AgendaItem,
    FollowUp,
    Measure,
    Meeting,
    Note,
    Person,
    Release,
    ReleasedItem,
    Topic,
    topic_measures,
)
from app.services import untold
from app.services.coming import late_meetings
from app.services.merging import public_title
from app.services.releases import newest
from app.services.topics import get_by_token


@dataclass(frozen=True)
class Place:
    """One place of a topic on an agenda that everybody can read; `starts_after` counts minutes."""

    item_id: int
    meeting: Meeting
    starts_after: int


def of_token(token: str, language: str) -> Journey:
    """Return the journey of the topic behind a private address; raise NotFound.

    A topic that was joined to another goes its way from then on: agendas, memos and what was agreed. The
    other's words stay its proposer's own, and its title is told only where an agenda tells it to everybody.
    An answer that is decided and not told is not there yet: the topic is where its proposer knows it to be.
    """
    topic = get_by_token(token)
    other = topic.merged_into or topic
    places, hearings = _heard(topic.id, language)
    known, happened = untold.known_state(topic), _happened(topic)
    since = following.joined_at(happened)
    if other is not topic and since is not None:
        happened = following.followed(happened, _in_language(_happened(other), topic.language), since)
        more, theirs = _heard(other.id, language)
        hearings = [*hearings, *following.from_then_on(theirs, since)]
        places = [*places, *more]
    agreed = _follow_ups(other.id, [one.item_id for one in places])
    promises = [_promise(one, language, today()) for one in agreed]
    state = known if other is topic else following.state_of_followed(untold.known_state(other))
    state = journey.shown_state(state, hearings, again=journey.taken_up_again(happened))
    return Journey(
        number=str(topic.number),
        title=topic.title,
        text=topic.text,
        language=topic.language,
        state=state,
        steps=journey.timeline(
            topic.created_at,
            state,
            happened,
            hearings,
            promises,
            joined_to=public_title(other.id) if other is not topic else None,
            late=bool(late_meetings([topic], known)),
        ),
        question=journey.question(known, happened),
        may_withdraw=may_happen(TopicAct.WITHDRAW, known),
        hearings=hearings,
        promises=promises,
        measures=_measures(other, agreed),
        joined=len(topic.merged),
    )


def _happened(topic: Topic) -> list[Happened]:
    return only_known(untold.happened(topic))


def _in_language(happened: list[Happened], language: str) -> list[Happened]:
    """Say what we ourselves told the other proposer in the language of this one."""
    said = {known: words for words in (NOT_REACHED, NOT_AGAIN, TAKEN_OFF) for known in words.values()}
    return [
        replace(one, words=said[one.words].get(language, one.words)) if one.words in said else one
        for one in happened
    ]


def _heard(topic_id: int, language: str) -> tuple[list[Place], list[Hearing]]:
    places = _places(topic_id)
    return places, _hearings(places, _first_told(topic_id), language)


def _places(topic_id: int) -> list[Place]:
    """Return the topic's places on agendas that everybody can read, earliest meeting first.

    Until the memo they are those of the latest release; the memo tells of the agenda as it was held.
    """
    released = db.session.scalars(
        select(ReleasedItem)
        .join(ReleasedItem.release)
        .join(Release.meeting)
        .where(
            ReleasedItem.topic_id == topic_id,
            Meeting.state != MeetingState.MEMO_PUBLISHED,
            Release.id.in_(newest()),
        )
        .options(joinedload(ReleasedItem.release).joinedload(Release.meeting).joinedload(Meeting.table))
    )
    held = db.session.scalars(
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(AgendaItem.topic_id == topic_id, Meeting.state == MeetingState.MEMO_PUBLISHED)
        .options(
            joinedload(AgendaItem.meeting).joinedload(Meeting.table),
            joinedload(AgendaItem.meeting).selectinload(Meeting.items),
        )
    )
    places = [Place(one.item_id, one.release.meeting, one.starts_after) for one in released]
    places += [Place(one.id, one.meeting, _starts_after(one)) for one in held]
    return sorted(places, key=lambda one: (one.meeting.day, one.meeting.starts, one.item_id))


def _starts_after(item: AgendaItem) -> int:
    meeting = item.meeting
    times = timed(meeting.day, meeting.starts, [one.slot for one in meeting.items], meeting.zone)
    return times[meeting.items.index(item)].starts_after


def _first_told(topic_id: int) -> dict[int, datetime]:
    """Return when each agenda was first released with the topic, by the meeting's id."""
    rows = db.session.execute(
        select(Release.meeting_id, func.min(Release.at))
        .join(Release.items)
        .where(ReleasedItem.topic_id == topic_id)
        .group_by(Release.meeting_id)
    )
    return {row[0]: row[1] for row in rows}


def _hearings(places: list[Place], told: dict[int, datetime], language: str) -> list[Hearing]:
    held = [one.item_id for one in places if one.meeting.state is MeetingState.MEMO_PUBLISHED]
    noted = _notes(held, language)
    return [_hearing(one, told.get(one.meeting.id), noted[one.item_id], language) for one in places]


def _hearing(place: Place, told: datetime | None, notes: list[SaidNote], language: str) -> Hearing:
    meeting = place.meeting
    return Hearing(
        meeting_id=meeting.id,
        state=meeting.state,
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        clock=after(meeting.day, meeting.starts, place.starts_after, meeting.zone).time(),
        place=meeting.place or "",
        published_at=told,
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
