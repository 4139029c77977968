"""Meetings with their agendas: called together, published, called off or held, and their memos published."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.memo import NOT_REACHED, Correction
from app.domain.tables import TableKind
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import AgendaItem, Invitation, Meeting
from app.services import releases
from app.services.demo.evening import write_down
from app.services.demo.stage import Stage
from app.services.demo.telling import Story, step
from app.services.demo.values import Evening, Item, Told
from app.services.invited import people_with_role

CALLED = 10  # days before the agenda is out
LATELY = 3  # days ago, for agendas of meetings to come
CORRECTED = timedelta(hours=26)


@dataclass(frozen=True)
class When:
    """The moments of one meeting; those that did not come are None."""

    called: datetime
    filled: datetime
    published: datetime | None
    cancelled: datetime | None
    memo: datetime | None


def convene(stage: Stage, evening: Evening, day: date, stories: dict[Told, Story]) -> Meeting:
    """Store one meeting with everything that belongs to it."""
    when = _when(stage, evening, day)
    row = _row(stage, evening, day, when)
    db.session.add(row)
    db.session.flush()
    stage.log(when.called, "riikka", "meeting.call", "meeting", row.id, table=row.table_id)
    row.items = [_item(stage, one, place, stories) for place, one in enumerate(evening.items)]
    db.session.flush()
    on_it = [stories[one.told] for one in evening.items if one.told]
    for item in row.items:
        stage.log(when.filled, "riikka", "agenda.add", "meeting", row.id, item=item.id, topic=item.topic_id)
    for story in on_it:
        step(stage, story, TopicAct.PUT_ON_AGENDA, when.filled, meeting_id=row.id)
    if when.published:
        _publish(stage, row, when.published)
    if when.cancelled:
        row.cancelled_at = row.changed_at = when.cancelled
        row.cancel_reason, row.sequence = evening.cancelled, 1
        stage.log(when.cancelled, "riikka", "meeting.cancel", "meeting", row.id, letters=0)
        for story in on_it:
            words = evening.cancelled or ""
            step(stage, story, TopicAct.TAKE_OFF_AGENDA, when.cancelled, words, meeting_id=row.id)
    elif when.published and day < stage.today:
        write_down(stage, evening, row)
        if when.memo:
            _publish_memo(stage, evening, row, when.memo, stories)
    return row


def _when(stage: Stage, evening: Evening, day: date) -> When:
    lately = stage.today - timedelta(days=LATELY)
    out = min(day - timedelta(days=evening.notice), lately)
    called = stage.at_office(out - timedelta(days=CALLED))
    filled = stage.at_office(out - timedelta(days=1), called)
    if evening.draft:
        return When(called, filled, None, None, None)
    published = stage.at_office(out, filled)
    cancelled = stage.at_office(day - timedelta(days=1), published) if evening.cancelled else None
    held = day < stage.today and evening.memo and not cancelled
    return When(
        called, filled, published, cancelled, stage.at_office(day + timedelta(days=1)) if held else None
    )


def _row(stage: Stage, evening: Evening, day: date, when: When) -> Meeting:
    table = stage.tables[evening.table]
    state = MeetingState.DRAFT if evening.draft else MeetingState.PUBLISHED
    if evening.cancelled:
        state = MeetingState.CANCELLED
    elif when.memo:
        state = MeetingState.MEMO_PUBLISHED
    return Meeting(
        table_id=table.id,
        state=state,
        day=day,
        starts=time(18) if table.kind is TableKind.LOCAL else time(17),
        minutes=table.minutes,
        place=evening.place or table.place,
        remote_url=evening.remote_url,
        heading=evening.heading,
        revision=len(evening.items) + 2,
        created_at=when.called,
        changed_at=when.published or when.filled,
        published_at=when.published,
    )


def _item(stage: Stage, item: Item, place: int, stories: dict[Told, Story]) -> AgendaItem:
    story = stories[item.told] if item.told else None
    body = stage.bodies[item.told.village].name if item.told and item.told.village else None
    return AgendaItem(
        kind=ItemKind.TOPIC if story else item.kind,
        topic_id=story.row.id if story else None,
        title=story.row.title if story else item.title,
        title_sv=item.title_sv,
        presenter=item.presenter or body,
        minutes=item.minutes,
        position=place,
        standing=item.standing,
    )


def _publish(stage: Stage, row: Meeting, at: datetime) -> None:
    invited = people_with_role(row.table_id)
    db.session.add_all(
        Invitation(
            meeting_id=row.id, person_id=one.id, token=secrets.token_urlsafe(24), created_at=at, told_at=at
        )
        for one in invited
    )
    releases.store(row, at=at, person_id=stage.people["riikka"].id)
    stage.log(at, "riikka", "meeting.publish_agenda", "meeting", row.id, letters=len(invited), release=1)


def _publish_memo(
    stage: Stage, evening: Evening, row: Meeting, at: datetime, stories: dict[Told, Story]
) -> None:
    topics = [(stories[one.told], bool(one.notes or one.promises)) for one in evening.items if one.told]
    heads = sum(count for _, count in evening.came)

    def come_out(moment: datetime) -> None:
        stage.log(
            moment, "riikka", "memo.publish", "meeting", row.id, items=len(row.items), attendances=heads
        )

    come_out(at)
    if evening.reopened:  # it first told of every topic, also of those that there was no time for
        for story, _ in topics:
            step(stage, story, TopicAct.DISCUSS, at, meeting_id=row.id)
        again = at + CORRECTED
        stage.log(
            again - timedelta(hours=1), "riikka", "memo.reopen", "meeting", row.id, reason=Correction.WRONG
        )
        at = again
        come_out(at)
    for story, discussed in topics:
        if discussed:
            if story.row.state is not TopicState.DISCUSSED:
                step(stage, story, TopicAct.DISCUSS, at, meeting_id=row.id)
            continue
        if story.row.state is TopicState.DISCUSSED:
            step(stage, story, TopicAct.RETURN, at, meeting_id=row.id)
        step(stage, story, TopicAct.TAKE_OFF_AGENDA, at, NOT_REACHED[story.row.language], meeting_id=row.id)
    row.memo_published_at = at
    row.memo_published_by_id = stage.people["riikka"].id
