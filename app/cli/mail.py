"""Messages handed in by a mail server: one on standard input, or one after the other by LMTP."""

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from app.cli.answers import HouseGroup, Refusal, note, print_json
from app.domain.incoming import LARGEST, OUTCOME_WORDS, WHY_WORDS
from app.extensions import db
from app.mail.lmtp import listening
from app.services.receiving import Received, receive

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: a mail server keeps the message and tries again
A_BLOCK = 1024 * 1024


class NotNow(Refusal):
    """The message is not stored: whoever hands it in should keep it and try again."""

    exit_code = TRY_LATER


@click.group("mail", cls=HouseGroup)
def commands() -> None:
    """Take in messages that a mail server hands over."""


@commands.command("receive")
@click.option("--recipient", help="The address of the envelope that the message was sent to.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@with_appcontext
def receive_one(recipient: str | None, as_json: bool) -> None:
    """Take one message from standard input and tell what it became."""
    raw, size = _standard_input()
    if not raw.strip():
        raise Refusal("There is no message on standard input.")
    try:
        found = receive(raw, recipient=recipient, size=size)
    except (OperationalError, InterfaceError) as away:
        raise NotNow("The database did not answer. Hand the message in again later.") from away
    except Exception as fault:
        raise NotNow(f"The message could not be received ({type(fault).__name__}).") from None
    if as_json:
        print_json(_values(found))
    else:
        click.echo(_in_words(found))


def _standard_input() -> tuple[bytes, int]:
    """Return what came, of a message that is too large its beginning alone, and how large it is."""
    source = sys.stdin.buffer
    raw = source.read(LARGEST + 1)
    size = len(raw)
    while more := source.read(A_BLOCK):
        size += len(more)
    return raw, size


def _values(found: Received) -> dict[str, Any]:
    return {
        "message": found.mail_id,
        "outcome": found.outcome.value,
        "why": str(found.why),
        "topic": found.topic_id,
        "again": found.again,
    }


def _in_words(found: Received) -> str:
    words = OUTCOME_WORDS[found.outcome]
    if found.topic_id is not None:
        words = f"{words} (topic {found.topic_id})"
    why = WHY_WORDS.get(str(found.why), str(found.why))
    said = f"{words}. {why}".strip()
    return f"{said} This message had come before." if found.again else said


@commands.command("listen")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8024, show_default=True, type=click.IntRange(0, 65535))
@with_appcontext
def listen(host: str, port: int) -> None:
    """Take messages by LMTP until told to stop; meant for a mail server on this machine."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself, for another thread
    if host not in ("127.0.0.1", "::1", "localhost"):
        note("Everybody who reaches this port can hand messages in. Let only your mail server reach it.")
    try:
        with listening(taker(app), host, port) as taken:
            click.echo(f"Listening for messages by LMTP at {host}, port {taken}.")
            stop.wait()
    except OSError as fault:
        raise Refusal(f"Port {port} of {host} cannot be used: {fault.strerror or fault}.") from fault
    click.echo("Stopped. The message at hand was finished.")


def taker(app: Flask) -> Callable[[bytes, str], bool]:
    """Return what stores one message and answers whether it is stored; nothing is lost where it is not."""

    def take(raw: bytes, recipient: str) -> bool:
        with app.app_context():
            try:
                receive(raw, recipient=recipient)
            except DBAPIError as fault:
                note(f"A message was not stored: the database did not answer ({type(fault).__name__}).")
                return False
            except Exception as fault:  # one message that nobody foresaw must not end the listening
                note(f"A message was not stored ({type(fault).__name__}).")
                return False
            finally:
                db.session.remove()
        return True

    return take
