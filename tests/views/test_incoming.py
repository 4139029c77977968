"""Messages that came by mail: on the page of their topic, in their own list, and what is done with them."""

import pytest

from app.domain.incoming import Outcome, Why
from app.domain.topics import NOT_A_TOPIC, Channel, TopicAct, TopicState
from app.extensions import db
from app.models import IncomingMail, Topic, TopicStep
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.mail_stage import WORDS, attach, mail, topic_by_mail
from tests.page import Browser, words
from tests.topic_stage import letters, stored


def test_the_page_of_a_topic_shows_how_it_came_and_the_whole_message(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    attach(mail_id, topic_id)
    attach(mail_id, topic_id, "ohjelma.exe", content=None, refused="type", size=2_400_000)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    assert "Show the whole message" in page.text
    assert "<b>Vanha kutsu</b>" in page.text, "escaped, so a person reads the tags"
    assert "The sender’s address is not checked." in page.text
    assert page.links()["kutsu.pdf"].startswith("/attachments/")
    assert "ohjelma.exe 2.4 MB · Not taken in. Files of this kind are not taken in." in page.text
    assert "ohjelma.exe" not in page.links()


def test_a_message_that_joined_later_stands_in_what_has_happened(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north)
    later = mail(cast.north, Outcome.REPLY, topic_id=topic_id, whole="Lisää: 12 valoa.", why=Why.UNVERIFIED)
    step = TopicStep(act=TopicAct.WRITE, words="12 valoa.", at=later.received_at, kept_inside=True)
    step.topic_id, step.incoming_mail_id = topic_id, later.id
    db.session.add(step)
    db.session.commit()
    attach(later.id, topic_id, "kartta.pdf")
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    happened = page.text.partition("What has happened")[2]
    assert "Lisää: 12 valoa." in happened
    assert "kartta.pdf" in happened
    assert WORDS not in happened


def test_a_topic_of_the_web_has_no_message(browser: Browser, cast: Cast) -> None:
    topic_id = make.topic(cast.north).id
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    assert "whole message" not in page.text
    assert "This is not a topic" not in page.text


def test_one_press_tells_that_a_message_was_no_topic_and_sends_nothing(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, language="sv")
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}")
    assert "The acknowledgement may have gone already." in page.text
    page = page.submit("This is not a topic")
    assert "No other letter is sent." in page.text
    assert stored(topic_id).state is TopicState.DECLINED
    assert letters() == []
    assert NOT_A_TOPIC["sv"] in page.text
    assert "Take to the table" in page.text


def test_no_topic_pressed_twice_is_once_and_of_a_handled_one_refused(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north)
    browser.sign_in(cast.maria)
    page = browser.get(f"/inbox/{topic_id}")
    page.submit("This is not a topic")
    page.submit("This is not a topic")
    steps = db.session.query(TopicStep).filter_by(topic_id=topic_id).count()
    assert steps == 1
    other, _ = topic_by_mail(cast.north)
    shown = browser.get(f"/inbox/{other}")
    row = stored(other)
    row.state = TopicState.ACCEPTED
    db.session.commit()
    shown.submit("This is not a topic", status=409)


def test_the_inbox_tells_how_many_messages_wait(browser: Browser, cast: Cast) -> None:
    mail(cast.north)
    mail(None)
    mail(cast.north, Outcome.SET_ASIDE)
    browser.sign_in(cast.maria)
    assert "2 wait for you to look" in browser.get("/inbox").text


SHELVES = {
    "": "Odottaa",
    "set_aside": "Sivussa",
    "topic": "Aiheena",
    "bounce": "Palannut",
    "answer": "Kalenteri",
}


