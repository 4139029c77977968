"""Sends the outbox: each letter is taken for a while, sent outside of any transaction, then marked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import and_, or_, select, update

from app.domain.addresses import MarkKind
from app.domain.clock import utc_now
from app.domain.errors import Invalid
from app.domain.outbox import LEASE_MINUTES, OVERTAKEN, MailState
from app.domain.words import N_
from app.extensions import db, site
from app.mail.composing import Letter
from app.mail.delivery import NotDelivered, Transport
from app.mail.messages import CalendarPart, Mailbox, message
from app.mail.retry import DELAYS, next_try
from app.models import Municipality, OutgoingMail
from app.services.holding import still_holds
from app.services.letter_choices import stop_url
from app.services.outbox import signature
from app.services.transactions import act

LEASE = timedelta(minutes=LEASE_MINUTES)
MOST_ATTEMPTS = len(DELAYS) + 1
SIGN_IN_TRIES = 3  # the next try would come after the link has closed
A_ROUND = 200
A_STREAK = 5

INTERRUPTED = N_("The worker stopped in the middle of sending this letter, many times.")

_SIGN_IN_SECRET = re.compile(r"(/sign-in/)[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True)
class TakenLetter:
    """A letter that this worker holds until `until`; nobody else sends it before that.

    `date` is the moment that it carries in every try; `mark` stands in the addresses that answers and
    bounces of it go to; `stop_url` is where one press stops letters of its kind.
    """

    id: int
    message_id: str
    to: str
    letter: Letter
    date: datetime
    until: datetime
    attempts: int
    mark: str | None
    calendar: CalendarPart | None
    in_reply_to: str | None
    stop_url: str | None


@dataclass
class Round:
    """What one round of sending came to."""

    sent: int = 0
    later: int = 0
    parked: int = 0


def send_due(
    transport: Transport,
    now: Callable[[], datetime] = utc_now,
    stopping: Callable[[], bool] = lambda: False,
    lease: timedelta = LEASE,
) -> Round:
    """Send what is due, one letter at a time, and return the counts.

    A letter that cannot be sent never holds up the next one. Where several in a row had to be put off, the
    server is in trouble and the round ends: the others keep their tries. `now` tells the time, `stopping`
    whether to end the round after the letter at hand; for `lease` nobody else takes a letter.
    """
    done = Round(parked=_park_interrupted(now()))
    put_off = 0
    for _ in range(A_ROUND):
        if stopping() or put_off == A_STREAK:
            break
        taken = take_next(now(), lease)
        if taken is None:
            break
        put_off = put_off + 1 if _send(transport, taken, now, done) is MailState.QUEUED else 0
    return done


def _send(transport: Transport, taken: TakenLetter, now: Callable[[], datetime], done: Round) -> MailState:
    try:
        mail = _message(taken)
        bounces = site().marked(MarkKind.BOUNCE, taken.mark) if taken.mark else ""
        db.session.rollback()  # nothing is held open while the server answers
        transport.deliver(mail, bounces or site().sender)
    except NotDelivered as refusal:
        state = mark_failed(taken, refusal.answer, now(), permanent=refusal.permanent, unsure=refusal.unsure)
    except Invalid as wrong:
        state = mark_failed(taken, wrong.message, now(), permanent=True)
    except Exception as fault:  # one letter that nobody foresaw must not stop the others
        state = mark_failed(taken, f"{type(fault).__name__}: {fault}", now(), permanent=False)
    else:
        mark_sent(taken, now())
        state = MailState.SENT
    done.sent += state is MailState.SENT
    done.later += state is MailState.QUEUED
    done.parked += state is MailState.PARKED
    return state


def _message(taken: TakenLetter) -> EmailMessage:
    return message(
        taken.letter,
        sender=_sender(taken.letter.language),
        to=taken.to,
        message_id=taken.message_id,
        date=taken.date,
        reply_to=_reply_to(taken),
        calendar=taken.calendar,
        in_reply_to=taken.in_reply_to,
        unsubscribe=taken.stop_url,
        home=site().url,
    )


def _sender(language: str) -> Mailbox:
    return Mailbox(signature(language).municipality, site().sender)


def _reply_to(taken: TakenLetter) -> Mailbox | None:
    """Return where answers go: to the letter's own address where mail is taken in, else to the office."""
    row = db.session.get(Municipality, 1)
    answers = site().marked(MarkKind.REPLY, taken.mark) if taken.mark else ""
    answers = answers or (row and row.email) or ""
    if not answers:
        return None
    try:
        return Mailbox(signature(taken.letter.language).municipality, answers)
    except Invalid:
        return None


