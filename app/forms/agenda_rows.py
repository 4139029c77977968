"""The boxes of one item and of one official in the builder; what they held before goes along as `seen_…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from flask_babel import lazy_gettext
from wtforms import Form, StringField

from app.domain.agenda import parse_buffer, plain_clock
from app.forms.fields import ClockField, LineField, MinutesField, ReadField, Required


@dataclass(frozen=True)
class Box:
    """One item or official as it stands now: its id, and what its boxes hold by the names of its form."""

    id: int
    values: Mapping[str, str]


class BufferField(ReadField):
    """Minutes kept free after an item; nothing and 0 mean none. The value is an int."""

    def read(self, text: str) -> int:
        return parse_buffer(self.name, text)


class RowForm(Form):
    """A row of boxes; the names in NAMES are those that the person may type in."""

    NAMES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, sent: Mapping[str, str] | None, prefix: str) -> None:
        """Read what was `sent`; None for a row that the page did not have."""
        super().__init__(sent, prefix=prefix)
        self._seen = {one: (sent or {}).get(f"{prefix}-seen_{one}", "") for one in self.NAMES}

    def names(self) -> list[str]:
        """Return the names of the boxes that this page has."""
        return [name for name in self.NAMES if name in self]

    def new(self) -> dict[str, int | str]:
        """Return what the boxes hold, as it would stand there when saved."""
        return {name: _plain(self[name].data) for name in self.names()}

    def seen(self) -> dict[str, str]:
        """Return what the boxes held when the page was made."""
        return {name: self._seen[name] for name in self.names()}

    def now_seen(self, name: str, value: str) -> None:
        """Let the next sending know that the person has seen this."""
        self._seen[name] = value

    def fill(self, name: str, value: str) -> None:
        """Show a value that the person did not type."""
        box = self[name]
        box.data, box.raw_data = value, [value]
        self._seen[name] = value


def _plain(data: Any) -> int | str:
    if isinstance(data, time):
        return plain_clock(data)
    return data or ""


class ItemForm(RowForm):
    """The boxes of one item."""

    NAMES = ("minutes", "title", "title_sv", "presenter", "fixed_start", "buffer_minutes")

    minutes = MinutesField(
        lazy_gettext("Minutes"), [Required(lazy_gettext("Write the minutes as a number, for example 15."))]
    )
    title = LineField(lazy_gettext("Title"), [Required(lazy_gettext("Write what the item is called."))])
    title_sv = LineField(lazy_gettext("Title in Swedish"))
    presenter = LineField(lazy_gettext("Who presents"))
    fixed_start = ClockField(lazy_gettext("Starts exactly at"))
    buffer_minutes = BufferField(lazy_gettext("Minutes to keep free after it"))
    place = StringField(lazy_gettext("Move to place"))

    @property
    def has_wrong_words(self) -> bool:
        """True where something other than the minutes is to be mended."""
        return any(one.errors for one in self if one is not self.minutes)

    @property
    def minutes_typed(self) -> bool:
        """True where the minutes are not those that the page had shown."""
        return str(_plain(self.minutes.data)) != self._seen["minutes"]


class WindowForm(RowForm):
    """From when to when one official is present."""

    NAMES = ("arrives", "leaves")

    arrives = ClockField(lazy_gettext("Comes at"))
    leaves = ClockField(lazy_gettext("Leaves at"))
