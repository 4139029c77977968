"""What is said of each topic before an agenda is suggested: whether it must be in, and its minutes."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import Field, Form, SelectField

from app.domain.words import N_
from app.forms.agenda import number
from app.forms.base import HouseForm
from app.forms.fields import MinutesField, Required
from app.services.proposing_agenda import Choice, How, Take, Wish

HOW_WORDS = {
    How.MAY: N_("If there is room"),
    How.MUST: N_("Must be on the agenda"),
    How.OUT: N_("Not this time"),
}
MOST_SENT = 200  # topics that are read of one page


def _how(value: Any) -> How:
    return next((one for one in How if one == value), How.MAY)


class TopicForm(Form):
    """One topic of the suggestion."""

    how = SelectField(lazy_gettext("This time"), coerce=_how, validate_choice=False)
    minutes = MinutesField(
        lazy_gettext("Minutes"), [Required(lazy_gettext("Write the minutes as a number, for example 15."))]
    )


class ComposeForm(HouseForm):
    """The topics that are compared; a row for each."""

    def __init__(self) -> None:
        super().__init__()
        sent = sorted({number(name.split("-")[1]) for name in request.form if name.startswith("topic-")})
        self._sent = {one: TopicForm(request.form, prefix=f"topic-{one}") for one in sent[:MOST_SENT] if one}
        self.rows: dict[int, TopicForm] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every row, not only up to the first mistake."""
        good = [one.validate() for one in self._sent.values()]
        return bool(super().validate(extra_validators)) and all(good)

    def wishes(self) -> dict[int, Wish]:
        """Return what was sent, by topic."""
        return {one: Wish(row.how.data, row.minutes.data) for one, row in self._sent.items()}

    def freed(self) -> dict[int, Wish]:
        """Return the same with nothing that must be on the agenda."""
        return {
            one: Wish(How.MAY if wish.how is How.MUST else wish.how, wish.minutes)
            for one, wish in self.wishes().items()
        }

    def show(self, choices: Sequence[Choice]) -> None:
        """Take the topics as the page shows them; what was typed and could not be read stays in its box."""
        self.rows = {}
        for one in choices:
            row = self._sent.get(one.topic.id)
            if row is None or not row.errors:
                row = TopicForm(prefix=f"topic-{one.topic.id}")
                row.minutes.data = one.minutes
            row.how.data = one.how.value
            row.how.choices = [(how.value, gettext(HOW_WORDS[how])) for how in How]
            self.rows[one.topic.id] = row

    def takes(self) -> list[Take]:
        """Return the topics of the suggestion that was shown, in its order."""
        found = []
        for text in request.form.get("takes", "").split()[:MOST_SENT]:
            topic_id, _, minutes = text.partition(":")
            found.append(Take(number(topic_id), number(minutes)))
        return [one for one in found if one.topic_id]

    def revision(self) -> int:
        """Return the state of the agenda that the suggestion was made for."""
        return number(request.form.get("revision", ""))

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, in all rows."""
        found = dict(super().errors)
        for row in self._sent.values():
            found |= {box.name: box.errors for box in row if box.errors}
        return found

    def __iter__(self) -> Iterator[Field]:
        """Go through every box in the order of the page."""
        return chain(*(iter(row) for row in self.rows.values()), super().__iter__())
