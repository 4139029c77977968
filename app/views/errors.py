"""Every refusal becomes a page with a plain sentence; nothing that was typed is lost on the way."""

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException, SecurityError

from app.domain.errors import DomainError, Forbidden, Invalid, NotFound, Refused, SignedOut, TooMany
from app.domain.permissions import ANYBODY
from app.domain.words import N_
from app.extensions import db
from app.forms.fields import say
from app.views.languages import language

STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Invalid, 422),
    (TooMany, 429),
    (Refused, 409),
)

HEADINGS = {
    400: N_("The page could not be read"),
    403: N_("This page is not open to you"),
    404: N_("There is no such page"),
    405: N_("This address cannot be used that way"),
    409: N_("This could not be done"),
    413: N_("Too much was sent at once"),
    422: N_("Something needs correcting"),
    429: N_("Too many tries"),
    500: N_("Something went wrong here"),
    503: N_("The service cannot save right now"),
}

SENTENCES = {
    400: N_("Go back, reload the page and try again."),
    403: N_("Sign in with the right e-mail address, or ask the coordinator."),
    404: N_("The address may have a typing error, or the page has not been published."),
    405: N_("Use the buttons of the pages."),
    413: N_("A file may be 5 megabytes at most. Send a smaller one."),
    500: N_("The fault is ours and has been written down. Try again in a moment, or call us."),
    503: N_("Wait a moment and send again. What you typed is below."),
}

# Fields that people write in, by the last word of their names; the hidden ones are no loss.
KEPT = frozenset(
    (
        *("text", "subject", "reason", "words", "outcome", "description", "pasted", "names", "substitute"),
        *("title", "title_sv", "new_title", "presenter", "new_presenter", "name", "name_sv"),
        *("place", "remote_url", "area", "email", "phone", "municipality", "period", "number", "address"),
    )
)


def error_page(status: int, sentence: str | None = None, heading: str | None = None) -> ResponseReturnValue:
    """Render the page of an error, with what the person had typed."""
    code = status if status in HEADINGS else (400 if status < 500 else 500)
    shown = {
        "status": status,
        "heading": heading or gettext(HEADINGS[code]),
        "sentence": sentence or gettext(SENTENCES.get(code, SENTENCES[400])),
        "kept_text": kept_text(),
    }
    try:
        return make_response(render_template("errors/page.html", **shown), status)
    except SQLAlchemyError:  # not even the frame around the page can be read
        db.session.rollback()
        g.visitor = ANYBODY
        plain = current_app.jinja_env.get_template("errors/plain.html")
        return make_response(plain.render(language=language(), **shown), status)


def kept_text() -> str | None:
    """Return the prose of a form that was sent, so that a refusal can give it back."""
    if request.method != "POST" or request.content_length is None or request.content_length > 1024 * 1024:
        return None
    try:
        typed = [words.strip() for name, words in request.form.items(multi=True) if _was_typed(name, words)]
    except HTTPException:  # the form itself could not be read
        return None
    return "\n\n".join(dict.fromkeys(typed)) or None


def _was_typed(name: str, words: str) -> bool:
    row, _, field = name.rpartition("-")
    return field in KEPT and bool(words.strip()) and words != request.form.get(f"{row}-seen_{field}")


def init_app(app: Flask) -> None:
    """Turn refusals, wrong addresses and faults into pages."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 409)
        return error_page(status, say(error))

    @app.errorhandler(SignedOut)
    def signed_out(error: SignedOut) -> ResponseReturnValue:
        """Give back what was typed; where nothing was, ask to sign in."""
        if kept_text():
            return error_page(403, say(error))
        return redirect(url_for("sign_in.ask"), 303)

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        return error_page(
            400,
            gettext(
                "The page had been open too long to be sent. What you typed is below: copy it and try again."
            ),
        )

    @app.errorhandler(SecurityError)
    def wrong_host(_error: SecurityError) -> ResponseReturnValue:
        """Answer without any address: the one that was asked by is not ours, so no link can be made."""
        sentence = gettext("This service is not at this address. Check the address and try again.")
        return Response(f"{sentence}\n", 400, mimetype="text/plain")

    @app.errorhandler(HTTPException)
    def wrong(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        answer = make_response(error_page(error.code))
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(NoConnectionLeft)
    def cannot_save(error: SQLAlchemyError) -> ResponseReturnValue:
        """Answer while the database is busy, full or gone."""
        db.session.rollback()
        app.logger.error("The database refused: %s", getattr(error, "orig", error))
        code = 503 if request.method == "POST" else 500
        heading = gettext(HEADINGS[code])
        return error_page(503, gettext(SENTENCES[503 if kept_text() else 500]), heading)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        db.session.rollback()
        app.logger.exception("A fault of ours")
        return error_page(500)

    @app.before_request
    def refuse_unstorable() -> None:
        """NUL and lone surrogates in an address or a name of a field come from no form of ours."""
        shown = (request.path, *request.args, *request.args.values())
        if any("\x00" in text or any("\ud800" <= c <= "\udfff" for c in text) for text in shown):
            raise Invalid("address", N_("The address has characters that cannot be used."))
