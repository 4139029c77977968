"""What the stories of topics share: a topic that was told, the letters, a form sent by a script."""

from sqlalchemy import func, select

from app.extensions import db
from app.models import Event, OutgoingMail, Topic
from tests import make
from tests.page import Browser, Page


def told(table_id: int, text: str = "Kylätie on pimeä.", **fields: object) -> Topic:
    """Store a topic and load it, so that it can be read after the pages have closed their sessions."""
    row = make.topic(table_id, text, **fields)
    db.session.refresh(row)
    db.session.expunge(row)
    return row


def stored(topic_id: int) -> Topic:
    return db.session.get_one(Topic, topic_id)


def one_topic() -> Topic:
    return db.session.scalars(select(Topic)).one()


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Topic)) or 0


def letters() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def token_of(page: Page) -> str:
    return next(str(one.get("value")) for one in page.all("input") if one.get("name") == "csrf_token")


def send(browser: Browser, data: dict[str, object], url: str = "/topics/propose", status: int = 200) -> Page:
    """Post these fields as a script would: with a token that is ours, without our page."""
    return browser.post(url, {**data, "csrf_token": token_of(browser.get("/topics/propose"))}, status)


def edit(browser: Browser, topic: Topic) -> Page:
    """Open the page where a proposer changes her topic, from her own page."""
    return browser.get(f"/topics/{topic.token}").follow("Change the topic")


def rewordings() -> list[Event]:
    """Return the lines of the log about proposers who changed their topics."""
    return list(db.session.scalars(select(Event).where(Event.act == "topic.reword").order_by(Event.id)))
