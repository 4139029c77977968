"""The forms of messages that came by mail: which to read, and how one with several matters is split."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField

from app.domain.errors import DomainError, Invalid
from app.domain.incoming import OUTCOME_WORDS, Outcome
from app.domain.splitting import MOST
from app.forms.base import HouseForm
from app.forms.fields import ProseField, Rows, say
from app.forms.topics import ChosenField

EVERY = "all"
SHELVES: dict[str, tuple[Outcome, ...]] = {
    "": (Outcome.HELD,),
    Outcome.SET_ASIDE: (Outcome.SET_ASIDE,),
    Outcome.TOPIC: (Outcome.TOPIC, Outcome.REPLY),
    Outcome.ANSWER: (Outcome.ANSWER,),
    Outcome.BOUNCE: (Outcome.BOUNCE,),
    EVERY: (),
}


class MailFilterForm(Form):
    """Which messages the list shows; a choice that is not offered shows those that wait."""

    outcome = ChosenField(_l("What became of it"), default="")

    def offer(self) -> None:
        """Fill the list."""
        self.outcome.choices = {
            "": gettext(OUTCOME_WORDS[Outcome.HELD]),
            **{one.value: gettext(OUTCOME_WORDS[one]) for one in Outcome if one.value in SHELVES},
            EVERY: gettext("All messages"),
        }
        if self.outcome.data not in SHELVES:
            self.outcome.data = ""

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return the outcomes to show; empty means every one."""
        return SHELVES[self.outcome.data or ""]


class SplitForm(HouseForm):
    """The parts of a message, each a topic; a part that is left empty is not made."""

    parts = Rows(ProseField(_l("Topic")), max_entries=MOST)
    seen = HiddenField()

    def fill(self, parts: Sequence[str]) -> None:
        """Show these parts."""
        for part in parts:
            self.parts.append_entry(part)

    def add(self) -> bool:
        """Add an empty part; False where there are as many as fit."""
        if len(self.parts.entries) >= MOST:
            return False
        self.parts.append_entry("")
        return True

    def take(self, error: DomainError) -> None:
        """Show a refusal at the part that it names."""
        named = error.field if isinstance(error, Invalid) else ""
        for entry in self.parts.entries:
            if entry.name == named:
                entry.errors = [*entry.errors, say(error)]
                self.parts.errors = [*self.parts.errors, [say(error)]]
                return
        self.form_errors.append(say(error))
