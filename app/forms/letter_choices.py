"""What a reader ticks: which letters to get, and how often."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.domain.letter_choices import GROUP_WORDS, RHYTHM_WORDS, LetterGroup, Rhythm
from app.forms.base import HouseForm
from app.forms.settings import TicksField
from app.forms.topics import ChosenButtons
from app.services.letter_choices import Choices


class LetterChoicesForm(HouseForm):
    """The groups that are wanted, and the rhythm of what can wait."""

    wanted = TicksField(
        _l("Which letters do you want?"), description=_l("Take the tick away from what you do not need.")
    )
    rhythm = ChosenButtons(
        _l("How often?"),
        description=_l(
            "News about your topic and memos can wait for one letter together. "
            "Invitations, reminders and all that needs an answer come at once."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted.choices = [(group.value, gettext(words)) for group, words in GROUP_WORDS.items()]
        self.rhythm.choices = [(rhythm.value, gettext(words)) for rhythm, words in RHYTHM_WORDS.items()]

    def fill(self, choices: Choices) -> None:
        """Show what stands."""
        self.wanted.data = [group.value for group in choices.wanted]
        self.rhythm.data = choices.rhythm.value

    def groups(self) -> list[LetterGroup]:
        """Return the groups that were ticked."""
        return [LetterGroup(word) for word in self.wanted.data or []]

    def chosen_rhythm(self) -> Rhythm:
        """Return the rhythm that was chosen."""
        return Rhythm(self.rhythm.data or Rhythm.AT_ONCE)
