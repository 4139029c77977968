"""What was written down on the evening itself: what was said, and what was promised."""

import secrets
from datetime import datetime, timedelta

from app.domain.follow_ups import ENDED, FollowUpState, check_outcome, check_text
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note, NoteRevision
from app.services.demo.hours import run
from app.services.demo.present import mark
from app.services.demo.stage import WRITER, Stage
from app.services.demo.values import Evening, Promise, Said
from app.text import rendered

A_NOTE = timedelta(minutes=2)  # between two notes
LATER = timedelta(minutes=4)


def write_down(stage: Stage, evening: Evening, row: Meeting) -> None:
    """Store who was there, how long each item took, notes and follow-ups of a meeting that was held."""
    mark(stage, evening, row)
    run(stage, evening, row)
    for told, item in zip(evening.items, row.items, strict=True):
        began, ended = item.started_at or item.put_off_at, item.ended_at or item.put_off_at
        assert began is not None and ended is not None  # noqa: S101, PT018 - the clock has run
        for place, said in enumerate(told.notes):
            _note(stage, said, item, began + place * A_NOTE)
        for place, promise in enumerate(told.promises):
            _follow_up(stage, promise, row, item, ended + timedelta(seconds=place))
    db.session.flush()


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
    return stage.at_office(row.day + timedelta(days=max(1, min(days, most))), row.ended_at)
