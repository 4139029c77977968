"""Who can be asked to do what was agreed, and who can be written down as having said something."""

from sqlalchemy import or_, select

from app.domain.organisations import ANSWERING_KINDS
from app.extensions import db
from app.models import Organisation, Person, PersonRole

Choice = tuple[int, str]


def organisations(language: str, *, keep: int | None = None) -> tuple[list[Choice], list[Choice]]:
    """Return (departments and outside bodies, all others) by name; an archived one only where it is kept."""
    rows = db.session.scalars(
        select(Organisation).where(or_(Organisation.archived_at.is_(None), Organisation.id == keep))
    ).all()
    named = sorted(((row, row.name_in(language)) for row in rows), key=lambda one: one[1].casefold())
    answering = [(row.id, name) for row, name in named if row.kind in ANSWERING_KINDS]
    return answering, [(row.id, name) for row, name in named if row.kind not in ANSWERING_KINDS]


def people(table_id: int, *, keep: int | None = None) -> list[Choice]:
    """Return the active people with a role at a table, by name, with their titles."""
    at_table = select(PersonRole.person_id).where(
        or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))
    )
    rows = db.session.scalars(
        select(Person)
        .where(
            or_((Person.id.in_(at_table)) & Person.deactivated_at.is_(None), Person.id == keep),
        )
        .order_by(Person.name, Person.id)
    )
    return [(row.id, f"{row.name}, {row.title}" if row.title else row.name) for row in rows]
