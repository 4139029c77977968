"""The coordinator's outbox: letters on their way, what the servers said, and one more try."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.clock import utc_now
from app.domain.outbox import STOPPED, MailState
from app.extensions import db
from app.mail.examples import EXAMPLES
from app.models import Event, OutgoingMail
from app.services import heartbeats, sign_in_links
from app.views.outbox_words import KIND_WORDS
from tests.cast import Cast
from tests.counting import queries_of
from tests.outbox_stage import store
from tests.page import Browser

WAITING = "/outbox?show=waiting"


def row(letter_id: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id)


def test_maria_reads_what_went_and_what_did_not(browser: Browser, cast: Cast) -> None:
    store(1, MailState.SENT, sent_at=utc_now(), attempts=2)
    parked = store(2, MailState.PARKED, last_answer="550 5.1.1 No such person", attempts=1)
    store(3, MailState.QUEUED)
    page = browser.sign_in(cast.maria).get("/outbox?show=all")
    assert page.text.index("Muistio 3") < page.text.index("Muistio 2") < page.text.index("Muistio 1")
    assert "550 5.1.1 No such person" in page.text
    assert "Memo to person1@x.example" in page.text
    assert "tried 2 times" in page.text
    page = page.follow("Could not be sent (1)")
    assert "Muistio 2" in page.text
    assert "Muistio 1" not in page.text
    page = page.follow("Muistio 2")
    assert page.url == f"/outbox/{parked}"
    assert "Muistio 2 on valmis." in page.text
    assert "550 5.1.1 No such person" in page.text


def test_maria_has_a_parked_letter_tried_again(browser: Browser, cast: Cast) -> None:
    letter = store(1, MailState.PARKED, attempts=6, last_answer="451 Later")
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}").submit("Try again now")
    assert "The letter is tried again in a moment." in page.text
    assert (row(letter).state, row(letter).attempts) == (MailState.QUEUED, 0)
    assert db.session.scalar(select(func.count()).where(Event.act == "letter.try_again")) == 1


def test_maria_has_all_that_failed_tried_again_and_no_other(browser: Browser, cast: Cast) -> None:
    failed = [store(number, MailState.PARKED, attempts=6, last_answer="451 Later") for number in range(3)]
    stopped = store(7, MailState.PARKED, last_answer=STOPPED)
    page = browser.sign_in(cast.maria).get("/outbox?show=failed").submit("Try all 3 letters again")
    assert "3 letters are tried again in a moment." in page.text
    assert {row(one).state for one in failed} == {MailState.QUEUED}
    assert row(stopped).state is MailState.PARKED


def test_a_letter_that_came_back_says_why(browser: Browser, cast: Cast) -> None:
    letter = store(
        1, MailState.SENT, sent_at=utc_now(), bounced_at=utc_now(), last_answer="550 5.1.1 User unknown"
    )
    page = browser.sign_in(cast.maria).get("/outbox?show=came_back").follow("Muistio 1")
    assert page.url == f"/outbox/{letter}"
    assert "The letter came back 550 5.1.1 User unknown" in page.text
    assert "There are no letters here." in browser.get("/outbox?show=sent").text


def test_maria_stops_a_letter_and_brings_it_back(browser: Browser, cast: Cast) -> None:
    letter = store(1)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}").submit("Do not send")
    assert "The coordinator stopped this letter." in page.text
    assert row(letter).state is MailState.PARKED
    assert "Muistio 1" in browser.get("/outbox?show=stopped").text
    page = page.submit("Make it a draft again")
    assert "The letter is a draft again." in page.text
    assert (row(letter).state, row(letter).last_answer) == (MailState.DRAFT, None)


@pytest.mark.parametrize("state", [MailState.SENT, MailState.SENDING])
def test_what_has_gone_cannot_be_stopped_or_sent_again(
    browser: Browser, cast: Cast, state: MailState
) -> None:
    letter = store(1, state)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}")
    token = page.all("input", name="csrf_token")[0].get("value")
    assert "Try again now" not in page.text
    for act in ("again", "stop", "back", "send"):
        browser.post(f"/outbox/{letter}/{act}", {"csrf_token": token, "revision": 1}, 409)
    browser.get(f"/outbox/{letter}/edit", 409)
    assert row(letter).state is state


def test_a_draft_cannot_be_tried_again_past_the_press(browser: Browser, cast: Cast) -> None:
    letter = store(1)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}")
    token = page.all("input", name="csrf_token")[0].get("value")
    browser.post(f"/outbox/{letter}/again", {"csrf_token": token}, 409)
    assert row(letter).state is MailState.DRAFT


# The worker


def test_a_worker_that_sleeps_is_told_of_where_people_work(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.maria)
    assert "The worker has not run yet." in browser.get("/outbox").text
    heartbeats.beat(heartbeats.POST, now=utc_now() - timedelta(minutes=9))
    assert "The worker has not run" not in browser.get("/outbox").text
    db.session.get_one(heartbeats.Heartbeat, heartbeats.POST).seen_at -= timedelta(minutes=2)
    db.session.commit()
    for place in ("/outbox", WAITING, "/inbox"):
        page = browser.get(place)
        assert "Letters do not leave The worker has not run since" in page.text, place


def test_what_went_wrong_with_fetching_is_told(browser: Browser, cast: Cast) -> None:
    heartbeats.beat(heartbeats.POST)
    heartbeats.beat(heartbeats.FETCH, "AUTHENTICATIONFAILED")
    page = browser.sign_in(cast.maria).get("/outbox")
    assert "Mail is not fetched AUTHENTICATIONFAILED" in page.text
    heartbeats.beat(heartbeats.FETCH)
    assert "Mail is not fetched" not in browser.get("/outbox").text


def test_only_who_may_read_the_outbox_hears_of_the_worker(browser: Browser, cast: Cast) -> None:
    assert "The worker" not in browser.sign_in(cast.kaisa).get("/inbox").text
    assert "The worker" in browser.sign_in(cast.olli).get("/inbox").text


# Who reads what


def test_nobody_reads_another_persons_sign_in_link(browser: Browser, cast: Cast) -> None:
    sign_in_links.ask_for_link(cast.timo, "a" * 43, "192.0.2.1")
    (letter,) = db.session.scalars(select(OutgoingMail))
    number, secret = letter.id, letter.body.split("/sign-in/")[1].split()[0]
    page = browser.sign_in(cast.maria).get(f"/outbox/{number}")
    assert "/sign-in/…" in page.text
    assert secret not in page.html


@pytest.mark.parametrize("who", ["timo", "sari", "kaisa", "pekka", "aino", "veikko"])
def test_only_coordinators_read_the_outbox(browser: Browser, cast: Cast, who: str) -> None:
    letter = store(1)
    browser.sign_in(getattr(cast, who))
    browser.get("/outbox", 403)
    browser.get(f"/outbox/{letter}", 403)


def test_olli_reads_the_letters_of_his_own_table_alone(browser: Browser, cast: Cast) -> None:
    his, hers, nobodys = (
        store(1, MailState.QUEUED, table_id=cast.south),
        store(2, MailState.QUEUED, table_id=cast.north),
        store(3, MailState.QUEUED),
    )
    page = browser.sign_in(cast.olli).get(f"{WAITING}&table={cast.north}")
    assert "Muistio" not in page.text
    page = browser.get(WAITING)
    assert "Muistio 1" in page.text
    assert "On their way (1)" in page.text
    for other in (hers, nobodys):
        browser.get(f"/outbox/{other}", 404)
        token = page.all("input", name="csrf_token")[0].get("value")
        for act in ("again", "stop", "back", "send"):
            browser.post(f"/outbox/{other}/{act}", {"csrf_token": token}, 404)
    assert browser.get(f"/outbox/{his}").h1 == "Muistio 1"
    assert "Muistio 3" in browser.sign_in(cast.maria).get(WAITING).text


ODD = [
    "?page=0",
    "?page=-1",
    "?page=abc",
    "?page=999999999999999999999",
    "?show=x",
    "?page=2&show=sent",
    "?page=²",
    "?table=x",
    "?table=999999999",
    "?table=999999999999999",
]


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_show_the_outbox(browser: Browser, cast: Cast, query: str) -> None:
    store(1)
    assert browser.sign_in(cast.maria).get(f"/outbox{query}").h1 == "Outbox"


@pytest.mark.parametrize("number", ["0", "-5", "abc", "99999999999999999999", "77"])
def test_letters_that_are_not_there(browser: Browser, cast: Cast, number: str) -> None:
    browser.sign_in(cast.maria).get(f"/outbox/{number}", 404)


@pytest.mark.parametrize(("shelf", "state"), [("waiting", MailState.QUEUED), ("drafts", MailState.DRAFT)])
def test_many_letters_ask_the_same_number_of_questions(
    app: Flask, browser: Browser, cast: Cast, shelf: str, state: MailState
) -> None:
    browser.sign_in(cast.maria)
    for number in range(3):
        store(number, state)
    few = queries_of(lambda: browser.get(f"/outbox?show={shelf}"))
    for number in range(3, 33):
        store(number, state)
    assert queries_of(lambda: browser.get(f"/outbox?show={shelf}")) == few


def test_many_letters_come_in_pages(browser: Browser, cast: Cast) -> None:
    for number in range(33):
        store(number, MailState.QUEUED)
    page = browser.sign_in(cast.maria).get(WAITING)
    assert "Page 1 of 2" in page.text
    page = page.follow("Next page")
    assert "Muistio 2" in page.text
    assert "Muistio 3" not in page.text


def test_every_kind_of_letter_has_its_words() -> None:
    assert set(EXAMPLES) <= set(KIND_WORDS)
