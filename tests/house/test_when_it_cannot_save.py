"""When the database cannot save, or is gone, people read a plain sentence and keep what they typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Note, Topic
from app.views import pages
from tests import make
from tests.cast import Cast
from tests.conftest import ENGINE
from tests.page import Browser, fields_of, plain

HOME = "http://127.0.0.1:5000"
TYPED = "Kylätien valot ovat pimeinä koko talven."
MUCH = " ".join(["äö"] * 1300)  # more than a page of the database


@contextmanager
def impatient() -> Iterator[None]:
    """Wait a tenth of a second for one's turn, not ten."""
    patience = "PRAGMA busy_timeout=100" if ENGINE == "sqlite" else "SET lock_timeout = '100ms'"

    def hurry(connection: object, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(patience)
        cursor.close()

    event.listen(db.engine, "checkout", hurry)
    db.engine.dispose()
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", hurry)
        db.engine.dispose()


@contextmanager
def somebody_writes_for_long() -> Iterator[None]:
    """Hold the writers' turn in another process's place; readers go on."""
    other = create_engine(db.engine.url)
    with other.connect() as connection:
        if ENGINE == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE topics, notes, events, knocks, meetings IN EXCLUSIVE MODE"))
        yield
        connection.rollback()
    other.dispose()


@contextmanager
def a_full_disk() -> Iterator[None]:
    """Let the database grow no more: SQLite by its page count, PostgreSQL by the error it would give."""
    if ENGINE == "sqlite":
        db.engine.dispose()
        file = sqlite3.connect(db.engine.url.database or "")
        file.execute("VACUUM")  # the tables that migrations rebuilt leave free pages behind
        file.close()
        with db.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        def full(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages}")

        event.listen(db.engine, "checkout", full)
        db.engine.dispose()
        try:
            yield
        finally:
            event.remove(db.engine, "checkout", full)
            db.engine.dispose()
        return
    body = "BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END"
    with db.engine.begin() as connection:
        connection.execute(
            text(f"CREATE FUNCTION full_disk() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
        )
        for table in ("topics", "notes"):
            connection.execute(
                text(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
            )
    try:
        yield
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("DROP FUNCTION full_disk() CASCADE"))


@contextmanager
def a_database_that_is_gone() -> Iterator[None]:
    """Let no connection be made."""
    gone = sqlite3.OperationalError if ENGINE == "sqlite" else psycopg.OperationalError

    def refuse(*_: object) -> None:
        raise gone("unable to open the database: secret-host:5432")

    event.listen(db.engine, "do_connect", refuse)
    db.session.remove()
    db.engine.dispose()
    try:
        yield
    finally:
        event.remove(db.engine, "do_connect", refuse)
        db.engine.dispose()


def kept(html: str) -> str:
    """Return the text that the page gives back to be copied."""
    return plain(html[html.index('id="kept-text"') :].partition(">")[2].partition("</textarea>")[0])


CANNOT = {"busy": somebody_writes_for_long, "full": a_full_disk}


@pytest.mark.parametrize("why", CANNOT)
def test_a_topic_that_cannot_be_saved_is_given_back(app: Flask, cast: Cast, why: str) -> None:
    browser = Browser(app)
    page = browser.get("/topics/propose").submit("Continue", text=MUCH, name="Eeva Ahonen")
    with impatient(), CANNOT[why]():
        form, pressed = page.form_of("Send the topic")
        data = fields_of(form) | {str(pressed.get("name")): pressed.get("value")}
        answer = browser.client.post("/topics/propose", data=data, base_url=HOME)
        assert answer.status_code == 503
        assert "The service cannot save right now" in plain(answer.text)
        assert MUCH in kept(answer.text)
        assert "Eeva Ahonen" in kept(answer.text)
        assert answer.headers["Cache-Control"] == "no-store"
        for url in ("/", "/tables/pohjoinen", "/calendar.ics", "/healthz"):
            assert browser.raw(url).status_code == 200, f"{url} is not read while nothing can be saved"
        assert db.session.query(Topic).count() == 0
        db.session.remove()
    page.submit("Send the topic")
    assert db.session.query(Topic).count() == 1


@pytest.mark.parametrize("why", CANNOT)
def test_a_note_that_cannot_be_saved_is_given_back(app: Flask, cast: Cast, why: str) -> None:
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    url = f"/meetings/{meeting.id}/live/{make.item(meeting).id}"
    browser = Browser(app).sign_in(cast.sari)
    page = browser.get(url)
    with impatient(), CANNOT[why]():
        refused = page.submit("Save the note", 503, text=MUCH)
        assert MUCH in str(refused.all("textarea", id="kept-text")[0].text)
        browser.get(url)
    page.submit("Save the note", text=MUCH)
    assert db.session.query(Note).count() == 1


SHORT = [
    ("/meetings/new", {"place": "Koivurannan koulun sali"}),
    ("/settings/people/add", {"name": "Uusi Ihminen", "title": "Kyläluotsi"}),
    ("/settings/tables/add", {"name": "Itäinen pöytä", "area": "Itäiset kylät"}),
    ("/meetings/{draft}/edit", {"press": "add", "new_title": "Rantatien penkat", "new_kind": "other"}),
    ("/meetings/{open}/attendance", {"rows-0-names": "Eeva, Antti ja Oili", "rows-0-count": "3"}),
]


@pytest.mark.parametrize(("url", "typed"), SHORT)
def test_short_lines_are_given_back_too(app: Flask, cast: Cast, url: str, typed: dict[str, str]) -> None:
    """A forged or old token is the shortest way to an error page: the same page answers for the database."""
    draft = make.meeting(cast.north).id
    evening = make.meeting(cast.north, state=MeetingState.PUBLISHED).id
    browser = Browser(app).sign_in(cast.maria)
    hidden = {"repeat_key": "machine-key-1234", "seen": "machine-seen", "csrf_token": "machine-token"}
    page = browser.post(url.format(draft=draft, open=evening), {**hidden, **typed}, 400)
    given = str(page.all("textarea", id="kept-text")[0].text)
    for name, words in typed.items():
        if name not in ("press", "new_kind", "rows-0-count"):
            assert words in given
    assert "machine" not in given


def test_without_a_database_there_is_a_plain_page(app: Flask, cast: Cast) -> None:
    app.testing = False
    known, anybody = Browser(app).sign_in(cast.maria), Browser(app)
    page = anybody.get("/topics/propose")
    token = fields_of(page.form_of("Continue")[0])["csrf_token"]
    with a_database_that_is_gone():
        for browser in (known, anybody):
            for url in ("/", "/inbox", "/topics/propose", "/no/such/page", "/topics/" + "x" * 43, "/?a=%00"):
                answer = browser.raw(url)
                assert answer.status_code in (303, 404, 422, 503), f"{url} answered {answer.status_code}"
                assert answer.status_code == 303 or "<h1>" in answer.text
                assert "secret-host" not in answer.text
                assert "Content-Security-Policy" in answer.headers
        assert "The service cannot save right now" not in plain(anybody.raw("/").text)
        data = {"text": TYPED, "step": "send", "csrf_token": token, "name": "Eeva Ahonen"}
        answer = anybody.client.post("/topics/propose", data=data, base_url=HOME)
        assert answer.status_code == 503
        assert TYPED in kept(answer.text)
        assert "Eeva Ahonen" in kept(answer.text)
        health = anybody.raw("/healthz")
        assert (health.status_code, health.mimetype) == (503, "text/plain")
        assert "secret-host" not in health.text
    app.testing = True
    assert anybody.raw("/healthz").text == "ok\n"
    anybody.get("/")


def test_no_free_connection_is_said_as_such(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> None:
        raise PoolTimeout("QueuePool limit of size 5 overflow 10 reached")

    app.testing = False
    monkeypatch.setattr(pages.meetings, "coming", none_left)
    answer = Browser(app).raw("/")
    app.testing = True
    assert answer.status_code == 503
    assert "QueuePool" not in answer.text
