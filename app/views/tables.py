"""Placeholder of the tables pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("tables", __name__)


@bp.route("/tables/<slug:slug>", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def show_table(slug: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"


@bp.route("/tables/<slug:slug>/calendar.ics", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def calendar(slug: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"


@bp.route("/calendar.ics", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def all_calendar() -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
