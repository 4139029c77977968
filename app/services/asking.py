"""Asking a department or another body for a statement: the question, its letter, its day, and reminders."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.organisations import ANSWERING_KINDS
from app.domain.permissions import Act, Visitor, check_may
from app.domain.statements import WAITED_FOR, check_askable, check_due, check_question
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter, known
from app.mail.statement_letters import Asked
from app.models import Organisation, Statement, Topic
from app.services.log import record
from app.services.outbox import queue, signature
from app.services.repeats import once
from app.services.seen import check_seen, mark
from app.services.statements import (
    REMINDED,
    cleaned,
    first_letter,
    last_reminded,
    mailed,
    standing_of,
    told_today,
)
from app.services.transactions import act, get_to_change

TOKEN_BYTES = 18

CHOOSE = N_("Choose from the list.")
ASKED_ALREADY = N_("This body has been asked already, and its answer has not come. Remind it instead.")
NO_ADDRESS = N_("This body has no e-mail address. Give the link by hand.")
NO_LONGER = N_("This answer is no longer waited for.")
ARCHIVED = N_("This body is no longer in use. Ask another one.")


@dataclass(frozen=True)
class Question:
    """What is asked of which body, and until when."""

    organisation_id: int | None
    words: str
    due_on: date | None


def topic_to_change(visitor: Visitor, topic_id: int) -> Topic:
    """Return a topic of the visitor's own table, locked; NotFound for another's, Forbidden for a reader."""
    topic = get_to_change(Topic, topic_id)
    if not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, Act.TRIAGE, topic.table_id)
    return topic


def statement_to_change(visitor: Visitor, topic_id: int, statement_id: int) -> Statement:
    """Return a question about a topic that the visitor may triage, both locked, the topic first."""
    topic_to_change(visitor, topic_id)
    row = get_to_change(Statement, statement_id)
    if row.topic_id != topic_id:
        raise NotFound
    return row


def body_to_ask(organisation_id: int | None) -> Organisation:
    """Return a body that can answer; raise Invalid for one that is archived or of another kind."""
    body = db.session.get(Organisation, organisation_id) if organisation_id is not None else None
    if body is None or body.archived_at is not None or body.kind not in ANSWERING_KINDS:
        raise Invalid("organisation", CHOOSE)
    return body


@act
def ask(visitor: Visitor, topic_id: int, question: Question, key: str | None = None) -> int:
    """Ask a body about a topic, queue the letter with the link, and return the question's id."""

    def do() -> int:
        topic = topic_to_change(visitor, topic_id)
        check_askable(topic.state)
        body = body_to_ask(question.organisation_id)
        open_one = select(Statement.id).where(
            Statement.topic_id == topic_id,
            Statement.organisation_id == body.id,
            Statement.handed_on.is_(False),
            Statement.withdrawn_at.is_(None),
            Statement.answer.is_(None),
        )
        if db.session.scalar(open_one) is not None:
            raise Invalid("organisation", ASKED_ALREADY)
        row = stored(visitor, topic, body, question)
        if body.email:
            _send(letters.statement_asked, row, first_letter(row))
        record(
            visitor, "statement.ask", "statement", row.id, topic=topic.id, body=body.id, sent=bool(body.email)
        )
        return row.id

    return once(key, "statement.ask", do)


def stored(
    visitor: Visitor, topic: Topic, body: Organisation, question: Question, *, handed_on: bool = False
) -> Statement:
    """Store a question under a new secret address, in the language of the topic's table; inside an act."""
    row = Statement(
        topic=topic,
        organisation=body,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        handed_on=handed_on,
        question=check_question(question.words),
        language=language_of(topic),
        due_on=check_due(question.due_on, today()),
        asked_by_id=visitor.person_id,
        asked_at=utc_now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def language_of(topic: Topic) -> str:
    """Return the first language of the topic's table: bodies are written to in it."""
    return known(topic.table.languages.partition(" ")[0])


def as_asked(row: Statement) -> Asked:
    """Return the question as its letters tell it: nothing of who proposed the topic."""
    title, text = cleaned(row.topic)
    url = site().statement(row.token)
    if row.language != "fi":  # who comes for the first time is spoken to as in the letter
        url += f"?lang={row.language}"
    return Asked(str(row.topic.number), title, text, row.question, row.due_on, url)


@act
def remind(visitor: Visitor, topic_id: int, statement_id: int) -> bool:
    """Send the body a reminder; return False where it has had a letter today already.

    A body that had no address when it was asked gets the question itself. Raises Refused where no answer
    is waited for, or no letter can reach the body.
    """
    row = statement_to_change(visitor, topic_id, statement_id)
    if row.answer is not None or standing_of(row) not in WAITED_FOR:
        raise Refused(NO_LONGER)
    if row.organisation.archived_at is not None:
        raise Refused(ARCHIVED)
    if not row.organisation.email:
        raise Refused(NO_ADDRESS)
    first = mailed([row]).get(row.id)
    if told_today(first, last_reminded([row.id]).get(row.id)):
        return False
    if first is None:
        _send(letters.topic_handed_on if row.handed_on else letters.statement_asked, row, first_letter(row))
    else:
        write = partial(letters.statement_reminder, for_proposer=row.handed_on)
        _send(write, row, f"statement_reminder:{row.id}:{today()}")
    record(visitor, REMINDED if first else "statement.send", "statement", row.id, topic=row.topic_id)
    return True


def _send(write: Callable[..., Letter], row: Statement, occasion: str) -> None:
    letter = write(as_asked(row), language=row.language, signed=signature(row.language))
    queue(letter, row.organisation.email or "", occasion, topic_id=row.topic_id)


@act
def take_back(visitor: Visitor, topic_id: int, statement_id: int, *, back: bool = True) -> None:
    """Say that an answer is no longer needed, or (`back` false) ask for it after all; no letter is sent."""
    row = statement_to_change(visitor, topic_id, statement_id)
    if row.handed_on:
        raise Refused(N_("The topic was handed on, and its proposer knows it. Take it to the table instead."))
    if back == (row.withdrawn_at is not None):
        return
    row.withdrawn_at = utc_now() if back else None
    record(visitor, "statement.take_back" if back else "statement.ask_again", "statement", row.id)


def due_mark(row: Statement) -> str:
    """Return the mark of the day that a page shows."""
    return mark(row.due_on)


@act
def change_due(
    visitor: Visitor, topic_id: int, statement_id: int, due_on: date | None, seen: str | None = None
) -> None:
    """Give a body more or less time; raise Invalid for the day, Stale where somebody else changed it."""
    row = statement_to_change(visitor, topic_id, statement_id)
    due_on = check_due(due_on, today())
    if due_on == row.due_on:
        return
    check_seen(seen, row.due_on)
    row.due_on = due_on
    record(visitor, "statement.change_due", "statement", row.id, due=due_on.isoformat())
