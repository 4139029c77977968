"""One partnership table: what it is, when it meets, and its meetings for people's own calendars."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.domain.organisations import OrganisationKind
from app.domain.permissions import Act
from app.extensions import site
from app.services import calendars, meetings
from app.views import deadlines, rhythm
from app.views.access import entry, visitor
from app.views.answers import show
from app.views.calendar_files import calendar_answer
from app.views.languages import language

bp = Blueprint("tables", __name__)

LAST_PAGE = 10_000


@bp.get("/tables/<slug:slug>")
@entry(Act.SEE_PUBLIC)
def show_table(slug: str) -> ResponseReturnValue:
    """One partnership table."""
    table = meetings.get_table(slug)
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    earlier, pages = meetings.earlier(language(), table.id, page)
    villages = [one for one in table.organisations if one.kind is OrganisationKind.VILLAGE]
    return show(
        "tables/show.html",
        table=table,
        name=table.name_in(language()),
        villages=[one.name_in(language()) for one in villages],
        others=[one.name_in(language()) for one in table.organisations if one not in villages],
        coming=meetings.coming(language(), table.id),
        drafts=meetings.drafts(visitor(), language(), table.id),
        earlier=earlier,
        page=page,
        pages=pages,
        feed=f"{site().table(slug)}/calendar.ics",
        builds=visitor().may(Act.BUILD_AGENDA, table.id),
        rhythms=rhythm.told(table.id),
        until=deadlines.of_tables([table]),
    )


@bp.get("/tables/<slug:slug>/calendar.ics")
@entry(Act.SEE_PUBLIC)
def calendar(slug: str) -> ResponseReturnValue:
    """The feed of one table."""
    return calendar_answer(calendars.table_calendar(slug, language()), slug)


@bp.get("/calendar.ics")
@entry(Act.SEE_PUBLIC)
def all_calendar() -> ResponseReturnValue:
    """The feed of all tables."""
    return calendar_answer(calendars.whole_calendar(language()), "calendar")
