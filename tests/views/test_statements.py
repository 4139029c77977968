"""A department is asked, reminded, and answers behind its link; the coordinator reads it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Event, Organisation, Statement
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser, Page
from tests.topic_stage import letters, stored, told

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


def test_a_department_is_asked_and_answers_without_an_account(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    letter = letters()[-1]
    assert (letter.kind, letter.to_address, letter.language) == (
        "statement_asked",
        "tekninen@lehmijarvi.example",
        "fi",
    )
    assert f"http://127.0.0.1:5000{link}" in letter.body
    page = Browser(app).get(link)
    assert "Kylätie on pimeä" in page.text
    assert "The coordinator and the meeting’s secretary read your answer. It is not published." in page.text
    answered = page.submit(
        "Send the answer", text="Kuusi lamppua vaihdetaan.", name="Pekka Niemi, tekninen johtaja"
    )
    assert "Your answer has arrived" in answered.text
    row = one_statement()
    assert (row.answer, row.answered_by) == ("Kuusi lamppua vaihdetaan.", "Pekka Niemi, tekninen johtaja")
    told_to = [one.to_address for one in letters() if one.kind == "statement_answered"]
    assert told_to == [cast.maria]  # Olli coordinates another table
    inside = browser.get(f"/inbox/{topic_id}")
    assert "Kuusi lamppua vaihdetaan." in inside.text
    assert "Answered" in inside.text


def test_nothing_tells_the_body_who_proposed_the_topic(cast: Cast, app: Flask) -> None:
    _, _, link = asked(cast, app)
    html = Browser(app).get(link).html
    for one in (html, letters()[-1].body, letters()[-1].subject):
        for secret in ("Eeva", "Koski", "765 4321", "koivuranta.example"):
            assert secret not in one


def test_the_link_is_kept_out_of_search_and_caches_and_a_wrong_one_is_no_page(cast: Cast, app: Flask) -> None:
    _, _, link = asked(cast, app)
    answer = Browser(app).raw(link)
    assert 'name="robots" content="noindex' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert len(link.rsplit("/", 1)[1]) >= 22  # 128 bits in base64
    assert "There is no such page" in Browser(app).get(f"/statements/{'x' * 24}", 404).text


def test_the_answer_is_corrected_until_the_topic_is_discussed(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    body = Browser(app)
    body.get(link).submit("Send the answer", text="Kuusi lamppua.", name="Pekka")
    page = body.get(link)
    assert "Kuusi lamppua." in page.all("textarea", id="text")[0].text
    page.submit("Save the correction", text="Seitsemän lamppua.", name="Pekka")
    assert one_statement().answer == "Seitsemän lamppua."
    # The letter with the first text had not left yet.
    assert [one.body.count("Seitsemän") for one in letters() if one.kind == "statement_answered"] == [1]
    page = body.get(link)
    stored(topic_id).state = TopicState.DISCUSSED
    db.session.commit()
    refused = page.submit("Save the correction", 409, text="Kahdeksan lamppua.", name="Pekka")
    assert "Kahdeksan lamppua." in refused.all("textarea", id="kept-text")[0].text
    closed = body.get(link)
    assert "The topic has been discussed" in closed.text
    assert "Seitsemän lamppua." in closed.text
    assert not closed.all("textarea")
    assert "Correct the answer" not in browser.get(f"/inbox/{topic_id}").text


def test_two_officials_who_answer_at_the_same_time_lose_nothing(cast: Cast, app: Flask) -> None:
    _, _, link = asked(cast, app)
    first, second = Browser(app).get(link), Browser(app).get(link)
    first.submit("Send the answer", text="Lamput vaihdetaan.", name="Pekka")
    both = second.submit("Send the answer", 409, text="Linja on vanha.", name="Leena")
    assert "Lamput vaihdetaan." in both.text
    assert both.all("textarea", id="text")[0].text.strip() == "Linja on vanha."
    both.submit("Keep both")
    row = one_statement()
    assert row.answer == "Lamput vaihdetaan.\n\nLinja on vanha."
    assert row.answered_by == "Pekka; Leena"


@pytest.mark.parametrize(("button", "stays"), [("Use mine", "Linja on vanha."), ("Use theirs", "Lamput.")])
def test_a_conflict_ends_as_its_writer_chose(cast: Cast, app: Flask, button: str, stays: str) -> None:
    _, _, link = asked(cast, app)
    first, second = Browser(app).get(link), Browser(app).get(link)
    first.submit("Send the answer", text="Lamput.", name="Pekka")
    second.submit("Send the answer", 409, text="Linja on vanha.", name="Leena").submit(button)
    assert one_statement().answer == stays


def test_a_third_answer_between_is_not_overwritten(cast: Cast, app: Flask) -> None:
    _, _, link = asked(cast, app)
    pages = [Browser(app).get(link) for _ in range(2)]
    pages[0].submit("Send the answer", text="Lamput.", name="Pekka")
    both = pages[1].submit("Send the answer", 409, text="Linja.", name="Leena")
    Browser(app).get(link).submit("Save the correction", text="Lamput ja johdot.", name="Pekka")
    again = both.submit("Use mine", 409)
    assert "Lamput ja johdot." in again.text
    assert one_statement().answer == "Lamput ja johdot."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "", "name": "Pekka"}, "Write your answer."),
        ({"text": "Selvä.", "name": ""}, "Write your name and title."),
        ({"text": "Asiakas on 131052-308T.", "name": "Pekka"}, "personal identity code"),
        ({"text": "ä" * 10_001, "name": "Pekka"}, "The text is too long"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    cast: Cast, app: Flask, typed: dict[str, object], sentence: str
) -> None:
    _, _, link = asked(cast, app)
    page = Browser(app).get(link).submit("Send the answer", 422, **typed)
    assert sentence in page.text
    assert (page.all("textarea", id="text")[0].text or "").strip() == typed["text"]
    assert page.all("input", id="name")[0].get("value") == typed["name"]
    assert one_statement().answer is None


def test_the_same_press_twice_is_one_answer_and_one_letter(cast: Cast, app: Flask) -> None:
    _, _, link = asked(cast, app)
    page = Browser(app).get(link)
    for _ in range(2):
        page.submit("Send the answer", text="Lamput vaihdetaan.", name="Pekka")
    assert one_statement().revision == 2
    assert kinds().count("statement_answered") == 1


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
    row = one_statement()
    row.asked_at -= timedelta(days=2)
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
    row = one_statement()
    row.asked_at -= timedelta(days=20)
    row.due_on = today() - timedelta(days=6)
    db.session.commit()
    page = browser.get(f"/inbox/{topic_id}")
    assert "An answer is late" in page.text
    again = page.submit("Remind: Tekninen toimi")
    assert "The reminder is on its way." in again.text
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


@pytest.mark.parametrize("state", [TopicState.WITHDRAWN, TopicState.DECLINED])
def test_a_topic_that_ended_meanwhile(cast: Cast, app: Flask, state: TopicState) -> None:
    browser, topic_id, link = asked(cast, app)
    form = Browser(app).get(link)
    stored(topic_id).state = state
    db.session.commit()
    assert "The topic is no longer on its way to the table." in Browser(app).get(link).text
    form.submit("Send the answer", text="Olin jo kirjoittanut.", name="Pekka")
    assert "Olin jo kirjoittanut." in browser.get(f"/inbox/{topic_id}").text
    assert "Ask for a statement" not in browser.get(f"/inbox/{topic_id}").text
    browser.get(f"/inbox/{topic_id}/statements/ask", 409)


def test_the_answer_about_a_joined_topic_is_read_at_the_other(cast: Cast, app: Flask) -> None:
    browser, topic_id, link = asked(cast, app)
    main = told(cast.north, "Valot koko kylään")
    row = stored(topic_id)
    row.state, row.merged_into_id = TopicState.MERGED, main.id
    db.session.commit()
    Browser(app).get(link).submit("Send the answer", text="Lamput vaihdetaan.", name="Pekka")
    page = browser.get(f"/inbox/{main.id}")
    assert "Lamput vaihdetaan." in page.text
    assert "Asked about the joined topic" in page.text
    stored(main.id).state = TopicState.DISCUSSED
    db.session.commit()
    assert "The topic has been discussed" in Browser(app).get(link).text


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


def test_very_many_savings_are_stopped_in_words(cast: Cast, app: Flask, monkeypatch) -> None:
    monkeypatch.setattr("app.services.answering.SAVINGS_AN_HOUR", 2)
    _, _, link = asked(cast, app)
    for text, status in (("Yksi.", 200), ("Kaksi.", 200), ("Kolme.", 429)):
        page = Browser(app).get(link)
        button = "Send the answer" if text == "Yksi." else "Save the correction"
        page = page.submit(button, status, text=text, name="Pekka")
    assert "too many tries" in page.text
    assert page.all("textarea", id="text")[0].text.strip() == "Kolme."


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
