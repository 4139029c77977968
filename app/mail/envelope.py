"""Who a message is from and to, and which messages it belongs to, read from its head."""

import re
from datetime import UTC, datetime
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from app.domain.cleaning import one_line
from app.mail.charsets import header_words
from app.mail.parts import Heads

MOST_RECIPIENTS = 100
MOST_REFERENCES = 50
LONGEST_ID = 400
LONGEST_NAME = 200

_RECIPIENT_FIELDS = (
    *("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "bcc", "resent-to"),
)
_ADDRESS = re.compile(r"[^\s@<>,;:()\"]{1,64}@[^\s@<>,;:()\"]{1,250}")
_IN_BRACKETS = re.compile(r"(.*)<\s*([^<>\s]+@[^<>\s]+)\s*>[\s;,]*", re.DOTALL)
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_BARE_ID = re.compile(r"[^<>\s,;]+@[^<>\s,;]+")


def plain_address(text: str) -> str:
    """Return the address case-folded, "" where the text is not one address."""
    plain = one_line(header_words(text)).strip(" <>").casefold()
    return plain if len(plain) <= 254 and _ADDRESS.fullmatch(plain) else ""


def sender(heads: Heads) -> tuple[str, str]:
    """Return the name and the address of From, else of Sender or Reply-To (RFC 5322, 3.6.2).

    Some programs write an address in front of the brackets as a name: the one in brackets counts.
    """
    for field in ("from", "sender", "reply-to"):
        value = heads.raw(field)
        found = _IN_BRACKETS.fullmatch(value)
        name, written = (found[1], found[2]) if found else _parsed(value)
        address = plain_address(written)
        if address:
            return _name(name), address
    return _name(heads.raw("from")), ""


def _parsed(value: str) -> tuple[str, str]:
    try:
        return parseaddr(value)
    except Exception:  # brackets without end
        return "", ""


def _name(text: str) -> str:
    plain = one_line(header_words(text.strip())).strip().strip("\"'").replace('\\"', '"')
    return "" if "<" in plain else plain[:LONGEST_NAME]


def recipients(heads: Heads, envelope: str = "") -> tuple[str, ...]:
    """Return every address that the message was sent to, the envelope's first."""
    found = [plain_address(envelope)]
    for field in _RECIPIENT_FIELDS:
        try:
            pairs = getaddresses(heads.all(field)[:20])
        except Exception:
            pairs = [("", one) for one in _BARE_ID.findall(heads.raw(field))]
        found.extend(plain_address(address) for _, address in pairs[:MOST_RECIPIENTS])
    return tuple(dict.fromkeys(address for address in found if address))[:MOST_RECIPIENTS]


def message_id(heads: Heads) -> str:
    """Return the Message-ID in its brackets, "" where there is none."""
    return next(iter(_ids(heads.raw("message-id"))), "")


def references(heads: Heads) -> tuple[str, ...]:
    """Return the messages that this one answers, the nearest first (RFC 5322, 3.6.4)."""
    nearest = _ids(heads.raw("in-reply-to")) + _ids(heads.raw("references"))[::-1]
    return tuple(dict.fromkeys(nearest))[:MOST_REFERENCES]


def _ids(value: str) -> list[str]:
    plain = one_line(value)
    found = _ID.findall(plain) or (_BARE_ID.findall(plain)[:1] if "<" not in plain else [])
    return [f"<{one}>" for one in found if len(one) <= LONGEST_ID - 2]


def sent_at(heads: Heads) -> datetime | None:
    """Return the moment of Date in UTC, None where it is missing or makes no sense."""
    try:
        moment = parsedate_to_datetime(one_line(heads.raw("date")))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except Exception:
        return None
