"""The worker: makes what is due, fetches mail and sends the outbox, until it is told to stop."""

import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from app.cli.answers import HouseCommand
from app.domain.clock import local, utc_now
from app.extensions import db
from app.mail.delivery import Transport
from app.mail.transports import transport
from app.services import digests, fetching, heartbeats, receiving, reminders
from app.services.posting import Round, send_due

EVERY_SECONDS = 10.0
FETCH_SECONDS = 30.0  # providers shut out who logs in more often
FORGET_SECONDS = 24 * 3600.0


@dataclass
class Done:
    """What one round came to."""

    reminders: int = 0
    digests: int = 0
    fetched: int = 0
    posted: Round = field(default_factory=Round)


@dataclass
class Pace:
    """When the things that are not done in every round were done last."""

    last: dict[str, float] = field(default_factory=dict)

    def is_due(self, name: str, seconds: float) -> bool:
        """Whether a thing is due again; it is then taken as done."""
        now = time.monotonic()
        if now - self.last.get(name, now - seconds) < seconds:
            return False
        self.last[name] = now
        return True


@click.command("worker", cls=HouseCommand)
@click.option("--once", is_flag=True, help="Do one round and end.")
@click.option(
    "--every",
    default=EVERY_SECONDS,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds between two rounds.",
)
@with_appcontext
def command(once: bool, every: float) -> None:
    """Send the letters of the outbox, make reminders and digests, and fetch mail."""
    way_out = transport(current_app.config["HOUSE"].mail_url)
    stop = threading.Event()
    if once:
        click.echo(_in_words(one_round(way_out, stop)))
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    click.echo(f"The worker looks into the outbox every {every:g} seconds.")
    pace = Pace()
    while not stop.is_set():
        done = one_round(way_out, stop, pace)
        if done != Done():  # an idle worker is silent
            click.echo(_in_words(done))
        stop.wait(every)
    click.echo("The worker stopped. The letter at hand was finished.")


def one_round(way_out: Transport, stop: threading.Event, pace: Pace | None = None) -> Done:
    """Do everything once; a fault in one thing does not stop the others, and none begins after `stop`.

    `pace` tells what need not be done in this round; without it all is.
    """
    done, pace = Done(), pace or Pace()

    def make_reminders() -> None:
        done.reminders = reminders.make_due(utc_now())

    def make_digests() -> None:
        done.digests = digests.make_due(utc_now())

    def fetch() -> None:
        url = current_app.config["HOUSE"].mail_in_url
        if url and pace.is_due(heartbeats.FETCH, FETCH_SECONDS):
            done.fetched = fetching.fetch(url)

    def forget() -> None:
        if pace.is_due("forget", FORGET_SECONDS):
            receiving.forget_raw(utc_now())

    def post() -> None:
        done.posted = send_due(way_out, stopping=lambda: _go_on(stop))

    _guarded("reminders", make_reminders, stop)
    _guarded("digests", make_digests, stop)
    _guarded(heartbeats.FETCH, fetch, stop)  # first, so that what it acknowledges leaves in the same round
    _guarded(heartbeats.POST, post, stop)
    _guarded("forget", forget, stop)
    return done


def _go_on(stop: threading.Event) -> bool:
    # A long round of letters to a slow server is a sign of life too.
    heartbeats.beat(heartbeats.POST)
    return stop.is_set()


def _guarded(name: str, do: Callable[[], None], stop: threading.Event) -> None:
    if stop.is_set():
        return
    try:
        do()
        if name != heartbeats.FETCH:  # that one has told itself how it went
            heartbeats.beat(name)
    except DBAPIError as fault:  # the database is away for a while: the next round tries again
        click.echo(_database_in_words(fault), err=True)
    except Exception as fault:  # its words may name people: the log gets the place alone
        where = "".join(traceback.format_tb(fault.__traceback__))
        click.echo(f"{name}: {type(fault).__name__}\n{where}", err=True)
        _tell(name, type(fault).__name__)
    finally:
        db.session.remove()


def _tell(name: str, answer: str) -> None:
    try:
        db.session.remove()
        heartbeats.beat(name, answer)
    except DBAPIError as fault:
        click.echo(_database_in_words(fault), err=True)


def _database_in_words(fault: DBAPIError) -> str:
    # Words about a connection name the server; words about a statement may hold what people wrote.
    harmless = isinstance(fault, (OperationalError, InterfaceError))
    return f"The database did not answer: {fault.orig if harmless else type(fault).__name__}"


def _in_words(done: Done) -> str:
    clock = local(utc_now()).strftime("%H.%M.%S")
    posted = done.posted
    return (
        f"{clock} Sent {posted.sent}, to be tried again {posted.later}, could not be sent {posted.parked}. "
        f"Reminders made {done.reminders}, digests made {done.digests}, messages fetched {done.fetched}."
    )
