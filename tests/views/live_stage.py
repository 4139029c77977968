"""What the tests of taking notes share: the notes of an item, and the token of a visitor’s forms."""

from sqlalchemy import select

from app.extensions import db
from app.models import Note
from tests.page import Browser


def texts(item_id: int) -> list[str]:
    query = select(Note.text).where(Note.agenda_item_id == item_id, Note.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Note.id)))


def token_of(browser: Browser) -> str:
    page = browser.get("/accessibility")
    return next(one.get("value", "") for one in page.all("input", name="csrf_token"))
