"""Placeholder of the memos pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("memos", __name__)


@bp.route("/meetings/<id:meeting_id>/memo", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def memo(meeting_id: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
