"""The presses of an evening, and the piece of its pages that is fetched again while they are open."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import NotFound, Refused
from app.domain.permissions import Act, Visitor
from app.domain.words import N_
from app.forms.live import whole_number
from app.services import ending, evening, running, screen
from app.views.access import entry, visitor
from app.views.answers import done, note, say
from app.views.languages import language

bp = Blueprint("live_clock", __name__)

KEY_LENGTH = 500

P = TypeVar("P")

# name of the button -> what is done (visitor, meeting, item, what the page had shown) and what is said of it
ItemPress = Callable[[Visitor, int, int, int], None]
ITEM_PRESSES: dict[str, tuple[ItemPress, str]] = {
    "begin": (running.begin, N_("“%(title)s” goes on now.")),
    "not-begun": (
        lambda who, meeting, item, _: running.take_back_begin(who, meeting, item),
        N_("Taken back."),
    ),
    "end": (lambda who, meeting, item, _: running.end(who, meeting, item), N_("“%(title)s” has ended.")),
    "skip": (lambda who, meeting, item, _: running.skip(who, meeting, item), N_("“%(title)s” is left out.")),
    "put-off": (
        lambda who, meeting, item, _: running.put_off(who, meeting, item),
        N_("“%(title)s” is left to the next meeting."),
    ),
    "take-back": (
        lambda who, meeting, item, _: running.take_back(who, meeting, item),
        N_("“%(title)s” is again an item of this evening."),
    ),
    "more": (running.more, N_("“%(title)s” has five minutes more.")),
    "less": (running.less, N_("Five minutes are taken back from “%(title)s”.")),
}

MeetingPress = Callable[[Visitor, int, str], object]
MEETING_PRESSES: dict[str, tuple[MeetingPress, str]] = {
    "end": (lambda who, meeting, _: running.end_meeting(who, meeting), N_("The meeting has ended.")),
    "go-on": (lambda who, meeting, _: running.go_on(who, meeting), N_("The meeting goes on.")),
    "way": (ending.end_on_time, N_("Done. The evening ends on time.")),
    "not-way": (
        lambda who, meeting, seen: ending.take_back_way(who, meeting, whole_number(seen)),
        N_("The minutes are as they were."),
    ),
    "screen": (screen.open_screen, N_("The screen of the room has an address. It is below.")),
}


@bp.get("/meetings/<id:meeting_id>/live/clock")
@entry(Act.RUN_EVENING)
def fragment(meeting_id: int) -> ResponseReturnValue:
    """The clock and the buttons as they are now, for an open page; `?item=` for the page of an item."""
    here = evening.evening(visitor(), meeting_id, language())
    item_id = whole_number(request.args.get("item", ""))
    item = here.items[here.place_of(item_id)] if item_id else None
    last_way = ending.last_way(meeting_id)
    page = render_template("live/fragment.html", evening=here, item=item, last_way=last_way)
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.post("/meetings/<id:meeting_id>/live/<id:item_id>/press")
@entry(Act.RUN_EVENING)
def press_item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """One press at an item; a refusal is read on the page that shows how the evening is now."""
    press, sentence = _named(ITEM_PRESSES)
    seen = whole_number(request.form.get("seen", ""))
    try:
        press(visitor(), meeting_id, item_id, seen)
    except Refused as error:
        note(say(error), "error")
    else:
        item = evening.get_item(meeting_id, item_id)
        note(gettext(sentence, title=item.title_in(language())))
    if request.form.get("back") == "item":
        return done("live.item", meeting_id=meeting_id, item_id=item_id)
    return done("live.index", meeting_id=meeting_id)


@bp.post("/meetings/<id:meeting_id>/live/press")
@entry(Act.RUN_EVENING)
def press_meeting(meeting_id: int) -> ResponseReturnValue:
    """One press at the evening as a whole."""
    press, sentence = _named(MEETING_PRESSES)
    try:
        press(visitor(), meeting_id, request.form.get("seen", "")[:KEY_LENGTH])
    except Refused as error:
        note(say(error), "error")
    else:
        note(gettext(sentence))
    back = whole_number(request.form.get("back", ""))
    if back:
        return done("live.item", meeting_id=meeting_id, item_id=back)
    anchor = "screen" if request.form.get("press") == "screen" else None
    return done("live.index", meeting_id=meeting_id, anchor=anchor)


def _named(presses: dict[str, tuple[P, str]]) -> tuple[P, str]:
    found = presses.get(request.form.get("press", ""))
    if found is None:
        raise NotFound
    return found
