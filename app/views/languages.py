"""Which language a page speaks: asked in the address, remembered, the reader's own, or Finnish."""

from flask import Flask, Response, g, request
from flask_babel import refresh
from sqlalchemy.exc import SQLAlchemyError

from app.views.access import over_https, visitor

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
COOKIE = "language"
REMEMBERED_DAYS = 365


def language() -> str:
    """Return fi, sv or en for this request."""
    for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    try:
        own = g.get("reader_language") or visitor().language
    except SQLAlchemyError:  # the sentence that says so must not fail for it
        own = "fi"
    return own if own in LANGUAGES else "fi"


def speak(reader_language: str) -> None:
    """Speak the language of whoever a private link was made for, where the browser has asked for none."""
    g.reader_language = reader_language
    refresh()


def init_app(app: Flask) -> None:
    """Remember a language that was asked for in the address."""

    @app.after_request
    def remember(response: Response) -> Response:
        wish = request.args.get("lang")
        if wish in LANGUAGES and request.cookies.get(COOKIE) != wish:
            response.set_cookie(
                COOKIE,
                wish,
                max_age=REMEMBERED_DAYS * 24 * 3600,
                secure=over_https(),
                httponly=True,
                samesite="Lax",
            )
        return response
