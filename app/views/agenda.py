"""Placeholder of the agenda pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("agenda", __name__)


@bp.route("/meetings/<id:meeting_id>/edit", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def edit(meeting_id: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
