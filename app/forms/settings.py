"""The forms of the settings: the municipality, its tables, organisations, people and their roles."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import Invalid
from app.domain.organisations import KIND_WORDS as ORGANISATION_WORDS
from app.domain.organisations import OrganisationKind
from app.domain.permissions import ROLE_WORDS, Role
from app.domain.reminders import from_stored
from app.domain.tables import KIND_WORDS as TABLE_WORDS
from app.domain.tables import TableKind
from app.domain.topics import LONGEST_PHONE
from app.domain.words import N_
from app.domain.writing import check_line
from app.forms.addresses import AddressField
from app.forms.base import HouseForm
from app.forms.fields import LineField, MinutesField, ProseField, ReadField, Required
from app.forms.reminders import OffsetsField
from app.forms.topics import ChosenButtons, ChosenField
from app.models import Municipality, Organisation, PartnershipTable, Person
from app.services.organisations import OrganisationFacts
from app.services.people import PersonFacts
from app.services.settings import MOST_A_YEAR, MOST_FOLD, MunicipalityFacts, TableFacts

LANGUAGES = [
    SelectChoice("fi", _l("Finnish")),
    SelectChoice("sv", _l("Swedish")),
    SelectChoice("en", _l("English")),
]
EVERY_TABLE = "every"

_NAMELESS = _l("Write the name.")


class TicksField(SelectMultipleField):
    """Some of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    data: list[str] | None

    def pre_validate(self, form: Any) -> None:
        known = {str(value) for value, *_ in self.iter_choices()}
        if any(one not in known for one in self.data or []):
            raise StopValidation(gettext("Choose from the list."))


class CountField(ReadField):
    """A small whole number."""

    def read(self, text: str) -> int:
        number = check_line(self.name, text)
        if not (number.isascii() and number.isdecimal()) or len(number) > 4:
            raise Invalid(self.name, N_("Write a number from 1 to %(most)d."), most=MOST_A_YEAR)
        return int(number)


class FoldField(ReadField):
    """Minutes to wait, 0 among them."""

    def read(self, text: str) -> int:
        number = check_line(self.name, text)
        if not (number.isascii() and number.isdecimal()) or len(number) > 3 or int(number) > MOST_FOLD:
            raise Invalid(self.name, N_("Write minutes from 0 to %(most)d."), most=MOST_FOLD)
        return int(number)


class SeenForm(HouseForm):
    """A form that remembers the values which the person saw, so that two do not overwrite each other."""

    seen = HiddenField()

    def saw(self) -> str:
        """Return the mark that the page carried; one that is missing fits no values."""
        return self.seen.data or ""


class MunicipalityForm(SeenForm):
    """Whose tables these are."""

    name = LineField(_l("Name of the municipality"), validators=[Required(_NAMELESS)])
    name_sv = LineField(_l("Name in Swedish"))
    languages = TicksField(_l("Languages of the municipality"), choices=LANGUAGES)
    phone = LineField(_l("Phone number for help"), longest=LONGEST_PHONE)
    email = AddressField(_l("E-mail address for help"))
    fold_minutes = FoldField(
        _l("Minutes that letters about changes wait"),
        validators=[Required(_l("Write how many minutes. 0 means that they do not wait."))],
    )

    @classmethod
    def of(cls, row: Municipality, seen: str) -> MunicipalityForm:
        """Return the form filled with what is stored."""
        return cls(
            name=row.name,
            name_sv=row.name_sv,
            languages=row.languages.split(),
            phone=row.phone,
            email=row.email,
            fold_minutes=row.fold_minutes,
            seen=seen,
        )

    def facts(self) -> MunicipalityFacts:
        """Return what was typed."""
        return MunicipalityFacts(
            name=self.name.data or "",
            name_sv=self.name_sv.data,
            languages=tuple(self.languages.data or ()),
            phone=self.phone.data,
            email=self.email.data,
            fold_minutes=self.fold_minutes.data or 0,
        )


