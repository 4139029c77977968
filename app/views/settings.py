"""Placeholder of the settings pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("settings", __name__)


@bp.route("/settings", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
