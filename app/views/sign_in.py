"""Placeholder of the sign_in pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("sign_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def ask() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"


@bp.route("/sign-out", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def sign_out() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
