"""People of the tables: who they are, what each is at which table, and who may no longer sign in."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.permissions import Act, Role, Visitor, check_may
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.mail.messages import address
from app.models import Organisation, PartnershipTable, Person, PersonRole, SignInSession
from app.services.log import record
from app.services.repeats import once
from app.services.seen import check_seen, mark
from app.services.sessions import SEEN_EVERY, end_sessions_of
from app.services.settings import named
from app.services.transactions import act, get_to_change

TAKEN = N_("Another person has this e-mail address already.")
SOMEBODY = N_("Somebody must coordinate every table. Give the role to another person first.")
NOT_LISTED = N_("Choose one from the list.")
FRESH = N_("Sign in again before you change your own e-mail address.")


@dataclass(frozen=True)
class PersonFacts:
    """What is kept of a person; empty lines become None."""

    name: str
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str = "fi"
    organisation_id: int | None = None


FACTS = tuple(field.name for field in fields(PersonFacts))


def all_people() -> list[Person]:
    """Return everybody with roles, tables and organisations; those who may sign in first, then by name."""
    rows = db.session.scalars(
        select(Person).options(
            joinedload(Person.organisation), selectinload(Person.roles).joinedload(PersonRole.table)
        )
    )
    return sorted(rows, key=lambda one: (one.deactivated_at is not None, folded(one.name), one.id))


def shown_people() -> list[Person]:
    """Return the active people who have a role, by role and name: a demo lets everyone be them."""
    ranks = list(Role)
    people = [one for one in all_people() if one.deactivated_at is None and one.roles]
    return sorted(
        people,
        key=lambda one: min((ranks.index(role.role), role.table_id is not None) for role in one.roles),
    )


def get_person(person_id: int) -> Person:
    """Return one person with roles and tables; raise NotFound."""
    found = db.session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles).joinedload(PersonRole.table), joinedload(Person.organisation))
    )
    if found is None:
        raise NotFound
    return found


def _values(person: Person) -> list[object]:
    return [getattr(person, name) for name in FACTS]


def seen_mark(person: Person) -> str:
    """Return the mark of a person's facts, for change_person."""
    return mark(*_values(person))


@act
def add_person(visitor: Visitor, facts: PersonFacts, key: str | None = None) -> int:
    """Add a person without any role and return the id; raise Invalid for a field."""
    check_may(visitor, Act.CHANGE_SETTINGS)

    def do() -> int:
        row = Person()
        _take(row, facts)
        db.session.add(row)
        _save(row)
        record(visitor, "person.add", "person", row.id)
        return row.id

    return once(key, "person.add", do)


@act
def add_with_role(visitor: Visitor, facts: PersonFacts, role: Role, table_id: int | None) -> tuple[int, bool]:
    """Give a role to the person of an address, adding her where she is not known; return (id, added)."""
    email = folded(address(facts.email or ""))
    known = db.session.scalar(select(Person.id).where(Person.email == email))
    person_id = add_person(visitor, facts) if known is None else known
    give_role(visitor, person_id, role, table_id)
    return person_id, known is None


@act
def change_person(visitor: Visitor, person_id: int, facts: PersonFacts, seen: str | None = None) -> None:
    """Change what is kept of a person.

    A new address ends the sessions that the old one opened. Raises Invalid for a field, Stale where
    somebody else changed the person meanwhile, Refused for one's own address in an old session.
    """
    check_may(visitor, Act.CHANGE_SETTINGS)
    row = get_to_change(Person, person_id)
    check_seen(seen, *_values(row))
    before = {name: getattr(row, name) for name in FACTS}
    _take(row, facts)
    changed = sorted(name for name in FACTS if getattr(row, name) != before[name])
    if not changed:
        return
    _save(row)
    if "email" in changed:
        if person_id == visitor.person_id:
            _check_fresh(visitor)
        end_sessions_of(visitor, person_id, but=visitor.session_id)
    record(visitor, "person.change", "person", row.id, fields=" ".join(changed))


def _check_fresh(visitor: Visitor) -> None:
    session = db.session.get(SignInSession, visitor.session_id or 0)
    if session is None or session.created_at < utc_now() - SEEN_EVERY:
        raise Refused(FRESH)


def _take(row: Person, facts: PersonFacts) -> None:
    name = named(facts.name)
    email = folded(address(facts.email)) if facts.email else None
    if facts.organisation_id and db.session.get(Organisation, facts.organisation_id) is None:
        raise Invalid("organisation_id", NOT_LISTED)
    for field, value in asdict(facts).items():
        setattr(row, field, value or None)
    row.name, row.email = name, email


def _save(row: Person) -> None:
    taken = select(Person.id).where(Person.email == row.email, Person.id.is_distinct_from(row.id))
    with db.session.no_autoflush:
        if row.email and db.session.scalar(taken) is not None:
            raise Invalid("email", TAKEN)
    try:
        db.session.flush()
    except IntegrityError as error:  # two who add the same address at the same moment
        raise Invalid("email", TAKEN) from error


@act
def give_role(visitor: Visitor, person_id: int, role: Role, table_id: int | None) -> None:
    """Give a role at one table, or (None) at every table; a role that is there already stays."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    person = get_to_change(Person, person_id)
    if table_id is not None and db.session.get(PartnershipTable, table_id) is None:
        raise Invalid("table_id", NOT_LISTED)
    if any(one.role is role and one.table_id == table_id for one in person.roles):
        return
    person.roles.append(PersonRole(role=role, table_id=table_id))
    record(visitor, "person.give_role", "person", person.id, role=role, table=table_id)


@act
def take_role(visitor: Visitor, person_id: int, role_id: int) -> None:
    """Take a role away; raise Refused for the last who coordinates every table."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    coordinators = _coordinators()
    person = get_to_change(Person, person_id)
    row = next((one for one in person.roles if one.id == role_id), None)
    if row is None:  # taken already, perhaps by the same double click
        return
    if row.role is Role.COORDINATOR and row.table_id is None:
        _check_others(coordinators, person_id)
    record(visitor, "person.take_role", "person", person.id, role=row.role, table=row.table_id)
    person.roles.remove(row)


@act
def deactivate(visitor: Visitor, person_id: int) -> None:
    """Let a person no longer sign in: sessions and links end at once, what was written stays."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    coordinators = _coordinators()
    person = get_to_change(Person, person_id)
    if person.deactivated_at is not None:
        return
    _check_others(coordinators, person_id)
    person.deactivated_at = utc_now()
    end_sessions_of(visitor, person_id)
    record(visitor, "person.deactivate", "person", person.id)


@act
def let_in_again(visitor: Visitor, person_id: int) -> None:
    """Let a person sign in again, with the roles she had."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    person = get_to_change(Person, person_id)
    if person.deactivated_at is not None:
        person.deactivated_at = None
        record(visitor, "person.let_in_again", "person", person.id)


def _coordinators() -> list[int]:
    """Return who coordinates every table; locked first and in order, so that two cannot leave at once."""
    return list(
        db.session.scalars(
            select(Person.id)
            .join(PersonRole)
            .where(
                PersonRole.role == Role.COORDINATOR,
                PersonRole.table_id.is_(None),
                Person.deactivated_at.is_(None),
            )
            .order_by(Person.id)
            .with_for_update()
        )
    )


def _check_others(coordinators: list[int], leaving: int) -> None:
    if coordinators == [leaving]:
        raise Refused(SOMEBODY)
