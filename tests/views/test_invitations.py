"""The page behind an invitation's link: read by anybody who has it, answered by a press alone."""

from datetime import time, timedelta

import pytest
from flask import Flask

from app.domain.answers import Answer, AnswerChannel
from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Invitation, Meeting, Organisation, Person
from app.services import invitation_answers, releases
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.invitation_stage import invite, logged, meeting_of, needs, stored
from tests.page import Browser, Page, words
from tests.views.meeting_stage import SOON

CHOICES = ("coming", "not_coming", "substitute", "perhaps")


def link(row: Invitation) -> str:
    return f"/invitations/{row.token}"


def chosen(page: Page) -> str | None:
    """The choice that is pressed in the form."""
    return next(
        (one.get("value") for one in page.all("input", name="answer") if one.get("checked") is not None), None
    )


def change(row: Meeting, **values: object) -> None:
    for name, value in values.items():
        setattr(db.session.get_one(Meeting, row.id), name, value)
    db.session.commit()


# What is read


def test_it_says_which_meeting_when_where_and_what_is_talked_about(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row))
    assert page.h1 == "Are you coming?"
    for sentence in (
        f"{SOON:%A} {SOON.day} {SOON:%B %Y}, 18:00–19:30",
        "Koivurannan koulu",
        "Pohjoinen lähikumppanuuspöytä",
        "https://meet.example.org/pohjoinen",
        "Kylätien valaistus on pimeä",
        "This link is meant for you, Aino Mäkelä.",
    ):
        assert sentence in page.text
    assert chosen(page) is None
    assert page.links()["Add to calendar"] == f"/meetings/{row.meeting_id}.ics"
    assert [one.get("value") for one in page.all("input", name="answer")] == list(CHOICES)


