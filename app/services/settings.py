"""What an installation decides about itself: its municipality and its partnership tables."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app.domain.agenda import LONGEST_MEETING, SHORTEST_MEETING
from app.domain.errors import Invalid, NotFound, Stale
from app.domain.permissions import Act, Visitor, check_may
from app.domain.reminders import DEFAULT as DEFAULT_REMINDERS
from app.domain.reminders import check_offsets, stored
from app.domain.tables import TableKind
from app.domain.words import N_
from app.domain.writing import check_line, folded
from app.extensions import db
from app.mail.messages import address
from app.models import Municipality, Organisation, PartnershipTable
from app.services.log import record
from app.services.repeats import once
from app.services.seen import CHANGED, check_seen, mark
from app.services.transactions import act, get_to_change

LANGUAGES = ("fi", "sv", "en")
MOST_A_YEAR = 52
FOLD_MINUTES = 5
MOST_FOLD = 120

NAMELESS = N_("Write the name.")
NO_LANGUAGE = N_("Choose at least one language.")
SLUG_TAKEN = N_("Another table has this short name already.")
SLUG_WRONG = N_("Use small letters a–z, numbers and hyphens only.")

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class MunicipalityFacts:
    """Whose tables these are; `languages` are codes, the first one leads.

    `fold_minutes` is how long a letter about a change waits for further changes before it leaves.
    """

    name: str
    name_sv: str | None
    languages: tuple[str, ...]
    phone: str | None
    email: str | None
    fold_minutes: int = FOLD_MINUTES


@dataclass(frozen=True)
class TableFacts:
    """What is decided of one table; an empty `slug` of a new table is made from its name.

    `reminders` are minutes before the start, for new meetings.
    """

    name: str
    name_sv: str | None
    slug: str
    kind: TableKind
    minutes: int
    meetings_a_year: int
    area: str | None
    description: str | None
    place: str | None
    languages: tuple[str, ...]
    organisation_ids: frozenset[int] = frozenset()
    reminders: tuple[int, ...] = DEFAULT_REMINDERS


def municipality() -> Municipality:
    """Return the municipality as it is stored; an empty one, not stored, before the first time."""
    return db.session.get(Municipality, 1) or Municipality(
        id=1, name="", languages="fi", fold_minutes=FOLD_MINUTES, demo=False
    )


def _municipality_values(row: Municipality) -> list[object]:
    return [row.name, row.name_sv, row.languages, row.phone, row.email, row.fold_minutes]


def municipality_mark(row: Municipality) -> str:
    """Return the mark of what a form shows of the municipality."""
    return mark(*_municipality_values(row))


@act
def change_municipality(visitor: Visitor, facts: MunicipalityFacts, seen: str | None = None) -> None:
    """Change the municipality; raise Invalid for a field, Stale where somebody else changed it meanwhile."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    row = db.session.get(Municipality, 1, with_for_update=True) or municipality()
    check_seen(seen, *_municipality_values(row))
    row.name = named(facts.name)
    row.name_sv = facts.name_sv or None
    row.languages = _spoken(facts.languages)
    row.phone = facts.phone or None
    row.email = folded(address(facts.email)) if facts.email else None
    row.fold_minutes = _fold(facts.fold_minutes)
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as error:  # two who fill the first settings at the same moment
        raise Stale(CHANGED) from error
    record(visitor, "municipality.change", "municipality", 1)


def _fold(minutes: int) -> int:
    if not 0 <= minutes <= MOST_FOLD:
        raise Invalid("fold_minutes", N_("Write minutes from 0 to %(most)d."), most=MOST_FOLD)
    return minutes


def named(name: str) -> str:
    """Return a name as it is stored; raise Invalid("name", …) for none."""
    line = check_line("name", name)
    if not line:
        raise Invalid("name", NAMELESS)
    return line


