"""The form that tells answers together: which of those that wait."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField

from app.forms.base import HouseForm
from app.forms.fields import Required

LONGEST_ID = 10


class AnswersField(SelectMultipleField):
    """Some answers by their ids; what is no id, or no longer waits, is passed over by those who tell."""

    data: list[int] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=int, validate_choice=False, choices=[], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take whole numbers alone."""
        ids = [one for one in valuelist if one.isascii() and one.isdecimal() and len(one) < LONGEST_ID]
        self.data = [int(one) for one in ids]


class UntoldForm(HouseForm):
    """Tick the answers to tell; `said` is how many proposers the button names."""

    answers = AnswersField(_l("Answers"), validators=[Required(_l("Tick at least one answer."))])
    said = HiddenField()

    def number_said(self) -> int | None:
        """Return how many the button named, None where that is no number."""
        said = self.said.data or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST_ID else None
