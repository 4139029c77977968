"""Importing a welfare plan, and choosing the measures that a topic belongs to."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import StopValidation

from app.forms.base import HouseForm
from app.forms.fields import LineField

_UNTYPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Choices = list[tuple[str, list[tuple[int, str]]]]


def _typed(text: str | None) -> str:
    """Return a paste without what no person types; Word’s own break inside a cell is a line break."""
    return _UNTYPED.sub("", (text or "").replace("\x0b", "\n").replace("\x0c", "\n"))


class ImportPlanForm(HouseForm):
    """A plan's file or its pasted table; what is typed beside it goes before what it says.

    The pasted text keeps its tabs and its empty cells, so it is no ProseField.
    """

    file = FileField(
        _l("Plan file"),
        description=_l("Word, Excel, CSV or a text file, 5 megabytes at most."),
    )
    text = TextAreaField(
        _l("Pasted plan"),
        description=_l("Copy the plan’s table with its heading row, and paste it here."),
        filters=[_typed],
    )
    title = LineField(_l("Title of the plan"), longest=500)
    municipality = LineField(_l("Municipality"))
    period = LineField(_l("Years of the plan"), longest=60, description=_l("For example 2025–2028."))

    def validate_file(self, field: FileField) -> None:
        """Ask for a file or a paste, and for one of them only."""
        pasted = bool((self.text.data or "").strip())
        if field.data is None and not pasted:
            raise StopValidation(gettext("Choose a file, or paste the plan below."))
        if field.data is not None and pasted:
            raise StopValidation(gettext("Give a file or a pasted plan, not both. Nothing was read yet."))

    def said(self) -> dict[str, str | None]:
        """Return what the person says of the plan; None where she leaves it to the document."""
        return {
            "title": self.title.data or None,
            "municipality": self.municipality.data or None,
            "period": self.period.data or None,
        }

    def source_name(self) -> str | None:
        """Return the file's own name, without the folders that some browsers send."""
        if self.file.data is None:
            return None
        name = (self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
        return "".join(c for c in name if c.isprintable())[-200:]


class StorePlanForm(HouseForm):
    """One button under the preview; the plan itself travels sealed."""

    sealed = HiddenField()


def _id(text: str) -> int:
    """Return the id in a text, or 0, which no row has, for whatever was never on our page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class MeasuresField(SelectMultipleField):
    """Measures by focus area; the choices are set by the page."""

    def pre_validate(self, form: Any) -> None:
        offered = {measure_id for _, measures in self.choices or () for measure_id, _ in measures}
        if not set(self.data or ()) <= offered:
            raise StopValidation(gettext("One of the measures is no longer in the plan. Choose again."))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [_id(one) for one in valuelist]


class LinkMeasuresForm(HouseForm):
    """Which measures a topic belongs to; `seen` are the links that the page showed."""

    measures = MeasuresField(_l("Measures"))
    seen = HiddenField(default="")

    def seen_ids(self) -> list[int]:
        """Return the ids of the links that the page showed."""
        return [_id(one) for one in (self.seen.data or "").split()]
