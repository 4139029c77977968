"""What note-takers type of who is there: people one by one, guests, and head counts."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Form, FormField, HiddenField, StringField
from wtforms.validators import StopValidation

from app.domain.agenda import plain_clock
from app.domain.attendance import NAMES, PresenceState, Row, parse_count
from app.domain.errors import DomainError, Invalid
from app.forms.base import HouseForm
from app.forms.fields import ClockField, LineField, ProseField, Required, Rows, say
from app.forms.live import PickField, whole_number
from app.services.attendance import AttendanceList, RowRefused
from app.services.presence_list import PresenceList, shown
from app.services.presences import Stay, StayRefused

SPARE_ROWS = 2
MOST_ROWS = 1000


class StayForm(Form):
    """When one person came late and left early; what the boxes held before goes along."""

    key = HiddenField()
    came = ClockField(lazy_gettext("Came late at"))
    left = ClockField(lazy_gettext("Left early at"))
    seen_came = HiddenField()
    seen_left = HiddenField()


class PeopleForm(HouseForm):
    """The list of names: one press marks one person, and any press also saves the times that were typed."""

    stays = Rows(FormField(StayForm), max_entries=MOST_ROWS)
    press = StringField()  # from the button that was pressed: what and, after a dash, for whom

    def show(self, saved: PresenceList) -> None:
        """Make the boxes of everybody who is there, with what is saved where nothing was typed."""
        here = set(self.by_key())
        for one in (*saved.people, *saved.guests):
            if one.was_there and one.key not in here:
                came, left = shown(one, "came"), shown(one, "left")
                self.stays.append_entry(
                    {"key": one.key, "came": one.came_at, "left": one.left_at}
                    | {"seen_came": came, "seen_left": left}
                )

    def by_key(self) -> dict[str, StayForm]:
        """Return the boxes by the keys of their people."""
        return {row.form.key.data or "": row.form for row in self.stays}

    def pressed(self) -> tuple[str, str]:
        """Return what was pressed and for whom."""
        what, _, whom = (self.press.data or "").partition("-")
        return what, whom

    def typed(self, but: str = "") -> list[Stay]:
        """Return the times as they were typed, without those of the person whose key is `but`."""
        return [
            Stay(key, _plain(row.came), _plain(row.left), row.seen_came.data or "", row.seen_left.data or "")
            for key, row in self.by_key().items()
            if key != but
        ]

    def take(self, error: DomainError) -> None:
        """Show a refusal at the person that it is about."""
        row = self.by_key().get(error.key) if isinstance(error, StayRefused) else None
        if row is None or not isinstance(error, StayRefused):
            super().take(error)
            return
        field = row[error.field]
        field.errors = [*field.errors, say(error)]
        if error.now is not None:
            row[f"seen_{error.field}"].data = error.now
        found = [one.errors for one in self.stays]
        self.stays.errors = found if any(found) else []


def _plain(box: ClockField) -> str:
    return plain_clock(box.data) if box.data is not None else ""


class GuestForm(HouseForm):
    """Somebody who came without being on the list."""

    name = LineField(
        lazy_gettext("Name, for the inside only"), [Required(lazy_gettext("Write the name of the guest."))]
    )
    organisation = PickField(lazy_gettext("Village, association or department"))
    way = StringField()  # from the button that was pressed

    def state(self) -> PresenceState:
        """Return how the guest is there."""
        remote = self.way.data == PresenceState.REMOTE
        return PresenceState.REMOTE if remote else PresenceState.PRESENT


class CountField(StringField):
    """How many came; `people` is the number, 0 for nobody."""

    people = 0

    def pre_validate(self, form: Any) -> None:
        try:
            self.people = parse_count(self.data or "")
        except Invalid as error:
            raise StopValidation(say(error)) from error


class PresentForm(Form):
    """One row of the attendance list; without an organisation it is other residents."""

    organisation = HiddenField()
    count = CountField(lazy_gettext("How many came"))
    names = ProseField(lazy_gettext("Names, for the inside only"), longest=NAMES)


class AddedForm(PresentForm):
    """One row for an organisation that is not on the list yet."""

    organisation = PickField(lazy_gettext("Village, association or department"))


class AttendanceForm(HouseForm):
    """The whole attendance list; `mark` tells which list the page was made from."""

    rows = Rows(FormField(PresentForm), max_entries=300)
    added = Rows(FormField(AddedForm), max_entries=10)
    mark = HiddenField()

    def show(self, saved: AttendanceList, *, typed: bool) -> None:
        """Make a row for every organisation of the list, with what is saved unless something was `typed`."""
        if not typed:
            for row in saved.rows:
                count = str(row.count) if row.count else ""
                self.rows.append_entry(
                    {"organisation": row.organisation_id or "", "count": count, "names": row.names}
                )
            self.mark.data = saved.mark
        while len(self.added) < SPARE_ROWS:
            self.added.append_entry()
        on_list = {row.organisation_id for row in saved.rows}
        others = [(one, name) for one, name in saved.names.items() if one not in on_list]
        mine = [row.form.organisation.data for row in self.added]
        for row in self.added:
            kept = [(one, saved.names[one]) for one in mine if one in on_list and one in saved.names]
            row.form.organisation.offer(others, kept, none=gettext("Choose"))

    def typed(self) -> list[Row]:
        """Return the rows as they were typed; an added row without an organisation is left out if empty."""
        listed = [self._row(row.form, whole_number(row.form.organisation.data) or None) for row in self.rows]
        added = [
            self._row(row.form, row.form.organisation.picked())
            for row in self.added
            if row.form.organisation.picked()
        ]
        return listed + added

    def _row(self, row: Any, organisation_id: int | None) -> Row:
        return Row(organisation_id, row.count.people, row.names.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse also people of an added row whose organisation was not chosen."""
        good = bool(super().validate(extra_validators))
        for row in self.added:
            form = row.form
            if not form.organisation.picked() and (form.count.people or form.names.data):
                form.organisation.errors = [gettext("Choose the organisation.")]
                good = False
        self._gather()
        return good

    def take(self, error: DomainError) -> None:
        """Show a refusal at its row."""
        if not isinstance(error, RowRefused):
            super().take(error)
            return
        rows = [row.form for row in self.rows]
        rows += [row.form for row in self.added if row.form.organisation.picked()]
        field = rows[error.row]._fields.get(error.field)
        field = rows[error.row].count if field is None or field.type == "HiddenField" else field
        field.errors = [*field.errors, say(error)]
        self._gather()

    def _gather(self) -> None:
        """Let the lists know of mistakes in their rows, as they do after their own checks."""
        for rows in (self.rows, self.added):
            found = [row.errors for row in rows]
            rows.errors = found if any(found) else []
