"""What the first item of a meeting tells by itself: how what was agreed went, and what was answered since."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.domain.agenda import FRAME, ItemKind, check_room
from app.domain.clock import today, wall_moment
from app.domain.follow_ups import ENDED, days_late
from app.domain.meetings import MeetingState
from app.domain.permissions import Visitor
from app.domain.since_last import Followed, SinceLast, belongs, how_it_stands, in_order
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Person, Topic, TopicStep
from app.services.agenda import Placed, number_again, placed
from app.services.agenda_changes import remembered
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act

MOST = 30  # follow-ups that are told; a memo and the list of follow-ups have them all
OPENS = frozenset({ItemKind.OPENING})
COMING = (MeetingState.DRAFT, MeetingState.PUBLISHED)


def last_meeting(meeting: Meeting) -> Meeting | None:
    """Return the table's latest earlier meeting whose memo can be read; None where there is none."""
    before = or_(Meeting.day < meeting.day, and_(Meeting.day == meeting.day, Meeting.starts < meeting.starts))
    return db.session.scalar(
        select(Meeting)
        .where(
            Meeting.table_id == meeting.table_id,
            Meeting.state == MeetingState.MEMO_PUBLISHED,
            Meeting.id != meeting.id,
            before,
        )
        .order_by(Meeting.day.desc(), Meeting.starts.desc(), Meeting.id.desc())
        .limit(1)
    )


def of_meeting(meeting: Meeting, language: str) -> SinceLast | None:
    """Return what happened since the last meeting, fit for everybody's eyes; four queries at most.

    None where the table has no earlier memo, and for a meeting whose own memo tells already.
    """
    if meeting.state not in COMING or meeting.memo_published_at is not None:
        return None
    last = last_meeting(meeting)
    if last is None:
        return None
    since = wall_moment(last.day, last.starts, last.zone)
    told = [_followed(one, language, today()) for one in _follow_ups(last, since)]
    told = in_order(told)
    answered, handed_on, declined = _answers(meeting.table_id, since)
    return SinceLast(
        last_id=last.id,
        last_day=last.day,
        follow_ups=tuple(told[:MOST]),
        more=max(0, len(told) - MOST),
        answered=answered,
        handed_on=handed_on,
        declined=declined,
    )


def at_item(meeting: Meeting, kinds: Iterable[ItemKind], language: str) -> SinceLast | None:
    """Return the same for a page that shows these items; None where none of them tells of it."""
    return of_meeting(meeting, language) if ItemKind.SINCE_LAST_TIME in kinds else None


def _follow_ups(last: Meeting, since: datetime) -> list[FollowUp]:
    """Return what was agreed at the last meeting and before it, as far as it is told (see `belongs`)."""
    rows = db.session.scalars(
        select(FollowUp)
        .join(FollowUp.meeting)
        .where(
            Meeting.table_id == last.table_id,
            Meeting.state == MeetingState.MEMO_PUBLISHED,
            Meeting.day <= last.day,
            or_(Meeting.id == last.id, FollowUp.state.not_in(ENDED), FollowUp.ended_at >= since),
        )
        .options(
            joinedload(FollowUp.meeting),
            joinedload(FollowUp.owner_organisation),
            joinedload(FollowUp.owner_person).joinedload(Person.organisation),
        )
    )
    return [
        one
        for one in rows
        if belongs(of_last=one.meeting_id == last.id, state=one.state, ended_at=one.ended_at, since=since)
    ]


def _followed(row: FollowUp, language: str, day: date) -> Followed:
    person = row.owner_person
    body = row.owner_organisation or (person.organisation if person else None)
    return Followed(
        id=row.id,
        text=row.text,
        who=body.name_in(language) if body else (person.title or "" if person else ""),
        due_on=row.due_on,
        state=row.state,
        outcome=row.outcome or "",
        agreed_on=row.meeting.day,
        how=how_it_stands(row.state, row.due_on, day),
        days_late=days_late(row.state, row.due_on, day),
    )


def _answers(table_id: int, since: datetime) -> tuple[int, int, int]:
    """Return how many topics were answered by another body, handed on and not yet answered, and not taken."""
    acts = {
        TopicAct.ANSWER: TopicState.HANDED_ON,
        TopicAct.HAND_ON: TopicState.HANDED_ON,
        TopicAct.DECLINE: TopicState.DECLINED,
    }
    found: dict[TopicAct, set[int]] = {one: set() for one in acts}
    rows = db.session.execute(
        select(TopicStep.act, TopicStep.topic_id)
        .join(TopicStep.topic)
        .where(
            Topic.table_id == table_id,
            TopicStep.at >= since,
            or_(*(and_(TopicStep.act == one, Topic.state == state) for one, state in acts.items())),
        )
        .distinct()
    )
    for how, topic_id in rows:
        found[how].add(topic_id)
    answered = found[TopicAct.ANSWER]
    return len(answered), len(found[TopicAct.HAND_ON] - answered), len(found[TopicAct.DECLINE])


@act
def add_first(visitor: Visitor, meeting_id: int) -> Placed:
    """Put the item that tells of it on an agenda, after the opening; the one that is there already stays."""
    meeting = get_to_build(visitor, meeting_id)
    items = list(meeting.items)
    there = next((one for one in items if one.kind is ItemKind.SINCE_LAST_TIME), None)
    if there is not None:
        return placed(meeting, there)
    check_room(len(items))
    standing = next(one for one in FRAME if one.kind is ItemKind.SINCE_LAST_TIME)
    swedish = meeting.table.languages.split()[:1] == ["sv"]
    item = AgendaItem(
        kind=standing.kind,
        title=standing.sv if swedish else standing.fi,
        title_sv=standing.sv,
        minutes=standing.minutes,
        standing=True,
        position=0,
    )
    place = next((at for at, one in enumerate(items) if one.kind not in OPENS), len(items))
    items.insert(place, item)
    with remembered(visitor, meeting, "add"):
        number_again(items)
        meeting.items.append(item)
        db.session.flush()
        db.session.refresh(meeting, ["items"])
    touch(meeting)
    record(visitor, "agenda.add", "meeting", meeting.id, item=item.id, topic=None)
    return placed(meeting, item)