@act
def take_next(now: datetime, lease: timedelta = LEASE) -> TakenLetter | None:
    """Take the letter that is due first, for the time of a lease; None where nothing is due.

    One that was taken by a worker that died is due again when its time is over. Two workers never take
    the same letter: on PostgreSQL the second skips the row that the first has locked, on SQLite it waits.
    What does not hold any more is left unsent on the way.
    """
    while (row := _due(now, lease)) is not None and not still_holds(row):
        row.state, row.locked_until, row.last_answer = MailState.PARKED, None, OVERTAKEN
        db.session.flush()
    return _taken(row, now + lease) if row is not None else None


def _due(now: datetime, lease: timedelta) -> OutgoingMail | None:
    due = (
        select(OutgoingMail.id)
        .where(
            or_(
                and_(OutgoingMail.state == MailState.QUEUED, OutgoingMail.due_at <= now),
                and_(OutgoingMail.state == MailState.SENDING, OutgoingMail.locked_until <= now),
            )
        )
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return db.session.scalar(
        update(OutgoingMail)
        .where(OutgoingMail.id.in_(select(due.c.id)))
        .values(
            state=MailState.SENDING,
            locked_until=now + lease,
            attempts=OutgoingMail.attempts + 1,
        )
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _taken(row: OutgoingMail, until: datetime) -> TakenLetter:
    return TakenLetter(
        id=row.id,
        message_id=row.message_id,
        to=row.to_address,
        letter=Letter(row.kind, row.language, row.subject, row.body),
        date=max(row.approved_at or row.created_at, row.created_at),  # a reminder is made after its press
        until=until,
        attempts=row.attempts,
        mark=row.mark,
        calendar=_calendar(row),
        in_reply_to=row.in_reply_to,
        stop_url=stop_url(row.to_address, row.kind),
    )


def _calendar(row: OutgoingMail) -> CalendarPart | None:
    if row.calendar is None:
        return None
    return CalendarPart("CANCEL" if row.calendar_method == "CANCEL" else "REQUEST", row.calendar)


@act
def mark_sent(taken: TakenLetter, now: datetime) -> None:
    """Note that a letter has gone; the secret of a sign-in link goes with it."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == taken.id)
        .values(
            state=MailState.SENT,
            sent_at=now,
            locked_until=None,
            last_answer=None,
            body=without_secrets(taken.letter.body),
        )
    )


@act
def mark_failed(
    taken: TakenLetter, answer: str, now: datetime, *, permanent: bool, unsure: bool = False
) -> MailState:
    """Note why a letter did not go, and when it is tried again; return its new state.

    `unsure` where it may have gone after all: then it rests a while first.
    Where trying again cannot help, or has not helped many times, it is parked for a person to look at.
    Nothing changes when another worker has taken the letter meanwhile.
    """
    if taken.letter.kind == "sign_in_link" and taken.attempts >= SIGN_IN_TRIES:
        permanent = True
    again = None if permanent else next_try(taken.attempts, now, unsure=unsure)
    row = db.session.get(OutgoingMail, taken.id)
    if again is not None and row is not None and not still_holds(row):
        again, answer = None, OVERTAKEN
    state = MailState.PARKED if again is None else MailState.QUEUED
    db.session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.id == taken.id,
            OutgoingMail.state == MailState.SENDING,
            OutgoingMail.locked_until == taken.until,
        )
        .values(state=state, due_at=again or now, locked_until=None, last_answer=answer[:1000])
    )
    return state


@act
def _park_interrupted(now: datetime) -> int:
    """Park letters at which the worker died again and again: perhaps they are why."""
    parked = db.session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.state == MailState.SENDING,
            OutgoingMail.locked_until <= now,
            OutgoingMail.attempts >= MOST_ATTEMPTS,
        )
        .values(state=MailState.PARKED, locked_until=None, last_answer=INTERRUPTED)
        .returning(OutgoingMail.id)
    )
    return len(parked.all())


def without_secrets(text: str) -> str:
    """Return a letter's text with the secret of its sign-in link taken out."""
    return _SIGN_IN_SECRET.sub(r"\1…", text)
