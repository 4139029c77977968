"""Placeholder of the live pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("live", __name__)


@bp.route("/meetings/<id:meeting_id>/live", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def index(meeting_id: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
