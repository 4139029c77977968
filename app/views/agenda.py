"""Building the agenda: one form, each of whose buttons saves what was typed and does its own thing.

A script may ask for the form alone (the header X-Part: builder); it is the same form, made by the same page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.agenda import parse_place, stepped
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.meetings import MeetingAct, check_happens
from app.domain.permissions import Act
from app.forms.agenda import AgendaForm, number
from app.forms.agenda_rows import Box, ItemForm, WindowForm
from app.models import AttendanceWindow, Meeting
from app.services import advice, agenda, agenda_items, carry_over, desk, since_last, undoing, windows
from app.services.agenda import Placed
from app.services.agenda_items import Edit
from app.services.pool import SORT_WORDS, Sort
from app.services.releases import has_unpublished_changes
from app.services.undoing import Undone
from app.services.windows import WindowEdit, shown_window, stored_windows
from app.views.access import entry, visitor
from app.views.agenda_words import sentence, what_was_done
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("agenda", __name__)

QUERY = 200
SAID = "builder_said"  # what the last press did, told by the next page of the same meeting
UNSENT = "builder_unsent"  # an item that was being written while another button was pressed


@dataclass(frozen=True)
class Press:
    """What a button says: an act, and the numbers that it is about (0 where it names none)."""

    verb: str
    one: int = 0
    two: int = 0
    three: int = 0


@bp.route("/meetings/<id:meeting_id>/edit", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Put an agenda together."""
    meeting = desk.open_meeting(visitor(), meeting_id)
    check_happens(MeetingAct.CHANGE, meeting.state)
    form, stored = _form(meeting)
    press = _pressed(form)
    if form.validate_on_submit():
        try:
            outcome = _save(meeting_id, form, press)
        except NotFound:
            raise
        except (Invalid, Refused) as error:
            form.take(error)
        else:
            return _onwards(meeting_id, form, press, outcome)
    if form.is_submitted():
        meeting = desk.open_meeting(visitor(), meeting_id)
        stored = stored_windows(meeting_id)
        form.show(*_boxes(meeting, stored))
    else:
        form.bring_back(_left(UNSENT, meeting_id) or {})
        form.q.data, form.sort.data = request.args.get("q", ""), request.args.get("sort", "")
    return _page(meeting, form, stored, said=_left(SAID, meeting_id) or "")


def _form(meeting: Meeting, *, fresh: bool = False) -> tuple[AgendaForm, dict[int, AttendanceWindow]]:
    stored = stored_windows(meeting.id)
    swedish = "sv" in meeting.table.languages.split()
    return AgendaForm(*_boxes(meeting, stored), swedish=swedish, fresh=fresh), stored


def _boxes(meeting: Meeting, stored: dict[int, AttendanceWindow]) -> tuple[list[Box], list[Box]]:
    people = [*stored, *(person.id for item in meeting.items for person in item.officials)]
    return (
        [
            Box(one.id, {name: agenda_items.shown(one, name) for name in ItemForm.NAMES})
            for one in meeting.items
        ],
        [
            Box(one, {name: shown_window(stored.get(one), name) for name in WindowForm.NAMES})
            for one in dict.fromkeys(people)
        ],
    )


def _pressed(form: AgendaForm) -> Press:
    verb, *numbers = request.form.get("press", "save").split("-")
    places = form.places() if verb == "save" else {}
    if len(places) == 1:  # Enter in the box of a place, or saving after it was typed, moves the item
        return Press("place", next(iter(places)))
    return Press(verb, *(number(one) for one in numbers[:3]))


def _save(meeting_id: int, form: AgendaForm, press: Press) -> object:
    who = visitor()
    item = press.one
    minutes, seen = _minutes(form, press)
    acts: dict[str, Callable[[], object]] = {
        "up": lambda: agenda.move_past(who, meeting_id, item, -1, press.two),
        "down": lambda: agenda.move_past(who, meeting_id, item, 1, press.two),
        "place": lambda: agenda.move_item_to(who, meeting_id, item, _place(form, item)),
        "minutes": lambda: agenda.set_minutes(who, meeting_id, item, minutes, seen),
        "remove": lambda: agenda.remove_item(who, meeting_id, item),
        "unneed": lambda: windows.need_no_more(who, meeting_id, item, press.two),
        "cure": lambda: advice.follow_cure(who, meeting_id, item, press.two or None, press.three),
        "since": lambda: since_last.add_first(who, meeting_id),
        "fit": lambda: advice.follow_way(who, meeting_id, press.one),
        "undo": lambda: undoing.undo(who, meeting_id, press.one),
        "put": lambda: agenda.put_on_agenda(who, meeting_id, item),
        "add": lambda: agenda.add_item(
            who,
            meeting_id,
            kind=form.new_kind.data,
            title=form.new_title.data or "",
            minutes=form.new_minutes.data or 0,
            presenter=form.new_presenter.data or "",
            standing=bool(form.new_standing.data),
            key=form.key(),
        ),
    }
    edits = [Edit(one, row.new(), row.seen(), form.official(one)) for one, row in form.posted()]
    if (
        press.verb == "minutes"
    ):  # the button says the minutes of its row: what it steps from is not saved apart
        edits = [_without_minutes(one) if one.item_id == item else one for one in edits]
    times = [WindowEdit(one, row.new(), row.seen()) for one, row in form.posted_windows()]
    return agenda_items.save_items(who, meeting_id, edits, acts.get(press.verb), windows=times)


