"""A body answers behind its link, without an account; nothing it writes is lost."""

import pytest
from flask import Flask

from app.domain.topics import TopicState
from app.extensions import db
from tests.cast import Cast
from tests.page import Browser
from tests.statement_stage import asked, kinds, one_statement
from tests.topic_stage import letters, stored, told


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


def test_very_many_savings_are_stopped_in_words(cast: Cast, app: Flask, monkeypatch) -> None:
    monkeypatch.setattr("app.services.answering.SAVINGS_AN_HOUR", 2)
    _, _, link = asked(cast, app)
    for text, status in (("Yksi.", 200), ("Kaksi.", 200), ("Kolme.", 429)):
        page = Browser(app).get(link)
        button = "Send the answer" if text == "Yksi." else "Save the correction"
        page = page.submit(button, status, text=text, name="Pekka")
    assert "too many tries" in page.text
    assert page.all("textarea", id="text")[0].text.strip() == "Kolme."
