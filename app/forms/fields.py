"""Fields that read what people type: lines, prose, minutes, days and clock times."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from flask_babel import gettext
from wtforms import FieldList, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.domain.agenda import parse_minutes
from app.domain.clock import parse_clock, parse_day
from app.domain.errors import DomainError, Invalid
from app.domain.writing import LINE, PROSE, check_line, check_prose, printable


def say(error: DomainError) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return str(gettext(error.message, **error.values))


class Required:
    """The field must be filled; the sentence says with what. `message` is a lazy translation."""

    field_flags: dict[str, Any] = {}  # noqa: RUF012 - read by WTForms; no `required`, the server answers in words

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors = []  # one sentence is enough
            raise StopValidation(str(self.message))


class LineField(StringField):
    """One line of text, trimmed; too long or unstorable text is refused in words."""

    data: str | None

    def __init__(self, *args: Any, longest: int = LINE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def pre_validate(self, form: Any) -> None:
        try:
            self.data = check_line(self.name, self.data or "", self.longest)
        except Invalid as error:
            self.data = printable(self.data or "")
            raise StopValidation(say(error)) from error


class ProseField(TextAreaField):
    """Text of several lines, trimmed; too long or unstorable text is refused in words."""

    data: str | None

    def __init__(self, *args: Any, longest: int = PROSE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def pre_validate(self, form: Any) -> None:
        try:
            self.data = check_prose(self.name, self.data or "", self.longest)
        except Invalid as error:
            self.data = printable(self.data or "")
            raise StopValidation(say(error)) from error


class Rows(FieldList):
    """Fields one under another; a name of theirs that no page of ours could have is no row."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        row = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})(?:-|\Z)")
        return (int(found[1]) for name in formdata if (found := row.match(name)))


class ReadField(StringField):
    """A field whose text becomes a value; what was typed stays in the box when it cannot be read."""

    def _value(self) -> str:
        if self.raw_data:
            return printable(str(self.raw_data[0]))
        return self.written(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = self.read(check_line(self.name, valuelist[0]))
        except Invalid as error:
            raise ValueError(say(error)) from error

    def read(self, text: str) -> Any:
        """Return the value of what was typed, or raise Invalid."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """Return how a value is shown in the box."""
        return str(value)


class MinutesField(ReadField):
    """Minutes as people write them: 90, 90 min, 1:30, 1,5 h; the value is an int."""

    def read(self, text: str) -> int:
        return parse_minutes(self.name, text)


class DayField(ReadField):
    """A day as people write it: 12.2.2027, 12.2. or 2027-02-12; the value is a date.

    Without a year the next such day is meant, or the last one where the field asks for something `past`.
    """

    def __init__(self, *args: Any, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.past = past

    def read(self, text: str) -> date:
        return parse_day(self.name, text, past=self.past)

    def written(self, value: date) -> str:
        return f"{value.day}.{value.month}.{value.year}"


class ClockField(ReadField):
    """A clock time as people write it: 18.00, 18:00 or 18; the value is a time."""

    def read(self, text: str) -> time:
        return parse_clock(self.name, text)

    def written(self, value: time) -> str:
        return f"{value.hour}.{value.minute:02d}"
