"""Officials of one meeting: which items need them, and when they can be there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, case, or_, select

from app.domain.agenda import plain_clock
from app.domain.clock import parse_clock
from app.domain.errors import Invalid
from app.domain.organisations import ANSWERING_KINDS
from app.domain.permissions import Role, Visitor
from app.domain.timing import minutes_from
from app.domain.words import N_
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting, Organisation, Person, PersonRole
from app.services.agenda_changes import remembered
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act

FIELDS = ("arrives", "leaves")
# A table's own villagers come for the whole evening; readers do not come to answer.
NOT_ASKED = frozenset({Role.READER, Role.REPRESENTATIVE})
ASKED = tuple(role for role in Role if role not in NOT_ASKED)
MOST_OFFICIALS = 200


@dataclass(frozen=True)
class WindowEdit:
    """What a person typed of one official's times: `new` and `seen` values by the names in FIELDS."""

    person_id: int
    new: dict[str, int | str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)


def officials_of(table_id: int) -> list[Person]:
    """Return whom to offer for an item: people with work at the table first, then of bodies that answer.

    At most MOST_OFFICIALS; `need` takes the others too.
    """
    first = case((Person.roles.any(_works_at(table_id)), 0), else_=1)
    query = _may_be_asked(table_id).order_by(first, Person.name, Person.id)
    return list(db.session.scalars(query.limit(MOST_OFFICIALS)))


def _works_at(table_id: int) -> ColumnElement[bool]:
    return PersonRole.role.in_(ASKED) & or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))


def _may_be_asked(table_id: int) -> Select[Person]:
    answers = Person.organisation.has(
        Organisation.kind.in_(ANSWERING_KINDS) & Organisation.archived_at.is_(None)
    )
    here = Person.roles.any(_works_at(table_id))
    return select(Person).where(Person.deactivated_at.is_(None), or_(here, answers))


def stored_windows(meeting_id: int) -> dict[int, AttendanceWindow]:
    """Return the windows of a meeting by person."""
    query = select(AttendanceWindow).where(AttendanceWindow.meeting_id == meeting_id)
    return {one.person_id: one for one in db.session.scalars(query)}


def minutes_of(meeting: Meeting, window: AttendanceWindow) -> tuple[int, int]:
    """Return a window in minutes from the start of the meeting; an open end is far outside it."""
    comes, leaves = (
        minutes_from(meeting.day, meeting.starts, one, meeting.zone) if one is not None else None
        for one in (window.arrives, window.leaves)
    )
    return (-24 * 60 if comes is None else comes, 48 * 60 if leaves is None else leaves)


def shown_window(window: AttendanceWindow | None, name: str) -> str:
    """Return one end of a window as it stands in its box."""
    clock = getattr(window, name) if window else None
    return plain_clock(clock) if clock is not None else ""


def need(meeting: Meeting, item: AgendaItem, person_id: int) -> bool:
    """Let an item need one official more, inside an act; False where it does already."""
    if any(one.id == person_id for one in item.officials):
        return False
    person = db.session.scalar(_may_be_asked(meeting.table_id).where(Person.id == person_id))
    if person is None:
        raise Invalid(f"{item.id}.official", N_("Choose from the list."))
    item.officials.append(person)
    return True


@act
def need_no_more(visitor: Visitor, meeting_id: int, item_id: int, person_id: int) -> str | None:
    """Let an item do without an official; return the item's title, None where it is no longer there."""
    meeting = get_to_build(visitor, meeting_id)
    item = next((one for one in meeting.items if one.id == item_id), None)
    if item is None:
        return None
    with remembered(visitor, meeting, "officials", item):
        item.officials = [one for one in item.officials if one.id != person_id]
    touch(meeting)
    record(visitor, "agenda.officials", "meeting", meeting.id, item=item_id, person=person_id)
    return item.title


def put_windows(meeting: Meeting, edits: Sequence[WindowEdit]) -> int:
    """Store what was typed of officials' times, inside an act; return how many fields changed.

    Where somebody else changed the same time meanwhile, Invalid names `window-PERSON.field`.
    """
    if not edits:
        return 0
    stored = stored_windows(meeting.id)
    needed = {person.id for item in meeting.items for person in item.officials}
    changed = 0
    for edit in edits:
        window = stored.get(edit.person_id)
        typed = [one for one in FIELDS if str(edit.new.get(one, "")) != edit.seen.get(one, "")]
        typed = [one for one in typed if str(edit.new[one]) != shown_window(window, one)]
        if not typed or (window is None and edit.person_id not in needed):
            continue
        if window is None:
            window = AttendanceWindow(meeting_id=meeting.id, person_id=edit.person_id)
            db.session.add(window)
        for name in typed:
            _put(window, edit, name)
        _check(meeting, window)
        if window.arrives is None and window.leaves is None:
            db.session.delete(window) if window.id else db.session.expunge(window)
        changed += len(typed)
    return changed


def _put(window: AttendanceWindow, edit: WindowEdit, name: str) -> None:
    place = f"window-{edit.person_id}.{name}"
    now = shown_window(window, name)
    if now != edit.seen.get(name, ""):
        raise Invalid(
            place, N_("Somebody else changed this to “%(now)s” meanwhile. Check it and save again."), now=now
        )
    text = str(edit.new[name])
    setattr(window, name, parse_clock(place, text) if text else None)


def _check(meeting: Meeting, window: AttendanceWindow) -> None:
    comes, leaves = minutes_of(meeting, window)
    place = f"window-{window.person_id}"
    if window.leaves is not None and leaves <= max(comes, 0):
        raise Invalid(f"{place}.leaves", N_("This is before the official comes. Check both times."))
    if window.arrives is not None and comes >= meeting.minutes:
        raise Invalid(f"{place}.arrives", N_("The meeting has ended by then. Check the time."))
