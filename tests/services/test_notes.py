"""Many take notes at once: every entry is there, once."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.errors import NotFound, Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.notes import Way
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import Event, Note, NoteRevision
from app.services import memo_publishing, notes
from tests import make
from tests.cast import Cast

WRITERS, ENTRIES = 4, 25


def evening(cast: Cast) -> tuple[int, int, Visitor]:
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    return meeting.id, make.item(meeting).id, make.visitor(cast.sari)


def at_once(app: Flask, does: Callable[[int], None]) -> list[BaseException]:
    """Run the same thing in WRITERS threads at the same moment; return what went wrong."""
    wrong: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def run(writer: int) -> None:
        with app.app_context():
            try:
                start.wait()
                does(writer)
            except BaseException as error:
                wrong.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(writer,)) for writer in range(WRITERS)]
    db.session.remove()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.parametrize(("shared", "expected"), [(False, WRITERS * ENTRIES), (True, ENTRIES)])
def test_no_note_is_lost_and_none_doubled(app: Flask, cast: Cast, shared: bool, expected: int) -> None:
    meeting, item, who = evening(cast)

    def write(writer: int) -> None:
        for number in range(ENTRIES):
            name = f"entry-{number:03d}" if shared else f"entry-{writer}-{number:03d}"
            notes.add(who, meeting, item, f"Huomio {name}", name)

    assert at_once(app, write) == []
    texts = list(db.session.scalars(select(Note.text)))
    assert len(texts) == len(set(texts)) == expected
    assert db.session.scalar(select(func.count(NoteRevision.id))) == expected
    logged = select(func.count(Event.id)).where(Event.act == "note.add")
    assert db.session.scalar(logged) == expected


def test_every_text_of_a_note_that_many_change_is_kept(app: Flask, cast: Cast) -> None:
    meeting, item, who = evening(cast)
    note = notes.add(who, meeting, item, "Alku.", "operation-1")

    def change(writer: int) -> None:
        for number in range(5):
            text = f"Lisäys {writer}-{number}."
            try:
                notes.change(who, meeting, item, note, text, 1)
            except Stale:
                notes.settle(who, meeting, item, note, text, 1, Way.BOTH)

    assert at_once(app, change) == []
    row = db.session.get_one(Note, note)
    assert all(f"Lisäys {writer}-{number}." in row.text for writer in range(WRITERS) for number in range(5))
    assert [one.number for one in row.revisions] == list(range(1, row.revision + 1))
    assert row.revisions[-1].text == row.text


def test_no_note_slips_in_behind_a_published_memo(app: Flask, cast: Cast) -> None:
    meeting, item, who = evening(cast)
    maria = make.visitor(cast.maria)
    late: list[str] = []

    def write(writer: int) -> None:
        if writer == 0:
            memo_publishing.publish(maria, meeting)
            return
        for number in range(ENTRIES):
            try:
                notes.add(who, meeting, item, f"Huomio {number}", f"entry-{writer}-{number:03d}")
            except Refused:
                late.append(f"{writer}-{number}")

    assert at_once(app, write) == []
    stored = db.session.scalar(select(func.count(Note.id)))
    assert stored == (WRITERS - 1) * ENTRIES - len(late)
    published = db.session.scalars(select(Event).where(Event.act == "memo.publish")).one()
    after = select(func.count(Event.id)).where(Event.act == "note.add", Event.id > published.id)
    assert db.session.scalar(after) == 0


def test_a_note_that_somebody_changed_is_not_removed_unread(app: Flask, cast: Cast) -> None:
    meeting, item, who = evening(cast)
    note = notes.add(who, meeting, item, "Alku.", "operation-1")
    notes.change(who, meeting, item, note, "Tärkeä lisäys.", 1)
    with pytest.raises(Stale):
        notes.remove(who, meeting, item, note, 1)
    notes.remove(who, meeting, item, note, 2)
    notes.remove(who, meeting, item, note, 2)
    assert db.session.get_one(Note, note).removed_at is not None
    with pytest.raises(NotFound):
        notes.remove(who, meeting, item, 99_999, 1)
