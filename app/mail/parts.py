"""The parts of a message, one after another, within limits that no message can break."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Any

from app.mail.charsets import LONGEST_HEADER, as_bytes, decoded, header_words, unbase64

LARGEST = 25 * 1024 * 1024  # bytes that are read; of a larger message the head alone
DEEPEST = 200
MOST_PARTS = 2_000
MOST_BOUNDARIES = 400
MOST_LINES = 500_000
MOST_WORK = 30_000_000  # lines times boundaries: the parser asks each line for every open boundary
LARGEST_HEAD = 1024 * 1024
LONGEST_PART_FIELD = 2_000  # Python reads parameters in a time that grows with their square

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


class _Policy(policy.Compat32):
    """The old policy keeps what stands there; fields are cut where nobody would write as much."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = sourcelines[0].split(":", 1)
        whole = (value + "".join(sourcelines[1:])).lstrip(" \t").rstrip("\r\n")
        about_part = name[:8].casefold() == "content-"
        return name[:200], whole[: LONGEST_PART_FIELD if about_part else LONGEST_HEADER]


_POLICY = _Policy()


class Heads:
    """The fields of a head by name: their first values, as text. Nothing in it raises."""

    def __init__(self, mail: "Message[Any, Any]") -> None:
        self._raw: dict[str, list[str]] = {}
        for name, value in mail.raw_items():
            self._raw.setdefault(name.strip().casefold(), []).append(str(value))

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def raw(self, name: str) -> str:
        """Return the first value as it came, "" where the field is missing."""
        return self._raw.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """Return all values as they came."""
        return self._raw.get(name, [])

    def text(self, name: str) -> str:
        """Return the first value as people read it."""
        return header_words(self.raw(name))


@dataclass(frozen=True)
class Part:
    """One part without parts of its own, or a whole message within the message.

    `group` is the number of the multipart/alternative around it, 0 outside; `within` that of the
    message/rfc822 around it, 0 outside; `report` whether it belongs to a server's report.
    """

    mail: "Message[Any, Any]" = field(repr=False)
    content_type: str
    group: int = 0
    within: int = 0
    report: bool = False

    def content(self) -> bytes:
        """Return the bytes of the part, decoded as far as they can be."""
        # get_payload() would guess the charset: here the bytes are wanted as they came.
        payload = vars(self.mail).get("_payload")
        if not isinstance(payload, str):
            return b""
        plain = as_bytes(payload)
        transfer = str(self.mail.get("content-transfer-encoding", "")).strip().casefold()
        try:
            if transfer == "base64":
                return plain if self._is_not_base64(plain) else unbase64(plain)
            if transfer in ("quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
                made = self.mail.get_payload(decode=True)
                return made if isinstance(made, bytes) else plain
        except Exception:  # a broken encoding: what came is all there is
            return plain
        return plain

    def _is_not_base64(self, content: bytes) -> bool:
        """Whether a text says that it is base64 and is not: base64 has no words with spaces between."""
        lines = content.strip().splitlines()[:20]
        return self.content_type.startswith("text/") and any(b" " in line.strip() for line in lines)

    def parameter(self, name: str, header: str = "content-type") -> str:
        """Return a parameter of a field (RFC 2231), "" where there is none."""
        try:
            value = self.mail.get_param(name, "", header)
            if isinstance(value, tuple):
                return decoded(value[2].encode("latin-1", "replace"), value[0] or "")
            return header_words(str(value or ""))
        except Exception:
            return ""

    @property
    def disposition(self) -> str:
        """Return "attachment", "inline" or what else stands there (RFC 2183)."""
        return str(self.mail.get("content-disposition", "")).partition(";")[0].strip().casefold()

    @property
    def content_id(self) -> str:
        """Return the name by which the HTML shows this part."""
        return str(self.mail.get("content-id", "")).strip().strip("<>")

    @property
    def name(self) -> str:
        """Return the file name as the sender gave it, not cleaned; "" without one."""
        return self.parameter("filename", "content-disposition") or self.parameter("name")


def parsed(raw: bytes) -> tuple["Message[Any, Any]", str]:
    """Return the message, and a word for why only its head was read ("too_large", "unreadable"), else ""."""
    why = "too_large" if len(raw) > LARGEST else ""
    if not why and _is_too_knotty(raw):
        why = "unreadable"
    if not why:
        try:
            return BytesParser(policy=_POLICY).parsebytes(raw), ""
        except Exception:  # nested too deep, or a fault of the parser
            why = "unreadable"
    head = raw[:LARGEST_HEAD]
    end = _BLANK_LINE.search(head)
    return BytesParser(policy=_POLICY).parsebytes(head[: end.start()] if end else head, headersonly=True), why


def _is_too_knotty(raw: bytes) -> bool:
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    boundaries = len(_BOUNDARY.findall(raw))
    return (
        lines > MOST_LINES
        or boundaries > MOST_BOUNDARIES
        or lines * boundaries > MOST_WORK
        or raw.count(b"\n--") > 4 * MOST_PARTS
    )


def leaves(mail: "Message[Any, Any]") -> Iterator[Part]:
    """Yield the parts in their order, at most MOST_PARTS of them and DEEPEST deep."""
    waiting: list[tuple[Message[Any, Any], int, int, int, bool]] = [(mail, 0, 0, 0, False)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part, depth, group, within, report = waiting.pop()
        seen += 1
        kind = _content_type(part)
        payload = part.get_payload()
        if not isinstance(payload, list):
            yield Part(part, kind, group, within, report)
            continue
        if kind == "message/rfc822" or (kind.startswith("message/") and kind != "message/delivery-status"):
            yield Part(part, kind, group, within, report)
            within, group = seen, 0
        elif kind == "message/delivery-status":
            yield Part(part, kind, group, within, True)
            continue
        elif kind == "multipart/alternative":
            group = seen
        elif kind == "multipart/report":
            report = True
        if depth < DEEPEST:
            inner = [one for one in reversed(payload) if isinstance(one, Message)]
            waiting.extend((one, depth + 1, group, within, report) for one in inner)


def _content_type(part: "Message[Any, Any]") -> str:
    try:
        return part.get_content_type()
    except Exception:
        return "text/plain"
