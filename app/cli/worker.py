"""The worker: sends the outbox now and then, until it is told to stop."""

import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.cli.answers import HouseCommand
from app.domain.clock import local, utc_now
from app.extensions import db
from app.mail.delivery import Transport
from app.mail.transports import transport
from app.services.posting import Round, send_due

EVERY_SECONDS = 10.0


@click.command("worker", cls=HouseCommand)
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
        click.echo(_in_words(_round(way_out, stop)))
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo(f"The worker looks into the outbox every {every:g} seconds.")
    while not stop.is_set():
        try:
            done = _round(way_out, stop)
            if done != Round():  # an idle worker is silent
                click.echo(_in_words(done))
        except DBAPIError as fault:  # the database is away for a while: the next round tries again
            click.echo(f"The database did not answer: {fault.orig}", err=True)
        stop.wait(every)
    click.echo("The worker stopped. The letter at hand was finished.")


def _round(way_out: Transport, stop: threading.Event) -> Round:
    try:
        return send_due(way_out, stopping=stop.is_set)
    finally:
        db.session.remove()


def _in_words(done: Round) -> str:
    clock = local(utc_now()).strftime("%H.%M.%S")
    return f"{clock} Sent {done.sent}, to be tried again {done.later}, could not be sent {done.parked}."
