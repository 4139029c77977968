"""The outbox empties itself: sent once, tried again, parked, and never lost when the worker dies."""

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.outbox import MailState
from app.extensions import db
from app.mail.composing import Letter
from app.mail.delivery import NotDelivered
from app.mail.folder import MemoryTransport
from app.mail.retry import DELAYS
from app.mail.smtp import SmtpTransport
from app.models import Municipality, OutgoingMail
from app.services import outbox, posting, sign_in_links
from app.services.posting import LEASE, send_due
from tests.cast import Cast
from tests.mail.servers import Postbox, free_port, running
from tests.mail.test_messages import text

START = datetime(2027, 2, 12, 16, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def wait(self, span: timedelta) -> None:
        self.at += span


@dataclass
class Faulty:
    """A way out that fails as told, by address."""

    faults: dict[str, BaseException]
    went: list[EmailMessage] = field(default_factory=list)

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:
        to = message["To"].addresses[0].addr_spec
        if to in self.faults:
            raise self.faults[to]
        self.went.append(message)


def queue(*addresses: str, body: str = "Tervetuloa pöytään.\n") -> list[int]:
    """Queue one letter to each address, due at START."""
    letter = Letter("memo_published", "fi", "Muistio: Pohjoinen lähikumppanuuspöytä", body)
    for to in addresses:
        outbox.queue(letter, to, f"test:{to}")
    db.session.execute(
        update(OutgoingMail).values(state=MailState.QUEUED, due_at=START, created_at=START)  # as if pressed
    )
    db.session.commit()
    return list(db.session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id)))


def row(letter_id: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id)


def test_a_letter_reaches_a_real_mail_server(app: Flask, cast: Cast) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    postbox, clock = Postbox(), Clock()
    with running(postbox) as port:
        done = send_due(SmtpTransport("127.0.0.1", port), clock)
    assert (done.sent, done.later, done.parked) == (1, 0, 0)
    (envelope,) = postbox.envelopes
    assert envelope.rcpt_tos == ["eeva@koivuranta.example"]
    assert isinstance(envelope.content, bytes)
    mail = BytesParser(policy=default).parsebytes(envelope.content)
    assert mail["Message-ID"] == row(letter).message_id
    assert mail["From"].addresses[0].display_name == "Lehmijärven kunta"
    assert mail["Reply-To"].addresses[0].addr_spec == "kumppanuus@lehmijarvi.example"
    assert mail["Subject"] == "Muistio: Pohjoinen lähikumppanuuspöytä"
    assert (row(letter).state, row(letter).sent_at) == (MailState.SENT, START)


def test_while_the_server_is_down_letters_wait_and_go_later(app: Flask, cast: Cast) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    clock, port = Clock(), free_port()
    down = SmtpTransport("127.0.0.1", port)
    for attempt, delay in enumerate(DELAYS[:3], start=1):
        assert send_due(down, clock).later == 1
        waiting = row(letter)
        assert waiting.state is MailState.QUEUED
        assert waiting.attempts == attempt
        assert waiting.due_at == clock.at + delay
        assert "refused" in (waiting.last_answer or "")
        clock.wait(delay - timedelta(seconds=1))
        assert send_due(down, clock).later == 0  # not before its time
        clock.wait(timedelta(seconds=1))
    postbox = Postbox()
    with running(postbox) as up:
        assert send_due(SmtpTransport("127.0.0.1", up), clock).sent == 1
    assert len(postbox.envelopes) == 1
    assert row(letter).last_answer is None


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1 No such person", MailState.PARKED),
        ("451 4.7.1 Come back in five minutes", MailState.QUEUED),
        ("421 Too busy", MailState.QUEUED),
        ("452 Mailbox is full", MailState.QUEUED),
    ],
)
def test_the_servers_own_words_decide_and_stay(app: Flask, cast: Cast, answer: str, state: MailState) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    with running(Postbox(rcpt=answer)) as port:
        send_due(SmtpTransport("127.0.0.1", port), Clock())
    assert row(letter).state is state
    assert row(letter).last_answer == answer


def test_a_letter_that_never_goes_is_parked_for_a_person(app: Flask, cast: Cast) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    clock = Clock()
    way_out = Faulty({"eeva@koivuranta.example": NotDelivered(permanent=False, answer="451 Later")})
    rounds = 0
    while row(letter).state is MailState.QUEUED:
        send_due(way_out, clock)
        clock.wait(timedelta(days=1))
        rounds += 1
    assert rounds == len(DELAYS) + 1
    assert row(letter).state is MailState.PARKED
    assert row(letter).last_answer == "451 Later"