def test_nobody_else_s_name_or_address_is_told(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    for email in (cast.timo, cast.sari, cast.kaisa):
        other = invite(meeting, email)
        invitation_answers.answer_by_link(other.token, Answer.NOT_COMING, "Sairaana.", "Mikko Laine")
    html = browser.get(link(row)).html
    for secret in ("Timo", "Sari", "Kaisa", "Sairaana", "Mikko", "eeva@example.org"):
        assert secret not in html


def test_an_official_reads_own_items_with_their_hours_alone(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    make.item(meeting, "Uimaranta", 15)
    row = invite(meeting, cast.pekka)
    needs(next(one for one in meeting.items if one.topic_id), row)
    page = browser.get(link(row))
    assert "You are asked only to your own items: 18:05–18:25." in page.text
    assert "Your items" in [words(one) for one in page.all("h2")]
    assert "Uimaranta" not in page.text
    assert "Add to calendar" not in page.links()


def test_an_official_whose_item_was_taken_off_need_not_come(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.pekka)
    item = next(one for one in meeting.items if one.topic_id)
    needs(item, row)
    db.session.delete(db.session.get_one(AgendaItem, item.id))
    db.session.commit()
    assert "Your item is no longer" not in browser.get(link(row)).text  # it is built, and not told
    releases.store(stored(row.id).meeting, at=utc_now(), person_id=None)
    db.session.commit()
    assert "Your item is no longer on this agenda, so you need not come." in browser.get(link(row)).text


def test_a_proposer_finds_the_own_topic_on_the_agenda(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    topic = next(one.topic for one in meeting.items if one.topic)
    page = browser.get(link(invite(meeting, topic_id=topic.id)))
    notes = [words(one) for one in page.all("li") if "Your topic" in words(one)]
    assert len(notes) == 1
    assert "Kylätien valaistus" in notes[0]
    assert "This link is meant for" not in page.text


def test_an_organisation_answers_as_several(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), organisation_id=cast.koivuranta_association)
    page = browser.get(link(row))
    assert "We are coming" in page.text
    assert "This link is meant for Koivurannan kyläyhdistys." in page.text


@pytest.mark.parametrize(("own", "speaks"), [("sv", "sv"), ("fi", "fi"), ("en", "en")])
def test_it_speaks_the_reader_s_language_until_another_is_asked_for(
    cast: Cast, app: Flask, own: str, speaks: str
) -> None:
    row = invite(meeting_of(cast), cast.aino)
    db.session.get_one(Person, row.person_id).language = own
    db.session.commit()
    stranger = Browser(app, language=None)
    assert stranger.get(link(row)).all("html")[0].get("lang") == speaks
    assert stranger.get(f"{link(row)}?lang=en").all("html")[0].get("lang") == "en"
    assert stranger.get(link(row)).all("html")[0].get("lang") == "en"  # as it was asked for before


def test_what_is_built_and_not_published_is_not_told(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    make.item(meeting, "Salainen kohta", released=False)
    assert "Salainen kohta" not in browser.get(link(row)).text
    draft = invite(make.meeting(cast.south), cast.aino)
    browser.get(link(draft), 404)
    browser.get("/invitations/" + "x" * 32, 404)


def test_the_page_is_kept_out_of_search_caches_and_referrers(cast: Cast, browser: Browser) -> None:
    answer = browser.raw(link(invite(meeting_of(cast), cast.aino)))
    assert 'name="robots" content="noindex' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_page_asks_as_few_questions_with_many_invited(cast: Cast, app: Flask) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    address = link(row)
    browser = Browser(app)
    few = queries_of(lambda: browser.raw(address))
    meeting = stored(row.id).meeting
    for email in (cast.timo, cast.sari, cast.kaisa, cast.pekka):
        invite(meeting, email)
    for title in ("Uimaranta", "Koulutie", "Silta"):
        make.item(meeting, title)
    assert queries_of(lambda: browser.raw(address)) == few
    assert few < 20


# What is answered


def test_programs_that_open_the_link_answer_nothing(cast: Cast, app: Flask) -> None:
    row = invite(meeting_of(cast), cast.aino)
    scanner = Browser(app)
    for ending in ("", "?answer=coming", "?answer=not_coming&lang=fi"):
        assert scanner.raw(link(row) + ending).status_code == 200
    assert scanner.client.head(link(row) + "?answer=coming").status_code == 200
    assert stored(row.id).answer is None
    assert logged(row.id) == []


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_in_the_link_is_only_pressed_for_the_reader(
    cast: Cast, browser: Browser, choice: str
) -> None:
    row = invite(meeting_of(cast), cast.aino)
    assert chosen(browser.get(f"{link(row)}?answer={choice}")) == choice
    assert chosen(browser.get(f"{link(row)}?answer=something")) is None


def test_an_answer_is_given_and_changed_by_one_press_each(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row)).submit("Send the answer", answer="coming", words="Tuon kahvia.")
    assert "Thank you! You are welcome to the meeting." in page.text
    assert "Your answer: I am coming" in page.text
    assert chosen(page) == "coming"
    page = page.submit("Change the answer", answer="substitute", substitute="Mikko Laine", words="")
    assert "Thank you for telling us." in page.text
    assert "Your answer: I cannot come, I send somebody in my place (Mikko Laine)" in page.text
    kept = stored(row.id)
    assert (kept.answer, kept.substitute, kept.answer_words, kept.answer_channel) == (
        Answer.NOT_COMING,
        "Mikko Laine",
        None,
        AnswerChannel.LINK,
    )
    page = page.submit("Change the answer", answer="coming")  # the name is still in its box
    assert stored(row.id).substitute is None
    assert [one["answer"] for one in logged(row.id)] == ["coming", "not_coming", "coming"]


def test_whoever_sends_somebody_need_not_know_the_name_yet(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row)).submit("Send the answer", answer="substitute")
    assert stored(row.id).substitute == ""
    assert chosen(page) == "substitute"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": "Tulen ehkä."}, "Choose your answer."),
        ({"answer": "certainly"}, "Choose"),
        ({"answer": "coming", "words": "Tunnus 131052-308T"}, "personal identity code"),
        ({"answer": "substitute", "substitute": "131052-308T"}, "personal identity code"),
        ({"answer": "coming", "words": "ä" * 501}, "The text is too long"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    cast: Cast, browser: Browser, typed: dict[str, object], sentence: str
) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row)).submit("Send the answer", 422, **typed)
    assert sentence in page.text
    assert (page.all("textarea", id="words")[0].text or "").strip() == typed.get("words", "")
    assert page.all("input", id="substitute")[0].get("value") == typed.get("substitute", "")
    assert logged(row.id) == []


