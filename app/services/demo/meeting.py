"""Meetings with their agendas: called together, published, called off or held, and their memos published."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.carrying import NOT_AGAIN
from app.domain.clock import local
from app.domain.meetings import MeetingState
from app.domain.memo import NOT_REACHED, Correction
from app.domain.tables import TableKind
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import Meeting
from app.services.demo.building import Agenda, build, come_and_go
from app.services.demo.coming import answer
from app.services.demo.evening import write_down
from app.services.demo.present import total
from app.services.demo.releasing import Line, publish
from app.services.demo.reminding import remind
from app.services.demo.stage import Stage
from app.services.demo.story import Story, step
from app.services.demo.values import Evening, Told

CALLED = 10  # days before the agenda is out
LATELY = 3  # days ago, for agendas of meetings to come
LATEST_CHANGE = 1  # days ago, of what is not published yet
ASKED_UNTIL = 21  # days before a meeting whose agenda is not out
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
    agenda = Agenda(row, stories)
    build(stage, agenda, evening.items, when.filled)
    come_and_go(stage, row, evening.windows)
    if when.published:
        _release(stage, evening, agenda, when.published)
        answer(stage, row)
        remind(stage, row, when.published)
    if when.cancelled:
        row.cancelled_at = row.changed_at = when.cancelled
        row.cancel_reason, row.sequence = evening.cancelled, 1
        stage.log(when.cancelled, "riikka", "meeting.cancel", "meeting", row.id, letters=0)
        for story in [stories[told] for told in evening.topics()]:
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
    if evening.out is not None:
        out = stage.today - timedelta(days=evening.out)
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
        topics_until=_until(stage, day, when),
        revision=len(evening.items) + 2,
        created_at=when.called,
        changed_at=when.published or when.filled,
        published_at=when.published,
    )


def _until(stage: Stage, day: date, when: When) -> date | None:
    """Topics come in time until the agenda is out; who asked for them at meetings long ago is forgotten."""
    if day < stage.today:
        return None
    if when.published:
        return local(when.published).date() - timedelta(days=1)
    return day - timedelta(days=ASKED_UNTIL)


def _release(stage: Stage, evening: Evening, agenda: Agenda, at: datetime) -> None:
    """Publish the first release and those that followed; what was changed since the last one stays inside."""
    row = agenda.row
    told: list[Line] = []
    publish(stage, row, at, told)
    for edition in evening.later:
        ago = LATEST_CHANGE if edition.ago is None else edition.ago
        changed = stage.at_office(stage.today - timedelta(days=ago), at)
        build(stage, agenda, edition.items, changed)
        row.changed_at = changed
        row.revision += len(edition.items)
        if edition.ago is not None:
            at = stage.at_office(stage.today - timedelta(days=ago), changed)
            publish(stage, row, at, told, edition.comment)
            row.published_at = row.changed_at = at
            row.sequence += 1


def _publish_memo(
    stage: Stage, evening: Evening, row: Meeting, at: datetime, stories: dict[Told, Story]
) -> None:
    topics = [(stories[one.told], bool(one.notes or one.promises)) for one in evening.items if one.told]
    heads = total(evening)

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
        came_again = any(one.act is TopicAct.CARRY_OVER and one.meeting_id == row.id for one in story.steps)
        leaves, words = (
            (TopicAct.LET_REST, NOT_AGAIN) if came_again else (TopicAct.TAKE_OFF_AGENDA, NOT_REACHED)
        )
        step(stage, story, leaves, at, words[story.row.language], meeting_id=row.id)
    row.memo_published_at = at
    row.memo_published_by_id = stage.people["riikka"].id
