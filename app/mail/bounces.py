"""What a server writes of a letter of ours that it could not deliver (RFC 3464, RFC 3463)."""

import re
from collections.abc import Sequence
from email.message import Message

from app.domain.cleaning import one_line
from app.mail import envelope
from app.mail.arrived import Bounced
from app.mail.charsets import decoded
from app.mail.parts import Heads, Part

LONGEST_ANSWER = 500
LOOKED_AT = 50_000  # bytes of a part

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_ID_LINE = re.compile(r"^message-id[ \t]*:\s*(<[^<>\s]{3,390}>)", re.IGNORECASE | re.MULTILINE)
_RECIPIENT_LINE = re.compile(
    r"^[ \t]*<?([^\s<>()@:;,]{1,64}@[^\s<>()@:;,]{1,190})>?[ \t]*:?[ \t]*$", re.MULTILINE
)


def is_late_or_failed(parts: Sequence[Part]) -> bool:
    """Whether a report tells of trouble; one that tells of success is a receipt (RFC 3464, 2.3.3)."""
    actions = {fields.get("action", "failed") for fields in _reports(parts) if "final-recipient" in fields}
    return not actions or bool(actions & {"failed", "delayed"})


def bounced_letter(heads: Heads, parts: Sequence[Part]) -> Bounced:
    """Return what the report says, else what can be read in a server's own words."""
    reports = [fields for fields in _reports(parts) if "final-recipient" in fields or "status" in fields]
    failed = [fields for fields in reports if fields.get("action", "") == "failed"]
    report = (failed or reports or [{}])[0]
    words = _words(parts)
    recipient = _typed(report.get("original-recipient", "")) or _typed(report.get("final-recipient", ""))
    if not recipient:
        recipient = envelope.plain_address(heads.raw("x-failed-recipients").partition(",")[0])
    if not recipient:
        line = _RECIPIENT_LINE.search(words)
        recipient = envelope.plain_address(line[1]) if line else ""
    answer = one_line(_untyped(report.get("diagnostic-code", "")))
    status = _STATUS.search(report.get("status", "") or answer or words)
    code = _CODE.search(answer or words)
    level = status[1] if status else code[1] if code else "5"
    late = report.get("action", "") == "delayed"
    return Bounced(
        recipient=recipient,
        status=status[0] if status else "",
        answer=(answer or _first_answer(words))[:LONGEST_ANSWER],
        message_id=_our_id(heads, parts, words),
        permanent=level != "4" and not late,
    )


def _reports(parts: Sequence[Part]) -> list[dict[str, str]]:
    """Return the blocks of fields in the reports, their names in small letters."""
    found: list[dict[str, str]] = []
    for part in parts:
        if part.content_type != "message/delivery-status":
            continue
        payload = part.mail.get_payload()
        blocks = payload if isinstance(payload, list) else []
        texts = [_as_text(block) for block in blocks[:50]] or [decoded(part.content()[:LOOKED_AT])]
        for block in "\n\n".join(texts).replace("\r\n", "\n")[:LOOKED_AT].split("\n\n"):
            fields = {name.casefold(): value for name, value in _FIELD.findall(block)}
            if fields:
                fields["action"] = fields.get("action", "").strip().casefold()
                found.append({name: value for name, value in fields.items() if value})
    return found


def _as_text(block: object) -> str:
    fields = block.raw_items() if isinstance(block, Message) else ()
    return "\n".join(f"{name}: {value}" for name, value in fields)


def _typed(value: str) -> str:
    """Return the address behind its type ("rfc822; a@b.fi")."""
    return envelope.plain_address(_untyped(value))


def _untyped(value: str) -> str:
    kind, separator, rest = value.partition(";")
    return rest.strip() if separator and len(kind) < 20 else value.strip()


def _words(parts: Sequence[Part]) -> str:
    texts = (part for part in parts if part.content_type == "text/plain" and not part.within)
    first = next(texts, None)
    return decoded(first.content()[:LOOKED_AT]).replace("\r\n", "\n") if first else ""


def _first_answer(words: str) -> str:
    return next((one_line(line) for line in words.split("\n") if _CODE.search(line)), "")


def _our_id(heads: Heads, parts: Sequence[Part], words: str) -> str:
    for part in parts:
        if part.within or part.content_type in ("message/rfc822", "text/rfc822-headers"):
            payload = part.mail.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            if part.content_type == "message/rfc822" and inner is not None and not isinstance(inner, str):
                found = envelope.message_id(Heads(inner))
            else:
                line = _ID_LINE.search(decoded(part.content()[:LOOKED_AT]))
                found = line[1] if line else ""
            if found:
                return found
    line = _ID_LINE.search(words)
    return line[1] if line else next(iter(envelope.references(heads)), "")
