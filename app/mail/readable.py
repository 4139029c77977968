"""Everything readable in a message as one text, the better of its two faces chosen."""

import re
from collections.abc import Sequence
from itertools import groupby

from app.mail import html_text
from app.mail.charsets import decoded
from app.mail.flowed import unfolded
from app.mail.parts import Heads, Part
from app.mail.quoting import MARKS

LARGEST = 2_000_000  # bytes of one part
LONGEST = 200_000  # characters in all
MOST_PARTS = 60  # texts that are read; a chain of forwarded messages has a few
STUB_WORDS = 15

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!doctype html|<html|<head|<body|<div|<p\b|<table|<meta)", re.IGNORECASE
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+:.*\n)*\n?"
    r"|^-----BEGIN PGP SIGNATURE-----\n(?:.*\n)*?-----END PGP SIGNATURE-----$",
    re.MULTILINE,
)


def is_text(part: Part) -> bool:
    """Whether a part is words to read here, not a file."""
    if part.content_type not in ("text/plain", "text/html", "text/enriched", "text/richtext"):
        return False
    if part.disposition == "attachment":
        return False
    # Apple Mail gives no name to its texts; a file that is shown in the message has one.
    return part.group > 0 or not part.name


def texts(parts: Sequence[Part]) -> tuple[str, str]:
    """Return the sender's own text and that of messages within the message, the marks of HTML in them."""
    reader = _Reader()
    own: list[str] = []
    within: list[str] = []
    chosen = [part for part in parts if is_text(part) or part.content_type == "message/rfc822"][:MOST_PARTS]
    for (inner, group), run in groupby(chosen, key=lambda part: (part.within, part.group)):
        side = within if inner else own
        members = list(run)
        for part in members:
            if part.content_type == "message/rfc822":
                within.append(_head(part))
        words = [part for part in members if part.content_type != "message/rfc822"]
        side.extend(reader.better(words) if group else [reader.read(part) for part in words])
    return _together(own), _together(within)


def _together(found: list[str]) -> str:
    return "\n\n".join(text for text in found if MARKS.sub("", text).strip())[:LONGEST]


class _Reader:
    """Reads the parts of one message; what all of them hold together is bounded."""

    def __init__(self) -> None:
        self.left = html_text.LONGEST

    def better(self, alternatives: list[Part]) -> list[str]:
        """Return the plain face, or that of HTML where the plain one is empty or only says where to look."""
        plain = _together([self.read(part) for part in alternatives if part.content_type != "text/html"])
        rich = [part for part in alternatives if part.content_type == "text/html"]
        count = len(plain.split())
        if not rich or count > STUB_WORDS:
            return [plain]
        made = _together([self.read(part) for part in rich])
        return [made if len(made.split()) > 3 * count or not count else plain]

    def read(self, part: Part) -> str:
        """Return the words of one part, as far as they still fit."""
        if self.left <= 0:
            return ""
        text = decoded(part.content()[:LARGEST], part.parameter("charset"))[: self.left]
        if part.content_type != "text/plain" or _LOOKS_LIKE_HTML.match(text):
            self.left -= len(text)
            return html_text.html_text(text)
        text = MARKS.sub("", _LINE_ENDS.sub("\n", text))[:LONGEST]
        self.left -= len(text)
        if part.parameter("format").casefold() == "flowed":
            text = unfolded(text, delsp=part.parameter("delsp").casefold() == "yes")
        return _SIGNED.sub("", text)


def _head(part: Part) -> str:
    """Return who wrote a message within the message, when and of what, as its own head says it."""
    payload = part.mail.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if inner is None or isinstance(inner, str):
        return ""
    heads = Heads(inner)
    lines = [
        f"{field.title()}: {heads.text(field)}" for field in ("from", "date", "subject") if field in heads
    ]
    return "\n".join(" ".join(line.split()) for line in lines)
