"""The agenda as boxes to type in: a row for each item and official, and one for an item to add."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, SelectField, StringField

from app.domain.agenda import DEFAULT_TOPIC_MINUTES, FREE_KINDS, KIND_WORDS, ItemKind
from app.domain.errors import DomainError, Invalid
from app.forms.agenda_rows import Box, ItemForm, RowForm, WindowForm
from app.forms.base import HouseForm
from app.forms.fields import LineField, MinutesField, say

NEW_ITEM = {"title": "new_title", "minutes": "new_minutes", "presenter": "new_presenter"}
DIGITS = 9

Key = tuple[str, int]


def number(text: str) -> int:
    """Read an id that a page sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


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
    sort = SelectField(lazy_gettext("Order"), validate_choice=False)

    def __init__(
        self, items: Sequence[Box], windows: Sequence[Box], *, swedish: bool, fresh: bool = False
    ) -> None:
        """Take what was sent; a `fresh` form shows what is stored, whatever was sent."""
        super().__init__(**({"formdata": None} if fresh else {}))
        self.new_kind.choices = [(kind.value, gettext(KIND_WORDS[kind])) for kind in FREE_KINDS]
        self._rows: dict[Key, RowForm] = {}
        self._posted: set[Key] = set()
        self._told: set[tuple[Key, str]] = set()
        self._swedish = swedish
        self._reads = not fresh and self.is_submitted()
        self.show(items, windows, renew=False)

    @property
    def rows(self) -> dict[int, ItemForm]:
        """The rows of the items by id, in the order of the agenda."""
        return {key[1]: row for key, row in self._rows.items() if isinstance(row, ItemForm)}

    @property
    def windows(self) -> dict[int, WindowForm]:
        """The rows of the officials by id."""
        return {key[1]: row for key, row in self._rows.items() if isinstance(row, WindowForm)}

    def show(self, items: Sequence[Box], windows: Sequence[Box], *, renew: bool = True) -> None:
        """Take the agenda as it stands now: what was typed stays, what was not touched is renewed.

        Before it is saved a form is left as it was sent (`renew` False): what had been seen decides.
        """
        before = self._rows
        boxes: dict[Key, Box] = {("item", one.id): one for one in items}
        boxes |= {("window", one.id): one for one in windows}
        self._rows = {key: before.get(key) or self._row(key) for key in boxes}
        for key, box in boxes.items():
            row = self._rows[key]
            if key in self._posted and not renew:
                continue
            new, seen = row.new(), row.seen()
            for name in row.names():
                now = box.values[name]
                if key not in self._posted or (str(new[name]) == seen[name] and not row[name].errors):
                    row.fill(name, now)
                elif (key, name) in self._told:
                    row.now_seen(name, now)

    def _row(self, key: Key) -> RowForm:
        kind = ItemForm if key[0] == "item" else WindowForm
        prefix = f"{key[0]}-{key[1]}"
        posted = self._reads and f"{prefix}-seen_{kind.NAMES[0]}" in request.form
        row: RowForm = kind(request.form if posted else None, prefix=prefix)
        if isinstance(row, ItemForm) and not self._swedish:
            del row.title_sv
        if posted:
            self._posted.add(key)
        return row

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every row, not only up to the first mistake."""
        good = [self._rows[one].validate() for one in self._posted if one in self._rows]
        return bool(super().validate(extra_validators)) and all(good)

    def was_sent(self, item_id: int) -> bool:
        """Whether the page that was sent had the boxes of an item."""
        return ("item", item_id) in self._posted

    def posted(self) -> list[tuple[int, ItemForm]]:
        """Return the rows of items that were on the page that was sent."""
        return [(one, row) for one, row in self.rows.items() if ("item", one) in self._posted]

    def posted_windows(self) -> list[tuple[int, WindowForm]]:
        """Return the rows of officials that were on the page that was sent."""
        return [(one, row) for one, row in self.windows.items() if ("window", one) in self._posted]

    def official(self, item_id: int) -> int | None:
        """Return the official that was chosen at an item."""
        return number(request.form.get(f"item-{item_id}-official", "")) or None

    def unsent(self, verb: str) -> dict[str, str]:
        """Return what was typed for other buttons than the pressed one: an item to add, places to move to."""
        typed = {}
        if verb != "add" and (self.new_title.data or self.new_presenter.data):
            names = ("new_kind", "new_title", "new_minutes", "new_presenter", "new_standing")
            typed = {name: request.form[name] for name in names if name in request.form}
        places = {} if verb == "place" else self.places()
        return typed | {f"item-{one}-place": text for one, text in places.items()}

    def places(self) -> dict[int, str]:
        """Return the places that were typed, by item."""
        return {one: row.place.data[:DIGITS] for one, row in self.posted() if row.place.data}

    def bring_back(self, typed: dict[str, str]) -> None:
        """Show again what `unsent` gave."""
        boxes = {row.place.name: row.place for row in self.rows.values()} | dict(self._fields)
        for name, value in typed.items():
            if name in boxes:
                boxes[name].process_formdata([value])
                boxes[name].raw_data = [value]

    @property
    def adds(self) -> bool:
        """Whether the boxes of an item to add have something to show."""
        names = ("new_title", "new_minutes", "new_presenter")
        return bool(self.new_title.data or self.new_presenter.data or any(self[one].errors for one in names))

    def take(self, error: DomainError) -> None:
        """Show a refusal at its box: `12.minutes` is a box of item 12, `window-5.leaves` of official 5."""
        place, _, name = error.field.rpartition(".") if isinstance(error, Invalid) else ("", "", "")
        kind, _, row_id = place.rpartition("-")
        key = (kind or "item", number(row_id))
        row = self._rows.get(key)
        if row is not None and name in row:
            row[name].errors = [*row[name].errors, say(error)]
            self._told.add((key, name))
        elif isinstance(error, Invalid) and error.field in NEW_ITEM:
            self[NEW_ITEM[error.field]].errors = [say(error)]
        else:
            self.form_errors.append(say(error))

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, in all rows."""
        found = dict(super().errors)
        for row in self._rows.values():
            found |= {field.name: field.errors for field in row if field.errors}
        return found

    def __iter__(self) -> Iterator[Field]:
        """Go through every box in the order of the page."""
        return chain(*(iter(row) for row in self._rows.values()), super().__iter__())
