"""Who is asked to one meeting: the list with its reasons, adding somebody and taking somebody off."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.meetings import MeetingAct, may_happen
from app.domain.permissions import ROLE_WORDS, Act
from app.services import invited, inviting, meetings
from app.services.invited import REASON_WORDS, Asked, Reason
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("invited", __name__)


@bp.get("/meetings/<id:meeting_id>/invited")
@entry(Act.BUILD_AGENDA)
def index(meeting_id: int) -> ResponseReturnValue:
    """Everybody who is asked and why; `q` looks for somebody to add."""
    meeting = meetings.get_to_read(visitor(), meeting_id)
    query = request.args.get("q", "")
    rows = invited.asked(meeting)
    return show(
        "invited/index.html",
        meeting=meeting,
        rows=[(one, reasons(one)) for one in rows if not one.withdrawn and not one.left],
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
    sentence = gettext("%(name)s is on the list. The invitation goes out when you publish.", name=name)
    return done("invited.index", sentence, meeting_id=meeting_id)


@bp.post("/meetings/<id:meeting_id>/invited/off")
@entry(Act.BUILD_AGENDA)
def take_off(meeting_id: int) -> ResponseReturnValue:
    """Take one off the list."""
    name = inviting.take_off(visitor(), meeting_id, request.form.get("who", ""))
    return done(
        "invited.index", gettext("%(name)s is no longer on the list.", name=name), meeting_id=meeting_id
    )


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
