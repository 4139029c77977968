"""Signing in by a link that was sent by e-mail, signing out, and the browsers where one is signed in."""

import secrets

from flask import Blueprint, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug import Response

from app.domain.browsers import browser_name
from app.domain.errors import Invalid, Refused, TooMany
from app.domain.permissions import Act
from app.forms.base import PressForm
from app.forms.sign_in import AskForm, UseLinkForm
from app.models import Person
from app.services import municipality, people, sessions, sign_in_links
from app.views.access import cookie_name, entry, over_https, visitor
from app.views.answers import done, show
from app.views.languages import language
from app.views.network import network
from app.views.roles import role_in_words
from app.views.way_on import safe_next, start_page

bp = Blueprint("sign_in", __name__)

ASKED = "asked"  # the cookie of the browser that asked for a link
ASKED_SECONDS = 3600
WANTED = "next"  # in the signed session: the page that asked for signing in
GONE = 410


@bp.route("/sign-in", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def ask() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whoever has the address."""
    form = AskForm(next=safe_next(request.args.get("next")))
    form.next.data = safe_next(form.next.data)
    status = None
    if form.validate_on_submit():
        secret = secrets.token_urlsafe(32)
        try:
            sign_in_links.ask_for_link(form.email.data or "", secret, network())
        except TooMany as error:
            form.take(error)
            status = 429
        else:
            session[WANTED] = form.next.data
            answer = redirect(url_for("sign_in.asked"), 303)
            _set_cookie(answer, ASKED, secret, ASKED_SECONDS, path="/sign-in")
            return answer
    return show("sign_in/ask.html", form=form, status=status, invented=_invented())


def _invented() -> list[tuple[Person, list[str]]]:
    """Return the people of a demo with their roles in words; nobody elsewhere."""
    if not municipality.shown(language()).demo:
        return []
    return [(one, [role_in_words(role, language()) for role in one.roles]) for one in people.shown_people()]


@bp.get("/sign-in/asked")
@entry(Act.SEE_PUBLIC)
def asked() -> ResponseReturnValue:
    """Say what happens next, without saying who is known."""
    return show("sign_in/asked.html", minutes=int(sign_in_links.LINK_LASTS.total_seconds() // 60))


@bp.route("/sign-in/<token:token>", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def use_link(token: str) -> ResponseReturnValue:
    """Show the button; pressing it signs in. Looking (and mail scanners look) changes nothing."""
    form = UseLinkForm()
    asked_from = request.cookies.get(ASKED)
    status = None
    if form.validate_on_submit():
        try:
            return _signed_in(
                sessions.sign_in(token, asked_from, form.address.data, request.headers.get("User-Agent"))
            )
        except Invalid as error:
            form.take(error)
        except TooMany as error:
            form.take(error)
            status = 429
        except Refused:
            return _used()
    if not sign_in_links.is_open(token):
        return _used()
    foreign = sign_in_links.needs_address(token, asked_from)
    return show("sign_in/link.html", form=form, status=status, foreign=foreign)


def _used() -> ResponseReturnValue:
    """Answer for a link that does not open any more; a double click finds the person signed in."""
    if visitor().signed_in:
        return redirect(start_page(visitor()), 303)
    return show("sign_in/used.html", status=GONE)


@bp.post("/sign-in/demo/<id:person_id>")
@entry(Act.SEE_PUBLIC)
def be(person_id: int) -> ResponseReturnValue:
    """Be one of the invented people of a demo; elsewhere there is no such page."""
    return _signed_in(sessions.sign_in_as(person_id, request.headers.get("User-Agent")))


def _signed_in(secret: str) -> ResponseReturnValue:
    """Lead on with a new session; the one that this browser had before ends."""
    before = visitor()
    if before.session_id is not None:
        sessions.end_session(before, before.session_id)
    g.visitor = sessions.visitor_of(secret)
    answer = redirect(safe_next(session.pop(WANTED, None)) or start_page(visitor()), 303)
    _set_cookie(answer, cookie_name(), secret, int(sessions.SESSION_LASTS.total_seconds()))
    answer.delete_cookie(ASKED, path="/sign-in", secure=over_https(), httponly=True, samesite="Lax")
    return answer


def _set_cookie(answer: Response, name: str, value: str, seconds: int, path: str = "/") -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=over_https(),
        httponly=True,
        samesite="Lax",
    )


@bp.post("/sign-out")
@entry(Act.SEE_PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    who = visitor()
    if who.session_id is not None:
        sessions.end_session(who, who.session_id)
    session.clear()
    answer = done("pages.home", gettext("You have signed out."))
    assert isinstance(answer, Response)  # noqa: S101 - a redirect is one
    answer.delete_cookie(cookie_name(), secure=over_https(), httponly=True, samesite="Lax")
    return answer


@bp.get("/sign-in/sessions")
@entry(Act.BE_SIGNED_IN)
def browsers() -> ResponseReturnValue:
    """List the browsers where the person is signed in."""
    rows = [(row, browser_name(row.browser)) for row in sessions.open_sessions(visitor())]
    return show("sign_in/sessions.html", rows=rows, form=PressForm())


@bp.post("/sign-in/sessions/<id:session_id>/end")
@entry(Act.BE_SIGNED_IN)
def end_one(session_id: int) -> ResponseReturnValue:
    """Sign out in one browser."""
    sessions.end_session(visitor(), session_id)
    return done("sign_in.browsers", gettext("That browser is signed out."))


@bp.post("/sign-in/sessions/end-others")
@entry(Act.BE_SIGNED_IN)
def end_others() -> ResponseReturnValue:
    """Sign out in every browser but this one."""
    ended = sessions.end_other_sessions(visitor())
    return done(
        "sign_in.browsers",
        ngettext("%(num)d browser is signed out.", "%(num)d browsers are signed out.", ended),
    )
