"""Steps of signing in that several stories share."""

import re

from sqlalchemy import func, select
from werkzeug.test import Cookie

from app.extensions import db
from app.models import OutgoingMail, SignInSession
from tests.page import Browser, Page

HOME = "http://127.0.0.1:5000"


def ask(browser: Browser, email: str, status: int = 200) -> Page:
    return browser.get("/sign-in").submit("Send the link", status, email=email)


def browser_token(browser: Browser, address: str = "/sign-in") -> str:
    return str(browser.get(address).all("input", name="csrf_token")[0].get("value"))


def sent_link() -> str:
    """The address in the newest letter, without the site."""
    body = db.session.scalars(select(OutgoingMail.body).order_by(OutgoingMail.id.desc())).first()
    db.session.remove()
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:5000(/sign-in/\S+)", body)
    assert found, body
    return found[1]


def cookie_of(browser: Browser, name: str, path: str = "/") -> Cookie | None:
    return browser.client.get_cookie(name, domain="127.0.0.1", path=path)


def sessions_now() -> int:
    count = db.session.scalar(
        select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    )
    db.session.remove()
    return count or 0
