"""Gathers the memo of a meeting into its one value: for everybody, or for the inside with names."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import numbers
from app.domain.clock import after, local, wall_moment
from app.domain.errors import NotFound
from app.domain.meetings import MeetingState
from app.domain.memo import (
    Memo,
    MemoFollowUp,
    MemoItem,
    MemoMeasure,
    MemoNote,
    MemoState,
)
from app.domain.permissions import Act, Visitor, check_may
from app.domain.timing import clock_times
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note
from app.services.memo_present import excused_from, present_at

SHORTEST_HELD = 60  # seconds: what was begun and ended at once was pressed by mistake
MAY_HAVE_MEMO = (MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED)


def public_memo(meeting_id: int, language: str = "fi") -> Memo | None:
    """Return the memo that everybody reads; None before it is published and while it is corrected."""
    meeting = _find(meeting_id)
    if meeting is None or meeting.state is not MeetingState.MEMO_PUBLISHED:
        return None
    return _memo(meeting, language, inside=False)


def inside_memo(visitor: Visitor, meeting_id: int, language: str = "fi", *, names: bool = True) -> Memo:
    """Return the memo or its draft for those who may read it inside, with names unless left out.

    Raises NotFound where there is no memo to be and, for a draft, for those who may not read it; else
    Forbidden.
    """
    meeting = _find(meeting_id)
    if meeting is None or meeting.state not in MAY_HAVE_MEMO:
        raise NotFound
    if meeting.state is MeetingState.PUBLISHED and not visitor.may(Act.READ_INSIDE_MEMO, meeting.table_id):
        raise NotFound
    check_may(visitor, Act.READ_INSIDE_MEMO, meeting.table_id)
    return _memo(meeting, language, inside=names)


def being_corrected(meeting_id: int, language: str = "fi") -> Memo | None:
    """Return the heading alone of a memo that was published and is open for correction; None for others."""
    meeting = _find(meeting_id)
    if meeting is None or state_of(meeting) is not MemoState.BEING_CORRECTED:
        return None
    return _memo(meeting, language, inside=False, heading_only=True)


def table_of(meeting_id: int) -> int | None:
    """Return the table of a meeting that may have a memo."""
    meeting = _find(meeting_id)
    return meeting.table_id if meeting and meeting.state in MAY_HAVE_MEMO else None


def state_of(meeting: Meeting) -> MemoState:
    """Return where the memo of a meeting is."""
    if meeting.state is MeetingState.MEMO_PUBLISHED:
        return MemoState.PUBLISHED
    if meeting.state is MeetingState.PUBLISHED and meeting.memo_published_at is not None:
        return MemoState.BEING_CORRECTED
    return MemoState.DRAFT


def memo_of(meeting: Meeting, language: str = "fi") -> Memo:
    """Return the memo of a meeting inside an act that publishes it, without names."""
    return _memo(meeting, language, inside=False)


def _find(meeting_id: int) -> Meeting | None:
    return db.session.scalar(
        select(Meeting).where(Meeting.id == meeting_id).options(joinedload(Meeting.table))
    )


def _memo(meeting: Meeting, language: str, *, inside: bool, heading_only: bool = False) -> Memo:
    rows = [] if heading_only else _items(meeting.id)
    planned = clock_times(meeting.day, meeting.starts, [row.slot for row in rows], meeting.zone)
    # Where the evening had its clock, an item stands at the time when it really began.
    begun = [local(row.started_at, meeting.zone) if row.started_at else None for row in rows]
    return Memo(
        meeting_id=meeting.id,
        table=meeting.table.name_in(language),
        table_slug=meeting.table.slug,
        heading=meeting.heading or "",
        day=meeting.day,
        starts=wall_moment(meeting.day, meeting.starts, meeting.zone),
        ends=after(meeting.day, meeting.starts, meeting.minutes, meeting.zone),
        place=meeting.place or "",
        remote=bool(meeting.remote_url),
        state=state_of(meeting),
        published_at=meeting.memo_published_at,
        items=_memo_items(
            rows, [real or plan for real, plan in zip(begun, planned, strict=True)], language, inside
        ),
        present=() if heading_only else present_at(meeting.id, language, inside=inside),
        inside=inside,
        excused=excused_from(meeting.id) if inside and not heading_only else (),
    )


def _items(meeting_id: int) -> list[AgendaItem]:
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting_id)
            .options(joinedload(AgendaItem.topic))
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )


def _memo_items(
    rows: list[AgendaItem], starts: list[datetime], language: str, inside: bool
) -> tuple[MemoItem, ...]:
    ids = [row.id for row in rows]
    notes, follow_ups = _notes(ids, language), _follow_ups(ids, language, inside=inside)
    return tuple(
        MemoItem(
            id=row.id,
            number=number,
            kind=row.kind,
            starts=begins,
            minutes=row.minutes,
            title=row.title_in(language),
            topic_number=str(row.topic.number) if row.topic else "",
            notes=tuple(notes[row.id]),
            follow_ups=tuple(follow_ups[row.id]),
            put_off=row.put_off_at is not None,
            held=row.spent_seconds >= SHORTEST_HELD,
        )
        for row, number, begins in zip(rows, numbers([row.kind for row in rows]), starts, strict=True)
    )


def _notes(item_ids: list[int], language: str) -> dict[int, list[MemoNote]]:
    found: dict[int, list[MemoNote]] = defaultdict(list)
    query = (
        select(Note)
        .where(Note.agenda_item_id.in_(item_ids), Note.removed_at.is_(None))
        .options(joinedload(Note.said_by))
        .order_by(Note.created_at, Note.id)
    )
    for row in db.session.scalars(query):
        said_by = row.said_by.name_in(language) if row.said_by else ""
        found[row.agenda_item_id].append(MemoNote(row.html, row.text, said_by))
    return found


def _follow_ups(item_ids: list[int], language: str, *, inside: bool) -> dict[int, list[MemoFollowUp]]:
    found: dict[int, list[MemoFollowUp]] = defaultdict(list)
    query = (
        select(FollowUp)
        .where(FollowUp.agenda_item_id.in_(item_ids))
        .options(
            joinedload(FollowUp.owner_organisation),
            joinedload(FollowUp.owner_person),
            selectinload(FollowUp.measures),
        )
        .order_by(FollowUp.id)
    )
    for row in db.session.scalars(query):
        assert row.agenda_item_id is not None  # noqa: S101 - the query asked for items
        found[row.agenda_item_id].append(memo_follow_up(row, language, inside=inside))
    return found


def memo_follow_up(row: FollowUp, language: str, *, inside: bool) -> MemoFollowUp:
    """Return a follow-up as the memo shows it: its person by title, and by name only inside."""
    person = row.owner_person
    who = [row.owner_organisation.name_in(language)] if row.owner_organisation else []
    if person and person.title:
        who.append(person.title)
    return MemoFollowUp(
        id=row.id,
        text=row.text,
        who=", ".join(who),
        person=person.name if person and inside else "",
        due_on=row.due_on,
        state=row.state,
        outcome=row.outcome or "",
        measures=tuple(MemoMeasure(one.id, one.text) for one in row.measures),
    )
