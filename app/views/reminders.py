"""The reminders of one meeting: which there are, when each goes, and the press that approves them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.errors import Invalid, Refused
from app.domain.permissions import Act
from app.domain.reminders import from_stored
from app.forms.reminders import AddReminderForm, ApproveRemindersForm, offset_in_words, usual_in_words
from app.services import meetings, reminders
from app.services.reminders import Reminders
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("reminders", __name__)


@bp.get("/meetings/<id:meeting_id>/reminders")
@entry(Act.BUILD_AGENDA)
def index(meeting_id: int) -> ResponseReturnValue:
    """The reminders of a meeting and when each goes."""
    return _page(meeting_id)


@bp.post("/meetings/<id:meeting_id>/reminders")
@entry(Act.BUILD_AGENDA)
def add(meeting_id: int) -> ResponseReturnValue:
    """Add one more reminder."""
    meetings.get_to_read(visitor(), meeting_id)
    form = AddReminderForm()
    if form.validate_on_submit():
        try:
            reminders.add(visitor(), meeting_id, form.before.data or 0, form.key())
        except (Invalid, Refused) as error:
            form.take(error)
            return _page(meeting_id, form, status=422 if isinstance(error, Invalid) else 409)
        else:
            return _back(meeting_id, gettext("The reminder is added. It goes when you have approved it."))
    return _page(meeting_id, form)


@bp.post("/meetings/<id:meeting_id>/reminders/approve")
@entry(Act.BUILD_AGENDA)
def approve(meeting_id: int) -> ResponseReturnValue:
    """Approve the reminders that wait."""
    meetings.get_to_read(visitor(), meeting_id)
    form = ApproveRemindersForm()
    if form.validate_on_submit():
        try:
            count = reminders.approve(visitor(), meeting_id, form.saw(), form.key())
        except Refused as error:
            form.take(error)
            return _page(meeting_id, pressed=form, status=409)
        sentence = ngettext(
            "%(num)d reminder is approved. It goes by itself at its time.",
            "%(num)d reminders are approved. They go by themselves at their times.",
            count,
        )
        return _back(meeting_id, sentence)
    return _page(meeting_id, pressed=form)


@bp.post("/meetings/<id:meeting_id>/reminders/<id:reminder_id>/remove")
@entry(Act.BUILD_AGENDA)
def remove(meeting_id: int, reminder_id: int) -> ResponseReturnValue:
    """Take a reminder off."""
    reminders.remove(visitor(), meeting_id, reminder_id)
    return _back(meeting_id, gettext("The reminder is taken off."))


def _back(meeting_id: int, sentence: str) -> ResponseReturnValue:
    return done("reminders.index", sentence, meeting_id=meeting_id)


def _page(
    meeting_id: int,
    form: AddReminderForm | None = None,
    pressed: ApproveRemindersForm | None = None,
    status: int | None = None,
) -> ResponseReturnValue:
    meeting = meetings.get_to_read(visitor(), meeting_id)
    shown = reminders.of_meeting(meeting_id)
    press = ApproveRemindersForm(formdata=None, seen=shown.mark)
    press.form_errors.extend(pressed.form_errors if pressed else [])
    return show(
        "reminders/index.html",
        form=form or AddReminderForm(formdata=None),
        press=press,
        press_words=_press_words(shown),
        status=status,
        meeting=meeting,
        shown=shown,
        words=offset_in_words,
        usual=usual_in_words(from_stored(meeting.table.reminders)),
    )


def _press_words(shown: Reminders) -> str:
    """Return what the press restates: how many reminders, and how many read each."""
    count = len(shown.waiting)
    said = ngettext("%(num)d reminder", "%(num)d reminders", count)
    readers = ngettext("%(num)d reader", "%(num)d readers", shown.letters)
    return str(gettext("Approve %(reminders)s to %(readers)s", reminders=said, readers=readers))
