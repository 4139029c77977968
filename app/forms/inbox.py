"""The forms of the inbox: choose what to read, answer a topic, set it right, write one down for somebody."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app.domain.organisations import ANSWERING_KINDS
from app.domain.topics import CHANNEL_WORDS, OPEN, STATE_WORDS, TITLE, Channel, Proposal, TopicState
from app.forms.base import HouseForm
from app.forms.fields import DayField, LineField, MinutesField, ProseField, Required
from app.forms.topics import ChosenButtons, ChosenField, TopicForm, grouped
from app.models import Organisation, PartnershipTable, Topic
from app.services.triage import Details

EVERY_STATE = "all"
OPEN_STATES = ""
LONGEST_FIRST = "longest"
NOW = "now"
LATER = "later"


class FilterForm(Form):
    """Which topics the inbox shows; a choice that is not offered shows the open ones."""

    table = ChosenField(_l("Table"), default="")
    state = ChosenField(_l("State"), default=OPEN_STATES)
    order = ChosenField(_l("Order"), default="")

    def offer(self, tables: Sequence[PartnershipTable], language: str) -> None:
        """Fill the lists with the tables of the visitor and every state."""
        self.table.choices = {"": gettext("All tables")} | {
            str(one.id): one.name_in(language) for one in tables
        }
        self.state.choices = {OPEN_STATES: gettext("Open topics"), EVERY_STATE: gettext("All topics")} | {
            state.value: gettext(word) for state, word in STATE_WORDS.items()
        }
        self.order.choices = {
            "": gettext("As the work goes on"),
            LONGEST_FIRST: gettext("Longest waiting first"),
        }

    def settle(self) -> None:
        """Put the first choice in the place of one that is not offered."""
        for field in (self.table, self.state, self.order):
            if field.data not in (field.choices or {}):
                field.data = ""

    def states(self) -> tuple[TopicState, ...]:
        """Return the states to show; empty means every one."""
        if self.state.data == EVERY_STATE:
            return ()
        return (TopicState(self.state.data),) if self.state.data else OPEN


class AnswerForm(HouseForm):
    """Ask for more, postpone or decline: the proposer reads the reason."""

    reason = ProseField(
        _l("What do you tell the proposer?"),
        description=_l("The proposer reads this as it is."),
        validators=[Required(_l("Write a sentence that the proposer can read."))],
    )
    seen = HiddenField()


class _Told:
    """When the proposer hears of an answer: at once, or later together with others."""

    told = ChosenButtons(
        _l("When is the proposer told?"),
        choices=[SelectChoice(NOW, _l("Now")), SelectChoice(LATER, _l("Later, together with others"))],
        default=NOW,
    )

    def later(self) -> bool:
        """Whether the answer waits to be told."""
        return bool(self.told.data == LATER)


class DecideForm(_Told, AnswerForm):
    """Postpone or decline, with the reason that the proposer reads at once or later."""


class DetailsForm(HouseForm):
    """What everybody reads of a topic, and who could answer it."""

    title = LineField(
        _l("Title on the agenda"),
        description=_l("Everybody can read this. Leave out names of people."),
        longest=TITLE,
        validators=[Required(_l("Write a title that everybody can read on the agenda."))],
    )
    minutes = MinutesField(_l("Minutes on the agenda"))
    organisation = ChosenField(_l("Village or department"), default="")
    addressee = ChosenField(
        _l("Who could answer?"),
        description=_l("A department, or a body outside the municipality."),
        default="",
    )
    table = ChosenField(_l("Table"), default="")
    recurring = BooleanField(_l("Comes up at every meeting"))
    seen = HiddenField()

    def offer(
        self,
        tables: Sequence[PartnershipTable],
        organisations: Sequence[Organisation],
        topic: Topic,
        language: str,
    ) -> None:
        """Fill the lists; what the topic has now is offered even when it has been archived."""
        everyone = _with(organisations, topic.organisation)
        answering = [one for one in organisations if one.kind in ANSWERING_KINDS]
        self.organisation.choices = grouped(everyone, gettext("Not known"), language)
        self.addressee.choices = grouped(
            _with(answering, topic.addressee), gettext("Not known yet"), language
        )
        self.table.choices = {str(topic.table_id): topic.table.name_in(language)} | {
            str(one.id): one.name_in(language) for one in tables
        }

    def fill(self, topic: Topic, usual: int | None = None) -> None:
        """Show the topic as it is now; nothing granted yet, the `usual` minutes or the wish stand there."""
        self.title.data = topic.title
        self.minutes.data = topic.granted_minutes or usual or topic.wished_minutes
        self.organisation.data = str(topic.organisation_id or "")
        self.addressee.data = str(topic.addressee_id or "")
        self.table.data = str(topic.table_id)
        self.recurring.data = topic.recurring

    def details(self) -> Details:
        """Return what was typed, as the service takes it."""
        return Details(
            title=self.title.data or "",
            granted_minutes=self.minutes.data,
            organisation_id=self.organisation.number(),
            addressee_id=self.addressee.number(),
            table_id=self.table.number(),
            recurring=bool(self.recurring.data),
        )


def _with(organisations: Sequence[Organisation], one: Organisation | None) -> list[Organisation]:
    found = list(organisations)
    return found if one is None or one in found else [*found, one]


class AcceptForm(_Told, DetailsForm):
    """Take a topic to the table, with a few words to the proposer if there is something to say."""

    reason = ProseField(
        _l("Words to the proposer"), description=_l("The proposer reads this as it is."), default=""
    )


class SearchForm(Form):
    """Words of the topic that is looked for."""

    words = StringField(_l("Search by number or words"), default="")


class JoinForm(HouseForm):
    """Join two topics; `seen` marks them as they were looked at."""

    seen = HiddenField()


class EnterForm(TopicForm):
    """Write down what somebody told by phone, on paper or at a meeting."""

    channel = ChosenButtons(_l("How did the topic come?"), default=Channel.PHONE.value)
    told_on = DayField(_l("Day when it was told"), description=_l("For example 12.2.2027"), past=True)

    def offer(
        self, tables: Sequence[PartnershipTable], organisations: Sequence[Organisation], language: str
    ) -> None:
        """Fill the lists with the visitor's own tables; with several, one must be chosen."""
        super().offer(tables, organisations, language)
        self.only_table = tables[0].id if len(tables) == 1 else None
        if "table" in self:
            self.table.choices = {**self.table.choices, "": gettext("Choose a table")}
        self.channel.choices = {
            channel.value: gettext(word)
            for channel, word in CHANNEL_WORDS.items()
            if channel is not Channel.WEB
        }

    def validate_table(self, field: ChosenField) -> None:
        """Ask for the table: the one who writes knows it."""
        if not field.data:
            raise StopValidation(gettext("Choose the table."))

    def proposal(self, language: str) -> Proposal:
        """Return what was typed, with the way that it came."""
        told: dict[str, Any] = {"channel": Channel(self.channel.data or ""), "told_on": self.told_on.data}
        proposal = super().proposal(language)
        return replace(proposal, table_id=proposal.table_id or self.only_table, **told)
