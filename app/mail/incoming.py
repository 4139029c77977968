"""A message as it came, read into values: who wrote, the new words, the files, and its nature."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from app.domain.cleaning import one_line
from app.mail import envelope
from app.mail.arrived import Bounced, Incoming, IncomingFile, Nature
from app.mail.attachments import MOST_LISTED, Basket, kind_of, named
from app.mail.languages import language_of
from app.mail.natures import nature_of
from app.mail.parts import Heads, Part, leaves, parsed
from app.mail.quoting import FEW_WORDS, bare, new_words
from app.mail.readable import is_text, texts

__all__ = ["Bounced", "Incoming", "IncomingFile", "Nature", "read"]

LONGEST_SUBJECT = 300
LONGEST_TEXT = 20_000
LONGEST_WHOLE = 200_000
SMALL_PICTURE = 40 * 1024  # bytes of a picture in the text: a logo under somebody's name

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_REPLY = re.compile(rb"^METHOD(?:;[^:\r\n]{0,200})?:[ \t]*REPLY[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
# Signatures of programs say nothing to a reader (RFC 8551, RFC 3156); the others are not files of people.
_SILENT = frozenset(
    (
        *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
        *("application/pgp-keys", "message/delivery-status", "text/rfc822-headers", "message/rfc822"),
        *("message/disposition-notification", "message/feedback-report"),
    )
)


def read(
    raw: bytes, *, own_domain: str = "", recipient: str = "", own_addresses: Collection[str] = ()
) -> Incoming:
    """Return the message; whatever is broken in it, it never raises.

    `own_domain` is that of our Message-IDs, `recipient` the envelope's, where the server tells it, and
    `own_addresses` are those that we take mail in and send letters from. Of more than 25 MB only the head
    is read. A calendar program's answer often says that a machine sent it: `calendar` is set whatever the
    nature, so look at it before the nature.
    """
    try:
        return _read(raw, own_domain, recipient, own_addresses)
    except Exception:  # a fault here must not stop the mail behind this message
        return Incoming(
            message_id="",
            references=(),
            from_address="",
            from_name="",
            recipients=tuple(filter(None, [envelope.plain_address(recipient[:1000])])),
            subject="",
            sent_at=None,
            text="",
            whole="",
            language="fi",
            nature=Nature.PERSON,
            why="unreadable",
            size=len(raw),
            damaged=True,
        )


def _read(raw: bytes, own_domain: str, recipient: str, own_addresses: Collection[str]) -> Incoming:
    mail, damage = parsed(raw)
    heads = Heads(mail)
    parts = [] if damage else list(leaves(mail))
    addresses = [*own_addresses, *([recipient] if recipient else [])]
    nature, why, bounced = nature_of(heads, parts, own_domain=own_domain, own_addresses=addresses)
    subject = one_line(heads.text("subject"))[:LONGEST_SUBJECT]
    answered = envelope.references(heads)
    text, whole = _words(parts, subject, answers=bool(answered), came_back=nature is Nature.BOUNCE)
    name, address = envelope.sender(heads)
    return Incoming(
        message_id=envelope.message_id(heads),
        references=answered,
        from_address=address,
        from_name=name,
        recipients=envelope.recipients(heads, recipient),
        subject=subject,
        sent_at=envelope.sent_at(heads),
        text=text,
        whole=whole,
        language=language_of(text or subject),
        nature=nature,
        why=why or damage,
        bounced=bounced,
        calendar=_answer(parts),
        files=() if nature is Nature.BOUNCE else _files(parts),
        size=len(raw),
        damaged=bool(damage),
    )


def _words(parts: Sequence[Part], subject: str, *, answers: bool, came_back: bool) -> tuple[str, str]:
    """Return the new words and everything readable."""
    own, within = texts(parts)
    own, within = _clean(own), _clean(within)
    text = new_words(own, subject=subject, answers=answers)
    if within and not came_back and len(text.split()) < FEW_WORDS:  # forwarded as a file
        text = f"{text}\n\n{bare(within)}".strip("\n")
    whole = "\n\n".join(filter(None, [bare(own), bare(within)]))
    return _clean(text)[:LONGEST_TEXT].rstrip(), _clean(whole)[:LONGEST_WHOLE].rstrip()


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def _answer(parts: Sequence[Part]) -> bytes | None:
    """Return the first calendar part that answers (RFC 5546, 3.2.3), as it came."""
    for part in parts:
        if part.within:
            continue
        if part.content_type in ("text/calendar", "application/ics"):
            content = part.content()
            if _REPLY.search(content):
                return content
    return None


def _files(parts: Sequence[Part]) -> tuple[IncomingFile, ...]:
    basket = Basket()
    found: list[IncomingFile] = []
    for part in parts:
        if len(found) >= MOST_LISTED:
            break
        if is_text(part) or part.content_type in _SILENT or part.content_type.startswith("multipart/"):
            continue
        one = _file(part, basket)
        if one is not None:
            found.append(one)
    return tuple(found)


def _file(part: Part, basket: Basket) -> IncomingFile | None:
    content = part.content()
    if not content or (part.content_type == "text/calendar" and _REPLY.search(content)):
        return None
    if _is_ornament(part, len(content)):
        return None
    name = named(part.name or _given(part), None)
    kind = kind_of(name, content)
    refused = basket.refusal(kind, len(content))
    return IncomingFile(
        name=named(name, kind),
        content_type=kind.content_type if kind else "application/octet-stream",
        size=len(content),
        content=None if refused else content,
        refused=refused,
    )


def _is_ornament(part: Part, size: int) -> bool:
    """Whether a picture stands in the text and is too small to be somebody's photograph."""
    shown_in_text = bool(part.content_id) and part.disposition != "attachment"
    return shown_in_text and part.content_type.startswith("image/") and size <= SMALL_PICTURE


def _given(part: Part) -> str:
    """Return a name for a part that its sender gave none."""
    return "winmail.dat" if part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef") else ""
