"""Who is asked to one meeting: the list with its reasons, adding somebody and taking somebody off."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.answers import Door, Given, check_open
from app.domain.errors import Invalid
from app.domain.meetings import MeetingAct, may_happen
from app.domain.permissions import ROLE_WORDS, Act
from app.forms.invitation_answers import AnswerForm, choice_of
from app.models import Invitation
from app.services import came_back, invitation_answers, invited, inviting, meetings
from app.services.invitation_answers import AnswerLine
from app.services.invitation_page import door_of, given
from app.services.invited import REASON_WORDS, Asked, Reason
from app.services.told import address_of, name_of
from app.views.access import entry, visitor
from app.views.answer_words import counted
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("invited", __name__)


@bp.get("/meetings/<id:meeting_id>/invited")
@entry(Act.BUILD_AGENDA)
def index(meeting_id: int) -> ResponseReturnValue:
    """Everybody who is asked, why, and what they answered.

    `q` looks for somebody to add; `show=waiting` leaves those who have not answered.
    """
    meeting = meetings.get_to_read(visitor(), meeting_id)
    query = request.args.get("q", "")
    rows = invited.asked(meeting)
    here = [one for one in rows if not one.withdrawn and not one.left]
    lines = {one.row.id: one for one in invitation_answers.answers_of(meeting)}
    answers = [lines.get(one.row.id) if one.row else None for one in here]
    proposers = [one for one in lines.values() if one.row.topic is not None]
    untold = {one.row.id for one in proposers if one.row.told_at is None and address_of(one.row)}
    told = [line for one, line in zip(here, answers, strict=True) if _is_told(one, line)]
    told += [one for one in proposers if one.row.id not in untold or one.given]
    tally = invitation_answers.totals(told)
    waiting = request.args.get("show") == "waiting"
    return show(
        "invited/index.html",
        meeting=meeting,
        rows=[
            (one, reasons(one), line, _is_told(one, line))
            for one, line in zip(here, answers, strict=True)
            if not waiting or (_is_told(one, line) and (line is None or line.waits))
        ],
        proposers=[one for one in proposers if not waiting or (one in told and one.waits)],
        untold=untold,
        proposer_addresses={one.row.id: address_of(one.row) for one in proposers},
        back=came_back.addresses(meeting),
        out=meeting.published_at is not None,
        takes_answers=any(door_of(one.row) is Door.OPEN for one in lines.values()),
        tally=tally,
        counted=counted(tally, sum(one.earlier for one in told if one)),
        waiting=waiting,
        off=[(one, reasons(one)) for one in rows if one.withdrawn or one.left],
        open=may_happen(MeetingAct.CHANGE, meeting.state),
        query=query,
        by_post=any(not one.email and not one.withdrawn and not one.left for one in rows),
        found=inviting.find_to_add(meeting, query) if query.strip() else [],
    )


@bp.post("/meetings/<id:meeting_id>/invited/ask")
@entry(Act.BUILD_AGENDA)
def ask(meeting_id: int) -> ResponseReturnValue:
    """Ask one more, or again."""
    name = inviting.ask(visitor(), meeting_id, request.form.get("who", ""))
    sentence = gettext("%(name)s is on the list. The invitation is written when you publish.", name=name)
    return done("invited.index", sentence, meeting_id=meeting_id)


@bp.post("/meetings/<id:meeting_id>/invited/off")
@entry(Act.BUILD_AGENDA)
def take_off(meeting_id: int) -> ResponseReturnValue:
    """Take one off the list."""
    name = inviting.take_off(visitor(), meeting_id, request.form.get("who", ""))
    return done(
        "invited.index", gettext("%(name)s is no longer on the list.", name=name), meeting_id=meeting_id
    )


@bp.route("/meetings/<id:meeting_id>/invited/<id:invitation_id>/answer", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def write_down(meeting_id: int, invitation_id: int) -> ResponseReturnValue:
    """Write down what somebody answered by phone or in person."""
    row = invitation_answers.get_invitation(visitor(), meeting_id, invitation_id)
    form = _answer_form(given(row))
    if not form.is_submitted():
        check_open(door_of(row))
    elif form.validate():
        try:
            invitation_answers.write_down(visitor(), invitation_id, *form.given(), key=form.key())
            sentence = gettext("The answer is saved: %(name)s.", name=_name(row))
            return done("invited.index", sentence, meeting_id=meeting_id, anchor=f"invitation-{row.id}")
        except Invalid as error:
            form.take(error)
    row = invitation_answers.get_invitation(visitor(), meeting_id, invitation_id)
    return show("invited/answer.html", form=form, row=row, name=_name(row), said=given(row))


def _is_told(one: Asked, line: AnswerLine | None) -> bool:
    """Whether an answer can be awaited: a letter was let go or goes on paper, or one has answered already."""
    return not one.fresh or not one.email or bool(line and line.given)


def _answer_form(said: Given | None) -> AnswerForm:
    form = AnswerForm(
        substitute=said.substitute if said else None,
        words=said.words if said else None,
    )
    form.offer(told=True)
    if not form.is_submitted():
        form.preselect(choice_of(said))
    return form


def _name(row: Invitation) -> str:
    return name_of(row, language()) or (str(row.topic.number) if row.topic else "")


def reasons(one: Asked) -> str:
    """Return why somebody is asked, in words."""
    said = []
    for reason in one.reasons:
        if reason is Reason.ROLE:
            said += [gettext(ROLE_WORDS[role]) for role in one.roles]
        elif reason is Reason.ITEM:
            titles = ", ".join(item.title_in(language()) for item in one.items)
            said.append(gettext("Own items: %(titles)s", titles=titles))
        else:
            said.append(gettext(REASON_WORDS[reason]))
    return " · ".join(str(each) for each in said)
