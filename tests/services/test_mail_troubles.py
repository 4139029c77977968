"""Forty letters and a mail server in trouble: each reader gets hers once, and nothing is lost.

The clock is told, not waited for: after each round it stands at the moment when the next letter is due.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope, Session
from flask import Flask
from sqlalchemy import func, select, update

from app.domain.outbox import MailState
from app.extensions import db
from app.mail import smtp
from app.mail.composing import Letter
from app.mail.messages import CalendarPart
from app.mail.retry import UNSURE
from app.mail.smtp import SmtpTransport
from app.models import OutgoingMail
from app.services import outbox
from app.services.posting import MOST_ATTEMPTS, send_due
from tests.cast import Cast
from tests.mail.servers import Postbox, free_port, running
from tests.mail.test_content import REQUEST

START = datetime(2027, 2, 12, 16, 0, tzinfo=UTC)
LETTERS = 40
BETWEEN = timedelta(seconds=10)  # rounds of the worker


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at


class Troubled(Postbox):
    """A server with a trouble of its own; keeps what arrived with the moment of its arrival."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.tries: Counter[str] = Counter()
        self.arrived: dict[str, list[tuple[datetime, bytes]]] = defaultdict(list)

    def answer(self, to: str) -> str:
        """What is said to a recipient; "" takes it."""
        return ""

    def keeps_silent(self, to: str) -> bool:
        """Whether the line is cut right after the letter came."""
        return False

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: Any, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        self.tries[to] += 1
        answer = self.answer(to)
        if answer:
            return answer
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        (to,) = envelope.rcpt_tos
        self.arrived[to].append((self.clock.at, envelope.content))
        if self.keeps_silent(to):
            server.transport.close()
        return "250 Taken"


class Healthy(Troubled):
    """No trouble at all."""


