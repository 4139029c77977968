"""What the tests of sending share: one letter, and what a server that refuses it is taken for."""

from email.message import EmailMessage

import pytest

from app.mail.composing import Letter
from app.mail.delivery import NotDelivered
from app.mail.messages import message
from app.mail.smtp import SmtpTransport
from tests.mail.test_messages import ID, LETTER, NOW, SENDER

BOUNCES = "bounce+17@lehmijarvi.fi"


def letter(message_id: str = ID, body: str = LETTER.body) -> EmailMessage:
    return message(
        Letter("x", "fi", LETTER.subject, body),
        sender=SENDER,
        to="maija@example.fi",
        message_id=message_id,
        date=NOW,
    )


def refused(port: int, *, envelope_from: str = BOUNCES, timeout: float = 5) -> NotDelivered:
    with pytest.raises(NotDelivered) as refusal:
        SmtpTransport("127.0.0.1", port, timeout=timeout).deliver(letter(), envelope_from)
    return refusal.value
