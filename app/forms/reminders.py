"""The forms of reminders: how long before a meeting they go, and the press that lets them."""

from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.domain.errors import Invalid
from app.domain.reminders import DAY, HOUR, parse_offsets
from app.domain.words import N_
from app.forms.base import HouseForm
from app.forms.fields import ReadField, Required


def offset_in_words(minutes: int) -> str:
    """Return a distance as people say it: 7 days, 2 hours."""
    if minutes % DAY == 0:
        return str(ngettext("%(num)d day", "%(num)d days", minutes // DAY))
    return str(ngettext("%(num)d hour", "%(num)d hours", minutes // HOUR))


class OffsetsField(ReadField):
    """Distances before a start as people write them: 7 days, 1 day; the value is a tuple of minutes."""

    def read(self, text: str) -> tuple[int, ...]:
        return parse_offsets(self.name, text)

    def written(self, value: tuple[int, ...]) -> str:
        return ", ".join(offset_in_words(one) for one in value)


class OffsetField(OffsetsField):
    """One distance before a start; the value is its minutes."""

    def read(self, text: str) -> Any:
        found = parse_offsets(self.name, text)
        if len(found) != 1:
            raise Invalid(self.name, N_("Write one time, for example: 3 days."))
        return found[0]

    def written(self, value: Any) -> str:
        return offset_in_words(value)


class AddReminderForm(HouseForm):
    """One more reminder."""

    before = OffsetField(
        _l("How long before the meeting"),
        validators=[Required(_l("Write how long before the meeting the reminder goes."))],
    )


class ApproveRemindersForm(HouseForm):
    """The press that approves the reminders that wait; it carries what it restated."""

    seen = HiddenField()

    def saw(self) -> str:
        """Return the mark that the page carried; one that is missing fits nothing."""
        return self.seen.data or ""


def usual_in_words(offsets: tuple[int, ...]) -> str:
    """Return the usual reminders of a table as one line: “7 days, 1 day”, or that there are none."""
    return ", ".join(offset_in_words(one) for one in offsets) or str(gettext("no reminders"))
