"""Meetings: the list, the public agenda, and calling a meeting together, changing and cancelling it."""

from datetime import date, time
from typing import cast

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.clock import today
from app.domain.deadlines import suggested_until
from app.domain.errors import Invalid, Stale
from app.domain.meetings import MeetingAct, check_happens
from app.domain.permissions import Act
from app.forms.meetings import CancelForm, DetailsForm, MeetingForm
from app.models import Meeting
from app.services import calendars, convening, meetings, releases, since_last
from app.services.convening import Details
from app.views import rhythm
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.calendar_files import calendar_answer
from app.views.languages import language
from app.views.release_words import in_words, with_notes

bp = Blueprint("meetings", __name__)

LAST_PAGE = 10_000


@bp.get("/meetings")
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Every meeting: coming, drafts for those who build them, and earlier ones."""
    asked = request.args.get("page", 1, type=int)
    page = min(max(asked, 1), LAST_PAGE)
    earlier, pages = meetings.earlier(language(), page=page)
    return show(
        "meetings/index.html",
        coming=meetings.coming(language()),
        drafts=meetings.drafts(visitor(), language()),
        rhythms=rhythm.told(),
        earlier=earlier,
        page=page,
        pages=pages,
    )


@bp.route("/meetings/new", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def new() -> ResponseReturnValue:
    """Call a meeting together: a draft that only its coordinators see."""
    tables = meetings.tables_that_meet(visitor().tables(Act.BUILD_AGENDA))
    known = next((one for one in tables if one.slug == request.args.get("table") or len(tables) == 1), None)
    usual = {"table": known.id, "minutes": known.minutes, "place": known.place} if known else {}
    day = rhythm.asked_day(request.args.get("day", ""))
    asked = {
        "day": day,
        "starts": rhythm.asked_clock(request.args.get("starts", "")),
        "topics_until": suggested_until(day, today()) if day else None,
    }
    form = MeetingForm(data={**usual, **asked})
    form.table.choices = [(one.id, one.name_in(language())) for one in tables]
    if form.validate_on_submit():
        try:
            made = convening.call_meeting(
                visitor(), form.table.data, _details(form), standing=form.standing.data, key=form.key()
            )
        except Invalid as error:
            form.take(error)
        else:
            sentence = gettext("The meeting is a draft now. Build its agenda and publish it.")
            answer = done("agenda.edit", sentence, meeting_id=made)
            rhythm.warn(cast(date, form.day.data), form.table.data)
            return answer
    return show(
        "meetings/new.html",
        form=form,
        known=known,
        tables=bool(form.table.choices),
        rhythms=rhythm.told(known.id) if known and not form.day.raw_data and not form.day.data else [],
    )


@bp.get("/meetings/<id:meeting_id>")
@entry(Act.SEE_PUBLIC)
def show_meeting(meeting_id: int) -> ResponseReturnValue:
    """The agenda, for everybody once it is published."""
    meeting = meetings.get_meeting(visitor(), meeting_id)
    builds = visitor().may(Act.BUILD_AGENDA, meeting.table_id)
    story = releases.story(meeting, request.args.get("since", 0, type=int))
    shown = releases.lines_of(meeting, story.latest, language())
    return show(
        "meetings/show.html",
        meeting=meeting,
        table_name=meeting.table.name_in(language()),
        lines=with_notes(shown, story.changes),
        story=story,
        since=since_last.at_item(meeting, [one.kind for one in shown], language()),
        changes=in_words(story.changes, story.old, story.new),
        ends=meetings.ends(meeting),
        state=meeting.state,
        builds=builds,
        runs=visitor().may(Act.RUN_EVENING, meeting.table_id),
        takes_notes=visitor().may(Act.TAKE_NOTES, meeting.table_id),
        untold=builds and releases.has_unpublished_changes(meeting),
    )


@bp.get("/meetings/<id:meeting_id>.ics")
@entry(Act.SEE_PUBLIC)
def calendar(meeting_id: int) -> ResponseReturnValue:
    """One published meeting as a calendar file."""
    return calendar_answer(calendars.meeting_calendar(meeting_id, language()), f"meeting-{meeting_id}")


@bp.route("/meetings/<id:meeting_id>/details", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def details(meeting_id: int) -> ResponseReturnValue:
    """Change when and where a meeting is."""
    meeting = of_builder(meeting_id, MeetingAct.CHANGE)
    day_before = meeting.day
    form = DetailsForm(obj=meeting, seen=convening.details_of(meeting).mark())
    if form.validate_on_submit():
        try:
            convening.change_details(visitor(), meeting_id, _details(form), seen=form.seen.data or "")
        except (Invalid, Stale) as error:
            form.take(error)
        else:
            answer = done("agenda.edit", gettext("The details are saved."), meeting_id=meeting_id)
            if form.day.data != day_before:
                rhythm.warn(cast(date, form.day.data), meeting.table_id)
            return answer
    meeting = of_builder(meeting_id, MeetingAct.CHANGE)
    now = convening.details_of(meeting)
    changed = form.is_submitted() and form.seen.data != now.mark()
    if form.form_errors:
        form.seen.data = now.mark()  # she has been told, and may save over it
    return show(
        "meetings/details.html",
        form=form,
        meeting=meeting,
        ends=meetings.ends(meeting),
        changed=changed,
        until=suggested_until(meeting.day, today()),
    )


@bp.route("/meetings/<id:meeting_id>/cancel", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Call a meeting off."""
    meeting = of_builder(meeting_id, MeetingAct.CANCEL)
    form = CancelForm()
    if form.validate_on_submit():
        try:
            letters = convening.cancel(visitor(), meeting_id, form.reason.data or "")
        except Invalid as error:
            form.take(error)
        else:
            sentence = ngettext(
                "The meeting is cancelled. %(num)d letter waits in the outbox until you send it.",
                "The meeting is cancelled. %(num)d letters wait in the outbox until you send them.",
                letters,
            )
            return done("meetings.show_meeting", sentence, meeting_id=meeting_id)
    meeting = of_builder(meeting_id, MeetingAct.CANCEL)
    return show(
        "meetings/cancel.html", form=form, meeting=meeting, topics=sum(1 for i in meeting.items if i.topic_id)
    )


def of_builder(meeting_id: int, what: MeetingAct) -> Meeting:
    """Return a meeting to its builder; raise Refused where its state does not allow the act."""
    meeting = meetings.get_to_read(visitor(), meeting_id)
    check_happens(what, meeting.state)
    return meeting


def _details(form: MeetingForm | DetailsForm) -> Details:
    return Details(
        cast(date, form.day.data),  # validated: neither is empty here
        cast(time, form.starts.data),
        form.minutes.data,
        form.place.data or "",
        form.remote_url.data or "",
        form.topics_until.data,
    )
