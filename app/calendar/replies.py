"""What a calendar program answered to an invitation (RFC 5546, 3.2.3)."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.answers import Answer


class NotAReply(ValueError):
    """The text is no answer to an invitation that can be read; the message says why."""


@dataclass(frozen=True)
class Reply:
    """One answer; `attendee` is an address without mailto:, case-folded; `stamp` an aware moment.

    `delegated_to` is the address of whoever comes instead, "" where nobody was named.
    """

    uid: str
    attendee: str
    answer: Answer
    sequence: int
    stamp: datetime | None
    comment: str = ""
    delegated_to: str = ""


def read_reply(content: bytes) -> Reply:
    """Return the answer in a text/calendar part; raise NotAReply."""
    raise NotImplementedError
