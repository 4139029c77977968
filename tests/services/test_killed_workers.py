"""A hundred workers are killed while they send: no letter is lost, and a second copy is the same letter."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.models import OutgoingMail
from app.services import outbox
from tests.cast import Cast
from tests.mail.servers import Postbox, running

HOUSE = Path(__file__).parents[2]
LETTERS = 1000
KILLS = 100
LEASE_SECONDS = 1.0


@pytest.mark.real_commits
def test_a_hundred_killed_workers_lose_nothing(app: Flask, cast: Cast, tmp_path: Path) -> None:
    letter = Letter("meeting_cancelled", "fi", "Kokous on peruttu", "Hei!\n")
    for number in range(LETTERS):
        outbox.queue(letter, f"person{number}@x.example", f"test:{number}")
    db.session.execute(update(OutgoingMail).values(state=MailState.QUEUED))
    db.session.commit()
    ids = {row.to_address: row.message_id for row in db.session.scalars(select(OutgoingMail))}
    db.session.remove()
    postbox = Postbox()
    with running(postbox) as port:
        said = subprocess.run(
            [
                *(sys.executable, "-m", "tests.services.killed_workers"),
                *(db.engine.url.render_as_string(hide_password=False), str(tmp_path), str(port)),
                *(str(KILLS), str(LEASE_SECONDS)),
            ],
            cwd=HOUSE,
            env={**os.environ, "PYTHONPATH": str(HOUSE)},
            capture_output=True,
            text=True,
            check=True,
        )
    killed, died = map(int, said.stdout.split())
    came = Counter(envelope.rcpt_tos[0] for envelope in postbox.envelopes)
    assert killed == KILLS, said.stderr  # the letters did not run out before
    assert died == 0, said.stderr
    assert set(came) == set(ids)  # none is lost
    assert sum(came.values()) - LETTERS <= KILLS
    assert {
        (envelope.rcpt_tos[0], line)
        for envelope in postbox.envelopes
        for line in _message_ids(envelope.content)
    } == set(ids.items())
    assert set(db.session.scalars(select(OutgoingMail.state))) == {MailState.SENT}


def _message_ids(content: bytes | str | None) -> list[str]:
    assert isinstance(content, bytes)
    head = content.partition(b"\r\n\r\n")[0].decode()
    return [line.removeprefix("Message-ID: ") for line in head.split("\r\n") if line.startswith("Message-ID")]
