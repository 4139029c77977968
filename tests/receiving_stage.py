"""What the stories of incoming mail share: an address of ours, and messages as people send them."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import Flask
from sqlalchemy import func, select

from app.domain.addresses import Site
from app.extensions import db
from app.models import IncomingMail, OutgoingMail, Topic

INTAKE = "aiheet@lehmijarvi.example"
SENDER = "poyta@lehmijarvi.example"
EEVA = "eeva@koivuranta.example"
DARK = "Kylätie on pimeä koulun kohdalla. Valot sammuivat syksyllä."

_running = itertools.count(1)


@contextmanager
def taking_mail(app: Flask, *, intake: str = INTAKE, sender: str = SENDER) -> Iterator[Site]:
    """Let an installation take mail in at an address of its own."""
    before = app.extensions["site"]
    app.extensions["site"] = Site(before.url, sender, intake, "+")
    try:
        yield app.extensions["site"]
    finally:
        app.extensions["site"] = before


def mail(
    text: str = DARK,
    *,
    sender: str = f"Eeva Aho <{EEVA}>",
    to: str = INTAKE,
    subject: str = "Kylätien valot",
    message_id: str | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
    sent_at: datetime = datetime(2027, 2, 12, 12, 0, tzinfo=UTC),
    **fields: str,
) -> bytes:
    """Return a message as a mail program sends it; `message_id` "" leaves it out."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(sent_at)
    if message_id != "":
        message["Message-ID"] = message_id or f"<{next(_running)}@koivuranta.example>"
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content_type, content in files:
        main, _, sub = content_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def report(letter: OutgoingMail, status: str = "5.1.1", action: str = "failed", to: str = INTAKE) -> bytes:
    """Return what a server says of a letter that it could not deliver (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <report{next(_running)}@mx.example>\r\nAuto-Submitted: auto-replied\r\n"
        "Return-Path: <>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe letter could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.to_address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.message_id}\r\n\r\n--b--\r\n"
    ).encode()


def at(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands."""
    return lambda: moment


def arrived() -> list[IncomingMail]:
    return list(db.session.scalars(select(IncomingMail).order_by(IncomingMail.id)))


def topics() -> list[Topic]:
    return list(db.session.scalars(select(Topic).order_by(Topic.id)))


def letters() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def count(row: type) -> int:
    return db.session.scalar(select(func.count()).select_from(row)) or 0
