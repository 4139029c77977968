"""A topic that goes to another table takes its messages and letters along."""

from app.domain.errors import NotFound
from app.domain.outbox import MailState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import OutgoingMail
from app.services import incoming_mail
from tests import make
from tests.cast import Cast
from tests.mail_stage import mail, topic_by_mail
from tests.outbox_stage import store
from tests.page import Browser


def readable(email: str, mail_id: int) -> bool:
    try:
        incoming_mail.get(make.visitor(email), mail_id)
    except NotFound:
        return False
    return True


def table_of(letter_id: int) -> int | None:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id).table_id


def test_its_messages_and_letters_are_read_where_it_is_now(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    draft = store(1, MailState.DRAFT, topic_id=topic_id, table_id=cast.north)
    sent = store(2, MailState.SENT, topic_id=topic_id, table_id=cast.north)
    elsewhere = store(3, MailState.DRAFT, table_id=cast.north)
    held = mail(cast.north).id
    assert not readable(cast.olli, mail_id)

    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    page.follow("Edit the details").submit("Save", table=str(cast.south))
    assert [table_of(one) for one in (draft, sent, elsewhere)] == [cast.south, cast.south, cast.north]
    assert (readable(cast.olli, mail_id), readable(cast.olli, held)) == (True, False)
    browser.sign_in(cast.olli).get(f"/inbox/mail/{mail_id}")
    browser.get(f"/outbox/{draft}")


def test_the_table_that_it_left_reads_them_no_more(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.south)
    draft = store(1, MailState.DRAFT, topic_id=topic_id, table_id=cast.south)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    page.follow("Edit the details").submit("Save", table=str(cast.north))
    browser.sign_in(cast.olli)
    assert browser.get(f"/inbox/mail/{mail_id}", status=404)
    assert browser.get(f"/outbox/{draft}", status=404)


def test_letters_of_a_meeting_stay_with_its_table(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, state=TopicState.ACCEPTED)
    meeting = make.meeting(cast.north, make.days_ago(-20).date()).id
    letter = store(1, MailState.SENT, topic_id=topic_id, table_id=cast.north, meeting_id=meeting)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    page.follow("Edit the details").submit("Save", table=str(cast.south))
    assert table_of(letter) == cast.north
