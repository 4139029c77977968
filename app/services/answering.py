"""Answering a question about a topic, by link or written down by the coordinator; no text is lost."""

from datetime import timedelta

from sqlalchemy import or_, select

from app.domain.clock import utc_now
from app.domain.errors import Stale
from app.domain.notes import Way, merged
from app.domain.permissions import MAY, Act, Visitor
from app.domain.statements import Standing, both_names, check_answer, check_answered_by, check_open
from app.domain.topics import TopicAct
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import Person, PersonRole, Statement, Topic
from app.services.asking import statement_to_change
from app.services.knocks import knock
from app.services.log import record
from app.services.outbox import queue, signature, take_back
from app.services.proposers import followers
from app.services.repeats import once
from app.services.statements import cleaned, get_page, standing_of
from app.services.topic_life import move
from app.services.transactions import act, get_to_change

CHANGED = N_("Somebody else has answered meanwhile. Your text is safe.")
SAVINGS_AN_HOUR = 30  # each tells people by letter
HOUR = timedelta(hours=1)


@act
def answer(visitor: Visitor, token: str, text: str, name: str, revision: int, key: str | None = None) -> int:
    """Answer behind a body's link, or correct what was answered, and tell those who wait for it.

    Raises Invalid for a field, Stale where somebody saved another text after `revision` was read, Refused
    where the topic has been discussed, TooMany for very many savings within an hour.
    """
    row = _to_answer(token)
    return once(key, "statement.answer", lambda: _answered(visitor, row, text, name, revision))


@act
def settle(visitor: Visitor, token: str, mine: str, name: str, revision: int, way: Way) -> None:
    """End a conflict as the writer chose, after seeing both texts; raise Stale if a third came between."""
    row = _to_answer(token)
    mine, name = check_answer(mine), check_answered_by(name)
    if way is Way.BOTH:  # nothing is lost, so there is nothing to compare
        text = check_answer(merged(row.answer or "", mine))
        _save(visitor, row, text, both_names(row.answered_by or "", name))
    elif row.revision != revision:
        raise Stale(CHANGED)
    elif way is Way.MINE:
        _save(visitor, row, mine, name)


@act
def write_down(
    visitor: Visitor,
    topic_id: int,
    statement_id: int,
    text: str,
    name: str,
    revision: int,
    key: str | None = None,
) -> int:
    """Write down what a body answered by phone or at the door; as answer()."""
    row = statement_to_change(visitor, topic_id, statement_id)
    check_open(standing_of(row))
    return once(key, "statement.write_down", lambda: _answered(visitor, row, text, name, revision))


def _to_answer(token: str) -> Statement:
    """Return the question behind a link, its topic locked before it; refuse one that is closed."""
    found = get_page(token).row
    get_to_change(Topic, found.topic_id)
    row = get_to_change(Statement, found.id)
    check_open(standing_of(row))
    return row


def _answered(visitor: Visitor, row: Statement, text: str, name: str, revision: int) -> int:
    text, name = check_answer(text), check_answered_by(name)
    if row.revision != revision and row.answer != text:
        raise Stale(CHANGED)
    _save(visitor, row, text, name)
    return row.id


def _save(visitor: Visitor, row: Statement, text: str, name: str) -> None:
    if (row.answer, row.answered_by) == (text, name):
        return
    knock("statement", str(row.id), SAVINGS_AN_HOUR, HOUR)
    row.answer, row.answered_by, row.answered_at = text, name, utc_now()
    row.revision += 1
    for_proposer = standing_of(row) is Standing.FOR_PROPOSER
    record(
        visitor,
        "statement.answer",
        "statement",
        row.id,
        topic=row.topic_id,
        revision=row.revision,
        proposer=for_proposer,
    )
    db.session.flush()
    take_back(_occasion(row))
    if for_proposer:
        body = row.organisation.name_in(row.topic.language)
        move(visitor, row.topic, TopicAct.ANSWER, f"{body}, {name}:\n{text}")
        _tell_followers(row)
    _tell_coordinators(visitor, row, told=for_proposer)


def _occasion(row: Statement) -> str:
    return f"statement_answered:{row.id}:"


def _tell_followers(row: Statement) -> None:
    for topic in followers(row.topic):
        if not topic.contact_email:
            continue
        letter = letters.topic_body_answered(
            str(topic.number),
            topic.title,
            row.organisation.name_in(topic.language),
            row.answered_by or "",
            row.answer or "",
            site().topic(topic.token),
            language=topic.language,
            signed=signature(topic.language),
        )
        occasion = f"{_occasion(row)}{row.revision}:topic:{topic.id}"
        queue(letter, topic.contact_email, occasion, topic_id=topic.id)


def _tell_coordinators(visitor: Visitor, row: Statement, *, told: bool) -> None:
    title, _ = cleaned(row.topic)
    for person in _coordinators(row.topic.table_id):
        if person.id == visitor.person_id:
            continue
        letter = letters.statement_answered(
            str(row.topic.number),
            title,
            row.organisation.name_in(person.language),
            row.answered_by or "",
            row.answer or "",
            f"{site().url}/inbox/{row.topic_id}",
            proposer_told=told,
            language=person.language,
            signed=signature(person.language),
        )
        occasion = f"{_occasion(row)}{row.revision}:person:{person.id}"
        queue(letter, person.email or "", occasion, person_id=person.id, topic_id=row.topic_id)


def _coordinators(table_id: int) -> list[Person]:
    """Return the active people who may triage a table's topics and have an address."""
    query = (
        select(Person)
        .where(
            Person.deactivated_at.is_(None),
            Person.email.is_not(None),
            Person.roles.any(
                PersonRole.role.in_(MAY[Act.TRIAGE])
                & or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))
            ),
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))
