"""What every answer tells the browser: no strangers' scripts, no kept private pages, no leaked address."""

from flask import Flask, Response, g, request

from app.views.access import cookie_name, over_https

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

# Files of which the asker may keep a copy, behind a private address too: a calendar program asks again with
# the mark of what it has.
KEPT = ("assets.file", "calendars.own")


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors too."""

    @app.after_request
    def guard(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault(
            "Referrer-Policy", "no-referrer" if _private_address() else "strict-origin-when-cross-origin"
        )
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if over_https():
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint not in KEPT and (request.cookies.get(cookie_name()) or _private_address()):
            headers["Cache-Control"] = "no-store"
        elif response.status_code >= 400 or request.method == "POST":
            headers["Cache-Control"] = "no-store"  # an error passes, and what was typed is nobody else's
        elif "csrf_token" in g:
            headers.setdefault("Cache-Control", "private, no-cache")  # the form on it is this browser's own
        return response


def _private_address() -> bool:
    """Whether the address itself is a key: a proposer's page, a sign-in link."""
    return "token" in (request.view_args or {})
