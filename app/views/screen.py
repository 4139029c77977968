"""The screen of the room: one page for a wall, opened by its secret address, that refreshes itself."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.extensions import site
from app.services import screen
from app.views.access import entry, visitor
from app.views.languages import language

bp = Blueprint("screen", __name__)

KEY_LENGTH = 64


@bp.get("/meetings/<id:meeting_id>/screen")
@entry(Act.HOLD_PRIVATE_LINK)
def show_screen(meeting_id: int) -> ResponseReturnValue:
    """What goes on, how long it has left, and what comes next; `?part=1` is only what changes."""
    key = request.args.get("key", "")[:KEY_LENGTH]
    room = screen.room(visitor(), meeting_id, key, language())
    template = "screen/room.html" if request.args.get("part") == "1" else "screen/screen.html"
    answer = make_response(
        render_template(template, room=room, memo=site().memo(meeting_id), part={"key": key, "part": 1})
    )
    # The address is the key: it is kept by nobody and told to nobody.
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
