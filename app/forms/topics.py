"""The forms of a villager: propose a topic, find it again, answer a question about it."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField

from app.domain.organisations import KIND_WORDS
from app.domain.topics import LONGEST_PHONE, WISHES, Proposal
from app.forms.addresses import AddressField
from app.forms.base import HouseForm
from app.forms.fields import LineField, ProseField, Required
from app.models import Organisation, PartnershipTable, Topic

Choices = dict[str, str | dict[str, str]]

_NOT_OFFERED = _l("Choose from the list.")
NO_WISH = ""
CARRIED = ("table", "organisation", "minutes", "name", "email", "phone")  # beside the text


class ChosenField(SelectField):
    """One of a list; the value is what stands in the list, "" for none of them."""

    data: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, invalid_choice_message=_NOT_OFFERED, **kwargs)

    def number(self) -> int | None:
        """Return the id that was chosen, None where none was."""
        return int(self.data) if self.data else None


class ChosenButtons(RadioField):
    """One of a few, as radio buttons."""

    data: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, invalid_choice_message=_NOT_OFFERED, **kwargs)


def grouped(organisations: Sequence[Organisation], none: str, language: str) -> Choices:
    """Return organisations by their kind, after a first choice that means none of them."""
    choices: Choices = {"": none}
    for kind, word in KIND_WORDS.items():
        of_kind = {str(one.id): one.name_in(language) for one in organisations if one.kind is kind}
        if of_kind:
            choices[gettext(word)] = of_kind
    return choices


def _wishes() -> dict[str, str]:
    return {NO_WISH: gettext("I do not know")} | {
        str(wish): gettext("%(minutes)d minutes", minutes=wish) for wish in WISHES
    }


class TopicForm(HouseForm):
    """What somebody wants to talk about; only the text is compulsory.

    `homepage` is for machines that fill every field: people do not see it.
    """

    text = ProseField(
        _l("What do you want to talk about?"),
        description=_l("Write shortly, in your own words."),
        validators=[Required(_l("Write what you want to talk about."))],
    )
    table = ChosenField(_l("Which partnership table?"), default="")
    organisation = ChosenField(
        _l("Village or department"),
        description=_l("Which village or department sends the topic?"),
        default="",
    )
    minutes = ChosenButtons(_l("How long should we talk about it?"), default=NO_WISH)
    name = LineField(_l("Your name"))
    email = AddressField(_l("E-mail address"))
    phone = LineField(_l("Phone number"), longest=LONGEST_PHONE)
    homepage = StringField(_l("Leave this field empty"))

    def offer(
        self, tables: Sequence[PartnershipTable], organisations: Sequence[Organisation], language: str
    ) -> None:
        """Fill the lists; where there is one table only, nobody is asked which."""
        if len(tables) < 2:
            del self.table
        else:
            self.table.choices = {"": gettext("I do not know")} | {
                str(one.id): one.name_in(language) for one in tables
            }
        self.organisation.choices = grouped(
            organisations, gettext("I do not know, or something else"), language
        )
        self.minutes.choices = _wishes()

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what only a machine fills in; a person whose browser did it presses again."""
        good: bool = super().validate(extra_validators)
        if self.homepage.data:
            self.homepage.data = self.homepage.raw_data = None
            self.form_errors.append(gettext("Check your topic and send it once more."))
            return False
        return good

    def proposal(self, language: str) -> Proposal:
        """Return what was typed, as the service takes it."""
        return Proposal(
            text=self.text.data or "",
            table_id=self.table.number() if "table" in self else None,
            language=language,
            organisation_id=self.organisation.number(),
            wished_minutes=int(self.minutes.data) if self.minutes.data else None,
            contact_name=self.name.data or "",
            contact_email=self.email.data or "",
            contact_phone=self.phone.data or "",
        )

    def carried(self) -> list[tuple[str, str]]:
        """Return the fields beside the text as the check page posts them on, under a new repeat key.

        The key is the check page's own: going back, changing the text and sending again is a new topic.
        """
        names = [
            name for name in ("table", "organisation", "minutes", "name", "email", "phone") if name in self
        ]
        return [
            ("repeat_key", secrets.token_urlsafe(16)),
            *((name, str(self[name].data or "")) for name in names),
        ]


class RewordForm(HouseForm):
    """A proposer changes her topic; the boxes of contact details come empty, what is kept is never shown."""

    text = ProseField(
        _l("What do you want to talk about?"),
        validators=[Required(_l("Write what you want to talk about."))],
    )
    organisation = ChosenField(
        _l("Village or department"),
        description=_l("Which village or department sends the topic?"),
        default="",
    )
    minutes = ChosenButtons(_l("How long should we talk about it?"), default=NO_WISH)
    name = LineField(_l("Your name"))
    email = AddressField(_l("E-mail address"))
    phone = LineField(_l("Phone number"), longest=LONGEST_PHONE)
    seen = HiddenField()

    def offer(self, organisations: Sequence[Organisation], topic: Topic, language: str) -> None:
        """Fill the lists; what the topic has now is offered even when it is offered to others no more."""
        now = topic.organisation
        offered = [*organisations, *([now] if now and now not in organisations else [])]
        self.organisation.choices = grouped(offered, gettext("I do not know, or something else"), language)
        wishes = _wishes()
        if topic.wished_minutes:
            wish = gettext("%(minutes)d minutes", minutes=topic.wished_minutes)
            wishes.setdefault(str(topic.wished_minutes), wish)
        self.minutes.choices = wishes

    def fill(self, topic: Topic) -> None:
        """Show the topic as it is now."""
        self.text.data = topic.text
        self.organisation.data = str(topic.organisation_id or "")
        self.minutes.data = str(topic.wished_minutes or NO_WISH)

    def proposal(self) -> Proposal:
        """Return what was typed, as the service takes it."""
        return Proposal(
            text=self.text.data or "",
            organisation_id=self.organisation.number(),
            wished_minutes=int(self.minutes.data) if self.minutes.data else None,
            contact_name=self.name.data or "",
            contact_email=self.email.data or "",
            contact_phone=self.phone.data or "",
        )


class FindForm(HouseForm):
    """Ask for the address of a topic's own page again."""

    number = LineField(
        _l("Number of the topic"),
        longest=40,
        validators=[Required(_l("Write the number of the topic."))],
    )
    email = AddressField(
        _l("E-mail address"),
        description=_l("The address that you gave with the topic."),
        validators=[Required(_l("Write your e-mail address."))],
    )


class ReplyForm(HouseForm):
    """The proposer's answer to the coordinator's question."""

    words = ProseField(_l("Your answer"), validators=[Required(_l("Write your answer."))])
