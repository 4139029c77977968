"""The worker as it is started: one round, or round after round until it is told to stop."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from flask import Flask

from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.models import OutgoingMail
from app.services import outbox
from tests.cast import Cast

HOUSE = Path(__file__).parents[2]


def queue() -> None:
    outbox.queue(Letter("memo_published", "fi", "Muistio", "Hei!\n"), "eeva@x.example", "test:1")
    db.session.commit()


def test_one_round(app: Flask, cast: Cast) -> None:
    queue()
    said = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert said.exit_code == 0
    assert "Sent 1, to be tried again 0, could not be sent 0." in said.output
    assert db.session.query(OutgoingMail).one().state is MailState.SENT


def test_the_worker_ends_when_it_is_told_to(app: Flask, cast: Cast, tmp_path: Path) -> None:
    queue()
    db.session.remove()
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker", "--every", "0.2"],
        cwd=HOUSE,
        env={
            **os.environ,
            "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
            "INSTANCE_DIR": str(tmp_path),
            "MAIL_URL": f"folder:{tmp_path / 'out'}",
            "SECRET_KEY": "k" * 40,
            "PUBLIC_URL": "http://127.0.0.1:5000",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "The worker looks into the outbox every 0.2 seconds.\n"
    assert "Sent 1," in worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    rest, _ = worker.communicate(timeout=10)
    assert worker.returncode == 0
    assert rest.endswith("The worker stopped. The letter at hand was finished.\n")
    assert len(list((tmp_path / "out").glob("*.eml"))) == 1
