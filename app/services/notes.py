"""Taking notes at the table: add, change, take away and bring back, with every version kept."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound, Stale
from app.domain.notes import Way, check_operation, check_text, merged, second_operation
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.extensions import db
from app.models import AgendaItem, Note, NoteRevision, Organisation
from app.services.evening import get_item, open_to_write
from app.services.log import record
from app.services.transactions import act, get_to_change
from app.text import rendered

CHANGED = N_("Somebody else changed the same note. Your text is safe.")


def of_item(item_id: int) -> list[Note]:
    """Return the notes of an item in the order they were written, the removed ones too."""
    return list(
        db.session.scalars(
            select(Note)
            .where(Note.agenda_item_id == item_id)
            .order_by(Note.created_at, Note.id)
            .options(joinedload(Note.said_by), joinedload(Note.written_by))
        )
    )


def get_note(item_id: int, note_id: int) -> Note:
    """Return a note of an item with all its versions; raise NotFound for another item's."""
    note = db.session.scalar(
        select(Note)
        .where(Note.id == note_id, Note.agenda_item_id == item_id)
        .options(joinedload(Note.said_by), selectinload(Note.revisions))
        .execution_options(populate_existing=True)
    )
    if note is None:
        raise NotFound
    return note


@act
def add(
    visitor: Visitor,
    meeting_id: int,
    item_id: int,
    text: str,
    operation: str,
    said_by_id: int | None = None,
) -> int:
    """Write one entry and return its id; the same entry sent twice is one."""
    text, operation = check_text(text), check_operation(operation)
    open_to_write(visitor, meeting_id)
    item = get_item(meeting_id, item_id)
    said_by_id = _check_organisation(said_by_id)
    for key in (operation, second_operation(operation, text)):
        before = db.session.scalar(select(Note).where(Note.operation == key))
        if before is None:
            return _write(visitor, item, key, text, said_by_id)
        if before.agenda_item_id == item.id and before.revisions[0].text == text:
            return before.id
    raise Stale(CHANGED)


def _write(visitor: Visitor, item: AgendaItem, operation: str, text: str, said_by_id: int | None) -> int:
    now = utc_now()
    note = Note(
        agenda_item_id=item.id,
        operation=operation,
        text=text,
        html=rendered(text),
        said_by_id=said_by_id,
        written_by_id=visitor.person_id,
        created_at=now,
        changed_at=now,
    )
    note.revisions.append(NoteRevision(number=1, text=text, person_id=visitor.person_id, at=now))
    db.session.add(note)
    db.session.flush()
    record(visitor, "note.add", "note", note.id, item=item.id)
    return note.id


@act
def change(
    visitor: Visitor,
    meeting_id: int,
    item_id: int,
    note_id: int,
    text: str,
    revision: int,
    said_by_id: int | None = None,
) -> None:
    """Save a note that was read at `revision`; raise Stale where somebody saved another text meanwhile."""
    text = check_text(text)
    note = _to_change(visitor, meeting_id, item_id, note_id)
    said_by_id = _check_organisation(said_by_id)
    if note.revision != revision and note.text != text:
        raise Stale(CHANGED)
    _save(visitor, note, text, said_by_id)


@act
def settle(
    visitor: Visitor, meeting_id: int, item_id: int, note_id: int, mine: str, revision: int, way: Way
) -> None:
    """End a conflict as the writer chose, after seeing both texts; raise Stale if a third came between."""
    mine = check_text(mine)
    note = _to_change(visitor, meeting_id, item_id, note_id)
    if way is Way.BOTH:  # nothing is lost, so there is nothing to compare
        _save(visitor, note, check_text(merged(note.text, mine)), note.said_by_id)
        return
    if note.revision != revision:
        raise Stale(CHANGED)
    _save(visitor, note, mine if way is Way.MINE else note.text, note.said_by_id)


def _save(visitor: Visitor, note: Note, text: str, said_by_id: int | None) -> None:
    note.removed_at = None  # who writes into a note wants it there
    if text == note.text and said_by_id == note.said_by_id:
        return
    note.changed_at = utc_now()
    note.said_by_id = said_by_id
    note.revision += 1
    note.text, note.html = text, rendered(text)
    note.revisions.append(
        NoteRevision(number=note.revision, text=text, person_id=visitor.person_id, at=note.changed_at)
    )
    record(visitor, "note.change", "note", note.id, revision=note.revision)


@act
def remove(visitor: Visitor, meeting_id: int, item_id: int, note_id: int, revision: int) -> None:
    """Take a note away from the memo; it can be brought back. Pressing twice is removing once."""
    note = _to_change(visitor, meeting_id, item_id, note_id)
    if note.removed_at is not None:
        return
    if note.revision != revision:
        raise Stale(N_("Somebody changed the note meanwhile, so it was not removed. Read it first."))
    note.removed_at = utc_now()
    record(visitor, "note.remove", "note", note.id)


@act
def bring_back(visitor: Visitor, meeting_id: int, item_id: int, note_id: int) -> None:
    """Put a removed note back where it was."""
    note = _to_change(visitor, meeting_id, item_id, note_id)
    if note.removed_at is not None:
        note.removed_at = None
        record(visitor, "note.bring_back", "note", note.id)


def _to_change(visitor: Visitor, meeting_id: int, item_id: int, note_id: int) -> Note:
    open_to_write(visitor, meeting_id)
    get_item(meeting_id, item_id)
    note = get_to_change(Note, note_id)
    if note.agenda_item_id != item_id:
        raise NotFound
    return note


def _check_organisation(organisation_id: int | None) -> int | None:
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise Invalid("said_by", N_("Choose one from the list."))
    return organisation_id
