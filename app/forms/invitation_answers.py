"""What the invited answers, and what a coordinator writes down of it."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.domain.answers import LONGEST_NAME, LONGEST_WORDS, Answer, Given
from app.forms.base import HouseForm
from app.forms.fields import LineField, ProseField, Required
from app.forms.topics import ChosenButtons

INSTEAD = "substitute"  # the choice of those who send somebody in their place


def choice_of(said: Given | None) -> str | None:
    """Return the choice that stands for an answer, None where there is none."""
    if said is None:
        return None
    return INSTEAD if said.sends_somebody else said.answer.value


class AnswerForm(HouseForm):
    """Whether somebody comes, who comes instead, and a few words to the coordinator."""

    answer = ChosenButtons(_l("Your answer"), [Required(_l("Choose your answer."))], validate_choice=True)
    substitute = LineField(_l("Who comes in your place?"), longest=LONGEST_NAME)
    words = ProseField(
        _l("Words to the coordinator"),
        description=_l("Only those who prepare the meeting read this."),
        longest=LONGEST_WORDS,
    )

    def offer(self, *, several: bool = False, told: bool = False) -> None:
        """Name the choices: in the words of one person, of `several`, or as a coordinator was `told`."""
        coming, instead, not_coming, perhaps = _words(several=several, told=told)
        self.answer.choices = [
            (Answer.COMING.value, coming),
            (Answer.NOT_COMING.value, not_coming),
            (INSTEAD, instead),
            (Answer.PERHAPS.value, perhaps),
        ]

    def preselect(self, choice: str | None) -> None:
        """Choose one of the offered for the reader, who may choose another; nothing is answered by it."""
        if choice in [value for value, _ in self.answer.choices]:
            self.answer.data = choice

    def given(self) -> tuple[Answer, str, str | None]:
        """Return (answer, words, substitute) as the services take them."""
        chosen = self.answer.data or ""
        name = self.substitute.data or ""
        if chosen == INSTEAD:
            return Answer.NOT_COMING, self.words.data or "", name
        answer = Answer(chosen)
        return answer, self.words.data or "", name if name and answer is Answer.NOT_COMING else None


def _words(*, several: bool, told: bool) -> tuple[str, str, str, str]:
    if told:
        return (
            gettext("Comes"),
            gettext("Does not come, sends somebody else"),
            gettext("Does not come"),
            gettext("Perhaps comes"),
        )
    if several:
        return (
            gettext("We are coming"),
            gettext("We cannot come, we send somebody else"),
            gettext("We cannot come"),
            gettext("Perhaps"),
        )
    return (
        gettext("I am coming"),
        gettext("I cannot come, I send somebody in my place"),
        gettext("I cannot come"),
        gettext("Perhaps"),
    )
