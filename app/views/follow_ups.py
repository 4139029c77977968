"""Placeholder of the follow_ups pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("follow_ups", __name__)


@bp.route("/follow-ups", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
