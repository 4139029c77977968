"""Building the agenda: one form, each of whose buttons saves what was typed and does its own thing."""

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.agenda import parse_place
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.meetings import MeetingAct, check_happens
from app.domain.permissions import Act
from app.domain.timing import fit
from app.forms.agenda import AgendaForm, Box
from app.models import Meeting
from app.services import agenda, agenda_items, meetings
from app.services.agenda import Placed
from app.services.agenda_items import FIELDS, Edit
from app.services.invitations import has_unpublished_changes
from app.services.pool import pool
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.filters import clock

bp = Blueprint("agenda", __name__)

QUERY = 200
DIGITS = 9


@bp.route("/meetings/<id:meeting_id>/edit", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Put an agenda together."""
    meeting = meetings.get_to_read(visitor(), meeting_id)
    check_happens(MeetingAct.CHANGE, meeting.state)
    form = AgendaForm(_boxes(meeting), swedish="sv" in meeting.table.languages.split())
    verb, item_id = _pressed()
    if form.validate_on_submit():
        try:
            placed = _save(meeting_id, form, verb, item_id)
        except NotFound:
            raise
        except (Invalid, Refused) as error:
            form.take(error)
        else:
            return _onwards(meeting_id, verb, placed, form.q.data or "")
    meeting = meetings.get_to_read(visitor(), meeting_id)
    form.show(_boxes(meeting))
    return _page(meeting, form)


def _boxes(meeting: Meeting) -> list[Box]:
    return [Box(one.id, {name: agenda_items.shown(one, name) for name in FIELDS}) for one in meeting.items]


def _pressed() -> tuple[str, int]:
    """Return what the button says: an act, and the id of an item or a topic (0 without one)."""
    verb, _, number = request.form.get("press", "save").partition("-")
    return verb, int(number) if number.isascii() and number.isdecimal() and len(number) <= DIGITS else 0


def _save(meeting_id: int, form: AgendaForm, verb: str, item_id: int) -> Placed | str | None:
    who = visitor()
    acts: dict[str, Callable[[], Placed | str]] = {
        "up": lambda: agenda.move_item(who, meeting_id, item_id, -1),
        "down": lambda: agenda.move_item(who, meeting_id, item_id, 1),
        "place": lambda: agenda.move_item_to(who, meeting_id, item_id, _place(form, item_id)),
        "less": lambda: agenda.step_minutes(who, meeting_id, item_id, up=False),
        "more": lambda: agenda.step_minutes(who, meeting_id, item_id, up=True),
        "remove": lambda: agenda.remove_item(who, meeting_id, item_id),
        "put": lambda: agenda.put_on_agenda(who, meeting_id, item_id),
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
    edits = [Edit(one, row.new(), row.seen()) for one, row in form.posted()]
    return agenda_items.save_items(who, meeting_id, edits, acts.get(verb))


def _place(form: AgendaForm, item_id: int) -> int:
    row = form.rows.get(item_id)
    return parse_place(f"{item_id}.place", (row.place.data or "") if row else "")


def _onwards(meeting_id: int, verb: str, placed: Placed | str | None, query: str) -> ResponseReturnValue:
    if verb == "publish":
        return done("meetings.publish", meeting_id=meeting_id)
    anchor = {"search": "pool", "remove": "agenda"}.get(verb)
    if isinstance(placed, Placed):
        anchor = f"item-{placed.item_id}"
    return done(
        "agenda.edit",
        None if verb == "search" else _sentence(verb, placed),
        anchor=anchor,
        meeting_id=meeting_id,
        q=query[:QUERY] or None,
    )


def _sentence(verb: str, placed: Placed | str | None) -> str:
    if isinstance(placed, str):
        return str(gettext("“%(title)s” was taken off the agenda.", title=placed))
    if placed is None:
        return str(gettext("The agenda is saved."))
    values = {"title": placed.title, "clock": clock(placed.starts), "place": placed.place}
    if verb in ("less", "more"):
        return str(
            gettext("“%(title)s” now takes %(minutes)d min.", title=placed.title, minutes=placed.minutes)
        )
    if verb in ("put", "add"):
        return str(gettext("“%(title)s” is on the agenda. It starts at %(clock)s.", **values))
    return str(gettext("“%(title)s” is now in place %(place)d. It starts at %(clock)s.", **values))


def _page(meeting: Meeting, form: AgendaForm) -> ResponseReturnValue:
    query = (request.args.get("q", "") if request.method == "GET" else form.q.data or "")[:QUERY]
    form.q.data = query
    slots = [one.slot for one in meeting.items]
    return show(
        "agenda/edit.html",
        form=form,
        meeting=meeting,
        lines=list(zip(meeting.items, meetings.agenda_lines(meeting, "fi"), strict=True)),
        fits=fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone),
        ends=meetings.ends(meeting),
        pool=pool(meeting.table_id, query),
        query=query,
        untold=has_unpublished_changes(meeting),
    )
