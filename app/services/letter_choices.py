"""What each reader of letters wants to get: kept for an address, changed by its link or one press."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.letter_choices import (
    LetterGroup,
    Rhythm,
    Wish,
    group_of,
    kinds_of,
    masked,
    read_groups,
    stop_word,
    stopped_with,
    wish_of,
    write_groups,
)
from app.domain.outbox import MailState
from app.domain.permissions import Act, Visitor, check_may
from app.extensions import db, site
from app.models import MailChoice, OutgoingMail, Person
from app.services.log import record
from app.services.repeats import once
from app.services.transactions import act


@dataclass(frozen=True)
class Choices:
    """What stands for one address, as its page shows it; `token` is "" where nothing was chosen yet."""

    address: str
    unwanted: frozenset[LetterGroup] = frozenset()
    rhythm: Rhythm = Rhythm.AT_ONCE
    token: str = ""

    @property
    def masked(self) -> str:
        """The address as its reader knows it."""
        return masked(self.address)

    @property
    def wanted(self) -> list[LetterGroup]:
        """The groups that the reader gets."""
        return [group for group in LetterGroup if group not in self.unwanted]


def wants(address: str, kind: str) -> Wish:
    """Return what the reader of an address wants to be done with a letter of a kind."""
    if group_of(kind) is None:
        return Wish.AT_ONCE
    row = _find(address)
    return wish_of(kind, read_groups(row.unwanted), row.rhythm) if row else Wish.AT_ONCE


def choice_of(address: str) -> MailChoice:
    """Return the row of an address, made now if there is none; call inside an act."""
    found = _find(address)
    if found is not None:
        return found
    now = utc_now()
    try:
        with db.session.begin_nested():
            row = MailChoice(
                address=_key(address), token=secrets.token_urlsafe(32), created_at=now, changed_at=now
            )
            db.session.add(row)
    except IntegrityError:  # made at the same moment by another act
        return db.session.scalars(select(MailChoice).where(MailChoice.address == _key(address))).one()
    return row


def token_for(address: str) -> str:
    """Return the key to the page of an address's choices; call inside an act."""
    return choice_of(address).token


def page_for(address: str, kind: str, language: str = "fi") -> str:
    """Return the address of the page of choices that a letter shows, "" where it comes always.

    Call inside an act. A digest shows it too: that is where the reader asked for it. The page speaks the
    language of the letter.
    """
    if not stop_word(kind):
        return ""
    page = site().letter_choices(token_for(address))
    return page if language == "fi" else f"{page}?lang={language}"


def stop_url(address: str, kind: str) -> str | None:
    """Return where one press stops letters of a kind (RFC 8058), None where they come always."""
    word = stop_word(kind)
    row = _find(address) if word else None
    return site().stop_letters(row.token, word) if row and word else None


def of_token(token: str) -> Choices:
    """Return the choices behind a link; raise NotFound."""
    return _shown(_by_token(token))


def of_visitor(visitor: Visitor) -> Choices | None:
    """Return the signed-in person's own choices, None where we have no address; nothing is stored."""
    address = _address_of(visitor)
    row = _find(address) if address else None
    return _shown(row) if row else Choices(address) if address else None


@act
def save(
    visitor: Visitor, token: str, wanted: Collection[LetterGroup], rhythm: Rhythm, key: str | None
) -> None:
    """Keep what a reader chose by the link; raise NotFound."""
    _choose(visitor, _by_token(token), wanted, rhythm, key)


@act
def save_own(visitor: Visitor, wanted: Collection[LetterGroup], rhythm: Rhythm, key: str | None) -> None:
    """Keep what the signed-in person chose; raise NotFound where we have no address."""
    check_may(visitor, Act.BE_SIGNED_IN)
    address = _address_of(visitor)
    if not address:
        raise NotFound
    _choose(visitor, choice_of(address), wanted, rhythm, key)


@act
def stop(visitor: Visitor, token: str, word: str) -> Choices:
    """Stop what one press in a mail program named (`memos`, `digest`); raise NotFound for anything else."""
    row = _by_token(token)
    _set(visitor, row, read_groups(row.unwanted) | named(word), row.rhythm)
    return _shown(row)


@act
def start(visitor: Visitor, token: str, word: str) -> None:
    """Take a stop back; raise NotFound as `stop`."""
    row = _by_token(token)
    _set(visitor, row, read_groups(row.unwanted) - named(word), row.rhythm)


def named(word: str) -> frozenset[LetterGroup]:
    """Return the groups that the word in an address stands for; raise NotFound for none."""
    groups = stopped_with(word)
    if not groups:
        raise NotFound
    return groups


def _choose(
    visitor: Visitor, row: MailChoice, wanted: Collection[LetterGroup], rhythm: Rhythm, key: str | None
) -> None:
    def do() -> int:
        _set(visitor, row, frozenset(LetterGroup).difference(wanted), rhythm)
        return row.id

    once(key, f"letters.choose:{row.id}", do)


def _set(visitor: Visitor, row: MailChoice, unwanted: frozenset[LetterGroup], rhythm: Rhythm) -> None:
    words = write_groups(unwanted)
    if (row.unwanted, row.rhythm) == (words, rhythm):
        return
    stopped = unwanted - read_groups(row.unwanted)
    row.unwanted, row.rhythm, row.changed_at = words, rhythm, utc_now()
    if stopped:
        _skip(row.address, stopped)
    record(visitor, "letters.choose", "mail_choice", row.id, unwanted=words, rhythm=rhythm.value)


def _skip(address: str, groups: Collection[LetterGroup]) -> None:
    """Keep from leaving what waits for an address and is not wanted there any more.

    An invitation that was pressed for goes all the same: it has been noted as told, and leaves at once.
    """
    db.session.execute(
        update(OutgoingMail)
        .where(
            func.lower(OutgoingMail.to_address) == address,
            OutgoingMail.state == MailState.QUEUED,
            OutgoingMail.kind.in_(kinds_of(groups)),
            OutgoingMail.since_release.is_(None),
        )
        .values(state=MailState.SKIPPED)
    )


def _shown(row: MailChoice) -> Choices:
    return Choices(row.address, read_groups(row.unwanted), row.rhythm, row.token)


def _by_token(token: str) -> MailChoice:
    row = db.session.scalars(select(MailChoice).where(MailChoice.token == token)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _find(address: str) -> MailChoice | None:
    return db.session.scalars(select(MailChoice).where(MailChoice.address == _key(address))).one_or_none()


def _key(address: str) -> str:
    return address.strip().casefold()


def _address_of(visitor: Visitor) -> str:
    person = db.session.get(Person, visitor.person_id) if visitor.person_id is not None else None
    return (person.email or "") if person else ""
