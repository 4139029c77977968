"""Sends the outbox: each letter is taken for a while, sent outside of any transaction, then marked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update

from app.domain.clock import utc_now
from app.domain.errors import Invalid
from app.domain.outbox import LEASE_MINUTES, MailState
from app.domain.words import N_
from app.extensions import db, site
from app.mail.composing import Letter
from app.mail.delivery import NotDelivered, Transport
from app.mail.messages import Mailbox, message
from app.mail.retry import DELAYS, next_try
from app.models import Municipality, OutgoingMail
from app.services.outbox import signature
from app.services.transactions import act

LEASE = timedelta(minutes=LEASE_MINUTES)
MOST_ATTEMPTS = len(DELAYS) + 1
SIGN_IN_TRIES = 3  # the next try would come after the link has closed
A_ROUND = 200

INTERRUPTED = N_("The worker stopped in the middle of sending this letter, many times.")

_SIGN_IN_SECRET = re.compile(r"(/sign-in/)[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True)
class TakenLetter:
    """A letter that this worker holds until `until`; nobody else sends it before that."""

    id: int
    message_id: str
    to: str
    letter: Letter
    created_at: datetime
    until: datetime
    attempts: int


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
) -> Round:
    """Send what is due, one letter at a time, and return the counts.

    A letter that cannot be sent never holds up the next one. `now` tells the time, `stopping` whether to
    end the round after the letter at hand.
    """
    done = Round(parked=_park_interrupted(now()))
    for _ in range(A_ROUND):
        if stopping():
            break
        taken = take_next(now())
        if taken is None:
            break
        _send(transport, taken, now, done)
    return done


def _send(transport: Transport, taken: TakenLetter, now: Callable[[], datetime], done: Round) -> None:
    try:
        mail = message(
            taken.letter,
            sender=_sender(taken.letter.language),
            to=taken.to,
            message_id=taken.message_id,
            date=taken.created_at,
            reply_to=_reply_to(taken.letter.language),
        )
        db.session.rollback()  # nothing is held open while the server answers
        transport.deliver(mail, site().sender)
    except NotDelivered as refusal:
        state = mark_failed(taken, refusal.answer, now(), permanent=refusal.permanent)
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


def _sender(language: str) -> Mailbox:
    return Mailbox(signature(language).municipality, site().sender)


def _reply_to(language: str) -> Mailbox | None:
    row = db.session.get(Municipality, 1)
    if row is None or not row.email:
        return None
    try:
        return Mailbox(signature(language).municipality, row.email)
    except Invalid:
        return None


@act
def take_next(now: datetime) -> TakenLetter | None:
    """Take the letter that is due first, for fifteen minutes; None where nothing is due.

    One that was taken by a worker that died is due again when its time is over. Two workers never take
    the same letter: on PostgreSQL the second skips the row that the first has locked, on SQLite it waits.
    """
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
    row = db.session.scalar(
        update(OutgoingMail)
        .where(OutgoingMail.id.in_(select(due.c.id)))
        .values(
            state=MailState.SENDING,
            locked_until=now + LEASE,
            attempts=OutgoingMail.attempts + 1,
        )
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if row is None:
        return None
    return TakenLetter(
        id=row.id,
        message_id=row.message_id,
        to=row.to_address,
        letter=Letter(row.kind, row.language, row.subject, row.body),
        created_at=row.created_at,
        until=now + LEASE,
        attempts=row.attempts,
    )


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
def mark_failed(taken: TakenLetter, answer: str, now: datetime, *, permanent: bool) -> MailState:
    """Note why a letter did not go, and when it is tried again; return its new state.

    Where trying again cannot help, or has not helped many times, it is parked for a person to look at.
    Nothing changes when another worker has taken the letter meanwhile.
    """
    if taken.letter.kind == "sign_in_link" and taken.attempts >= SIGN_IN_TRIES:
        permanent = True
    again = None if permanent else next_try(taken.attempts, now) if taken.attempts < MOST_ATTEMPTS else None
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
