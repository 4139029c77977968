"""Meetings in people's own calendars: the page of all feeds, an organisation's feed, and one's own."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.organisations import OrganisationKind
from app.domain.permissions import Act
from app.domain.words import N_
from app.extensions import site
from app.services import calendars, meetings, organisations, own_calendar
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.calendar_files import calendar_answer
from app.views.languages import language

KINDS = (
    (
        N_("Villages and village associations"),
        {OrganisationKind.VILLAGE, OrganisationKind.VILLAGE_ASSOCIATION},
    ),
    (
        N_("Associations and umbrella organisations"),
        {OrganisationKind.ASSOCIATION, OrganisationKind.UMBRELLA},
    ),
    (
        N_("Departments and bodies outside the municipality"),
        {OrganisationKind.DEPARTMENT, OrganisationKind.OUTSIDE_BODY},
    ),
)

bp = Blueprint("calendars", __name__)


@bp.get("/calendars")
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Every feed, and how each is added to a phone or another calendar."""
    home = site().home()
    tables = meetings.tables_that_meet()
    return show(
        "calendars/index.html",
        own=own_calendar.link_of(visitor()),
        whole=f"{home}calendar.ics",
        tables=[(one.name_in(language()), f"{site().table(one.slug)}/calendar.ics") for one in tables],
        bodies=_bodies(home),
    )


def _bodies(home: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (kind, [(name, feed)]) of the organisations in use."""
    found = organisations.in_use()
    groups = [
        (
            gettext(words),
            [
                (one.name_in(language()), f"{home}organisations/{one.id}/calendar.ics")
                for one in found
                if one.kind in kinds
            ],
        )
        for words, kinds in KINDS
    ]
    return [(words, feeds) for words, feeds in groups if feeds]


@bp.get("/organisations/<id:organisation_id>/calendar.ics")
@entry(Act.SEE_PUBLIC)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """The feed of one organisation: the meetings of its tables and those that take up its topics."""
    file = calendars.organisation_calendar(organisation_id, language())
    return calendar_answer(file, f"organisation-{organisation_id}")


@bp.get("/calendars/<token:token>.ics")
@entry(Act.HOLD_PRIVATE_LINK)
def own(token: str) -> ResponseReturnValue:
    """A person's own feed, for whoever holds its private link."""
    return calendar_answer(own_calendar.own_calendar(token), "calendar", private=True)


@bp.post("/calendars/own")
@entry(Act.BE_SIGNED_IN)
def make_link() -> ResponseReturnValue:
    """Make the private link of one's own feed, or a new one in its place."""
    had_one = own_calendar.link_of(visitor()) is not None
    own_calendar.make_link(visitor())
    if had_one:
        sentence = gettext("You have a new private link. The old one no longer works.")
    else:
        sentence = gettext("You have a private link now. Add it to your calendar.")
    return done("calendars.index", sentence, anchor="own")


@bp.post("/calendars/own/revoke")
@entry(Act.BE_SIGNED_IN)
def revoke_link() -> ResponseReturnValue:
    """Take the private link away."""
    own_calendar.revoke_link(visitor())
    return done("calendars.index", gettext("The private link no longer works."), anchor="own")
