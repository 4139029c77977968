"""Stylesheets and scripts, under names that change with their content so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from app.domain.permissions import Act
from app.views.access import entry

bp = Blueprint("assets", __name__)

FOLDER = Path(__file__).resolve().parents[2] / "static"
SHEETS = (
    "tokens",
    "base",
    "frame",
    "forms",
    "buttons",
    "components",
    "agenda",
    "since",
    "tables",
    "work",
    "live",
    "inbox",
    "invitations",
    "letters",
    "print",
)
A_YEAR = 365 * 24 * 3600


@cache
def stylesheet(folder: Path) -> bytes:
    """Return the stylesheets as one, in their order."""
    return b"\n".join((folder / "css" / f"{name}.css").read_bytes() for name in SHEETS)


@cache
def fingerprint_of(folder: Path, name: str) -> str:
    """Return a short fingerprint of a file's content."""
    content = stylesheet(folder) if name == "style.css" else (folder / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


@bp.get("/assets/<mark>/<path:name>")
@entry(Act.SEE_PUBLIC)
def file(mark: str, name: str) -> ResponseReturnValue:
    """Answer a file of `static/`; `style.css` is all stylesheets in one."""
    if not mark.isalnum():
        abort(404)
    folder = _folder()
    if name == "style.css":
        answer = Response(stylesheet(folder), mimetype="text/css")
    else:
        answer = send_from_directory(folder, name)
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer


def _folder() -> Path:
    return FOLDER


def static_url(name: str) -> str:
    """Return the address of a file of `static/`."""
    return url_for("assets.file", mark=fingerprint_of(_folder(), name), name=name)


def stylesheet_url() -> str:
    """Return the address of all stylesheets in one."""
    return static_url("style.css")


def init_app(app: Flask) -> None:
    """Give the two addresses to every template; while developing, read changed files anew."""
    app.add_template_global(static_url)
    app.add_template_global(stylesheet_url)
    if app.debug:

        @app.before_request
        def forget() -> None:
            stylesheet.cache_clear()
            fingerprint_of.cache_clear()
