"""The worker: sends the outbox now and then, until it is told to stop."""

import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.domain.clock import local, utc_now
from app.extensions import db
from app.mail.delivery import Transport
from app.mail.transports import transport
from app.services.posting import send_due

EVERY_SECONDS = 10.0


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due and end.")
@click.option(
    "--every",
    default=EVERY_SECONDS,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds between two rounds.",
)
@with_appcontext
def command(once: bool, every: float) -> None:
    """Send the letters of the outbox."""
    way_out = transport(current_app.config["HOUSE"].mail_url)
    stop = threading.Event()
    if once:
        _round(way_out, stop)
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo(f"The worker looks into the outbox every {every:g} seconds.")
    while not stop.is_set():
        _round(way_out, stop)
        stop.wait(every)
    click.echo("The worker stopped; the letter at hand was finished.")


def _round(way_out: Transport, stop: threading.Event) -> None:
    clock = local(utc_now()).strftime("%H.%M.%S")
    try:
        done = send_due(way_out, stopping=stop.is_set)
    except DBAPIError as fault:  # the database is away for a while: the next round tries again
        click.echo(f"{clock} The database did not answer: {fault.orig}", err=True)
        return
    finally:
        db.session.remove()
    click.echo(f"{clock} Sent {done.sent}, to be tried again {done.later}, could not be sent {done.parked}.")
