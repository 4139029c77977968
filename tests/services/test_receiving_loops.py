"""Two machines that answer each other fall silent after two letters."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from app.domain.incoming import Outcome
from app.domain.outbox import MailState
from app.extensions import db
from app.mail.folder import MemoryTransport
from app.models import OutgoingMail
from app.services.posting import send_due
from app.services.receiving import receive
from tests.cast import Cast
from tests.receiving_stage import at, count, letters, mail, taking_mail, topics

HERE, THERE = "poyta@tamakunta.example", "poyta@toinenkunta.example"
NOW = datetime(2027, 2, 12, 12, 0, tzinfo=UTC)


def said_by(letter: EmailMessage, *, hidden: bool, to: str) -> bytes:
    """Return a letter of ours as it arrives; where a server `hidden` that a machine wrote it."""
    if hidden:
        for field in (
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        ):
            del letter[field]
    letter.replace_header("To", to)
    return letter.as_bytes()


def sent(transport: MemoryTransport) -> list[EmailMessage]:
    """Send what is due as one installation does, and return what has gone."""
    before = len(transport.messages)
    send_due(transport)
    return transport.messages[before:]


@pytest.mark.parametrize("hidden", [False, True], ids=["as it was sent", "its marks taken off on the way"])
def test_two_installations_pointed_at_each_other(app: Flask, cast: Cast, hidden: bool) -> None:
    """Both share a database here, which makes it harder: the sender alone tells them apart."""
    transport = MemoryTransport()
    to, now = HERE, NOW
    # Somebody writes to the one in the name of the other.
    waiting = [mail(sender=f"<{THERE}>", to=HERE)]
    went = 0
    for _ in range(10):
        if not waiting:
            break
        now += timedelta(minutes=1)
        sender = to
        with taking_mail(app, intake=to, sender=sender):
            for raw in waiting:
                receive(raw, now=at(now))
            gone = sent(transport)
        went += len(gone)
        to = THERE if to == HERE else HERE
        waiting = [said_by(one, hidden=hidden, to=to) for one in gone]
    assert waiting == []
    assert went <= 2
    assert len(topics()) <= 3


def test_our_own_letter_that_comes_back_makes_nothing(app: Flask, cast: Cast) -> None:
    transport = MemoryTransport()
    with taking_mail(app, intake=HERE, sender=HERE):
        receive(mail(sender="eeva@koivuranta.example", to=HERE))
        (letter,) = sent(transport)
        found = receive(said_by(letter, hidden=True, to=HERE))
        assert found.outcome is Outcome.SET_ASIDE
        assert (len(topics()), count(OutgoingMail)) == (1, 1)
        assert [one.state for one in letters()] == [MailState.SENT]
    db.session.rollback()
