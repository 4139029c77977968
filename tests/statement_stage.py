"""What the stories of statements share: a body with an address, a question that was asked, its link."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import Organisation, Statement
from tests.cast import Cast
from tests.page import Browser, Page
from tests.topic_stage import letters, told

CONTACT = {
    "contact_name": "Eeva Koski",
    "contact_email": "eeva@koivuranta.example",
    "contact_phone": "040 765 4321",
}
TEXT = "Kylätie on pimeä. Terveisin Eeva Koski, 040 765 4321"


def with_email(organisation_id: int, email: str = "tekninen@lehmijarvi.example") -> None:
    db.session.get_one(Organisation, organisation_id).email = email
    db.session.commit()


def one_statement() -> Statement:
    db.session.rollback()
    return db.session.scalars(select(Statement)).one()


def days_pass(days: int) -> None:
    """Let everything that was asked, and the letters about it, be so many days older."""
    row = one_statement()
    row.asked_at -= timedelta(days=days)
    assert row.due_on
    row.due_on -= timedelta(days=days)
    for letter in letters():
        letter.created_at -= timedelta(days=days)
    db.session.commit()


def ask(browser: Browser, topic_id: int, body: int, status: int = 200, **typed: object) -> Page:
    page = browser.get(f"/inbox/{topic_id}/statements/ask")
    return page.submit("Send the question", status, organisation=str(body), **typed)


def asked(cast: Cast, app: Flask, **fields: object) -> tuple[Browser, int, str]:
    """A topic of the north about which the technical department was asked: browser, topic, link."""
    with_email(cast.technical)
    topic = told(cast.north, TEXT, **{**CONTACT, **fields})
    browser = Browser(app).sign_in(cast.maria)
    ask(browser, topic.id, cast.technical)
    return browser, topic.id, f"/statements/{one_statement().token}"


def kinds() -> list[str]:
    db.session.rollback()
    return [one.kind for one in letters()]
