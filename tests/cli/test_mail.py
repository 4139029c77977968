"""A mail server hands messages in: one on standard input, or one after the other by LMTP."""

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.cli import mail as command
from app.domain.incoming import LARGEST, Outcome
from app.extensions import db
from app.mail.lmtp import SLACK, listening
from app.models import IncomingMail, Topic
from app.services.receiving import Received
from tests.cast import Cast
from tests.receiving_stage import INTAKE, arrived, count, mail, taking_mail, topics

HOUSE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[None]:
    with taking_mail(app):
        yield


def hand_in(app: Flask, raw: bytes, *options: str) -> tuple[int, str, str]:
    said = app.test_cli_runner().invoke(args=["mail", "receive", *options], input=raw)
    db.session.rollback()
    return said.exit_code, said.stdout, said.stderr


def test_a_message_on_standard_input_becomes_a_topic(app: Flask, cast: Cast) -> None:
    assert hand_in(app, mail(), "--recipient", "aiheet+etela@lehmijarvi.example")[:2] == (
        0,
        "Became a topic (topic 1).\n",
    )
    assert topics()[0].table_id == cast.south


def test_it_tells_in_json_what_it_became(app: Flask) -> None:
    raw = mail("", Auto_Submitted="auto-replied")
    for again in (False, True):
        status, said, _ = hand_in(app, raw, "--json")
        assert (status, json.loads(said)) == (
            0,
            {"message": 1, "outcome": "set_aside", "why": "auto_submitted", "topic": None, "again": again},
        )


def test_a_message_that_is_too_large_is_held(app: Flask) -> None:
    status, said, _ = hand_in(app, mail(subject="Suuri") + b"x" * (LARGEST + 2_000_000))
    assert (status, said.partition(".")[0]) == (0, "Waits for you to look")
    (row,) = arrived()
    assert row.subject == "Suuri"
    assert row.size > LARGEST + 2_000_000


def test_nothing_at_all_is_refused_in_a_sentence(app: Flask) -> None:
    assert hand_in(app, b"\n")[::2] == (1, "There is no message on standard input.\n")


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        (OperationalError("", {}, Exception("gone")), 75, "The database did not answer. Hand the message in"),
        (ValueError("eeva@koivuranta.example"), 75, "The message could not be received (ValueError)."),
    ],
)
def test_what_the_mail_server_is_told_when_it_does_not_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> Received:
        raise fault

    monkeypatch.setattr(command, "receive", fail)
    code, out, said = hand_in(app, mail())
    assert (code, out, said.startswith(sentence), said.count("\n")) == (status, "", True, 1)
    assert "eeva" not in said


def environment(tmp_path: Path, **other: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "INSTANCE_DIR": str(tmp_path),
        "MAIL_URL": f"folder:{tmp_path / 'out'}",
        "MAIL_IN_URL": "",
        "MAIL_IN_ADDRESS": INTAKE,
        "SECRET_KEY": "k" * 40,
        "PUBLIC_URL": "http://127.0.0.1:5000",
        "PYTHONUNBUFFERED": "1",
        **other,
    }


def test_a_database_that_is_away_at_the_start_makes_the_mail_server_wait(tmp_path: Path) -> None:
    away = environment(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    said = subprocess.run(
        [sys.executable, "-m", "flask", "mail", "receive"],
        cwd=HOUSE,
        env=away,
        input=mail(),
        capture_output=True,
        check=False,
    )
    assert (said.returncode, said.stdout) == (command.TRY_LATER, b"")
    assert b"the database does not answer" in said.stderr


# By LMTP


def test_each_recipient_is_answered(app: Flask) -> None:
    raw = mail("Pitkä rivi: " + "a" * 3000)
    with listening(command.taker(app), "127.0.0.1", 0) as port, smtplib.LMTP("127.0.0.1", port) as way:
        assert way.sendmail("eeva@koivuranta.example", [INTAKE, "aiheet+etela@lehmijarvi.example"], raw) == {}
        assert way.getreply()[0] == 250  # the second recipient's, which smtplib leaves unread
        assert way.sendmail("eeva@koivuranta.example", [INTAKE], mail("Silta on rikki.")) == {}
    db.session.rollback()
    assert (count(IncomingMail), count(Topic)) == (2, 2)  # one message to two of our addresses is one


def test_a_message_that_could_not_be_stored_is_handed_in_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, tries = command.receive, []

    def fails_once(raw: bytes, **how: Any) -> Received:
        tries.append(raw)
        if len(tries) == 1:
            raise OperationalError("", {}, Exception("gone"))
        return plain(raw, **how)

    monkeypatch.setattr(command, "receive", fails_once)
    with listening(command.taker(app), "127.0.0.1", 0) as port, smtplib.LMTP("127.0.0.1", port) as way:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            way.sendmail("eeva@koivuranta.example", [INTAKE], mail())
        assert refused.value.smtp_code == 451
        assert way.sendmail("eeva@koivuranta.example", [INTAKE], mail()) == {}
    db.session.rollback()
    assert [one.outcome for one in arrived()] == [Outcome.TOPIC]


@pytest.mark.parametrize("over", [10, SLACK + 10], ids=["a little too large", "far too large"])
def test_a_message_that_is_too_large_is_refused(app: Flask, over: int) -> None:
    with listening(command.taker(app), "127.0.0.1", 0) as port, smtplib.LMTP("127.0.0.1", port) as way:
        way.ehlo()
        way.mail("eeva@koivuranta.example")
        way.rcpt(INTAKE)
        code, _ = way.data(mail() + (b"x" * 98 + b"\r\n") * ((LARGEST + over) // 100))
    assert (code, count(IncomingMail)) == (552, 0)


def test_listening_ends_when_it_is_told_to(app: Flask, tmp_path: Path) -> None:
    db.session.remove()
    listener = subprocess.Popen(
        [sys.executable, "-m", "flask", "mail", "listen", "--port", "0"],
        cwd=HOUSE,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listener.stdout is not None
    said = listener.stdout.readline()
    if not said:
        listener.communicate()
    assert said.startswith("Listening for messages by LMTP at 127.0.0.1, port ")
    with smtplib.LMTP("127.0.0.1", int(said.rstrip(".\n").rpartition(" ")[2])) as way:
        assert way.sendmail("eeva@koivuranta.example", [INTAKE], mail()) == {}
    listener.send_signal(signal.SIGTERM)
    rest, _ = listener.communicate(timeout=20)
    assert (listener.returncode, rest) == (0, "Stopped. The message at hand was finished.\n")
    assert count(Topic) == 1


def test_a_command_that_is_typed_wrong_is_not_tried_again(app: Flask) -> None:
    assert hand_in(app, mail(), "--receiver", INTAKE)[0] == 2
