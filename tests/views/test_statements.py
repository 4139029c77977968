"""The coordinator asks bodies about a topic, reminds them, and reads what they answer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Event, Organisation, PartnershipTable, Statement
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser
from tests.statement_stage import ask, asked, days_pass, kinds, one_statement, with_email
from tests.topic_stage import letters, stored, told


def test_the_same_question_sent_twice_is_one_and_the_same_body_is_not_asked_twice(
    cast: Cast, app: Flask
) -> None:
    with_email(cast.technical)
    topic = told(cast.north)
    browser = Browser(app).sign_in(cast.maria)
    page = browser.get(f"/inbox/{topic.id}/statements/ask")
    for _ in range(2):
        page.submit("Send the question", organisation=str(cast.technical))
    assert kinds() == ["statement_asked"]
    again = ask(browser, topic.id, cast.technical, 422)
    assert "This body has been asked already" in again.text
    ask(browser, topic.id, cast.culture)
    db.session.rollback()
    assert len(db.session.scalars(select(Statement)).all()) == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "1.1.2020"}, "The day has gone already."),
        ({"due_on": "1.1.2099"}, "more than a year away"),
        ({"due_on": "huomenna"}, "Write the date like this"),
        ({"words": ""}, "Write what you want to ask."),
        ({"words": "Koskee hetua 131052-308T."}, "personal identity code"),
    ],
)
def test_a_question_that_cannot_be_sent(
    cast: Cast, app: Flask, typed: dict[str, object], sentence: str
) -> None:
    topic = told(cast.north)
    page = ask(Browser(app).sign_in(cast.maria), topic.id, cast.technical, 422, **typed)
    assert sentence in page.text
    assert kinds() == []


def test_a_question_stands_ready_for_two_weeks_in_the_words_of_the_table(cast: Cast, app: Flask) -> None:
    topic = told(cast.north)
    make.meeting(cast.north, today() + timedelta(days=3))
    browser = Browser(app).sign_in(cast.maria)
    page = browser.get(f"/inbox/{topic.id}/statements/ask")
    due = today() + timedelta(days=14)
    assert page.all("input", id="due_on")[0].get("value") == f"{due.day}.{due.month}.{due.year}"
    assert "Kertoisitteko" in page.all("textarea", id="words")[0].text
    assert "The next meeting is on" in page.text
    sent = page.submit("Send the question", organisation=str(cast.technical))
    assert "the next meeting is before it" in sent.text


def test_a_body_without_an_address_gets_its_link_by_hand(cast: Cast, app: Flask) -> None:
    topic = told(cast.north)
    browser = Browser(app).sign_in(cast.maria)
    assert "Tekninen toimi (no e-mail address)" in browser.get(f"/inbox/{topic.id}/statements/ask").text
    page = ask(browser, topic.id, cast.technical)
    assert "This body has no e-mail address. Give this link to it:" in page.text
    assert f"http://127.0.0.1:5000/statements/{one_statement().token}" in page.text
    assert kinds() == []


def test_a_body_that_was_archived_meanwhile(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    other = told(cast.north, "Toinen asia")
    page = browser.get(f"/inbox/{other.id}/statements/ask")
    days_pass(2)
    db.session.get_one(Organisation, cast.technical).archived_at = utc_now()
    db.session.commit()
    assert (
        "Choose from the list."
        in page.submit("Send the question", 422, organisation=str(cast.technical)).text
    )
    assert "Remind" not in [one.text for one in browser.get(f"/inbox/{topic_id}").all("button")]
    Browser(app).get(link).submit("Send the answer", text="Vastaamme silti.", name="Pekka")
    assert one_statement().answer == "Vastaamme silti."


def test_a_late_answer_is_seen_reminded_once_a_day_and_still_taken(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    assert not browser.get(f"/inbox/{topic_id}").all("button", aria_label="Remind: Tekninen toimi")
    days_pass(20)
    page = browser.get(f"/inbox/{topic_id}")
    assert "An answer is late" in page.text
    again = page.submit("Remind: Tekninen toimi")
    assert "The letter is on its way." in again.text
    assert "reminded on" in again.text
    assert "A letter has gone today already" in page.submit("Remind: Tekninen toimi").text
    assert kinds() == ["statement_asked", "statement_reminder"]
    assert [one.act for one in db.session.scalars(select(Event))].count("statement.remind") == 1
    late = Browser(app).get(link)
    assert "The day has gone, but you can still answer." in late.text
    late.submit("Send the answer", text="Anteeksi, tässä.", name="Pekka")
    assert "An answer is late" not in browser.get(f"/inbox/{topic_id}").text


def test_a_question_that_is_no_longer_needed_can_be_asked_after_all(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    page = browser.get(f"/inbox/{topic_id}").submit("No longer needed: Tekninen toimi")
    assert "no answer is needed" in page.text
    body = Browser(app).get(link)
    assert "This answer is no longer needed." in body.text
    body.submit("Send the answer", text="Kerron silti.", name="Pekka")  # what was typed is kept
    assert one_statement().answer == "Kerron silti."
    one_statement().answer = None
    db.session.commit()
    browser.get(f"/inbox/{topic_id}").submit("Ask after all: Tekninen toimi")
    assert one_statement().withdrawn_at is None


def test_the_day_is_changed_and_two_who_change_it_are_told(cast: Cast, app: Flask) -> None:
    browser, topic_id, _ = asked(cast, app)
    url = f"/inbox/{topic_id}/statements/{one_statement().id}/due"
    one, other = browser.get(url), browser.get(url)
    first, second = (today() + timedelta(days=more) for more in (30, 40))
    one.submit("Save", due_on=f"{first.day}.{first.month}.{first.year}")
    assert one_statement().due_on == first
    refused = other.submit("Save", 409, due_on=f"{second.day}.{second.month}.{second.year}")
    assert one_statement().due_on == first
    refused.submit("Save")
    assert one_statement().due_on == second
    browser.get(url).submit("Save", 422, due_on="1.1.2020")


def test_the_coordinator_writes_down_what_was_told_by_phone(cast: Cast, app: Flask) -> None:
    browser, topic_id, _ = asked(cast, app)
    url = f"/inbox/{topic_id}/statements/{one_statement().id}/answer"
    page = browser.get(url)
    page.submit("Save the answer", text="Lamput vaihdetaan.", name="Pekka Niemi puhelimessa")
    assert one_statement().answer == "Lamput vaihdetaan."
    assert kinds() == ["statement_asked"]  # she knows it herself
    behind = page.submit("Save the answer", 409, text="Ei vaihdetakaan.", name="Pekka")
    assert "Lamput vaihdetaan." in behind.text
    assert "Ei vaihdetakaan." in behind.text


def test_only_those_who_run_the_meeting_read_the_answer(cast: Cast, app: Flask) -> None:
    _, topic_id, link = asked(cast, app)
    Browser(app).get(link).submit("Send the answer", text="Lamput vaihdetaan.", name="Pekka")
    for email, reads in ((cast.maria, True), (cast.sari, True), (cast.timo, False), (cast.kaisa, False)):
        page = Browser(app).sign_in(email).get(f"/inbox/{topic_id}")
        assert ("Lamput vaihdetaan." in page.text) is reads, email
        assert link not in page.html or email == cast.maria
    statement_id = one_statement().id
    olli = Browser(app).sign_in(cast.olli)
    for url in ("ask", f"{statement_id}/due", f"{statement_id}/answer"):
        olli.get(f"/inbox/{topic_id}/statements/{url}", 404)
    olli.get(f"/inbox/{topic_id}/hand-on", 404)


def test_more_questions_cost_no_more_queries(cast: Cast, app: Flask) -> None:
    with_email(cast.technical)
    topic = told(cast.north, state=TopicState.ON_AGENDA)
    make.item(make.meeting(cast.north, state=MeetingState.PUBLISHED), about=stored(topic.id))
    browser = Browser(app).sign_in(cast.maria)
    ask(browser, topic.id, cast.technical)
    before = queries_of(lambda: browser.raw(f"/inbox/{topic.id}"))
    for body in (cast.culture, cast.county):
        ask(browser, topic.id, body)
    assert queries_of(lambda: browser.raw(f"/inbox/{topic.id}")) == before


def test_a_body_that_gets_an_address_later_gets_the_question_and_not_a_reminder(
    cast: Cast, app: Flask
) -> None:
    topic = told(cast.north)
    browser = Browser(app).sign_in(cast.maria)
    ask(browser, topic.id, cast.technical)
    with_email(cast.technical)
    browser.get(f"/inbox/{topic.id}").submit("Send the question: Tekninen toimi")
    assert kinds() == ["statement_asked"]
    assert "Kertoisitteko" in letters()[-1].body
    assert not browser.get(f"/inbox/{topic.id}").all("button", aria_label="Remind: Tekninen toimi")


def test_a_table_that_speaks_swedish_first_asks_and_is_answered_in_it(cast: Cast, app: Flask) -> None:
    db.session.get_one(PartnershipTable, cast.north).languages = "sv fi"
    db.session.commit()
    _, _, link = asked(cast, app)
    letter = letters()[-1]
    assert letter.language == "sv"
    assert f"{link}?lang=sv" in letter.body
    assert 'lang="sv"' in Browser(app, None).get(f"{link}?lang=sv").html
