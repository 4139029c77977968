"""Papers: the agenda, letters to those without e-mail, the notice board and the blank form, as PDF."""

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from markupsafe import Markup

from app.documents.pdf import PLAIN, Layout, NoPrinter, mark_of, pdf
from app.documents.qr import qr_svg
from app.domain.permissions import Act
from app.domain.topics import ANSWERED_IN
from app.extensions import db
from app.forms.topics import TopicForm
from app.models import Meeting
from app.services import meetings, papers, topics
from app.services.papers import Letter, Notice
from app.views.access import entry, visitor
from app.views.languages import language

bp = Blueprint("papers", __name__)

LARGE = "18"
# mm after each item of a full agenda: it keeps to one sheet, and is written on beside its short lines.
LEAST_ON_AGENDA = 1
LINES_OF_A_TOPIC = 45  # mm at least for the topic itself


@bp.get("/meetings/<id:meeting_id>/agenda.pdf")
@entry(Act.SEE_PUBLIC)
def agenda(meeting_id: int) -> ResponseReturnValue:
    """The agenda on one A4 at 12 points; `?size=18` (or `?iso=1`) is for those who need large letters."""
    paper = papers.agenda_paper(visitor(), meeting_id, language())
    html = render_template("documents/agenda.html", paper=paper, sheet=paper.sheet, large=_large())
    page = url_for("meetings.show_meeting", meeting_id=meeting_id)
    layout = Layout(rooms=len(paper.items), least=LEAST_ON_AGENDA)
    return _printed(html, f"agenda-{meeting_id}", page, layout, private=paper.draft)


@bp.get("/meetings/<id:meeting_id>/invitation.pdf")
@entry(Act.BUILD_AGENDA)
def invitation(meeting_id: int) -> ResponseReturnValue:
    """A letter to each person without e-mail, or with `?blank=1` one without a name, to be copied."""
    if request.args.get("blank") == "1":
        written = [papers.letter_without_name(visitor(), meeting_id, language())]
    else:
        written = papers.letters(visitor(), meeting_id)
    page = url_for("meetings.show_meeting", meeting_id=meeting_id)
    return _printed(_letters(written), f"invitation-{meeting_id}", page, private=True)


@bp.app_template_global()
def letters_by_post(meeting: Meeting) -> int:
    """Return how many people who are invited can be written to on paper only; for the page of the meeting."""
    return len(papers.people_without_email(meeting))


def _letters(written: Sequence[Letter]) -> str:
    """Return the letters one after another, each in its reader's language."""
    # Rendered without what pages have around them: that would be looked up again for every letter.
    template = current_app.jinja_env.get_template("documents/letter.html")
    pages = []
    for letter in written:
        sheet = letter.agenda.sheet
        with force_locale(sheet.language):
            pages.append(template.render(letter=letter, sheet=sheet))
    sheet = written[0].agenda.sheet
    return render_template("documents/letters.html", letters=[Markup(one) for one in pages], sheet=sheet)  # noqa: S704 - rendered just above, with its values escaped


@bp.get("/tables/<slug:slug>/notice.pdf")
@entry(Act.SEE_PUBLIC)
def table_notice(slug: str) -> ResponseReturnValue:
    """A sheet for the notice board: the table's next meeting, and how to tell a topic."""
    page = url_for("tables.show_table", slug=slug)
    return _notice(papers.table_notice(slug, language()), f"notice-{slug}", page)


@bp.get("/meetings/<id:meeting_id>/notice.pdf")
@entry(Act.SEE_PUBLIC)
def meeting_notice(meeting_id: int) -> ResponseReturnValue:
    """The same sheet of one meeting."""
    page = url_for("meetings.show_meeting", meeting_id=meeting_id)
    return _notice(papers.meeting_notice(meeting_id, language()), f"notice-{meeting_id}", page)


def _notice(notice: Notice, name: str, page: str) -> ResponseReturnValue:
    said = gettext("QR code that opens the page %(url)s", url=notice.sheet.propose_url)
    code = Markup(qr_svg(notice.scanned_url, said))  # noqa: S704 - drawn by segno, which escapes the title
    html = render_template("documents/notice.html", notice=notice, sheet=notice.sheet, code=code)
    return _printed(html, name, page, Layout(rooms=1, one_sheet=True))


@bp.get("/topics/propose.pdf")
@entry(Act.SEE_PUBLIC)
def blank_form() -> ResponseReturnValue:
    """The questions of the web form with lines to write on; `?table=SLUG` makes it one table's own."""
    slug = request.args.get("table")
    sheet = papers.blank_form(slug, language())
    form = TopicForm(formdata=None)
    form.offer(meetings.tables_that_meet(), topics.organisations(), language())
    html = render_template("documents/propose.html", sheet=sheet, form=form, days=ANSWERED_IN)
    page = url_for("topics.propose", table=slug) if slug and sheet.table else url_for("topics.propose")
    return _printed(html, "propose", page, Layout(rooms=1, least=LINES_OF_A_TOPIC))


def _large() -> bool:
    return request.args.get("size") == LARGE or request.args.get("iso") == "1"


def _printed(
    html: str, name: str, page: str, layout: Layout = PLAIN, *, private: bool = False
) -> ResponseReturnValue:
    """Answer the HTML as a PDF; where the system cannot make one, the page that can be printed instead."""
    mark = mark_of(html)
    if not private and request.if_none_match.contains(mark):
        answer = Response(status=304)
    else:
        db.session.rollback()  # all is read: the database is not held while a paper waits and is drawn
        try:
            content = pdf(html, layout, keep=not private)
        except NoPrinter as error:
            current_app.logger.error("A PDF could not be made: %s", error)
            return make_response(render_template("documents/no_printer.html", page=page), 503)
        answer = Response(content, mimetype="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    if private:
        answer.headers["Cache-Control"] = "no-store"
    else:
        answer.cache_control.no_cache = True  # keep it, but ask each time
        answer.set_etag(mark)
    return answer
