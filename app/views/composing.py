"""An agenda that is suggested: looked at, asked for again with other wishes, and put into use."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Refused
from app.domain.meetings import MeetingAct, check_happens
from app.domain.permissions import Act
from app.forms.composing import ComposeForm
from app.models import Meeting
from app.services import desk, meetings, proposing_agenda, using_agenda
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.composing_words import clash_words, points_words, reason_words, what_is_kept
from app.views.languages import language

bp = Blueprint("composing", __name__)


@bp.route("/meetings/<id:meeting_id>/compose", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def compose(meeting_id: int) -> ResponseReturnValue:
    """Suggest an agenda; nothing is stored before it is put into use."""
    meeting = _meeting(meeting_id)
    form = ComposeForm()
    if not form.validate_on_submit():
        return _page(meeting, form)
    if request.form.get("press") == "use":
        try:
            using_agenda.use(visitor(), meeting_id, form.takes(), revision=form.revision())
        except (Invalid, Refused) as error:
            form.take(error)
            meeting = _meeting(meeting_id)
        else:
            sentence = gettext(
                "The suggested agenda is in use. Move, add and take off what you like; Undo takes it back."
            )
            return done("agenda.edit", sentence, anchor="agenda", meeting_id=meeting_id)
    return _page(meeting, form, free=request.form.get("press") == "free")


def _meeting(meeting_id: int) -> Meeting:
    meeting = desk.open_meeting(visitor(), meeting_id)
    check_happens(MeetingAct.CHANGE, meeting.state)
    return meeting


def _page(meeting: Meeting, form: ComposeForm, *, free: bool = False) -> ResponseReturnValue:
    """Show a suggestion; while something cannot be read it is made without that."""
    found = proposing_agenda.suggest(meeting, form.freed() if free else form.wishes())
    form.show(found.choices)
    return show(
        "composing/compose.html",
        form=form,
        found=found,
        meeting=meeting,
        ends=meetings.ends(meeting),
        kept=what_is_kept(found, language()),
        points=points_words,
        reason=lambda choice, why: reason_words(found, choice, why),
        clash=clash_words(found) if found.clash else "",
        wishes=form.freed() if free else form.wishes(),
    )