def _spoken(languages: tuple[str, ...]) -> str:
    kept = [code for code in LANGUAGES if code in languages]
    if not kept:
        raise Invalid("languages", NO_LANGUAGE)
    return " ".join(kept)


def tables() -> list[PartnershipTable]:
    """Return every table with its organisations, by name."""
    rows = db.session.scalars(select(PartnershipTable).options(selectinload(PartnershipTable.organisations)))
    return sorted(rows, key=lambda one: (one.archived_at is not None, folded(one.name), one.id))


def get_table(table_id: int) -> PartnershipTable:
    """Return one table with its organisations; raise NotFound."""
    found = db.session.get(PartnershipTable, table_id, options=[selectinload(PartnershipTable.organisations)])
    if found is None:
        raise NotFound
    return found


def _table_values(row: PartnershipTable) -> list[object]:
    words = [row.name, row.name_sv, row.slug, row.kind.value, row.area, row.description, row.place]
    numbers = [row.minutes, row.meetings_a_year]
    return [words, numbers, row.languages, row.reminders, sorted(one.id for one in row.organisations)]


def table_mark(row: PartnershipTable) -> str:
    """Return the mark of what a form shows of a table."""
    return mark(*_table_values(row))


@act
def add_table(visitor: Visitor, facts: TableFacts, key: str | None = None) -> int:
    """Open a new table and return its id; raise Invalid for a field."""
    check_may(visitor, Act.CHANGE_SETTINGS)

    def do() -> int:
        row = PartnershipTable()
        _set_table(row, facts)
        db.session.add(row)
        _save_table()
        record(visitor, "table.add", "table", row.id)
        return row.id

    return once(key, "table.add", do)


@act
def change_table(visitor: Visitor, table_id: int, facts: TableFacts, seen: str | None = None) -> None:
    """Change a table; raise Invalid for a field, Stale where somebody else changed it meanwhile."""
    check_may(visitor, Act.CHANGE_SETTINGS)
    row = get_to_change(PartnershipTable, table_id)
    check_seen(seen, *_table_values(row))
    _set_table(row, facts)
    _save_table()
    record(visitor, "table.change", "table", row.id, minutes=row.minutes)


def _set_table(row: PartnershipTable, facts: TableFacts) -> None:
    name, languages = named(facts.name), _spoken(facts.languages)
    if not SHORTEST_MEETING <= facts.minutes <= LONGEST_MEETING:
        raise Invalid(
            "minutes",
            N_("A meeting lasts from %(shortest)d to %(longest)d minutes."),
            shortest=SHORTEST_MEETING,
            longest=LONGEST_MEETING,
        )
    if not 1 <= facts.meetings_a_year <= MOST_A_YEAR:
        raise Invalid("meetings_a_year", N_("Write a number from 1 to %(most)d."), most=MOST_A_YEAR)
    slug = _free_slug(row, facts.slug or slug_of(name))
    organisations = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(facts.organisation_ids)).order_by(Organisation.name)
    ).all()
    row.name, row.name_sv, row.slug, row.kind = name, facts.name_sv or None, slug, facts.kind
    row.minutes, row.meetings_a_year = facts.minutes, facts.meetings_a_year
    row.area, row.description, row.place = facts.area or None, facts.description or None, facts.place or None
    row.languages = languages
    row.reminders = stored(check_offsets("reminders", facts.reminders))
    row.organisations = list(organisations)


def _free_slug(row: PartnershipTable, slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise Invalid("slug", SLUG_WRONG)
    other = select(PartnershipTable.id).where(
        PartnershipTable.slug == slug, PartnershipTable.id.is_distinct_from(row.id)
    )
    if db.session.scalar(other) is not None:
        raise Invalid("slug", SLUG_TAKEN)
    return slug


def _save_table() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # two who take the same short name at the same moment
        raise Invalid("slug", SLUG_TAKEN) from error


def slug_of(name: str) -> str:
    """Return a short name made from a name: `Pohjoinen pöytä` becomes `pohjoinen-poyta`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
