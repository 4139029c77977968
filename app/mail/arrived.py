"""The values that a message which came is read into."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Nature(StrEnum):
    """What kind of message came (RFC 3834, 2)."""

    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    LOOP = "loop"  # our own letter came back


@dataclass(frozen=True)
class IncomingFile:
    """One file; `refused` is a word for why its content was left out ("type", "size", "many"), else ""."""

    name: str
    content_type: str
    size: int
    content: bytes | None
    refused: str = ""


@dataclass(frozen=True)
class Bounced:
    """What a server says of a letter that it sends back (RFC 3464).

    `recipient` is the address that did not get it, `status` the code like "5.1.1", `answer` the server's
    own words, `message_id` that of our letter. A letter that is only late is not `permanent`.
    """

    recipient: str = ""
    status: str = ""
    answer: str = ""
    message_id: str = ""
    permanent: bool = True


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message; addresses are case-folded, `recipients` are all it was sent to, the envelope's first.

    `text` holds the new words alone, `whole` everything readable: plain text in NFC without controls.
    `calendar` is the first text/calendar part with METHOD:REPLY, as it came. `references` are the
    Message-IDs of In-Reply-To and References, the nearest first.

    `why` is a word for the nature (own_message_id, own_address, report, mailer_daemon, return_path,
    auto_submitted, autoreply, precedence, vacation, list_id); a person's message has one only where it
    could not be read in full (`damaged`): too_large, unreadable.
    """

    message_id: str
    references: tuple[str, ...]
    from_address: str
    from_name: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str
    whole: str
    language: str
    nature: Nature
    why: str = ""
    bounced: Bounced | None = None
    calendar: bytes | None = None
    files: tuple[IncomingFile, ...] = field(default=())
    size: int = 0
    damaged: bool = False
