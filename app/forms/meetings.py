"""What a coordinator types of a meeting: when, where, why it is called off, and whether to publish."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import StopValidation

from app.domain.meetings import LONGEST_COMMENT, LONGEST_REASON, LONGEST_URL
from app.forms.base import HouseForm
from app.forms.fields import ClockField, DayField, LineField, MinutesField, ProseField, Required

CHOSEN = 9  # digits of an id at most


def _id(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= CHOSEN else 0


class TableField(SelectField):
    """One of the tables that the visitor may call together."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_ in self.iter_choices()}:
            raise StopValidation(gettext("Choose the partnership table."))


class MeetingForm(HouseForm):
    """A new meeting; minutes and place may be left empty, the table has its own."""

    table = TableField(lazy_gettext("Partnership table"), coerce=_id, validate_choice=False)
    day = DayField(lazy_gettext("Day"), [Required(lazy_gettext("Write the day of the meeting."))])
    starts = ClockField(lazy_gettext("Starts at"), [Required(lazy_gettext("Write when the meeting starts."))])
    minutes = MinutesField(lazy_gettext("Length in minutes"))
    place = LineField(lazy_gettext("Place"))
    remote_url = LineField(lazy_gettext("Link for remote participants"), longest=LONGEST_URL)
    topics_until = DayField(lazy_gettext("Last day for topics"))
    standing = BooleanField(lazy_gettext("Copy the standing items of the last meeting"), default=True)


class DetailsForm(HouseForm):
    """When and where a meeting is; `seen` marks the details that the page was made from."""

    day = DayField(lazy_gettext("Day"), [Required(lazy_gettext("Write the day of the meeting."))])
    starts = ClockField(lazy_gettext("Starts at"), [Required(lazy_gettext("Write when the meeting starts."))])
    minutes = MinutesField(
        lazy_gettext("Length in minutes"), [Required(lazy_gettext("Write how long the meeting is."))]
    )
    place = LineField(lazy_gettext("Place"))
    remote_url = LineField(lazy_gettext("Link for remote participants"), longest=LONGEST_URL)
    topics_until = DayField(lazy_gettext("Last day for topics"))
    seen = HiddenField()


class CancelForm(HouseForm):
    """Why a meeting is called off."""

    reason = ProseField(
        lazy_gettext("Why is the meeting cancelled?"),
        [Required(lazy_gettext("Write why the meeting is cancelled."))],
        longest=LONGEST_REASON,
    )


class PublishForm(HouseForm):
    """The last look before the agenda goes out; `seen` is the revision, `told` the mark of who is told."""

    comment = ProseField(lazy_gettext("What do you want to say of this agenda?"), longest=LONGEST_COMMENT)
    anyway = BooleanField(lazy_gettext("Publish all the same"))
    seen = HiddenField()
    told = HiddenField()

    def revision(self) -> int:
        """Return the revision that was looked at, 0 where it cannot be read."""
        return _id(self.seen.data or "")
