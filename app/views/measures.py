"""Placeholder of the measures pages."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("measures", __name__)


@bp.route("/measures/<id:measure_id>", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def show_measure(measure_id: object) -> ResponseReturnValue:
    """Not yet."""
    return "not yet"
