"""What note-takers type in the evening: notes and a new item."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import StopValidation

from app.domain.notes import Way
from app.domain.writing import NOTE
from app.forms.base import HouseForm
from app.forms.fields import LineField, MinutesField, ProseField, Required

DIGITS = 9  # of an id at most

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
