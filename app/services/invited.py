"""Who is asked to one meeting and why; the log says who was added and what officials were told of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.organisations import asked_bodies
from app.domain.permissions import Role
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.models import (
    AgendaItem,
    Event,
    Invitation,
    Meeting,
    Organisation,
    PartnershipTable,
    Person,
    PersonRole,
)

# Readers read along; officials are asked to their own items.
ASKED_ROLES = tuple(role for role in Role if role not in (Role.READER, Role.OFFICIAL))
PERSON, ORGANISATION = "p", "o"  # a key is one of these and an id
ADD, PART = "invitation.add", "invitation.part"


class Reason(StrEnum):
    """Why somebody is asked."""

    ROLE = "role"
    MEMBER = "member"
    ITEM = "item"
    ADDED = "added"
    EARLIER = "earlier"
    LEFT = "left"  # an official who was told of an item that is no longer theirs


REASON_WORDS = {
    Reason.MEMBER: N_("Belongs to the table"),
    Reason.ADDED: N_("Added by you or another coordinator"),
    Reason.EARLIER: N_("Was invited earlier"),
    Reason.LEFT: N_("Has no item on this agenda any more"),
}


@dataclass(frozen=True)
class Asked:
    """One person or organisation; `items` are those that need this person, `email` None where there is none.

    `fresh` has not been told yet, `withdrawn` was taken off the list, `same_as` is who gets the letter where
    two have the same address. `told_parts` are the keys of items that each release told this official of.
    """

    key: str
    person: Person | None
    organisation: Organisation | None
    reasons: tuple[Reason, ...]
    roles: tuple[Role, ...]
    items: tuple[AgendaItem, ...]
    language: str
    row: Invitation | None
    fresh: bool
    same_as: str | None = None
    told_parts: Mapping[int, set[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the person or organisation is called, for those who build the agenda."""
        return self._one.name

    @property
    def email(self) -> str | None:
        """Where letters go."""
        return self._one.email or None

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took them off the list."""
        return self.row is not None and self.row.withdrawn_at is not None

    @property
    def told_at(self) -> datetime | None:
        """When a letter that invites them was let go."""
        return self.row.told_at if self.row else None

    @property
    def left(self) -> bool:
        """Whether nothing asks them any more; they are told that once."""
        return self.reasons == (Reason.LEFT,)

    @property
    def official(self) -> bool:
        """Whether they are asked to their own items only."""
        return set(self.reasons) <= {Reason.ITEM}

    @property
    def _one(self) -> Person | Organisation:
        one = self.person or self.organisation
        assert one is not None  # noqa: S101 - one of them is always there
        return one


@dataclass(frozen=True)
class _Logged:
    """What the log says of invitations, by their ids: when added by hand, and items told by each release."""

    added: dict[int, datetime]
    parts: dict[int, dict[int, set[str]]]


def asked(meeting: Meeting) -> list[Asked]:
    """Return who is asked to a meeting: people, then officials, then organisations, each by name.

    Those taken off the list are among them, marked. A bounded number of queries.
    """
    # One look for all items: who is needed where.
    needed = selectinload(AgendaItem.officials)
    items = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).options(needed)
    db.session.scalars(items.options(joinedload(AgendaItem.topic))).all()
    rows = list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.meeting_id == meeting.id)
            .options(
                joinedload(Invitation.person).selectinload(Person.roles),
                joinedload(Invitation.organisation),
            )
        )
    )
    logged = _logged(rows)
    found = [*_people(meeting, rows, logged), *_organisations(meeting, rows, logged)]
    found.sort(key=lambda one: (one.organisation is not None, one.official, folded(one.name)))
    return _by_address(found)


def invited(meeting: Meeting) -> list[Asked]:
    """Return who is asked and was not taken off."""
    return [one for one in asked(meeting) if not one.withdrawn and not one.left]


def without_email(meeting: Meeting) -> list[Asked]:
    """Return the invited who can be written to on paper only."""
    return [one for one in invited(meeting) if not one.email]


def stored(meeting_id: int, *where: ColumnElement[bool]) -> list[Invitation]:
    """Return the invitations to a meeting that fulfil the conditions, of those who are still here."""
    still_here = or_(
        Invitation.person.has(Person.deactivated_at.is_(None)),
        Invitation.organisation.has(Organisation.archived_at.is_(None)),
    )
    query = (
        select(Invitation)
        .where(Invitation.meeting_id == meeting_id, still_here, *where)
        .options(joinedload(Invitation.person), joinedload(Invitation.organisation))
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def language_of(table: PartnershipTable) -> str:
    """Return the language in which organisations of a table are written to."""
    return (table.languages.split() or ["fi"])[0]


def people_with_role(table_id: int) -> list[Person]:
    """Return the active people who are asked to every meeting of a table for their role there."""
    query = (
        select(Person)
        .where(
            Person.deactivated_at.is_(None),
            Person.roles.any(
                PersonRole.role.in_(ASKED_ROLES)
                & or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))
            ),
        )
        .options(selectinload(Person.roles))
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def _logged(rows: Iterable[Invitation]) -> _Logged:
    events = db.session.scalars(
        select(Event)
        .where(
            Event.noun == "invitation",
            Event.noun_id.in_([row.id for row in rows]),
            Event.act.in_((ADD, PART)),
        )
        .order_by(Event.id)
    )
    logged = _Logged({}, {})
    for event in events:
        row_id = event.noun_id or 0
        if event.act == ADD:
            logged.added[row_id] = event.at
        else:
            keys = logged.parts.setdefault(row_id, {}).setdefault(int(event.detail["release"]), set())
            keys.add(str(event.detail["key"]))
    return logged


def _people(meeting: Meeting, rows: Iterable[Invitation], logged: _Logged) -> list[Asked]:
    by_person = {row.person_id: row for row in rows if row.person_id is not None}
    people = {one.id: one for one in people_with_role(meeting.table_id)}
    at_table = frozenset(people)
    items: dict[int, list[AgendaItem]] = {}
    for item in meeting.items:
        for person in item.officials:
            people.setdefault(person.id, person)
            items.setdefault(person.id, []).append(item)
    people.update({row.person.id: row.person for row in by_person.values() if row.person})
    found = []
    for person in people.values():
        row = by_person.get(person.id)
        roles = _roles_at(person, meeting.table_id) if person.id in at_table else ()
        first = [Reason.ROLE] if roles else []
        first += [Reason.ITEM] if person.id in items else []
        reasons = _reasons(first, row, logged)
        if reasons and person.deactivated_at is None:
            found.append(
                Asked(
                    key=f"{PERSON}{person.id}",
                    person=person,
                    organisation=None,
                    reasons=reasons,
                    roles=roles,
                    items=tuple(items.get(person.id, ())),
                    language=person.language,
                    row=row,
                    fresh=_fresh(row, logged),
                    told_parts=logged.parts.get(row.id, {}) if row else {},
                )
            )
    return found


def _organisations(meeting: Meeting, rows: Iterable[Invitation], logged: _Logged) -> list[Asked]:
    by_body = {row.organisation_id: row for row in rows if row.organisation_id is not None}
    bodies = {one.id: one for one in meeting.table.organisations}
    members = asked_bodies(one for one in bodies.values() if one.archived_at is None)
    bodies.update({row.organisation.id: row.organisation for row in by_body.values() if row.organisation})
    found = []
    for body in bodies.values():
        row = by_body.get(body.id)
        reasons = _reasons([Reason.MEMBER] if body.id in members else [], row, logged)
        if reasons and body.archived_at is None:
            found.append(
                Asked(
                    key=f"{ORGANISATION}{body.id}",
                    person=None,
                    organisation=body,
                    reasons=reasons,
                    roles=(),
                    items=(),
                    language=language_of(meeting.table),
                    row=row,
                    fresh=_fresh(row, logged),
                )
            )
    return found


def _roles_at(person: Person, table_id: int) -> tuple[Role, ...]:
    here = {one.role for one in person.roles if one.table_id in (None, table_id)}
    return tuple(role for role in ASKED_ROLES if role in here)


def _reasons(first: list[Reason], row: Invitation | None, logged: _Logged) -> tuple[Reason, ...]:
    if row is not None and row.id in logged.added:
        return (*first, Reason.ADDED)
    if first or row is None:
        return tuple(first)
    if row.id in logged.parts:
        return (Reason.LEFT,)
    return (Reason.EARLIER,) if row.told_at is not None else ()


def _fresh(row: Invitation | None, logged: _Logged) -> bool:
    if row is None or row.told_at is None:
        return True
    added = logged.added.get(row.id)
    return added is not None and added > row.told_at


def _by_address(found: list[Asked]) -> list[Asked]:
    """Mark those whose letter goes to the same address as that of somebody before them."""
    first: dict[str, Asked] = {}
    for one in found:
        if one.email and not one.withdrawn and not one.left:
            first.setdefault(one.email.casefold(), one)
    same = {one.key: first.get((one.email or "").casefold(), one) for one in found}
    return [one if same[one.key] is one else replace(one, same_as=same[one.key].name) for one in found]
