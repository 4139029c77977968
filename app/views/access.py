"""Who is at the door: every endpoint names its act, and the table of permissions answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Forbidden, SignedOut
from app.domain.permissions import ANYBODY, OPEN_TO_ALL, Act, Visitor, may
from app.domain.words import N_
from app.services import sessions

COOKIE = "signed-in"
SECURE_COOKIE = "__Host-signed-in"  # browsers then refuse it over http and from other hosts

SIGNED_OUT = N_("You are not signed in any more. Your text is below: copy it, sign in, and send it again.")

View = Callable[..., ResponseReturnValue]


def over_https() -> bool:
    """Whether browsers come by https: as this request did, or as the settings say where a proxy hides it."""
    return request.is_secure or bool(current_app.config["HOUSE"].https)


def cookie_name() -> str:
    """Return the name of the cookie that holds the session's secret."""
    return SECURE_COOKIE if over_https() else COOKIE


def visitor() -> Visitor:
    """Return who asks for this page; looked up once per request, and only where a cookie is shown."""
    if "visitor" not in g:
        secret = request.cookies.get(cookie_name())
        g.visitor = sessions.visitor_of(secret) if secret else ANYBODY
    found: Visitor = g.visitor
    return found


def entry(act: Act) -> Callable[[View], View]:
    """Mark an endpoint with its act and let in only those whom the table of permissions allows.

    A stranger is asked to sign in; a person without the role reads that it is not hers. What belongs
    to one table only is checked once more by the service, which knows the table.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def let_in(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if act not in OPEN_TO_ALL and not may(visitor(), act):
                if visitor().signed_in:
                    raise Forbidden(N_("Your role does not allow this."))
                if request.method != "GET":
                    raise SignedOut(SIGNED_OUT)
                return redirect(url_for("sign_in.ask", next=request.full_path.rstrip("?")), 303)
            return view(*args, **kwargs)

        let_in.act = act  # type: ignore[attr-defined]  # a test reads it from every endpoint
        return let_in

    return mark
