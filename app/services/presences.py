"""Marking who is at a meeting by name: people who were asked, and guests of the evening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.domain.attendance import PresenceState, check_guest, check_stay, meeting_span
from app.domain.clock import parse_clock, utc_now
from app.domain.errors import Invalid, Refused
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.models import Meeting, Organisation, Person, Presence
from app.services.evening import open_to_write
from app.services.invited import invited
from app.services.log import record
from app.services.presence_list import (
    GUEST,
    PERSON,
    key_of,
    load,
    marks_of,
    officials_of_table,
    presence_list,
    shown,
)
from app.services.repeats import once
from app.services.timekeeping import hours_of
from app.services.transactions import act

DIGITS = 9
STAY = ("came", "left")
MOST_GUESTS = 500

NOT_LISTED = N_("This person is no longer on the list. Write the name as a guest, if needed.")
REMOVED = N_("Somebody else removed this guest meanwhile.")
NOT_MARKED = N_("Mark first that the person was there. Then save the time again.")
TAKEN = N_("This name is on the list already. If it is another person, add something that tells them apart.")


class StayRefused(Invalid):
    """What is wrong with the times of one person; `key` names the person, `field` is came or left."""

    def __init__(self, key: str, error: Invalid, now: str | None = None) -> None:
        super().__init__(error.field, error.message, **error.values)
        self.key = key
        self.now = now  # what another person saved meanwhile


@dataclass(frozen=True)
class Stay:
    """The clock times typed for one person ("" for none), and those that the page had shown."""

    key: str
    came: str
    left: str
    seen_came: str
    seen_left: str


@act
def mark(visitor: Visitor, meeting_id: int, key: str, state: PresenceState) -> None:
    """Mark one person or guest; the same mark again changes nothing.

    Raises Refused where the person is no longer on the list, or somebody removed the guest meanwhile.
    """
    open_to_write(visitor, meeting_id)
    row = _row(meeting_id, key)
    if row is None and key.startswith(GUEST):
        raise Refused(REMOVED)
    if row is None:
        meeting = load(meeting_id)
        row = _new(meeting, _person(meeting, key))
    elif row.state is state:
        return
    row.state, row.changed_at = state, utc_now()
    if state is PresenceState.EXCUSED:
        row.came_at = row.left_at = None
    db.session.flush()
    _log(visitor, row, "presence.mark", state=state)


@act
def clear(visitor: Visitor, meeting_id: int, key: str) -> None:
    """Take a mark away, or a guest with the name; done already is done."""
    open_to_write(visitor, meeting_id)
    row = _row(meeting_id, key)
    if row is not None:
        _log(visitor, row, "presence.clear")
        db.session.delete(row)


@act
def mark_others(visitor: Visitor, meeting_id: int, keys: Sequence[str]) -> int:
    """Mark as present those of `keys` who were asked and have no mark now; return how many."""
    open_to_write(visitor, meeting_id)
    meeting = load(meeting_id)
    marked = set(db.session.scalars(select(Presence.person_id).where(Presence.meeting_id == meeting_id)))
    now = utc_now()
    wanted = set(keys)
    count = 0
    for one in invited(meeting):
        if one.person is None or one.person.id in marked or one.key not in wanted:
            continue
        row = _new(meeting, one.person)
        row.state, row.changed_at = PresenceState.PRESENT, now
        _log(visitor, row, "presence.mark", state=row.state)
        count += 1
    return count


@act
def take_back(visitor: Visitor, meeting_id: int, moment: str) -> None:
    """Clear what was marked together at a moment (ISO 8601) and has not been changed since."""
    open_to_write(visitor, meeting_id)
    for row in marks_of(meeting_id):
        if row.changed_at.isoformat() == moment and row.person_id is not None:
            _log(visitor, row, "presence.clear")
            db.session.delete(row)


@act
def save_stays(visitor: Visitor, meeting_id: int, stays: Sequence[Stay]) -> None:
    """Save when people came and left; a time that the person did not change stays as it is now.

    Raises StayRefused for the first that cannot be taken, and Refused for a guest who was removed meanwhile;
    then nothing is saved.
    """
    meeting = open_to_write(visitor, meeting_id)
    rows = {key_of(row): row for row in marks_of(meeting_id)}
    now = utc_now()
    hours = hours_of(meeting)
    span = meeting_span(hours, meeting.begun_at, meeting.ended_at or now)
    for place, stay in enumerate(stays):
        changed = [field for field in STAY if getattr(stay, field) != getattr(stay, f"seen_{field}")]
        row = rows.get(stay.key)
        changed = [field for field in changed if getattr(stay, field) != shown(row, field)]
        if not changed:
            continue
        if row is None and stay.key.startswith(GUEST):
            raise Refused(REMOVED)
        if row is None or row.state is PresenceState.EXCUSED:
            raise StayRefused(stay.key, Invalid(changed[0], NOT_MARKED), "")
        for field in changed:
            _put(row, stay, field)
        try:
            check_stay(hours, span, row.came_at, row.left_at)
        except Invalid as error:
            raise StayRefused(stay.key, error) from error
        row.changed_at = now + timedelta(microseconds=place)  # never as if marked together
        _log(visitor, row, "presence.times")


def _put(row: Presence, stay: Stay, field: str) -> None:
    stored = shown(row, field)
    if stored != getattr(stay, f"seen_{field}"):
        other = Invalid(
            field,
            N_("Somebody else changed this to “%(now)s” meanwhile. Check it and save again."),
            now=stored,
        )
        raise StayRefused(stay.key, other, stored)
    text = getattr(stay, field)
    try:
        setattr(row, f"{field}_at", parse_clock(field, text) if text else None)
    except Invalid as error:
        raise StayRefused(stay.key, error) from error


@act
def add_guest(
    visitor: Visitor,
    meeting_id: int,
    name: str,
    organisation_id: int | None,
    state: PresenceState = PresenceState.PRESENT,
    key: str | None = None,
) -> int:
    """Add a guest (None: other resident) and return the id of the mark; the name stays inside.

    Raises Invalid at `name` or `organisation`.
    """
    open_to_write(visitor, meeting_id)
    name = check_guest(name)

    def do() -> int:
        if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
            raise Invalid("organisation", N_("Choose one from the list."))
        _check_new(visitor, meeting_id, name, organisation_id)
        row = Presence(
            meeting_id=meeting_id,
            name=name,
            organisation_id=organisation_id,
            state=state,
            changed_at=utc_now(),
        )
        db.session.add(row)
        db.session.flush()
        _log(visitor, row, "presence.guest", state=state)
        return row.id

    return once(key, "presence.guest", do)


def _check_new(visitor: Visitor, meeting_id: int, name: str, organisation_id: int | None) -> None:
    here = presence_list(visitor, meeting_id, "fi")
    if len(here.guests) >= MOST_GUESTS:
        raise Invalid("name", N_("The list is full. Write how many more came below."))
    if any(
        folded(one.name) == folded(name) and (not one.is_guest or one.organisation_id == organisation_id)
        for one in (*here.people, *here.guests)
    ):
        raise Invalid("name", TAKEN)


def _id(key: str) -> int:
    digits = key[1:]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS else 0


def _row(meeting_id: int, key: str) -> Presence | None:
    who = Presence.person_id == _id(key) if key.startswith(PERSON) else Presence.id == _id(key)
    row = db.session.scalar(select(Presence).where(Presence.meeting_id == meeting_id, who))
    return row if row is not None and key_of(row) == key else None


def _person(meeting: Meeting, key: str) -> Person:
    """Return somebody who is asked, or an official of the table."""
    may = [*(one.person for one in invited(meeting) if one.person), *officials_of_table(meeting.table_id)]
    for person in may:
        if f"{PERSON}{person.id}" == key:
            return person
    raise Refused(NOT_LISTED)


def _new(meeting: Meeting, person: Person) -> Presence:
    row = Presence(meeting_id=meeting.id, person_id=person.id, organisation_id=person.organisation_id)
    db.session.add(row)
    return row


def _log(visitor: Visitor, row: Presence, what: str, **detail: str) -> None:
    """Add a line to the log with ids only: the person's, or that of a guest's mark."""
    who = {"guest": row.id} if row.person_id is None else {"person": row.person_id}
    record(visitor, what, "meeting", row.meeting_id, **who, **detail)
