"""What was written down on the evening itself: who came, what was said, what was promised."""

import secrets
from datetime import UTC, datetime, timedelta

from app.domain.attendance import check_names
from app.domain.clock import after
from app.domain.follow_ups import ENDED, FollowUpState, check_outcome, check_text
from app.extensions import db
from app.models import AgendaItem, Attendance, FollowUp, Meeting, Note, NoteRevision
from app.services.demo.people import COMERS
from app.services.demo.stage import Stage
from app.services.demo.values import Evening, Promise, Said
from app.text import rendered

WRITER = "tiina"
A_NOTE = 2  # minutes between two notes
LATER = timedelta(minutes=4)


def write_down(stage: Stage, evening: Evening, row: Meeting) -> None:
    """Store attendance, notes and follow-ups of a meeting that was held."""
    _attendance(stage, evening, row)
    gone = 0
    for told, item in zip(evening.items, row.items, strict=True):
        for place, said in enumerate(told.notes):
            _note(stage, said, item, _moment(row, gone + place * A_NOTE))
        for place, promise in enumerate(told.promises):
            _follow_up(stage, promise, row, item, _moment(row, gone + told.minutes - 1, place))
        gone += told.minutes
    db.session.flush()


def _moment(row: Meeting, minutes: int, seconds: int = 0) -> datetime:
    return after(row.day, row.starts, minutes, row.zone).astimezone(UTC) + timedelta(seconds=seconds)


def _attendance(stage: Stage, evening: Evening, row: Meeting) -> None:
    for key, count in evening.came:
        names = ", ".join(COMERS[key][:count]) if key else ""
        db.session.add(
            Attendance(
                meeting_id=row.id,
                organisation_id=stage.body_id(key),
                count=count,
                names=check_names(count, names) or None,
            )
        )
    total = sum(count for _, count in evening.came)
    stage.log(_moment(row, 30), WRITER, "attendance.save", "meeting", row.id, total=total)


def _note(stage: Stage, said: Said, item: AgendaItem, at: datetime) -> None:
    writer = stage.people[WRITER].id
    versions = [said.first, said.text] if said.first else [said.text]
    note = Note(
        agenda_item_id=item.id,
        operation=secrets.token_urlsafe(16),
        text=said.text,
        html=rendered(said.text),
        said_by_id=stage.body_id(said.by),
        written_by_id=writer,
        revision=len(versions),
        created_at=at,
        changed_at=at + LATER * (len(versions) - 1),
        revisions=[
            NoteRevision(number=place + 1, text=text, person_id=writer, at=at + LATER * place)
            for place, text in enumerate(versions)
        ],
    )
    db.session.add(note)
    db.session.flush()
    stage.log(at, WRITER, "note.add", "note", note.id, item=item.id)
    if said.first:
        stage.log(note.changed_at, WRITER, "note.change", "note", note.id, revision=note.revision)


def _follow_up(stage: Stage, promise: Promise, row: Meeting, item: AgendaItem, at: datetime) -> None:
    state = promise.state
    moved = state is not FollowUpState.OPEN
    told_at = _told_at(stage, promise, row) if moved else at
    follow_up = FollowUp(
        meeting_id=row.id,
        agenda_item_id=item.id,
        topic_id=item.topic_id,
        text=check_text(promise.text),
        owner_organisation_id=stage.body_id(promise.owner),
        owner_person_id=stage.people[promise.person].id if promise.person else None,
        due_on=row.day + timedelta(days=promise.due),
        state=state,
        outcome=check_outcome(state, promise.outcome or "") or None,
        revision=2 if moved else 1,
        created_at=at,
        changed_at=told_at,
        ended_at=told_at if state in ENDED else None,
        measures=[stage.measures[key] for key in promise.measures],
    )
    db.session.add(follow_up)
    db.session.flush()
    stage.log(
        at, WRITER, "follow_up.add", "follow_up", follow_up.id, item=item.id, measures=len(promise.measures)
    )
    if moved:
        by = promise.person or "riikka"
        before = FollowUpState.OPEN
        stage.log(told_at, by, "follow_up.report", "follow_up", follow_up.id, before=before, after=state)


def _told_at(stage: Stage, promise: Promise, row: Meeting) -> datetime:
    days = promise.due - 5 if promise.state in ENDED else promise.due // 2
    most = (stage.today - row.day).days - 2
    return stage.at_office(row.day + timedelta(days=max(1, min(days, most))), _moment(row, row.minutes))
