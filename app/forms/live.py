"""What note-takers type in the evening: notes, a new item, and who was there."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import StopValidation

from app.domain.attendance import NAMES, Row, parse_count
from app.domain.errors import DomainError, Invalid
from app.domain.notes import Way
from app.domain.writing import NOTE
from app.forms.base import HouseForm
from app.forms.fields import LineField, MinutesField, ProseField, Required, say
from app.services.attendance import AttendanceList, RowRefused

DIGITS = 9  # of an id at most
SPARE_ROWS = 2

Choice = tuple[int, str]


def whole_number(value: Any) -> int:
    """Return a whole number from 0 to 999,999,999 as it was sent; 0 for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


class PickField(SelectField):
    """One of a list by its id, or none (None); the list may have groups."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=whole_number, validate_choice=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and not any(self.data == value for value, *_ in self.iter_choices()):
            raise StopValidation(gettext("Choose one from the list."))

    def picked(self) -> int | None:
        """Return the id that was picked."""
        return self.data or None

    def offer(self, *groups: Sequence[Choice], none: str = "") -> None:
        """Set the list; several groups stand one after another, `none` names the empty choice."""
        self.choices = [(0, none), *(choice for group in groups for choice in group)]


class NoteForm(HouseForm):
    """One entry; `operation` is made with the page, so that it is saved once."""

    text = ProseField(
        lazy_gettext("New note"), [Required(lazy_gettext("Write the note first."))], longest=NOTE
    )
    said_by = PickField(lazy_gettext("Who said it"))
    operation = HiddenField(default=lambda: secrets.token_urlsafe(16))


class ChangeNoteForm(HouseForm):
    """A note that is changed; `revision` is the version that was read."""

    text = ProseField(
        lazy_gettext("Text of the note"), [Required(lazy_gettext("Write the note first."))], longest=NOTE
    )
    said_by = PickField(lazy_gettext("Who said it"))
    revision = HiddenField()


class SettleForm(HouseForm):
    """Two texts of one note; each button says which stays."""

    text = ProseField(
        lazy_gettext("Your text"), [Required(lazy_gettext("Write the note first."))], longest=NOTE
    )
    revision = HiddenField()
    way = StringField()  # from the button that was pressed

    def chosen(self) -> Way:
        """Return what was pressed; both texts stay unless another button was."""
        return Way(self.way.data) if self.way.data in set(Way) else Way.BOTH


class NewItemForm(HouseForm):
    """An item that came up at the table."""

    title = LineField(
        lazy_gettext("What is it about?"), [Required(lazy_gettext("Write what the item is about."))]
    )
    minutes = MinutesField(
        lazy_gettext("Minutes"), [Required(lazy_gettext("Write the minutes as a number, for example 15."))]
    )


class CountField(StringField):
    """How many came; `people` is the number, 0 for nobody."""

    people = 0

    def pre_validate(self, form: Any) -> None:
        try:
            self.people = parse_count(self.data or "")
        except Invalid as error:
            raise StopValidation(say(error)) from error


class PresentForm(Form):
    """One row of the attendance list; without an organisation it is other residents."""

    organisation = HiddenField()
    count = CountField(lazy_gettext("How many came"))
    names = ProseField(lazy_gettext("Names, for the inside only"), longest=NAMES)


class AddedForm(PresentForm):
    """One row for an organisation that is not on the list yet."""

    organisation = PickField(lazy_gettext("Village, association or department"))


class AttendanceForm(HouseForm):
    """The whole attendance list; `mark` tells which list the page was made from."""

    rows = FieldList(FormField(PresentForm), max_entries=300)
    added = FieldList(FormField(AddedForm), max_entries=10)
    mark = HiddenField()

    def show(self, saved: AttendanceList) -> None:
        """Make a row for every organisation of the list, with what is saved unless something was typed."""
        if not self.is_submitted():
            for row in saved.rows:
                count = str(row.count) if row.count else ""
                self.rows.append_entry(
                    {"organisation": row.organisation_id or "", "count": count, "names": row.names}
                )
            self.mark.data = saved.mark
        while len(self.added) < SPARE_ROWS:
            self.added.append_entry()
        on_list = {row.organisation_id for row in saved.rows}
        others = [(one, name) for one, name in saved.names.items() if one not in on_list]
        mine = [row.form.organisation.data for row in self.added]
        for row in self.added:
            kept = [(one, saved.names[one]) for one in mine if one in on_list and one in saved.names]
            row.form.organisation.offer(others, kept, none=gettext("Choose"))

    def typed(self) -> list[Row]:
        """Return the rows as they were typed; an added row without an organisation is left out if empty."""
        listed = [self._row(row.form, whole_number(row.form.organisation.data) or None) for row in self.rows]
        added = [
            self._row(row.form, row.form.organisation.picked())
            for row in self.added
            if row.form.organisation.picked()
        ]
        return listed + added

    def _row(self, row: Any, organisation_id: int | None) -> Row:
        return Row(organisation_id, row.count.people, row.names.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse also people of an added row whose organisation was not chosen."""
        good = bool(super().validate(extra_validators))
        for row in self.added:
            form = row.form
            if not form.organisation.picked() and (form.count.people or form.names.data):
                form.organisation.errors = [gettext("Choose the organisation.")]
                good = False
        self._gather()
        return good

    def take(self, error: DomainError) -> None:
        """Show a refusal at its row."""
        if not isinstance(error, RowRefused):
            super().take(error)
            return
        rows = [row.form for row in self.rows]
        rows += [row.form for row in self.added if row.form.organisation.picked()]
        field = rows[error.row]._fields.get(error.field)
        field = rows[error.row].count if field is None or field.type == "HiddenField" else field
        field.errors = [*field.errors, say(error)]
        self._gather()

    def _gather(self) -> None:
        """Let the lists know of mistakes in their rows, as they do after their own checks."""
        for rows in (self.rows, self.added):
            found = [row.errors for row in rows]
            rows.errors = found if any(found) else []
