"""Publishing an agenda: the last look, who will be told, and the press."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.errors import Invalid, Refused
from app.domain.meetings import MeetingAct
from app.domain.permissions import Act
from app.domain.preflight import Finding, Where
from app.domain.timing import fit
from app.forms.meetings import PublishForm
from app.services import announcing, invitations, meetings, preflight
from app.services.announcing import Plan, Who, Why
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language
from app.views.meetings import bp as bp
from app.views.meetings import of_builder
from app.views.release_words import in_words, with_notes


@bp.route("/meetings/<id:meeting_id>/publish", methods=["GET", "POST"])
@entry(Act.BUILD_AGENDA)
def publish(meeting_id: int) -> ResponseReturnValue:
    """Look once more, then publish the agenda and have its letters written."""
    meeting = of_builder(meeting_id, MeetingAct.PUBLISH_AGENDA)
    form = PublishForm()
    if form.validate_on_submit():
        try:
            invitations.publish_agenda(
                visitor(),
                meeting_id,
                seen=form.revision(),
                anyway=bool(form.anyway.data),
                told=form.told.data or None,
                comment=form.comment.data or "",
                key=form.key(),
            )
        except (Invalid, Refused) as error:
            form.take(error)
        else:
            return done("meetings.show_meeting", published(meeting_id), meeting_id=meeting_id)
    meeting = of_builder(meeting_id, MeetingAct.PUBLISH_AGENDA)
    plan = announcing.plan(meeting)
    form.seen.data, form.told.data = meeting.revision, plan.mark()
    slots = [one.slot for one in meeting.items]
    return show(
        "meetings/publish.html",
        form=form,
        meeting=meeting,
        lines=with_notes(meetings.agenda_lines(meeting, language()), plan.changes),
        fits=fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone),
        ends=meetings.ends(meeting),
        again=plan.old is not None,
        plan=plan,
        told=told_in_words(plan),
        unreached=[one for one in plan.unreachable if one.who is not Who.PROPOSER],
        # By number: a proposer may be among the invited, whom a letter reaches.
        by_phone=[one.topic for one in plan.unreachable if one.who is Who.PROPOSER],
        changes=in_words(plan.changes, plan.old, plan.new),
        findings=found_in_words(meeting_id, preflight.findings(visitor(), meeting, plan, language())),
    )


def published(meeting_id: int) -> str:
    """Return what publishing did, with how many letters wait in the outbox."""
    letters = invitations.letters_of(meeting_id)
    if not letters:
        return str(gettext("The agenda is published. There was nobody to write to."))
    sentence: str = ngettext(
        "The agenda is published. %(num)d letter waits in the outbox until you send it.",
        "The agenda is published. %(num)d letters wait in the outbox until you send them.",
        letters,
    )
    return sentence


def told_in_words(plan: Plan) -> list[tuple[str, str]]:
    """Return what letters tell and to whom, as rows of two cells."""
    return [(_why(why), ", ".join(_who(*one) for one in to.items())) for why, to in plan.counts()]


def _why(why: Why) -> str:
    words = {
        Why.INVITED: gettext("Invitation with the whole agenda"),
        Why.PART: gettext("Invitation to their own items"),
        Why.ON_AGENDA: gettext("Their topic is on the agenda"),
        Why.DETAILS: gettext("When or where has changed"),
        Why.ITEM: gettext("Their item is new or has another time"),
        Why.REMOVED: gettext("Their item was taken off"),
        Why.UNASKED: gettext("Taken off the list"),
    }
    return str(words[why])


def _who(who: Who, count: int) -> str:
    said = {
        Who.PERSON: ngettext("%(num)d person", "%(num)d people", count),
        Who.OFFICIAL: ngettext("%(num)d official", "%(num)d officials", count),
        Who.ORGANISATION: ngettext("%(num)d organisation", "%(num)d organisations", count),
        Who.PROPOSER: ngettext("%(num)d proposer", "%(num)d proposers", count),
    }
    return str(said[who])


def found_in_words(meeting_id: int, findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Return each finding as its sentence, the address where it is mended, and the words of that link."""
    return [(_said(one), *_mended(meeting_id, one)) for one in findings]


def _said(one: Finding) -> str:
    if not one.titles:
        return str(gettext(one.message, **one.values))
    titles = "; ".join(one.titles)
    if one.more:
        titles += f" {ngettext('and %(num)d more', 'and %(num)d more', one.more)}"
    return str(gettext(one.message, **one.values, titles=titles))


def _mended(meeting_id: int, one: Finding) -> tuple[str, str]:
    if one.where is Where.DETAILS:
        return url_for("meetings.details", meeting_id=meeting_id), str(gettext("Change the details"))
    if one.where is Where.INVITED:
        return url_for("invited.index", meeting_id=meeting_id), str(gettext("See who is invited"))
    anchor = f"item-{one.item_id}" if one.item_id is not None else None
    return url_for("agenda.edit", meeting_id=meeting_id, _anchor=anchor), str(
        gettext("Mend it on the agenda")
    )
