"""The list of who is at a meeting by name: people who were asked, officials of the table, guests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import plain_clock
from app.domain.answers import Answer
from app.domain.attendance import Mark, PresenceState, by_organisation
from app.domain.errors import NotFound
from app.domain.permissions import Role, Visitor
from app.domain.writing import folded
from app.extensions import db
from app.models import AgendaItem, Meeting, Organisation, Person, PersonRole, Presence
from app.services.evening import check_open
from app.services.invited import invited

PERSON, GUEST = "p", "g"  # a key is one of these and the id of a person or of a guest's mark


@dataclass(frozen=True)
class Attendee:
    """One line of the list; `state` is None for somebody who has not been marked.

    `item_ids` are the items that need this person; `asked` is False for guests and for officials of the
    table without an item. `answer` is what the invitation was answered with.
    """

    key: str
    name: str
    organisation_id: int | None
    organisation: str
    item_ids: tuple[int, ...] = ()
    asked: bool = True
    state: PresenceState | None = None
    came_at: time | None = None
    left_at: time | None = None
    answer: Answer | None = None

    @property
    def is_guest(self) -> bool:
        """Whether the name was given on the spot."""
        return self.key.startswith(GUEST)

    @property
    def was_there(self) -> bool:
        """Whether the person counts, and may have come late or left early."""
        return self.state in (PresenceState.PRESENT, PresenceState.REMOTE)


@dataclass(frozen=True)
class PresenceList:
    """Everybody who may be marked, by name, and the guests in the order they came.

    `together` is when several were marked by one press, as long as nothing was marked since.
    """

    people: tuple[Attendee, ...]
    guests: tuple[Attendee, ...]
    together: datetime | None

    @property
    def marks(self) -> list[Mark]:
        """Those who have been marked, for counting."""
        everybody = (*self.people, *self.guests)
        return [Mark(one.organisation_id, one.state) for one in everybody if one.state is not None]

    @property
    def by_name(self) -> dict[int | None, int]:
        """How many of each organisation were there by name; None are guests who are other residents."""
        everybody = (*self.people, *self.guests)
        return by_organisation(
            Mark(one.organisation_id, one.state)
            for one in everybody
            if one.state is not None and (one.is_guest or one.organisation_id is not None)
        )

    @property
    def unmarked(self) -> list[Attendee]:
        """Those who were asked and have no mark."""
        return [one for one in self.people if one.asked and one.state is None]

    @property
    def excused(self) -> int:
        """How many were excused."""
        return sum(mark.state is PresenceState.EXCUSED for mark in self.marks)


def presence_list(visitor: Visitor, meeting_id: int, language: str) -> PresenceList:
    """Return the list as it is saved now, in a bounded number of queries."""
    meeting = load(meeting_id)
    check_open(visitor, meeting)
    rows = marks_of(meeting_id)
    by_person = {row.person_id: row for row in rows if row.person_id is not None}
    asked = {one.person.id: one for one in invited(meeting) if one.person}
    people = {key: one.person for key, one in asked.items() if one.person}
    people |= {one.id: one for one in officials_of_table(meeting.table_id) if one.id not in people}
    people |= {row.person.id: row.person for row in by_person.values() if row.person}
    names = _organisation_names([*people.values(), *rows], language)
    found = []
    for person in people.values():
        row = by_person.get(person.id)
        here = asked.get(person.id)
        body = (row.organisation_id if row else None) or person.organisation_id
        found.append(
            Attendee(
                f"{PERSON}{person.id}",
                person.name,
                body,
                names.get(body, ""),
                tuple(item.id for item in here.items) if here else (),
                asked=here is not None,
                answer=here.row.answer if here and here.row else None,
                **_marked(row),
            )
        )
    guests = [
        Attendee(
            f"{GUEST}{row.id}",
            row.name,
            row.organisation_id,
            names.get(row.organisation_id, ""),
            asked=False,
            **_marked(row),
        )
        for row in rows
        if row.name is not None
    ]
    found.sort(key=lambda one: (folded(one.name), one.key))
    return PresenceList(tuple(found), tuple(guests), _together(rows))


def _marked(row: Presence | None) -> dict[str, Any]:
    return {"state": row.state, "came_at": row.came_at, "left_at": row.left_at} if row else {}


def load(meeting_id: int) -> Meeting:
    """Return a meeting with all that is asked of it to know who may come."""
    meeting = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.table),
            selectinload(Meeting.items).selectinload(AgendaItem.officials).selectinload(Person.roles),
        )
    )
    if meeting is None:
        raise NotFound
    return meeting


def marks_of(meeting_id: int) -> list[Presence]:
    """Return the marks of a meeting in the order they were made."""
    query = select(Presence).where(Presence.meeting_id == meeting_id).options(joinedload(Presence.person))
    return list(db.session.scalars(query.order_by(Presence.id)))


def officials_of_table(table_id: int) -> list[Person]:
    """Return the active officials of a table: those without an item tonight may come all the same."""
    at_table = or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))
    query = select(Person).where(
        Person.deactivated_at.is_(None), Person.roles.any((PersonRole.role == Role.OFFICIAL) & at_table)
    )
    return list(db.session.scalars(query))


def _organisation_names(of: Iterable[Person | Presence], language: str) -> dict[int | None, str]:
    wanted = {one.organisation_id for one in of} - {None}
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {row.id: row.name_in(language) for row in rows}


def _together(rows: Sequence[Presence]) -> datetime | None:
    last = max((row.changed_at for row in rows), default=None)
    return last if sum(row.changed_at == last and row.person_id is not None for row in rows) > 1 else None


def key_of(row: Presence) -> str:
    """Return the key of the person or guest of a mark."""
    return f"{PERSON}{row.person_id}" if row.person_id is not None else f"{GUEST}{row.id}"


def shown(row: Presence | Attendee | None, field: str) -> str:
    """Return when somebody came or left, as it stands in its box; `field` is came or left."""
    clock = getattr(row, f"{field}_at") if row else None
    return plain_clock(clock) if clock is not None else ""
