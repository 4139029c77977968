"""Who is at a meeting: people one by one, guests of the evening, and head counts without names."""

import re

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.attendance import PresenceState, attendance_total, counted_twice
from app.domain.errors import Invalid, Refused, Stale
from app.domain.permissions import Act
from app.forms.presences import AttendanceForm, GuestForm, PeopleForm
from app.services import attendance, evening, presence_list, presences
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("presences", __name__)

STATES = frozenset(one.value for one in PresenceState)
MOMENT_LENGTH = 40
STALE = 409
KEY = re.compile(r"[a-z]\d{1,9}")


@bp.route("/meetings/<id:meeting_id>/attendance", methods=["GET", "POST"])
@entry(Act.TAKE_NOTES)
def attendance_of(meeting_id: int) -> ResponseReturnValue:
    """The three parts of the list; each is a form of its own, sent by the name of its `part`."""
    part = request.form.get("part")
    if request.method == "GET":
        return _page(meeting_id)
    if part == "people":
        return _people(meeting_id)
    return _guest(meeting_id) if part == "guest" else _counts(meeting_id)


def _people(meeting_id: int) -> ResponseReturnValue:
    """A press in the list of names; the times that were typed anywhere in it are saved too."""
    form = PeopleForm()
    what, whom = form.pressed()
    good = form.validate_on_submit()
    try:
        sentence = _press(meeting_id, what, whom)
        if good:
            gone = whom if what in ("clear", PresenceState.EXCUSED) else ""
            presences.save_stays(visitor(), meeting_id, form.typed(but=gone))
    except (Invalid, Refused) as error:
        form.take(error)
        return _page(meeting_id, people=form, status=STALE if isinstance(error, Refused) else None)
    if not good:
        return _page(meeting_id, people=form)
    return done(
        ".attendance_of", sentence, meeting_id=meeting_id, anchor=whom if KEY.fullmatch(whom) else "people"
    )


def _press(meeting_id: int, what: str, whom: str) -> str | None:
    """Do what was pressed and return what is said of it; without a press only times are saved."""
    if what in STATES:
        presences.mark(visitor(), meeting_id, whom, PresenceState(what))
    elif what == "clear":
        presences.clear(visitor(), meeting_id, whom)
    elif what == "times":
        return gettext("The times are saved.")
    elif what == "others":
        keys = request.form.get("others", "").split()
        count = presences.mark_others(visitor(), meeting_id, keys)
        return ngettext("%(num)d person was marked present.", "%(num)d people were marked present.", count)
    elif what == "back":
        presences.take_back(visitor(), meeting_id, request.form.get("moment", "")[:MOMENT_LENGTH])
        return gettext("Taken back.")
    return None


def _guest(meeting_id: int) -> ResponseReturnValue:
    """A guest of the evening; the page comes back ready for the next one."""
    form = GuestForm()
    _offer(form, attendance.attendance_list(visitor(), meeting_id, language()))
    if form.validate_on_submit():
        try:
            presences.add_guest(
                visitor(),
                meeting_id,
                form.name.data or "",
                form.organisation.picked(),
                form.state(),
                form.key(),
            )
        except Invalid as error:
            form.take(error)
        else:
            sentence = gettext("The guest is on the list. Write the next one.")
            return done(".attendance_of", sentence, meeting_id=meeting_id, anchor="guest")
    return _page(meeting_id, guest=form)


def _counts(meeting_id: int) -> ResponseReturnValue:
    """The head counts, saved as one list."""
    form = AttendanceForm()
    form.show(attendance.attendance_list(visitor(), meeting_id, language()), typed=True)
    status = None
    if form.validate_on_submit():
        try:
            attendance.save(visitor(), meeting_id, form.typed(), form.mark.data or "")
        except Invalid as error:
            form.take(error)
        except Stale as error:
            form.take(error)
            status = 409
        else:
            total = attendance.total_of(meeting_id)
            sentence = gettext("The list is saved. Attendances: %(total)d.", total=total)
            return done(".attendance_of", sentence, meeting_id=meeting_id)
    return _page(meeting_id, counts=form, status=status)


def _page(
    meeting_id: int,
    *,
    people: PeopleForm | None = None,
    guest: GuestForm | None = None,
    counts: AttendanceForm | None = None,
    status: int | None = None,
) -> ResponseReturnValue:
    """The page as things stand now, with one of its forms as it was typed."""
    named = presence_list.presence_list(visitor(), meeting_id, language())
    saved = attendance.attendance_list(visitor(), meeting_id, language())
    refused = people or guest or counts
    people = people or PeopleForm(formdata=None)
    people.show(named)
    if guest is None:
        guest = GuestForm(formdata=None)
        _offer(guest, saved)
    if counts is None:
        counts = AttendanceForm(formdata=None)
        counts.show(saved, typed=False)
    elif status == STALE:
        counts.mark.data = saved.mark
    return show(
        "presences/page.html",
        form=refused or counts,
        status=status,
        people=people,
        guest=guest,
        counts=counts,
        evening=evening.evening(visitor(), meeting_id, language()),
        named=named,
        saved=saved,
        now={row.organisation_id: row for row in saved.rows},
        total=attendance_total((*named.marks, *saved.rows)),
        twice=counted_twice(
            [one.name for one in (*named.people, *named.guests) if one.was_there], saved.rows
        ),
        compare=refused is counts and status == STALE,
    )


def _offer(form: GuestForm, saved: attendance.AttendanceList) -> None:
    own = {row.organisation_id for row in saved.rows}
    choices = list(saved.names.items())
    first = [one for one in choices if one[0] in own]
    form.organisation.offer(
        first, [one for one in choices if one[0] not in own], none=gettext("Other resident")
    )
