"""An invitation that a calendar program can answer, and its cancelling (RFC 5546, RFC 6047)."""

from dataclasses import dataclass
from datetime import datetime

from app.calendar.zone import ZONE


@dataclass(frozen=True, kw_only=True)
class Invite:
    """One meeting, or an official's part of it, for one reader.

    `starts` is the wall clock in `zone`, `minutes` real minutes, `stamp` the moment of writing (aware).
    `organizer` and `attendee` are (name, address): the table's mailbox where this reader's answers come in,
    and the reader alone. `description` is plain text with its line breaks.
    """

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    summary: str
    location: str
    description: str
    url: str
    organizer: tuple[str, str]
    attendee: tuple[str, str]
    stamp: datetime
    language: str
    zone: str = ZONE


def request(invite: Invite) -> bytes:
    """Return the invitation, METHOD:REQUEST."""
    raise NotImplementedError


def cancel(invite: Invite) -> bytes:
    """Return its cancelling, METHOD:CANCEL."""
    raise NotImplementedError
