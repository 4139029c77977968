"""Placeholder of the meetings pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("meetings", __name__)


@bp.route("/meetings/<id:meeting_id>", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def show_meeting(meeting_id: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