class Greylisting(Troubled):
    """Nobody unknown is let in before five minutes."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.seen: dict[str, datetime] = {}

    def answer(self, to: str) -> str:
        known = self.seen.setdefault(to, self.clock.at)
        return "" if self.clock.at >= known + timedelta(minutes=5) else "451 4.7.1 Greylisted"


class Busy(Troubled):
    """The first two tries of each letter come at a bad moment."""

    def answer(self, to: str) -> str:
        return "421 4.3.2 Too busy" if self.tries[to] < 3 else ""


class Full(Troubled):
    """The disk is full for an hour."""

    def answer(self, to: str) -> str:
        return "452 4.3.1 Disk full" if self.clock.at < START + timedelta(hours=1) else ""


class OneUnknown(Troubled):
    """One reader has no mailbox."""

    def answer(self, to: str) -> str:
        return "550 5.1.1 No such person" if to == address(7) else ""


class CutsTheLine(Troubled):
    """Five letters are taken, and the line is cut before that is said."""

    def keeps_silent(self, to: str) -> bool:
        return to in {address(number) for number in range(5)} and self.tries[to] == 1


class Slow(Troubled):
    """Every answer takes a while."""

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: Any, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        await asyncio.sleep(0.02)
        return await super().handle_RCPT(server, session, envelope, to, options)


@dataclass
class DownForAnHour:
    """A server that is not there for an hour; the way to it."""

    clock: Clock
    up: SmtpTransport
    down: SmtpTransport = field(default_factory=lambda: SmtpTransport("127.0.0.1", free_port()))

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:
        there = self.clock.at >= START + timedelta(hours=1)
        (self.up if there else self.down).deliver(message, envelope_from)


def address(number: int) -> str:
    return f"person{number}@x.example"


def queue() -> None:
    """Forty invitations that somebody pressed to send."""
    letter = Letter("agenda_published", "fi", "Kutsu: Pohjoinen lähikumppanuuspöytä", "Tervetuloa!\n")
    for number in range(LETTERS):
        outbox.queue(letter, address(number), f"test:{number}", calendar=CalendarPart("REQUEST", REQUEST))
    db.session.execute(
        update(OutgoingMail).values(state=MailState.QUEUED, due_at=START, created_at=START, approved_at=START)
    )
    db.session.commit()


def work(way_out: Any, clock: Clock) -> None:
    """Let the worker do its rounds until nothing waits."""
    for _ in range(3000):
        send_due(way_out, clock)
        waiting = select(func.min(OutgoingMail.due_at)).where(OutgoingMail.state == MailState.QUEUED)
        due = db.session.scalar(waiting)
        db.session.rollback()
        if due is None:
            return
        clock.at = max(clock.at + BETWEEN, due)
    raise AssertionError("the outbox never came to an end")


def message_ids(server: Troubled, to: str) -> set[str]:
    return {
        str(BytesParser(policy=default).parsebytes(content)["Message-ID"])
        for _, content in server.arrived[to]
    }


Way = Callable[[Clock, int], Any]


def straight(_clock: Clock, port: int) -> SmtpTransport:
    return SmtpTransport("127.0.0.1", port, timeout=30)


def down_for_an_hour(clock: Clock, port: int) -> DownForAnHour:
    return DownForAnHour(clock, straight(clock, port))


# the trouble, the way to the server, letters that come twice, letters that are parked, done within
TROUBLES = {
    "none": (Healthy, straight, 0, 0, timedelta(minutes=1)),
    "down for an hour": (Healthy, down_for_an_hour, 0, 0, timedelta(hours=3)),
    "slow": (Slow, straight, 0, 0, timedelta(minutes=1)),
    "greylisting": (Greylisting, straight, 0, 0, timedelta(minutes=10)),
    "too busy": (Busy, straight, 0, 0, timedelta(minutes=10)),
    "full": (Full, straight, 0, 0, timedelta(hours=3)),
    "cut after the letter": (CutsTheLine, straight, 5, 0, timedelta(minutes=12)),
    "one unknown reader": (OneUnknown, straight, 0, 1, timedelta(minutes=1)),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_reader_gets_one_letter_whatever_happens(app: Flask, cast: Cast, trouble: str) -> None:
    kind, way, twice, parked, within = TROUBLES[trouble]
    queue()
    clock = Clock()
    server = kind(clock)
    with running(server) as port:
        work(way(clock, port), clock)
    states = Counter(db.session.scalars(select(OutgoingMail.state)))
    assert states == Counter({MailState.SENT: LETTERS - parked, MailState.PARKED: parked})
    readers = {address(number) for number in range(LETTERS) if not (parked and number == 7)}
    assert set(server.arrived) == readers  # nobody is left out
    assert all(len(message_ids(server, one)) == 1 for one in readers)  # a second copy is the same letter
    assert all(len({content for _, content in server.arrived[one]}) == 1 for one in readers)
    again = [times for times in server.arrived.values() if len(times) > 1]
    assert len(again) == twice
    assert all(later - first >= UNSURE for (first, _), (later, _) in again)
    assert clock.at - START <= within


def test_a_server_may_take_half_a_minute_for_each_answer() -> None:
    assert smtp.TIMEOUT >= 2 * 30


def test_the_unknown_reader_is_shown_with_the_servers_words(app: Flask, cast: Cast) -> None:
    queue()
    clock = Clock()
    with running(OneUnknown(clock)) as port:
        work(straight(clock, port), clock)
    (parked,) = db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.PARKED))
    assert (parked.to_address, parked.last_answer) == (address(7), "550 5.1.1 No such person")


def test_a_letter_that_nobody_foresaw_is_parked_and_stops_no_other(app: Flask, cast: Cast) -> None:
    queue()
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.to_address == address(3))
        .values(calendar="METHOD:CANCEL\r\n")  # another method than it says: the message cannot be made
    )
    db.session.commit()
    clock = Clock()
    server = Healthy(clock)
    with running(server) as port:
        send_due(straight(clock, port), clock)
        assert len(server.arrived) == LETTERS - 1  # in the first round already
        work(straight(clock, port), clock)
    (poison,) = db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.PARKED))
    assert (poison.to_address, poison.attempts) == (address(3), MOST_ATTEMPTS)
    assert "another method" in (poison.last_answer or "")


def test_while_the_server_is_away_a_round_ends_early_and_spares_the_other_letters(
    app: Flask, cast: Cast
) -> None:
    queue()
    done = send_due(SmtpTransport("127.0.0.1", free_port()), Clock())
    assert done.later < LETTERS
    untouched = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.attempts == 0)
    assert db.session.scalar(untouched) == LETTERS - done.later
