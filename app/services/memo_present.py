"""Who was present as the memo tells it: organisations and numbers for everybody, names for the inside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.domain.attendance import PresenceState
from app.domain.memo import MemoPerson, MemoPresent
from app.domain.writing import folded
from app.extensions import db
from app.models import Attendance, Organisation, Person, Presence

# An organisation, and for those without one whether they are known people (True) or other residents.
Group = tuple[int | None, bool]


@dataclass
class _Gathered:
    """What is known of one group while it is gathered."""

    organisation: Organisation | None
    count: int = 0
    names: str = ""
    people: list[MemoPerson] = field(default_factory=list)


def present_at(meeting_id: int, language: str, *, inside: bool) -> tuple[MemoPresent, ...]:
    """Return how many came from where, by name and counted together; those without an organisation last.

    The names are asked of the database only for the inside.
    """
    groups: dict[Group, _Gathered] = {}
    for body, count, names in _counted(meeting_id, inside=inside):
        one = groups.setdefault((body.id if body else None, False), _Gathered(body))
        one.count += count
        one.names = names
    for body, known, person in _marked(meeting_id, inside=inside):
        one = groups.setdefault((body.id if body else None, known), _Gathered(body))
        one.count += 1
        one.people += [person] if person else []
    present = [
        MemoPresent(
            one.organisation.name_in(language) if one.organisation else None,
            one.count,
            one.names,
            _by_name(one.people),
            known,
        )
        for (_, known), one in groups.items()
    ]
    return tuple(
        sorted(
            present,
            key=lambda one: (one.organisation is None, (one.organisation or "").casefold(), not one.known),
        )
    )


def excused_from(meeting_id: int) -> tuple[MemoPerson, ...]:
    """Return who was excused, by name, for the inside."""
    query = (
        select(func.coalesce(Presence.name, Person.name), Presence.state)
        .outerjoin(Person, Person.id == Presence.person_id)
        .where(Presence.meeting_id == meeting_id, Presence.state == PresenceState.EXCUSED)
    )
    return _by_name(MemoPerson(name, state) for name, state in db.session.execute(query))


def _counted(meeting_id: int, *, inside: bool) -> Iterator[tuple[Organisation | None, int, str]]:
    columns = (Organisation, Attendance.count, *((Attendance.names,) if inside else ()))
    query = (
        select(*columns)
        .select_from(Attendance)
        .outerjoin(Organisation, Organisation.id == Attendance.organisation_id)
        .where(Attendance.meeting_id == meeting_id)
    )
    for body, count, *names in db.session.execute(query):
        yield body, count, (names[0] or "") if names else ""


def _marked(
    meeting_id: int, *, inside: bool
) -> Iterator[tuple[Organisation | None, bool, MemoPerson | None]]:
    """Give the organisation of each by name, whether she is known without one, and inside the person."""
    columns: list[Any] = [Organisation, Presence.person_id]
    if inside:
        columns += [
            func.coalesce(Presence.name, Person.name),
            Presence.state,
            Presence.came_at,
            Presence.left_at,
        ]
    body_id = func.coalesce(Presence.organisation_id, Person.organisation_id)
    query = (
        select(*columns)
        .select_from(Presence)
        .outerjoin(Person, Person.id == Presence.person_id)
        .outerjoin(Organisation, Organisation.id == body_id)
        .where(Presence.meeting_id == meeting_id, Presence.state != PresenceState.EXCUSED)
        .order_by(Presence.id)
    )
    for body, person_id, *told in db.session.execute(query):
        yield body, body is None and person_id is not None, MemoPerson(*told) if told else None


def _by_name(people: Iterable[MemoPerson]) -> tuple[MemoPerson, ...]:
    return tuple(sorted(people, key=lambda one: folded(one.name)))
