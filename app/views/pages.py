"""The first page, and the pages that every public service must have."""

from datetime import date

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.domain.permissions import Act
from app.extensions import db, site
from app.services import meetings, sessions
from app.views import deadlines
from app.views.access import entry, visitor
from app.views.answers import show
from app.views.languages import language

bp = Blueprint("pages", __name__)

STATEMENT_MADE = date(2026, 11, 22)  # to be reviewed every year


@bp.get("/")
@entry(Act.SEE_PUBLIC)
def home() -> ResponseReturnValue:
    """What is coming, tell us a topic, find your topic."""
    tables = meetings.tables_that_meet()
    until = deadlines.by_table(tables)
    return show(
        "pages/home.html",
        coming=meetings.coming(language()),
        tables=[(one.slug, one.name_in(language()), one.area, until.get(one.id)) for one in tables],
        memos=meetings.latest_memos(language()),
        feed=f"{site().url}{url_for('tables.all_calendar')}",
        builds=visitor().may(Act.BUILD_AGENDA),
    )


@bp.get("/accessibility")
@entry(Act.SEE_PUBLIC)
def accessibility() -> ResponseReturnValue:
    """The accessibility statement (Act 306/2019, section 9)."""
    return show("pages/accessibility.html", made=STATEMENT_MADE)


@bp.get("/privacy")
@entry(Act.SEE_PUBLIC)
def privacy() -> ResponseReturnValue:
    """The privacy notice."""
    return show("pages/privacy.html", session_days=sessions.SESSION_LASTS.days)


@bp.get("/healthz")
@entry(Act.SEE_PUBLIC)
def healthz() -> ResponseReturnValue:
    """Whether the service and its database answer."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("no database\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
