"""Forms of the outbox: which letters to send, and a letter's own words."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField

from app.domain.outbox import LONGEST_BODY, LONGEST_SUBJECT
from app.forms.base import HouseForm
from app.forms.fields import LineField, ProseField, Required

_CHOSEN = re.compile(r"([1-9]\d{0,8}):([1-9]\d{0,5})")
MOST_CHOSEN = 1000  # a form holds no more fields


class LettersField(SelectMultipleField):
    """Some drafts as `id:revision`; the value is the revision that was seen of each, by its id."""

    data: dict[int, int] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validate_choice=False, choices=[], **kwargs)

    def process_data(self, value: Any) -> None:
        """Begin with nothing chosen."""
        self.data = value or {}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what our page offers and nothing else."""
        found = [_CHOSEN.fullmatch(one) for one in valuelist[:MOST_CHOSEN] if one.isascii()]
        self.data = {int(one[1]): int(one[2]) for one in found if one}


class SendForm(HouseForm):
    """Tick the letters to send; `said` is how many the button names, `bundle` which occasion it is."""

    letters = LettersField(_l("Letters"), validators=[Required(_l("Choose at least one letter."))])
    said = HiddenField()
    bundle = HiddenField()

    def number_said(self) -> int:
        """Return how many letters the button named, 0 where that is no number."""
        said = self.said.data or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0


class SendAllForm(HouseForm):
    """Send every draft; `seen` is a mark of those that the page counted."""

    seen = HiddenField()


class LetterForm(HouseForm):
    """A draft's subject and text, with the revision that they were read from."""

    subject = LineField(_l("Subject"), longest=LONGEST_SUBJECT, validators=[Required(_l("Write a subject."))])
    text = ProseField(_l("The letter"), longest=LONGEST_BODY, validators=[Required(_l("Write the letter."))])
    revision = HiddenField()

    def revision_seen(self) -> int:
        """Return the revision that the text was read from, 0 where that is no number."""
        said = self.revision.data or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0
