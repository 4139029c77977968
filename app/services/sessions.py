"""Signing in and out: sessions are rows, so that each can be seen and ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload

from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.permissions import ANYBODY, Seat, Visitor
from app.extensions import db
from app.mail.wording import one_line
from app.models import Municipality, Person, SignInSession
from app.models.connection import WRITE
from app.services.log import record
from app.services.sign_in_links import count_try, fingerprint, use_up
from app.services.transactions import act, get_to_change

SESSION_LASTS = timedelta(days=30)
IDLE_LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class OpenSession:
    """One browser where a person is signed in, as she reads it herself."""

    id: int
    browser: str
    created_at: datetime
    seen_at: datetime
    here: bool


def sign_in(secret: str, asked_from: str | None, typed_address: str | None, browser: str | None) -> str:
    """Use a link up and return the new session's secret.

    Raises Refused for a used, old or unknown link, Invalid("address", …) where another browser asked for
    it and the address does not match, TooMany where the same link is tried again and again.
    """
    count_try(secret)
    return _sign_in(secret, asked_from, typed_address, browser)


@act
def _sign_in(secret: str, asked_from: str | None, typed_address: str | None, browser: str | None) -> str:
    return open_session(use_up(secret, asked_from, typed_address), browser)


@act
def sign_in_as(person_id: int, browser: str | None) -> str:
    """Be one of the invented people of a demo; raise NotFound where this is not a demo."""
    municipality = db.session.get(Municipality, 1)
    if municipality is None or not municipality.demo:
        raise NotFound
    person = get_to_change(Person, person_id)
    if person.deactivated_at is not None:
        raise NotFound
    return open_session(person, browser)


def open_session(person: Person, browser: str | None) -> str:
    """Open a session for a person inside an act, and return its secret."""
    now = utc_now()
    secret = secrets.token_urlsafe(32)
    row = SignInSession(
        person_id=person.id,
        fingerprint=fingerprint(secret),
        browser=one_line(browser or "")[:200] or None,
        created_at=now,
        seen_at=now,
        expires_at=now + SESSION_LASTS,
    )
    db.session.add(row)
    db.session.flush()
    record(Visitor(person_id=person.id), "sign_in", "session", row.id)
    return secret


def visitor_of(secret: str) -> Visitor:
    """Return who a session's secret belongs to; anybody at all where it is unknown, ended or old."""
    now = utc_now()
    row = db.session.scalar(
        select(SignInSession)
        .where(
            SignInSession.fingerprint == fingerprint(secret),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.seen_at > now - IDLE_LASTS,
        )
        .options(selectinload(SignInSession.person).selectinload(Person.roles))
    )
    if row is None or row.person.deactivated_at is not None:
        return ANYBODY
    person = row.person
    if row.seen_at < now - SEEN_EVERY:
        _note_seen(row.id, now)
    return Visitor(
        person_id=person.id,
        name=person.name,
        language=person.language,
        seats=frozenset(Seat(one.role, one.table_id) for one in person.roles),
        session_id=row.id,
    )


def _note_seen(session_id: int, now: datetime) -> None:
    """Note when a session was last used, beside the page’s own reading, which goes on undisturbed.

    The moment is a courtesy: while somebody else writes, the page does not fail for it.
    """
    try:
        with db.engine.connect().execution_options(**WRITE) as connection, connection.begin():
            connection.execute(
                update(SignInSession)
                .where(SignInSession.id == session_id, SignInSession.seen_at < now)
                .values(seen_at=now)
            )
    except OperationalError:
        return


def open_sessions(visitor: Visitor) -> list[OpenSession]:
    """Return the visitor's own open sessions, the last used first."""
    now = utc_now()
    rows = db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == visitor.person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.seen_at > now - IDLE_LASTS,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return [
        OpenSession(row.id, row.browser or "", row.created_at, row.seen_at, row.id == visitor.session_id)
        for row in rows
    ]


@act
def end_session(visitor: Visitor, session_id: int) -> None:
    """End one of the visitor's own sessions; raise NotFound for another person's."""
    row = get_to_change(SignInSession, session_id)
    if row.person_id != visitor.person_id:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = utc_now()
        record(visitor, "sign_out", "session", session_id)


@act
def end_other_sessions(visitor: Visitor) -> int:
    """End all sessions of the visitor but the one that asks; return how many."""
    if visitor.person_id is None:
        raise NotFound
    return end_sessions_of(visitor, visitor.person_id, but=visitor.session_id)


def end_sessions_of(visitor: Visitor, person_id: int, but: int | None = None) -> int:
    """End all sessions of a person inside an act, except the one with the id `but`; return how many."""
    open_ones = db.session.scalars(
        select(SignInSession).where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.id != (but or 0),
        )
    ).all()
    for row in open_ones:
        row.ended_at = utc_now()
        record(visitor, "sign_out", "session", row.id)
    return len(open_ones)
