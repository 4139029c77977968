"""A topic by mail that nothing sent to its table says that the table is a guess."""

from app.domain.topics import TopicState
from app.extensions import db
from app.models import IncomingMail, Topic
from tests.cast import Cast
from tests.mail_stage import topic_by_mail
from tests.page import Browser

GUESS = "We guessed the table from nothing."


def _says(browser: Browser, cast: Cast, table_id: int, sender: str = "", **fields: object) -> bool:
    """Whether the page of a topic by mail says that its table is a guess."""
    topic_id, mail_id = topic_by_mail(table_id, **fields)
    row = db.session.get_one(IncomingMail, mail_id)
    row.from_address = sender or row.from_address
    db.session.commit()
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    assert "Edit the details" in page.text
    return GUESS in page.text


def test_a_stranger_s_topic_at_the_first_table_is_a_guess(browser: Browser, cast: Cast) -> None:
    assert _says(browser, cast, cast.north)
    notice = browser.get(f"/inbox/{db.session.query(Topic.id).scalar()}").text.partition(GUESS)[2]
    assert notice.startswith(" Is it right? Edit the details"), "the way to mend it is in the notice"


def test_what_told_the_table_is_no_guess(browser: Browser, cast: Cast) -> None:
    assert not _says(browser, cast, cast.south), "somebody or something took it there"
    assert not _says(browser, cast, cast.north, sender=cast.aino)
    assert not _says(browser, cast, cast.north, organisation_id=cast.koivuranta)
    assert not _says(browser, cast, cast.north, state=TopicState.ACCEPTED)
