"""What is typed of a follow-up: what will be done, who does it, by when, and how it went."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from app.domain.follow_ups import STATE_WORDS, TEXT, FollowUpState
from app.domain.memo import CORRECTION_WORDS, Correction
from app.forms.base import HouseForm
from app.forms.fields import DayField, ProseField, Required
from app.forms.live import Choice, PickField, whole_number
from app.services.follow_ups import Agreed

Groups = Sequence[tuple[str, Sequence[Choice]]]


class MeasuresField(SelectMultipleField):
    """Any number of measures, by their ids; `groups` are focus areas with their measures."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, coerce=whole_number, validate_choice=False, **kwargs)
        self.groups: Groups = ()

    def offer(self, groups: Groups) -> None:
        """Set the measures that can be chosen."""
        self.groups = groups
        self.choices = [choice for _, choices in groups for choice in choices]

    def pre_validate(self, form: Any) -> None:
        if set(self.data or ()) - {value for value, *_ in self.iter_choices()}:
            raise StopValidation(gettext("Choose the measures from the list."))


class FollowUpForm(HouseForm):
    """What was agreed; `revision` is the version that was read, empty for a new one."""

    text = ProseField(
        lazy_gettext("What will be done?"),
        [Required(lazy_gettext("Write what will be done."))],
        longest=TEXT,
    )
    organisation = PickField(lazy_gettext("Who does it?"))
    person = PickField(lazy_gettext("Person"))
    due_on = DayField(
        lazy_gettext("By when?"), [Required(lazy_gettext("Write the date like this: 12.2.2027."))]
    )
    measures = MeasuresField(lazy_gettext("Measures of the welfare plan"))
    revision = HiddenField()

    def agreed(self) -> Agreed:
        """Return what the form says."""
        return Agreed(
            self.text.data or "",
            self.organisation.picked(),
            self.person.picked(),
            self.due_on.data,
            tuple(self.measures.data or ()),
        )

    def seen(self) -> int:
        """Return the version that was read, 0 where it cannot be told."""
        return whole_number(self.revision.data)


class ReportForm(HouseForm):
    """How a follow-up goes."""

    state = RadioField(lazy_gettext("How does it go?"), validate_choice=False)
    outcome = ProseField(lazy_gettext("In a sentence"), longest=TEXT)
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [(state.value, gettext(word)) for state, word in STATE_WORDS.items()]

    def validate_state(self, field: Any) -> None:
        """Refuse a state that is not on the page."""
        if field.data not in set(FollowUpState):
            raise StopValidation(gettext("Choose one from the list."))

    def seen(self) -> int:
        """Return the version that was read, 0 where it cannot be told."""
        return whole_number(self.revision.data)


class PublishMemoForm(HouseForm):
    """The last look before the memo goes out; `seen` marks what was looked at."""

    seen = HiddenField()


class ReopenForm(HouseForm):
    """Why a memo is opened again."""

    reason = RadioField(lazy_gettext("Why is the memo opened?"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(one.value, gettext(word)) for one, word in CORRECTION_WORDS.items()]

    def validate_reason(self, field: Any) -> None:
        """Refuse a reason that is not on the page."""
        if field.data not in set(Correction):
            raise StopValidation(gettext("Choose why the memo is opened."))


class FilterForm(HouseForm):
    """Which follow-ups a list shows; read from the address, so it needs no token."""

    class Meta:
        csrf = False

    state = SelectField(lazy_gettext("State"), validate_choice=False)
    table = PickField(lazy_gettext("Partnership table"))
    owner = PickField(lazy_gettext("Who does it"))