def test_the_same_press_twice_is_one_answer(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row))
    for _ in range(2):
        page.submit("Send the answer", answer="coming")
    assert len(logged(row.id)) == 1


def test_very_many_answers_are_stopped_in_words(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_answers, "ANSWERS_AN_HOUR", 1)
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row)).submit("Send the answer", answer="coming")
    page = page.submit("Change the answer", 429, answer="perhaps", words="Myöhästyn.")
    assert "too many tries" in page.text
    assert page.all("textarea", id="words")[0].text.strip() == "Myöhästyn."


def test_words_are_shown_as_they_are_and_never_as_marks_of_the_page(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.get(link(row)).submit("Send the answer", answer="substitute", substitute="<b>Mikko</b>")
    assert "(<b>Mikko</b>)" in page.text
    assert not page.all("b")


# When the meeting is no longer as it was


def test_an_answer_to_an_earlier_time_is_marked_as_old_and_asked_again(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    browser.get(link(row)).submit("Send the answer", answer="coming")
    assert "Your new answer" in browser.get(link(row)).text
    change(stored(row.id).meeting, starts=time(19, 0))
    page = browser.get(link(row))
    assert "You answered before the time or the place changed. Does this suit you?" in page.text
    assert "Your earlier answer: I am coming" in page.text
    assert chosen(page) is None
    page = page.submit("Send the answer", answer="coming")
    assert "before the time" not in page.text
    stored(row.id).sequence = 1  # the letters with the new time are sent
    db.session.commit()
    assert "before the time" not in browser.get(link(row)).text


def cancelled(row: Invitation) -> None:
    change(
        row.meeting,
        state=MeetingState.CANCELLED,
        cancel_reason="Koululla on vesivahinko.",
        cancelled_at=utc_now(),
    )


def begun(row: Invitation) -> None:
    change(row.meeting, day=today() - timedelta(days=1))


def held(row: Invitation) -> None:
    change(
        row.meeting,
        day=today() - timedelta(days=9),
        state=MeetingState.MEMO_PUBLISHED,
        memo_published_at=utc_now(),
    )


def taken_back(row: Invitation) -> None:
    row.withdrawn_at = utc_now()
    db.session.commit()


def gone(row: Invitation) -> None:
    db.session.get_one(Person, row.person_id).deactivated_at = utc_now()
    db.session.commit()


@pytest.mark.parametrize(
    ("happens", "sentence", "refusal"),
    [
        (cancelled, "Koululla on vesivahinko.", "The meeting is cancelled"),
        (begun, "The meeting has begun", "The meeting has begun"),
        (held, "Read the memo", "The meeting has begun"),
        (taken_back, "This invitation was taken back", "This invitation was taken back"),
        (gone, "This invitation was taken back", "This invitation was taken back"),
    ],
)
def test_where_no_answer_is_taken_a_sentence_stands_in_place_of_the_form(
    cast: Cast, browser: Browser, happens, sentence: str, refusal: str
) -> None:
    row = invite(meeting_of(cast), cast.aino)
    browser.get(link(row)).submit("Send the answer", answer="perhaps", words="Jos ehdin.")
    page = browser.get(link(row))
    happens(stored(row.id))
    refused = page.submit("Change the answer", 409, answer="coming", words="Tulen sittenkin.")
    assert refusal in refused.text
    assert "Tulen sittenkin." in refused.all("textarea", id="kept-text")[0].text
    shut = browser.get(link(row))
    assert sentence in shut.text
    assert "Your answer: Perhaps" in shut.text
    assert not [
        one
        for one in shut.all("form")
        if one.get("method") == "post" and "answers" in (one.get("class") or "")
    ]
    assert stored(row.id).answer is Answer.PERHAPS


def test_an_archived_organisation_is_no_longer_asked(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), organisation_id=cast.koivuranta_association)
    db.session.get_one(Organisation, cast.koivuranta_association).archived_at = utc_now()
    db.session.commit()
    assert "This invitation was taken back" in browser.get(link(row)).text


def test_a_topic_that_was_joined_to_another_is_found_under_it(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    main = next(one.topic for one in meeting.items if one.topic)
    joined = make.topic(cast.north, "Katuvalot", state=TopicState.MERGED, merged_into_id=main.id)
    page = browser.get(link(invite(meeting, topic_id=joined.id)))
    assert "Your topic" in page.text