def test_the_list_is_by_what_became_of_messages(browser: Browser, cast: Cast) -> None:
    outcomes = (Outcome.HELD, Outcome.SET_ASIDE, Outcome.TOPIC, Outcome.BOUNCE, Outcome.ANSWER)
    for outcome, subject in zip(outcomes, SHELVES.values(), strict=True):
        mail(cast.north, outcome, subject=subject)
    browser.sign_in(cast.maria)
    for shelf, subject in SHELVES.items():
        page = browser.get(f"/inbox/mail?outcome={shelf}")
        assert [one for one in SHELVES.values() if one in page.links()] == [subject]
    offered = {words(one) for one in page.all("option")}
    assert {"Waits for you to look", "Set aside", "Became a topic", "All messages"} <= offered
    everything = browser.get("/inbox/mail?outcome=all")
    assert all(one in everything.links() for one in SHELVES.values())
    assert "Odottaa" in browser.get("/inbox/mail?outcome=outo&page=99").links()


def test_own_tables_alone_are_read_and_what_has_no_table_by_those_of_all(
    browser: Browser, cast: Cast
) -> None:
    north, none = mail(cast.north, subject="Pohjoisen").id, mail(None, subject="Ei kenenkään").id
    south = mail(cast.south, subject="Etelän").id
    browser.sign_in(cast.olli)
    page = browser.get("/inbox/mail")
    assert "Etelän" in page.links()
    assert {"Pohjoisen", "Ei kenenkään"}.isdisjoint(page.links())
    assert browser.get(f"/inbox/mail/{south}").h1 == "Etelän"
    for other in (north, none):
        browser.get(f"/inbox/mail/{other}", status=404)
    browser.sign_in(cast.maria).get(f"/inbox/mail/{none}")


def test_a_message_that_waits_becomes_a_topic_with_its_files(browser: Browser, cast: Cast) -> None:
    held = mail(cast.north, why=Why.TOO_MANY).id
    file = attach(held, None)
    page = browser.sign_in(cast.maria).get("/inbox/mail").follow("Tievalot")
    assert "Very many messages came within an hour." in page.text
    page = page.submit("Make a topic of it")
    topic = db.session.query(Topic).one()
    assert (topic.channel, topic.text) == (Channel.EMAIL, WORDS)
    assert page.links()["kutsu.pdf"] == f"/attachments/{file}"
    assert db.session.get_one(IncomingMail, held).topic_id == topic.id


def test_a_message_that_waits_is_set_aside(browser: Browser, cast: Cast) -> None:
    held = mail(cast.north).id
    page = browser.sign_in(cast.maria).get(f"/inbox/mail/{held}").submit("Set it aside")
    assert "No answer is sent." in page.text
    assert db.session.get_one(IncomingMail, held).outcome is Outcome.SET_ASIDE
    assert "Make a topic of it" in browser.get(f"/inbox/mail/{held}").text


def test_a_message_without_text_says_so_once_and_when_it_came(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.maria)
    page = browser.get(f"/inbox/mail/{mail(cast.north, why=Why.EMPTY, text='', whole='').id}")
    assert "It has no text of its own." in page.text
    assert "The message had no text." not in page.text
    assert "When the message came" in page.text
    other = browser.get(f"/inbox/mail/{mail(cast.north, why=Why.TOO_LARGE, text='', whole='').id}")
    assert other.text.count("The message had no text.") == 1


def test_a_message_that_became_something_has_no_buttons(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north)
    page = browser.sign_in(cast.maria).get(f"/inbox/mail/{mail_id}")
    assert "Make a topic of it" not in page.text
    assert page.follow(f"{stored(topic_id).number} {stored(topic_id).title}").url == f"/inbox/{topic_id}"


@pytest.mark.parametrize("many", [3, 45])
def test_the_list_asks_the_same_number_of_questions_however_long(
    browser: Browser, cast: Cast, many: int
) -> None:
    for _ in range(many):
        topic_by_mail(cast.north)
    browser.sign_in(cast.maria)
    assert queries_of(lambda: browser.raw("/inbox/mail?outcome=topic")) <= 10


@pytest.mark.parametrize("many", [1, 20])
def test_a_topic_with_many_messages_asks_the_same_number(browser: Browser, cast: Cast, many: int) -> None:
    topic_id, _ = topic_by_mail(cast.north)
    for _ in range(many):
        attach(mail(cast.north, Outcome.REPLY, topic_id=topic_id).id, topic_id)
    browser.sign_in(cast.maria)
    assert queries_of(lambda: browser.raw(f"/inbox/{topic_id}")) <= 30
