"""What is typed of statements: the question to a body, the answer behind its link, and a topic handed on."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField

from app.domain.notes import Way
from app.domain.writing import NOTE
from app.forms.base import HouseForm
from app.forms.fields import DayField, LineField, ProseField, Required
from app.forms.live import whole_number
from app.forms.topics import ChosenField, grouped
from app.models import Organisation
from app.services.asking import Question
from app.services.handing_on import Handing

_DAY = Required(_l("Write the date like this: 12.2.2027."))


class AskForm(HouseForm):
    """Ask one body about a topic."""

    organisation = ChosenField(
        _l("Who is asked?"),
        description=_l("A department, or a body outside the municipality."),
        validators=[Required(_l("Choose from the list."))],
        default="",
    )
    words = ProseField(
        _l("What do you ask?"),
        description=_l("The one who answers reads this as it is."),
        validators=[Required(_l("Write what you want to ask."))],
    )
    due_on = DayField(_l("By when?"), description=_l("For example 12.2.2027"), validators=[_DAY])

    def offer(self, bodies: Sequence[Organisation], language: str) -> None:
        """Fill the list of bodies; the ones that no letter reaches say so."""
        self.organisation.choices = {
            label: {key: self._named(key, name, bodies) for key, name in inner.items()}
            if isinstance(inner, dict)
            else inner
            for label, inner in grouped(bodies, gettext("Choose"), language).items()
        }

    @staticmethod
    def _named(key: str, name: str, bodies: Sequence[Organisation]) -> str:
        reachable = any(str(one.id) == key and one.email for one in bodies)
        return name if reachable else gettext("%(name)s (no e-mail address)", name=name)

    def question(self) -> Question:
        """Return what was typed, as the service takes it."""
        return Question(self.organisation.number(), self.words.data or "", self.due_on.data)


class HandOnForm(AskForm):
    """Hand a topic on to one body; the proposer reads `reason`, the body reads `words`."""

    reason = ProseField(
        _l("What do you tell the proposer?"),
        description=_l("The proposer reads this as it is. Tell why somebody else answers."),
        validators=[Required(_l("Write a sentence that the proposer can read."))],
    )
    agreed = BooleanField(_l("The proposer has agreed that her contact details are passed on"))
    seen = HiddenField()

    def handing(self) -> Handing:
        """Return what was typed, as the service takes it."""
        return Handing(
            self.organisation.number(),
            self.reason.data or "",
            self.words.data or "",
            self.due_on.data,
            agreed=bool(self.agreed.data),
        )


class DueForm(HouseForm):
    """Give a body more or less time."""

    due_on = DayField(_l("By when?"), description=_l("For example 12.2.2027"), validators=[_DAY])
    seen = HiddenField()


class StatementForm(HouseForm):
    """The answer of a body; `revision` is the version that was read."""

    text = ProseField(_l("Your answer"), validators=[Required(_l("Write your answer."))], longest=NOTE)
    name = LineField(_l("Your name and title"), validators=[Required(_l("Write your name and title."))])
    revision = HiddenField()

    def seen(self) -> int:
        """Return the version that was read, 0 where it cannot be told."""
        return whole_number(self.revision.data)


class SettleForm(StatementForm):
    """Two answers to one question; each button says which stays."""

    way = StringField()  # from the button that was pressed

    def chosen(self) -> Way:
        """Return what was pressed; both texts stay unless another button was."""
        return Way(self.way.data) if self.way.data in set(Way) else Way.BOTH