def test_poison_does_not_stop_the_letters_behind_it(app: Flask, cast: Cast) -> None:
    queue("one@x.example", "two@x.example", "three@x.example", "four@x.example")
    db.session.execute(
        update(OutgoingMail).where(OutgoingMail.to_address == "two@x.example").values(to_address="no address")
    )
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.to_address == "four@x.example")
        .values(message_id="not a message id")
    )
    db.session.commit()
    way_out = Faulty({"one@x.example": RuntimeError("nobody foresaw this")})
    done = send_due(way_out, Clock())
    assert (done.sent, done.later, done.parked) == (1, 2, 1)
    assert [str(mail["To"]) for mail in way_out.went] == ["three@x.example"]
    answers = {one.to_address: one.last_answer for one in db.session.scalars(select(OutgoingMail))}
    assert answers["one@x.example"] == "RuntimeError: nobody foresaw this"
    assert answers["no address"] == "Check the e-mail address. It looks like this: name@example.fi"
    assert "Message-ID" in (answers["four@x.example"] or "")


def test_a_wrong_address_of_the_municipality_stops_no_letter(app: Flask, cast: Cast) -> None:
    queue("eeva@koivuranta.example")
    db.session.get_one(Municipality, 1).email = "not an address"
    db.session.commit()
    way_out = MemoryTransport()
    assert send_due(way_out, Clock()).sent == 1
    assert way_out.messages[0]["Reply-To"] is None


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from app.factory import create_app
from app.mail.folder import FolderTransport
from app.services.posting import send_due
from config import Config

class DiesAfterSending(FolderTransport):
    def deliver(self, message, envelope_from):
        super().deliver(message, envelope_from)
        os.kill(os.getpid(), signal.SIGKILL)

url, folder, at = sys.argv[1:]
app = create_app(Config(secret_key="k" * 40, public_url="http://127.0.0.1:5000", database_url=url,
                        mail_url="memory:", instance_dir=Path(folder)))
with app.app_context():
    send_due(DiesAfterSending(Path(folder) / "went"), lambda: datetime.fromisoformat(at))
"""


def test_killed_between_sending_and_marking_it_is_sent_again_as_the_same_letter(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    message_id = row(letter).message_id
    db.session.remove()
    died = subprocess.run(
        [
            sys.executable,
            "-c",
            textwrap.dedent(KILLED),
            db.engine.url.render_as_string(hide_password=False),
            str(tmp_path),
            START.isoformat(),
        ],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert died.returncode == -9
    assert len(list((tmp_path / "went").iterdir())) == 1  # it had gone
    assert row(letter).state is MailState.SENDING
    clock, way_out = Clock(), MemoryTransport()
    clock.wait(LEASE - timedelta(seconds=1))
    assert send_due(way_out, clock).sent == 0  # perhaps that worker is only slow
    clock.wait(timedelta(seconds=1))
    assert send_due(way_out, clock).sent == 1
    assert [mail["Message-ID"] for mail in way_out.messages] == [message_id]
    assert row(letter).state is MailState.SENT


def test_a_letter_that_kills_every_worker_is_parked(app: Flask, cast: Cast) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    clock = Clock()
    deadly = Faulty({"eeva@koivuranta.example": SystemExit("killed")})
    deaths = 0
    while row(letter).state is not MailState.PARKED:
        try:
            send_due(deadly, clock)
        except SystemExit:
            deaths += 1
        clock.wait(LEASE)
        assert deaths < 20
    assert deaths == len(DELAYS) + 1
    assert row(letter).last_answer == posting.INTERRUPTED


def test_two_workers_send_each_letter_once(app: Flask, cast: Cast) -> None:
    queue(*(f"person{n}@x.example" for n in range(30)))
    db.session.remove()
    went: list[EmailMessage] = []
    way_out = MemoryTransport(went)

    def work(_: int) -> int:
        with app.app_context():
            try:
                return send_due(way_out, Clock()).sent
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(work, range(3)))
    assert sum(counts) == 30
    assert len({mail["Message-ID"] for mail in went}) == len(went) == 30


def test_a_slow_worker_does_not_undo_what_the_next_one_did(app: Flask, cast: Cast) -> None:
    (letter,) = queue("eeva@koivuranta.example")
    slow = posting.take_next(START)
    assert slow is not None
    assert posting.take_next(START) is None  # it is taken
    assert send_due(MemoryTransport(), lambda: START + LEASE).sent == 1
    posting.mark_failed(slow, "timed out", START + LEASE, permanent=False)
    assert row(letter).state is MailState.SENT


def test_a_round_ends_when_it_is_told_to(app: Flask, cast: Cast) -> None:
    queue("one@x.example", "two@x.example")
    way_out = MemoryTransport()
    assert send_due(way_out, Clock(), stopping=lambda: bool(way_out.messages)).sent == 1


def test_the_secret_of_a_sign_in_link_is_gone_once_it_is_sent(app: Flask, cast: Cast) -> None:
    sign_in_links.ask_for_link(cast.maria, "a" * 43, "192.0.2.1")
    way_out = MemoryTransport()
    assert send_due(way_out).sent == 1
    (letter,) = db.session.scalars(select(OutgoingMail))
    assert "http://127.0.0.1:5000/sign-in/…" in letter.body
    secret = text(way_out.messages[0]).split("/sign-in/")[1].split()[0]
    assert sign_in_links.is_open(secret)
    assert secret not in letter.body
