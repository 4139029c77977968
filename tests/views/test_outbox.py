"""The coordinator's outbox: every letter, what the server said, and one more try."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.models import Event, OutgoingMail
from app.services import outbox, sign_in_links
from tests.cast import Cast
from tests.page import Browser


def store(number: int, state: MailState = MailState.QUEUED, **fields: object) -> int:
    letter = Letter("memo_published", "fi", f"Muistio {number}", f"Hei!\n\nMuistio {number} on valmis.\n")
    outbox.queue(letter, f"person{number}@x.example", f"test:{number}")
    row = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once == f"test:{number}")).one()
    for name, value in {"state": state, **fields}.items():
        setattr(row, name, value)
    db.session.commit()
    return row.id


def test_maria_reads_what_went_and_what_did_not(browser: Browser, cast: Cast) -> None:
    store(1, MailState.SENT, sent_at=utc_now())
    parked = store(2, MailState.PARKED, last_answer="550 5.1.1 No such person", attempts=1)
    store(3)
    page = browser.sign_in(cast.maria).get("/outbox")
    assert page.text.index("Muistio 3") < page.text.index("Muistio 2") < page.text.index("Muistio 1")
    assert "550 5.1.1 No such person" in page.text
    assert "Memo to person1@x.example" in page.text
    assert "Could not be sent (1)" in page.text
    page = page.submit("Show", state="parked")
    assert "Muistio 2" in page.text
    assert "Muistio 1" not in page.text
    page = page.follow("Muistio 2")
    assert page.url == f"/outbox/{parked}"
    assert "Muistio 2 on valmis." in page.text


def test_maria_has_a_parked_letter_tried_again(browser: Browser, cast: Cast) -> None:
    letter = store(1, MailState.PARKED, attempts=6, last_answer="451 Later")
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}").submit("Try again now")
    assert "The letter is tried again in a moment." in page.text
    row = db.session.get_one(OutgoingMail, letter)
    assert (row.state, row.attempts) == (MailState.QUEUED, 0)
    assert db.session.scalar(select(func.count()).where(Event.act == "letter.try_again")) == 1


def test_maria_stops_a_letter(browser: Browser, cast: Cast) -> None:
    letter = store(1)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}").submit("Do not send")
    assert "The coordinator stopped this letter." in page.text
    assert db.session.get_one(OutgoingMail, letter).state is MailState.PARKED


@pytest.mark.parametrize("state", [MailState.SENT, MailState.SENDING])
def test_what_has_gone_cannot_be_stopped_or_sent_again(
    browser: Browser, cast: Cast, state: MailState
) -> None:
    letter = store(1, state)
    token = (
        browser.sign_in(cast.maria).get(f"/outbox/{letter}").all("input", name="csrf_token")[0].get("value")
    )
    assert "Try again now" not in browser.get(f"/outbox/{letter}").text
    for act in ("again", "stop"):
        browser.post(f"/outbox/{letter}/{act}", {"csrf_token": token}, 409)
    assert db.session.get_one(OutgoingMail, letter).state is state


def test_a_sleeping_worker_is_told_of(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.maria)
    letter = store(1, due_at=utc_now() - timedelta(minutes=9))
    assert "The worker has not sent letters" not in browser.get("/outbox").text
    db.session.get_one(OutgoingMail, letter).due_at = utc_now() - timedelta(minutes=11)
    db.session.commit()
    assert "The worker has not sent letters since" in browser.get("/outbox").text


def test_nobody_reads_another_persons_sign_in_link(browser: Browser, cast: Cast) -> None:
    sign_in_links.ask_for_link(cast.timo, "a" * 43, "192.0.2.1")
    (letter,) = db.session.scalars(select(OutgoingMail))
    number, secret = letter.id, letter.body.split("/sign-in/")[1].split()[0]
    page = browser.sign_in(cast.maria).get(f"/outbox/{number}")
    assert "/sign-in/…" in page.text
    assert secret not in page.html


@pytest.mark.parametrize("who", ["timo", "sari", "olli", "kaisa", "pekka", "aino", "veikko"])
def test_only_who_coordinates_every_table_reads_the_outbox(browser: Browser, cast: Cast, who: str) -> None:
    letter = store(1)
    browser.sign_in(getattr(cast, who))
    browser.get("/outbox", 403)
    browser.get(f"/outbox/{letter}", 403)


ODD = [
    "?page=0",
    "?page=-1",
    "?page=abc",
    "?page=999999999999999999999",
    "?state=x",
    "?page=2&state=sent",
    "?page=²",
]


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_show_the_outbox(browser: Browser, cast: Cast, query: str) -> None:
    store(1)
    assert browser.sign_in(cast.maria).get(f"/outbox{query}").h1 == "Outbox"


@pytest.mark.parametrize("number", ["0", "-5", "abc", "99999999999999999999", "77"])
def test_letters_that_are_not_there(browser: Browser, cast: Cast, number: str) -> None:
    browser.sign_in(cast.maria).get(f"/outbox/{number}", 404)


def test_many_letters_come_in_pages_with_the_same_number_of_questions(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.maria)
    for number in range(3):
        store(number)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    browser.get("/outbox")
    few = len(asked)
    for number in range(3, 33):
        store(number)
    asked.clear()
    page = browser.get("/outbox")
    assert len(asked) == few
    assert "Page 1 of 2" in page.text
    page = page.follow("Next page")
    assert "Muistio 2" in page.text
    assert "Muistio 3" not in page.text
