"""Signing in and out: links that work once, and sessions that are rows and can be ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app.domain.clock import utc_now
from app.domain.errors import Refused
from app.domain.permissions import ANYBODY, Seat, Visitor
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.models import Person, SignInLink, SignInSession
from app.services.log import record
from app.services.transactions import act

LINK_LASTS = timedelta(minutes=30)  # greylisting can hold a letter back for a quarter of an hour
SESSION_LASTS = timedelta(days=30)
IDLE_LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)

USED = N_("This link has been used or is too old. Ask for a new one.")


def fingerprint(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class NewLink:
    """A sign-in link just made; `secret` exists nowhere else."""

    secret: str
    person_id: int
    name: str
    email: str
    language: str


def find_person(email: str) -> Person | None:
    """Return the active person of an address, or None."""
    return db.session.scalar(
        select(Person).where(Person.email == folded(email), Person.deactivated_at.is_(None))
    )


@act
def make_link(email: str, asked_from: str | None = None) -> NewLink | None:
    """Make a sign-in link for a known person; None where nobody has the address."""
    person = find_person(email)
    if person is None or person.email is None:
        return None
    now = utc_now()
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
    secret = secrets.token_urlsafe(32)
    db.session.add(
        SignInLink(
            person_id=person.id,
            address=person.email,
            fingerprint=fingerprint(secret),
            asked_from=fingerprint(asked_from) if asked_from else None,
            created_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    record(Visitor(person_id=person.id), "sign_in.link", "person", person.id)
    return NewLink(secret, person.id, person.name, person.email, person.language)


def is_open(secret: str) -> bool:
    """Whether a link could still sign somebody in; looking changes nothing."""
    return _open_link(secret) is not None


def needs_address(secret: str, asked_from: str | None) -> bool:
    """Whether the browser is another one than asked for the link, so that the address is asked too."""
    link = _open_link(secret)
    if link is None or link.asked_from is None:
        return False
    return asked_from is None or not secrets.compare_digest(fingerprint(asked_from), link.asked_from)


def _open_link(secret: str, *, lock: bool = False) -> SignInLink | None:
    query = select(SignInLink).where(
        SignInLink.fingerprint == fingerprint(secret),
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > utc_now(),
    )
    link = db.session.scalar(query.with_for_update() if lock else query)
    if link is None:
        return None
    person = link.person
    return link if person.deactivated_at is None and person.email == link.address else None


@act
def sign_in(secret: str, asked_from: str | None, typed_address: str | None, browser: str | None) -> str:
    """Use a link up and return the new session's secret; raise Refused for a used, old or foreign one."""
    link = _open_link(secret, lock=True)
    if link is None:
        raise Refused(USED)
    if needs_address(secret, asked_from):
        typed = folded(typed_address or "").encode()
        if not secrets.compare_digest(typed, link.address.encode()):
            raise Refused(N_("Type the e-mail address that the link was sent to."))
    link.used_at = utc_now()
    return open_session(link.person, browser)


def open_session(person: Person, browser: str | None) -> str:
    """Open a session for a person inside an act, and return its secret."""
    now = utc_now()
    secret = secrets.token_urlsafe(32)
    row = SignInSession(
        person_id=person.id,
        fingerprint=fingerprint(secret),
        browser=(browser or "")[:200] or None,
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
    found = Visitor(
        person_id=person.id,
        name=person.name,
        language=person.language,
        seats=frozenset(Seat(one.role, one.table_id) for one in person.roles),
        session_id=row.id,
    )
    if row.seen_at < now - SEEN_EVERY:
        _seen(row.id)
    return found


@act
def _seen(session_id: int) -> None:
    db.session.execute(update(SignInSession).where(SignInSession.id == session_id).values(seen_at=utc_now()))


@act
def end_session(visitor: Visitor, session_id: int) -> None:
    """End one of the visitor's own sessions; another person's is left as it is."""
    ended = db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.id == session_id,
            SignInSession.person_id == visitor.person_id,
            SignInSession.ended_at.is_(None),
        )
        .values(ended_at=utc_now())
    )
    if ended.rowcount:  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
        record(visitor, "sign_out", "session", session_id)
