"""The agenda as boxes to type in: one row for each item, and one for an item to add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, Form, HiddenField, SelectField, StringField

from app.domain.agenda import DEFAULT_TOPIC_MINUTES, FREE_KINDS, KIND_WORDS, ItemKind
from app.domain.errors import DomainError, Invalid
from app.forms.base import HouseForm
from app.forms.fields import LineField, MinutesField, Required, say

FIELDS = ("minutes", "title", "title_sv", "presenter")
NEW_ITEM = {"title": "new_title", "minutes": "new_minutes", "presenter": "new_presenter"}


@dataclass(frozen=True)
class Box:
    """One item as it stands now: its id, and what its boxes hold by the names in FIELDS."""

    item_id: int
    values: Mapping[str, str]


class ItemForm(Form):
    """The boxes of one item; what they held when the page was made goes along as `seen_…`."""

    minutes = MinutesField(
        lazy_gettext("Minutes"), [Required(lazy_gettext("Write the minutes as a number, for example 15."))]
    )
    title = LineField(lazy_gettext("Title"), [Required(lazy_gettext("Write what the item is called."))])
    title_sv = LineField(lazy_gettext("Title in Swedish"))
    presenter = LineField(lazy_gettext("Who presents"))
    place = StringField(lazy_gettext("Move to place"))
    seen_minutes = HiddenField()
    seen_title = HiddenField()
    seen_title_sv = HiddenField()
    seen_presenter = HiddenField()

    def new(self) -> dict[str, int | str]:
        """Return what the boxes hold."""
        return {name: self[name].data or "" for name in FIELDS if name in self}

    def seen(self) -> dict[str, str]:
        """Return what the boxes held when the page was made."""
        return {name: self[f"seen_{name}"].data or "" for name in FIELDS if name in self}

    def fill(self, name: str, value: str) -> None:
        """Show a value that the person did not type."""
        box, seen = self[name], self[f"seen_{name}"]
        box.data, box.raw_data, seen.data = value, [value], value


def _kind(value: Any) -> ItemKind:
    return ItemKind(value) if value in FREE_KINDS else ItemKind.OTHER


class AgendaForm(HouseForm):
    """The whole agenda in one form, so that a press of any button loses nothing that was typed."""

    new_kind = SelectField(lazy_gettext("Kind"), coerce=_kind, default=ItemKind.OTHER, validate_choice=False)
    new_title = LineField(lazy_gettext("Title"))
    new_minutes = MinutesField(lazy_gettext("Minutes"), default=DEFAULT_TOPIC_MINUTES)
    new_presenter = LineField(lazy_gettext("Who presents"))
    new_standing = BooleanField(lazy_gettext("Comes back at every meeting"))
    q = StringField(lazy_gettext("Search the topics"))

    def __init__(self, boxes: Sequence[Box], *, swedish: bool) -> None:
        super().__init__()
        self.new_kind.choices = [(kind.value, gettext(KIND_WORDS[kind])) for kind in FREE_KINDS]
        self.rows: dict[int, ItemForm] = {}
        self._posted: set[int] = set()
        self._told: set[tuple[int, str]] = set()
        self._swedish = swedish
        self.show(boxes)

    def show(self, boxes: Sequence[Box]) -> None:
        """Take the agenda as it stands now: what was typed stays, what was not touched is renewed."""
        before = self.rows
        self.rows = {box.item_id: before.get(box.item_id) or self._row(box.item_id) for box in boxes}
        for box in boxes:
            row = self.rows[box.item_id]
            for name in (name for name in FIELDS if name in row):
                now, seen = box.values[name], row[f"seen_{name}"].data or ""
                typed = str(row.new()[name])
                if box.item_id not in self._posted or (typed == seen and not row[name].errors):
                    row.fill(name, now)
                elif (box.item_id, name) in self._told:
                    row[f"seen_{name}"].data = now

    def _row(self, item_id: int) -> ItemForm:
        prefix = f"item-{item_id}"
        posted = self.is_submitted() and f"{prefix}-seen_minutes" in request.form
        row = ItemForm(request.form if posted else None, prefix=prefix)
        if not self._swedish:
            del row.title_sv, row.seen_title_sv
        if posted:
            self._posted.add(item_id)
        return row

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every row, not only up to the first mistake."""
        good = [self.rows[one].validate() for one in self._posted if one in self.rows]
        return bool(super().validate(extra_validators)) and all(good)

    def posted(self) -> list[tuple[int, ItemForm]]:
        """Return the rows that were on the page that was sent."""
        return [(one, row) for one, row in self.rows.items() if one in self._posted]

    def take(self, error: DomainError) -> None:
        """Show a refusal at its box: `12.minutes` is a box of item 12."""
        item, _, name = error.field.partition(".") if isinstance(error, Invalid) else ("", "", "")
        row = self.rows.get(int(item)) if item.isdecimal() else None
        if row is not None and name in row:
            row[name].errors = [*row[name].errors, say(error)]
            self._told.add((int(item), name))
        elif isinstance(error, Invalid) and error.field in NEW_ITEM:
            self[NEW_ITEM[error.field]].errors = [say(error)]
        else:
            self.form_errors.append(say(error))

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, in all rows."""
        found = dict(super().errors)
        for row in self.rows.values():
            found |= {field.name: field.errors for field in row if field.errors}
        return found

    def __iter__(self) -> Iterator[Field]:
        """Go through every box in the order of the page."""
        return chain(*(iter(row) for row in self.rows.values()), super().__iter__())
