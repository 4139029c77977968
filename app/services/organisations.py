"""The villages, associations, departments and outside bodies that a municipality lists."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound
from app.domain.organisations import OrganisationKind
from app.domain.permissions import Act, Visitor, check_may
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.mail.messages import address
from app.models import Organisation
from app.services.log import record
from app.services.repeats import once
from app.services.seen import check_seen, mark
from app.services.settings import named
from app.services.transactions import act, get_to_change

TAKEN = N_("Another organisation has this name already.")
NOT_LISTED = N_("Choose from the list.")
NOT_ITSELF = N_("An organisation cannot belong to itself.")


@dataclass(frozen=True)
class OrganisationFacts:
    """What is kept of an organisation; `parent_id` is the village of a village association."""

    kind: OrganisationKind
    name: str
    name_sv: str | None = None
    email: str | None = None
    parent_id: int | None = None


def all_organisations() -> list[Organisation]:
    """Return every organisation with its village: those in use first, by kind and name."""
    kinds = list(OrganisationKind)
    rows = db.session.scalars(select(Organisation).options(joinedload(Organisation.parent)))
    return sorted(
        rows, key=lambda one: (one.archived_at is not None, kinds.index(one.kind), folded(one.name))
    )


def in_use() -> list[Organisation]:
    """Return the organisations that are not archived, by kind and name."""
    return [one for one in all_organisations() if one.archived_at is None]


def get_organisation(organisation_id: int) -> Organisation:
    """Return one organisation; raise NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def _values(row: Organisation) -> list[object]:
    return [row.kind.value, row.name, row.name_sv, row.email, row.parent_id]


def organisation_mark(row: Organisation) -> str:
    """Return the mark of what a form shows of an organisation."""
    return mark(*_values(row))


@act
def add_organisation(visitor: Visitor, facts: OrganisationFacts, key: str | None = None) -> int:
    """Add an organisation and return its id; raise Invalid for a field."""
    check_may(visitor, Act.CHANGE_SETTINGS)

    def do() -> int:
        row = Organisation()
        _set(row, facts)
        db.session.add(row)
        _save()
        record(visitor, "organisation.add", "organisation", row.id)
        return row.id

    return once(key, "organisation.add", do)


@act
def change_organisation(
    visitor: Visitor, organisation_id: int, facts: OrganisationFacts, seen: str | None = None
) -> None:
    """Change an organisation; raise Invalid for a field, Stale where somebody else changed it meanwhile."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    row = get_to_change(Organisation, organisation_id)
    check_seen(seen, *_values(row))
    _set(row, facts)
    _save()
    record(visitor, "organisation.change", "organisation", row.id)


@act
def archive(visitor: Visitor, organisation_id: int, *, archived: bool = True) -> None:
    """Take an organisation out of the lists, or back into them; what it told stays."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    row = get_to_change(Organisation, organisation_id)
    if archived == (row.archived_at is not None):
        return
    row.archived_at = utc_now() if archived else None
    record(visitor, "organisation.archive" if archived else "organisation.restore", "organisation", row.id)


def _set(row: Organisation, facts: OrganisationFacts) -> None:
    name = named(facts.name)
    email = folded(address(facts.email)) if facts.email else None
    if facts.parent_id is not None:
        if facts.parent_id == row.id:
            raise Invalid("parent_id", NOT_ITSELF)
        parent = db.session.get(Organisation, facts.parent_id)
        if parent is None or parent.kind is not OrganisationKind.VILLAGE:
            raise Invalid("parent_id", NOT_LISTED)
    other = select(Organisation.id).where(Organisation.name == name, Organisation.id.is_distinct_from(row.id))
    if db.session.scalar(other) is not None:
        raise Invalid("name", TAKEN)
    row.kind, row.name, row.name_sv = facts.kind, name, facts.name_sv or None
    row.email, row.parent_id = email, facts.parent_id


def _save() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # two who take the same name at the same moment
        raise Invalid("name", TAKEN) from error
