"""Sign-in links: asked for by address, sent by letter, good for one sign-in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from app.domain.clock import utc_now
from app.domain.errors import Invalid, Refused
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db, site
from app.mail import letters
from app.models import Person, SignInLink
from app.services import outbox
from app.services.knocks import knock
from app.services.log import record
from app.services.transactions import act

LINK_LASTS = timedelta(minutes=30)  # greylisting can hold a letter back for a quarter of an hour

QUARTER = timedelta(minutes=15)
PER_ADDRESS = 5
PER_NETWORK = 30  # a town hall or a school is one network
PER_EVERYBODY = 400
TRIES_OF_A_LINK = 10

USED = N_("This link has been used or is too old. Ask for a new one.")
WHOSE = N_("Type the e-mail address that the link was sent to.")


def fingerprint(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class NewLink:
    """A sign-in link just made; `secret` exists nowhere else."""

    id: int
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
def ask_for_link(email: str, asked_from: str, network: str | None) -> None:
    """Queue a letter with a sign-in link, if somebody known has the address; raise TooMany.

    The caller learns nothing about who is known. `asked_from` is the secret of the browser's cookie,
    `network` where the request came from; both are kept as fingerprints only.
    """
    knock("sign_in.address", folded(email), PER_ADDRESS, QUARTER)
    if network is not None:
        knock("sign_in.network", network, PER_NETWORK, QUARTER)
    knock("sign_in.everybody", "", PER_EVERYBODY, QUARTER)
    link = make_link(email, asked_from)
    if link is None:
        return
    letter = letters.sign_in_link(
        link.name,
        site().sign_in(link.secret),
        int(LINK_LASTS.total_seconds() // 60),
        language=link.language,
        signed=outbox.signature(link.language),
    )
    outbox.queue(letter, link.email, f"sign_in:{link.id}", person_id=link.person_id)


@act
def make_link(email: str, asked_from: str | None = None) -> NewLink | None:
    """Make a sign-in link for a known person; None where nobody has the address.

    Older links of the same person stop working.
    """
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
    row = SignInLink(
        person_id=person.id,
        address=person.email,
        fingerprint=fingerprint(secret),
        asked_from=fingerprint(asked_from) if asked_from else None,
        created_at=now,
        expires_at=now + LINK_LASTS,
    )
    db.session.add(row)
    db.session.flush()
    record(Visitor(person_id=person.id), "sign_in.link", "person", person.id)
    return NewLink(row.id, secret, person.id, person.name, person.email, person.language)


def is_open(secret: str) -> bool:
    """Whether a link could still sign somebody in; looking changes nothing."""
    return _find_open(secret) is not None


def needs_address(secret: str, asked_from: str | None) -> bool:
    """Whether the browser is another one than asked for the link, so that the address is asked too.

    A mail scanner presses buttons now and then, but it has neither the cookie nor the address.
    """
    link = _find_open(secret)
    return link is not None and _is_foreign(link, asked_from)


def _is_foreign(link: SignInLink, asked_from: str | None) -> bool:
    if link.asked_from is None:
        return False
    return asked_from is None or not secrets.compare_digest(fingerprint(asked_from), link.asked_from)


def _find_open(secret: str, *, lock: bool = False) -> SignInLink | None:
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
def count_try(secret: str) -> None:
    """Count one try to use a link, kept also when the try is refused; raise TooMany."""
    knock("sign_in.link", secret, TRIES_OF_A_LINK, LINK_LASTS)


def use_up(secret: str, asked_from: str | None, typed_address: str | None) -> Person:
    """Use a link up, inside an act, and return whom it signs in.

    Raises Refused for a used, old or unknown link, Invalid("address", …) where the browser is another one
    and the address does not match.
    """
    link = _find_open(secret, lock=True)
    if link is None:
        raise Refused(USED)
    if _is_foreign(link, asked_from):
        typed = folded(typed_address or "").encode("utf-8", "replace")
        if not secrets.compare_digest(typed, link.address.encode()):
            raise Invalid("address", WHOSE)
    link.used_at = utc_now()
    return link.person
