"""The worker as it is started: one round, or round after round until it is told to stop."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from app.cli import worker
from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.mail.folder import MemoryTransport
from app.models import Heartbeat, OutgoingMail
from app.services import heartbeats, outbox
from tests.cast import Cast

HOUSE = Path(__file__).parents[2]


def queue(number: int = 1) -> None:
    letter = Letter("topic_received", "fi", "Aihe tuli perille", "Hei!\n")
    outbox.queue(letter, f"eeva{number}@x.example", f"test:{number}")
    db.session.commit()


def once(app: Flask) -> str:
    said = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert said.exit_code == 0, said.output
    return said.output


def test_one_round(app: Flask, cast: Cast) -> None:
    queue()
    said = once(app)
    assert "Sent 1, to be tried again 0, could not be sent 0." in said
    assert "Reminders made 0, digests made 0, messages fetched 0." in said
    assert db.session.query(OutgoingMail).one().state is MailState.SENT


def test_the_worker_ends_when_it_is_told_to(app: Flask, cast: Cast, tmp_path: Path) -> None:
    queue()
    db.session.remove()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker", "--every", "0.2"],
        cwd=HOUSE,
        env={
            **os.environ,
            "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
            "INSTANCE_DIR": str(tmp_path),
            "MAIL_URL": f"folder:{tmp_path / 'out'}",
            "MAIL_IN_URL": "",
            "SECRET_KEY": "k" * 40,
            "PUBLIC_URL": "http://127.0.0.1:5000",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "The worker looks into the outbox every 0.2 seconds.\n"
    assert "Sent 1," in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert rest.endswith("The worker stopped. The letter at hand was finished.\n")
    assert len(list((tmp_path / "out").glob("*.eml"))) == 1
    assert heartbeats.silent_since() is None


def test_an_idle_round_is_a_sign_of_life_written_once_a_minute(app: Flask, cast: Cast) -> None:
    once(app)
    assert heartbeats.silent_since() is None
    earlier = utc_now() - timedelta(seconds=50)
    db.session.get_one(Heartbeat, heartbeats.POST).seen_at = earlier
    db.session.commit()
    once(app)
    assert db.session.get_one(Heartbeat, heartbeats.POST).seen_at == earlier
    db.session.get_one(Heartbeat, heartbeats.POST).seen_at -= timedelta(seconds=20)
    db.session.commit()
    once(app)
    assert db.session.get_one(Heartbeat, heartbeats.POST).seen_at > earlier


def test_mail_is_fetched_less_often_than_letters_are_sent(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(url: str) -> int:
        fetched.append(url)
        return len(fetched)

    monkeypatch.setattr(worker.fetching, "fetch", fetch)
    object.__setattr__(app.config["HOUSE"], "mail_in_url", "imap://a:b@127.0.0.1:1")
    pace = worker.Pace()
    try:
        rounds = [worker.one_round(MemoryTransport(), threading.Event(), pace).fetched for _ in range(3)]
        pace.last[heartbeats.FETCH] -= worker.FETCH_SECONDS
        rounds.append(worker.one_round(MemoryTransport(), threading.Event(), pace).fetched)
    finally:
        object.__setattr__(app.config["HOUSE"], "mail_in_url", None)
    assert rounds == [1, 0, 0, 2]


@pytest.mark.parametrize("broken", ["reminders.make_due", "digests.make_due", "fetching.fetch"])
def test_a_fault_in_one_thing_stops_no_other(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    words = "eeva@koivuranta.example cannot be read"

    def fail(*_: object) -> int:
        raise RuntimeError(words)

    monkeypatch.setattr(f"app.services.{broken}", fail)
    monkeypatch.setattr(worker.fetching, "fetch", fail if broken == "fetching.fetch" else lambda _: 0)
    queue()
    object.__setattr__(app.config["HOUSE"], "mail_in_url", "imap://a:b@127.0.0.1:1")
    try:
        said = once(app)
    finally:
        object.__setattr__(app.config["HOUSE"], "mail_in_url", None)
    assert "Sent 1," in said
    assert "eeva" not in said
    (trouble,) = heartbeats.troubles()
    assert trouble.name == {"fetching.fetch": "fetch"}.get(broken, broken.partition(".")[0])
    assert trouble.answer == "RuntimeError"
    monkeypatch.undo()
    heartbeats.beat(trouble.name)
    assert heartbeats.troubles() == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OperationalError, "The database did not answer: eeva@koivuranta.example\n"),  # words of a connection
        (IntegrityError, "The database did not answer: IntegrityError\n"),  # words of what was written
        (DataError, "The database did not answer: DataError\n"),
    ],
)
def test_what_the_database_says_of_values_stays_out_of_the_log(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: type[DBAPIError], said: str
) -> None:
    def fail(*_: object) -> int:
        raise fault("INSERT", {}, Exception("eeva@koivuranta.example"))

    monkeypatch.setattr("app.services.reminders.make_due", fail)
    assert said in once(app)
    assert ("eeva" in once(app)) is (fault is OperationalError)
