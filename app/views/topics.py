"""Placeholder of the topics pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("topics", __name__)


@bp.route("/topics/propose", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def propose() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"


@bp.route("/topics/find", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def find() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
