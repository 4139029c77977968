"""Placeholder of the plans pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("plans", __name__)


@bp.route("/plans", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def current() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"


@bp.route("/plans/all", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