class TableForm(SeenForm):
    """One partnership table."""

    name = LineField(_l("Name of the table"), validators=[Required(_NAMELESS)])
    name_sv = LineField(_l("Name in Swedish"))
    slug = LineField(_l("Short name in addresses"), longest=60)
    kind = ChosenButtons(_l("Kind of table"), validators=[Required(_l("Choose the kind of table."))])
    minutes = MinutesField(
        _l("Length of a meeting, in minutes"), validators=[Required(_l("Write how long a meeting lasts."))]
    )
    meetings_a_year = CountField(
        _l("Meetings a year"), validators=[Required(_l("Write how many meetings there are a year."))]
    )
    area = LineField(_l("Area"), longest=500)
    description = ProseField(_l("What the table is for"), longest=2000)
    place = LineField(_l("Usual place"))
    languages = TicksField(_l("Languages of the meetings"), choices=LANGUAGES)
    reminders = OffsetsField(_l("Reminders before a meeting"))
    organisations = TicksField(_l("Villages and organisations of the table"))

    @classmethod
    def of(cls, row: PartnershipTable, seen: str) -> TableForm:
        """Return the form filled with what is stored."""
        return cls(
            name=row.name,
            name_sv=row.name_sv,
            slug=row.slug,
            kind=row.kind.value,
            minutes=row.minutes,
            meetings_a_year=row.meetings_a_year,
            area=row.area,
            description=row.description,
            place=row.place,
            languages=row.languages.split(),
            reminders=from_stored(row.reminders),
            organisations=[str(one.id) for one in row.organisations],
            seen=seen,
        )

    def offer(self, organisations: list[Organisation], language: str) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = {kind.value: gettext(words) for kind, words in TABLE_WORDS.items()}
        self.organisations.choices = {str(one.id): one.name_in(language) for one in organisations}

    def facts(self) -> TableFacts:
        """Return what was typed; call after validate."""
        return TableFacts(
            name=self.name.data or "",
            name_sv=self.name_sv.data,
            slug=(self.slug.data or "").lower(),
            kind=TableKind(self.kind.data or ""),
            minutes=self.minutes.data or 0,
            meetings_a_year=self.meetings_a_year.data or 0,
            area=self.area.data,
            description=self.description.data,
            place=self.place.data,
            languages=tuple(self.languages.data or ()),
            organisation_ids=frozenset(int(one) for one in self.organisations.data or ()),
            reminders=self.reminders.data or (),
        )


class OrganisationForm(SeenForm):
    """One village, association, department or outside body."""

    kind = ChosenField(_l("Kind of organisation"), validators=[Required(_l("Choose the kind."))])
    name = LineField(_l("Name of the organisation"), validators=[Required(_NAMELESS)])
    name_sv = LineField(_l("Name in Swedish"))
    email = AddressField(_l("E-mail address"))
    parent = ChosenField(_l("Village that it belongs to"))

    @classmethod
    def of(cls, row: Organisation, seen: str) -> OrganisationForm:
        """Return the form filled with what is stored."""
        return cls(
            kind=row.kind.value,
            name=row.name,
            name_sv=row.name_sv,
            email=row.email,
            parent=str(row.parent_id or ""),
            seen=seen,
        )

    def offer(self, villages: list[Organisation], language: str) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = {kind.value: gettext(words) for kind, words in ORGANISATION_WORDS.items()}
        self.parent.choices = {"": gettext("None")} | {str(one.id): one.name_in(language) for one in villages}

    def facts(self) -> OrganisationFacts:
        """Return what was typed; call after validate."""
        return OrganisationFacts(
            kind=OrganisationKind(self.kind.data or ""),
            name=self.name.data or "",
            name_sv=self.name_sv.data,
            email=self.email.data,
            parent_id=self.parent.number(),
        )


class PersonForm(SeenForm):
    """One person of the tables."""

    name = LineField(_l("Name"), validators=[Required(_NAMELESS)])
    title = LineField(_l("Title or task"))
    email = AddressField(_l("E-mail address"))
    phone = LineField(_l("Phone number"), longest=LONGEST_PHONE)
    language = ChosenButtons(_l("Language of letters"), choices=LANGUAGES, default="fi")
    organisation_id = ChosenField(_l("Organisation"))

    @classmethod
    def of(cls, row: Person, seen: str) -> PersonForm:
        """Return the form filled with what is stored."""
        return cls(
            name=row.name,
            title=row.title,
            email=row.email,
            phone=row.phone,
            language=row.language,
            organisation_id=str(row.organisation_id or ""),
            seen=seen,
        )

    def offer(self, organisations: list[Organisation], language: str) -> None:
        """Fill in what can be chosen."""
        self.organisation_id.choices = {"": gettext("None")} | {
            str(one.id): one.name_in(language) for one in organisations
        }

    def facts(self) -> PersonFacts:
        """Return what was typed; call after validate."""
        return PersonFacts(
            name=self.name.data or "",
            title=self.title.data,
            email=self.email.data,
            phone=self.phone.data,
            language=self.language.data or "fi",
            organisation_id=self.organisation_id.number(),
        )


class RoleForm(HouseForm):
    """One more role for a person."""

    role = ChosenField(_l("Role"), validators=[Required(_l("Choose the role."))])
    table = ChosenField(_l("At which table"))

    def offer(self, tables: list[PartnershipTable], language: str) -> None:
        """Fill in what can be chosen."""
        self.role.choices = {role.value: gettext(words) for role, words in ROLE_WORDS.items()}
        self.table.choices = {EVERY_TABLE: gettext("Every table")} | {
            str(one.id): one.name_in(language) for one in tables
        }

    def chosen(self) -> tuple[Role, int | None]:
        """Return the role and the table, None for every table; call after validate."""
        return Role(self.role.data or ""), None if self.table.data == EVERY_TABLE else self.table.number()
