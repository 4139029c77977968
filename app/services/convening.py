"""Calling a meeting together: a draft with its standing items, its details, and calling it off."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.agenda import FRAME
from app.domain.clock import local, today, utc_now
from app.domain.deadlines import check_until
from app.domain.errors import NotFound, Stale
from app.domain.meetings import (
    MeetingAct,
    MeetingState,
    check_happens,
    check_no_memo_yet,
    check_not_held,
    check_reason,
    check_remote_url,
    check_times,
)
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import TopicState
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem, Event, FollowUp, Meeting, Note, PartnershipTable, Person
from app.services import topic_life
from app.services.agenda import how_it_leaves
from app.services.calling_off import tell_cancelled
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.repeats import once
from app.services.transactions import act


@dataclass(frozen=True)
class Details:
    """When and where; `minutes` and `place` left out mean the table's usual ones.

    `topics_until` is the last day when topics come in time; None asks for none.
    """

    day: date
    starts: time
    minutes: int | None = None
    place: str = ""
    remote_url: str = ""
    topics_until: date | None = None

    def mark(self) -> str:
        """Return a short mark of the details, so that a page can tell which ones it was made from."""
        said = "\n".join(str(getattr(self, one.name)) for one in fields(self))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def details_of(meeting: Meeting) -> Details:
    """Return when and where a meeting is."""
    return Details(
        meeting.day,
        meeting.starts,
        meeting.minutes,
        meeting.place or "",
        meeting.remote_url or "",
        meeting.topics_until,
    )


@act
def call_meeting(
    visitor: Visitor, table_id: int, details: Details, *, standing: bool, key: str | None = None
) -> int:
    """Store a draft at a table and return its id; `standing` begins it with the standing items."""
    check_may(visitor, Act.BUILD_AGENDA, table_id)
    table = db.session.get(PartnershipTable, table_id)
    if table is None or table.archived_at is not None:
        raise NotFound
    usual_place = "" if details.remote_url else table.place or ""
    minutes = table.minutes if details.minutes is None else details.minutes
    now = utc_now()

    def draft() -> int:
        meeting = Meeting(table_id=table.id, created_at=now, changed_at=now)
        _set(meeting, details, minutes, details.place or usual_place)
        meeting.items = _standing_items(table) if standing else []
        db.session.add(meeting)
        db.session.flush()
        record(visitor, "meeting.call", "meeting", meeting.id, table=table.id)
        return meeting.id

    return once(key, "meeting.call", draft)


def last_with_standing_items(table_id: int) -> Meeting | None:
    """Return the latest meeting of a table whose standing items the next one may begin with."""
    return db.session.scalar(
        select(Meeting)
        .where(
            Meeting.table_id == table_id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.items.any(AgendaItem.standing),
        )
        .options(selectinload(Meeting.items))
        .order_by(Meeting.day.desc(), Meeting.id.desc())
        .limit(1)
    )


def _standing_items(table: PartnershipTable) -> list[AgendaItem]:
    last = last_with_standing_items(table.id)
    if last is None:
        swedish = table.languages.split()[:1] == ["sv"]
        return [
            AgendaItem(
                kind=one.kind,
                title=one.sv if swedish else one.fi,
                title_sv=one.sv,
                minutes=one.minutes,
                position=position,
                standing=True,
            )
            for position, one in enumerate(FRAME)
        ]
    return [
        AgendaItem(
            kind=one.kind,
            title=one.title,
            title_sv=one.title_sv,
            presenter=one.presenter,
            minutes=one.minutes,
            position=position,
            standing=True,
        )
        for position, one in enumerate(item for item in last.items if item.standing)
    ]


@act
def change_details(visitor: Visitor, meeting_id: int, details: Details, *, seen: str) -> None:
    """Store new details; raise Stale where they are no longer those that the page was made from.

    `seen` is the mark of the details on the page. The agenda may have changed meanwhile: that is no conflict.
    Topics that came late stay late when the last day for topics moves: that was so on the day they came.
    """
    meeting = get_to_build(visitor, meeting_id)
    before = details_of(meeting)
    if seen != before.mark():
        raise Stale(
            N_(
                "%(who)s changed the meeting after you opened this page. "
                "What you typed is still here. Check it and save again."
            ),
            who=_who_changed(meeting.id),
        )
    _set(meeting, details, details.minutes or meeting.minutes, details.place)
    after = details_of(meeting)
    if after == before:
        return
    if replace(after, topics_until=before.topics_until) != before:
        touch(meeting, for_all=True)
        # A calendar that has the meeting must move it (RFC 5546, 2.1.4). It has no last day for topics.
        meeting.sequence += meeting.state is not MeetingState.DRAFT
    changed = ",".join(
        one.name for one in fields(after) if getattr(after, one.name) != getattr(before, one.name)
    )
    record(visitor, "meeting.change", "meeting", meeting.id, fields=changed)


def _set(meeting: Meeting, details: Details, minutes: int, place: str) -> None:
    check_times(details.day, details.starts, minutes, today())
    meeting.topics_until = check_until(details.topics_until, details.day)
    meeting.day = details.day
    meeting.starts = details.starts
    meeting.minutes = minutes
    meeting.place = check_line("place", place) or None
    meeting.remote_url = check_remote_url("remote_url", details.remote_url) or None


def _who_changed(meeting_id: int) -> str:
    name = db.session.scalar(
        select(Person.name)
        .join(Event, Event.person_id == Person.id)
        .where(Event.noun == "meeting", Event.noun_id == meeting_id, Event.act == "meeting.change")
        .order_by(Event.id.desc())
        .limit(1)
    )
    return name or "?"


def _has_notes(meeting_id: int) -> bool:
    written = (
        select(Note.id).join(Note.item).where(AgendaItem.meeting_id == meeting_id, Note.removed_at.is_(None))
    )
    agreed = select(FollowUp.id).where(FollowUp.meeting_id == meeting_id)
    return any(db.session.scalar(query.limit(1)) is not None for query in (written, agreed))


def _has_ended(meeting: Meeting) -> bool:
    """Whether the clock of the meeting was ended, and not only tried out on a day before."""
    return meeting.ended_at is not None and local(meeting.ended_at, meeting.zone).date() >= meeting.day


@act
def cancel(visitor: Visitor, meeting_id: int, reason: str) -> int:
    """Call a meeting off and return how many letters tell of it; its topics go back to waiting.

    A draft is called off in silence: nobody had heard of it.
    """
    reason = check_reason(reason)
    meeting = get_to_build(visitor, meeting_id, MeetingAct.CANCEL)
    check_no_memo_yet(meeting.memo_published_at is not None)
    if meeting.state is not MeetingState.DRAFT:
        check_not_held(has_notes=_has_notes(meeting.id), ended=_has_ended(meeting))
    told = 0 if meeting.state is MeetingState.DRAFT else tell_cancelled(visitor, meeting, reason)
    meeting.state = check_happens(MeetingAct.CANCEL, meeting.state)
    meeting.cancelled_at = utc_now()
    meeting.cancel_reason = reason
    meeting.sequence += 1
    touch(meeting, for_all=True)
    for item in meeting.items:
        if item.topic is not None and item.topic.state is TopicState.ON_AGENDA:
            topic_life.move(visitor, item.topic, how_it_leaves(item.topic, meeting), reason, meeting.id)
    record(visitor, "meeting.cancel", "meeting", meeting.id, letters=told)
    return told