def _minutes(form: AgendaForm, press: Press) -> tuple[int, str | None]:
    """Return the minutes that a press of minus or plus means, and those that the person had seen.

    The button carries its minutes, so that the same press twice gives the same; over minutes that were typed
    and not saved yet it is a step from those.
    """
    row = form.rows.get(press.one)
    if press.verb != "minutes" or row is None or not form.was_sent(press.one):
        return press.two, None
    shown = row.seen()["minutes"]
    if row.minutes_typed and row.minutes.data and shown.isdecimal():
        return stepped(row.minutes.data, up=press.two > int(shown)), shown
    return press.two, shown


def _without_minutes(edit: Edit) -> Edit:
    new = {name: value for name, value in edit.new.items() if name != "minutes"}
    return Edit(edit.item_id, new, edit.seen, edit.official)


def _place(form: AgendaForm, item_id: int) -> int:
    row = form.rows.get(item_id)
    return parse_place(f"{item_id}.place", (row.place.data or "") if row else "")


def _onwards(meeting_id: int, form: AgendaForm, press: Press, outcome: object) -> ResponseReturnValue:
    unsent = form.unsent(press.verb)
    said = "" if press.verb == "search" else sentence(press.verb, outcome)
    query, sort = (form.q.data or "")[:QUERY], _sort(form.sort.data)
    if press.verb == "publish":
        return done("meetings.publish", meeting_id=meeting_id)
    if request.headers.get("X-Part") == "builder":
        meeting = desk.open_meeting(visitor(), meeting_id)
        form, stored = _form(meeting, fresh=True)
        form.bring_back(unsent)
        form.q.data, form.sort.data = query, sort.value
        return _page(meeting, form, stored, said=said, focus=_anchor(press, outcome))
    if said:
        session[SAID] = [meeting_id, said]
    if unsent:
        session[UNSENT] = [meeting_id, unsent]
    return done(
        "agenda.edit",
        anchor=_anchor(press, outcome),
        meeting_id=meeting_id,
        q=query or None,
        sort=sort.value if sort is not Sort.OLDEST else None,
    )


def _anchor(press: Press, outcome: object) -> str | None:
    """Return the part of the page to look at after a press."""
    item = outcome.item_id if isinstance(outcome, Placed | Undone) else None
    if press.verb in ("unneed", "need"):
        item = press.one
    if item:
        return f"item-{item}"
    return {"search": "pool", "remove": "agenda", "fit": "agenda", "undo": "agenda"}.get(press.verb)


def _left(name: str, meeting_id: int) -> Any:
    """Take out what the last press left for the next page of this meeting; None where it left nothing."""
    left = session.pop(name, None)
    return left[1] if isinstance(left, list) and left[0] == meeting_id else None


def _sort(text: object) -> Sort:
    return next((one for one in Sort if one.value == text), Sort.OLDEST)


def _page(
    meeting: Meeting,
    form: AgendaForm,
    stored: dict[int, AttendanceWindow],
    *,
    said: str = "",
    focus: str | None = None,
) -> ResponseReturnValue:
    form.q.data = (form.q.data or "")[:QUERY]
    form.sort.choices = [(one.value, gettext(SORT_WORDS[one])) for one in Sort]
    form.sort.data = _sort(form.sort.data).value
    shown = desk.desk_of(visitor(), meeting, language(), stored)
    carried = carry_over.carried_over(meeting)
    found, topics = desk.waiting(meeting, form.q.data, _sort(form.sort.data), carried)
    part = request.headers.get("X-Part") == "builder"
    return show(
        "agenda/builder.html" if part else "agenda/edit.html",
        form=form,
        meeting=meeting,
        desk=shown,
        pool=found,
        topics=topics,
        carried=carried,
        since=since_last.of_meeting(meeting, language()),
        query=form.q.data,
        said=said,
        focus=focus,
        undo=what_was_done(shown.change) if shown.change else "",
        untold=has_unpublished_changes(meeting),
        part=part,
    )
