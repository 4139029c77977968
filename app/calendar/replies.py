"""What a calendar program answered to an invitation (RFC 5546, 3.2.3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from app.calendar.entries import SEQUENCE_MAX
from app.calendar.lines import Line, content_lines
from app.calendar.wording import paragraphs
from app.domain.answers import Answer

LARGEST = 256 * 1024
COMMENT_LENGTH = 1000

_ANSWERS = {
    "ACCEPTED": Answer.COMING,
    "DECLINED": Answer.NOT_COMING,
    "TENTATIVE": Answer.PERHAPS,
    "DELEGATED": Answer.NOT_COMING,
}
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f-\x9f<>@,;\"]{1,64}@[^\s\x00-\x1f\x7f-\x9f<>@,;\"]{1,189}")
_MOMENT = re.compile(r"([0-9]{8}T[0-9]{6})(Z?)")
# Where the words of whoever answers stand: the standard's place, then Apple's server's own.
_COMMENTS = ("COMMENT", "X-CALENDARSERVER-ATTENDEE-COMMENT")


class NotAReply(ValueError):
    """The text is no answer to an invitation that can be read; the message says why."""


@dataclass(frozen=True)
class Reply:
    """One answer; `attendee` is an address without mailto:, case-folded; `stamp` an aware moment.

    `delegated_to` is the address of whoever comes instead, "" where nobody was named. `comment` is plain
    text of at most 1,000 letters.
    """

    uid: str
    attendee: str
    answer: Answer
    sequence: int
    stamp: datetime | None
    comment: str = ""
    delegated_to: str = ""


def read_reply(content: bytes) -> Reply:
    """Return the answer in a text/calendar part; raise NotAReply, and nothing else.

    Read is what each program writes, Outlook's answers without ORGANIZER too. Who answers is the one
    attendee with an answer; the organizer, the times, zones and rules in the file are not looked at, as the
    invitation is known by its `uid`. Nothing here says that the answer is genuine: From: and the address
    that it came to must say that.
    """
    if len(content) > LARGEST:
        raise NotAReply("It is larger than an answer can be.")
    method, event = _event(content)
    if method != "REPLY":
        raise NotAReply("It is not an answer (METHOD:REPLY).")
    who, answer = _who_answers(event)
    return Reply(
        uid=_uid(event),
        attendee=who,
        answer=_ANSWERS[answer.parameter("PARTSTAT").upper()],
        sequence=_sequence(event),
        stamp=_stamp(event),
        comment=_comment(event, answer),
        delegated_to=_delegate(answer),
    )


def _event(content: bytes) -> tuple[str, list[Line]]:
    """Return the method and the lines of the one event, without those of alarms in it."""
    within: list[str] = []
    methods: list[str] = []
    calendars = events = 0
    lines = []
    for line in content_lines(content):
        kind = line.value.strip().upper()
        if line.name == "BEGIN":
            within.append(kind)
            calendars += within == ["VCALENDAR"]
            events += kind == "VEVENT"
            if len(within) > 4:
                raise NotAReply("Its parts are nested deeper than an answer’s.")
        elif line.name == "END":
            if not within or within.pop() != kind:
                raise NotAReply("Its parts do not begin and end as they should.")
        elif within == ["VCALENDAR"] and line.name == "METHOD":
            methods.append(kind)
        elif within == ["VCALENDAR", "VEVENT"]:
            lines.append(line)
    if within or calendars != 1:
        raise NotAReply("It is not one whole calendar.")
    if events != 1:
        raise NotAReply("It does not answer exactly one event.")
    if len(methods) != 1:
        raise NotAReply("It does not say once what it is (METHOD).")
    return methods[0], lines


def _who_answers(event: Iterable[Line]) -> tuple[str, Line]:
    """Return the address and the line of the one attendee who answers; others may stand beside it."""
    answering = [
        (_attendee(line), line)
        for line in event
        if line.name == "ATTENDEE" and line.parameter("PARTSTAT").upper() in _ANSWERS
    ]
    # Whoever comes instead also names who sent them (RFC 5546, 4.2.5): then the answer is theirs.
    senders = {_address(text) for _, line in answering for text in line.parameters.get("DELEGATED-FROM", [])}
    own = [(who, line) for who, line in answering if who not in senders]
    if len({(who, line.parameter("PARTSTAT").upper()) for who, line in own}) != 1:
        raise NotAReply("It does not say the answer of exactly one attendee.")
    return own[0]


def _attendee(line: Line) -> str:
    """Return whose line it is; Apple's server tells the address beside a path of its own (RFC 7986, 6.2)."""
    who = _address(line.value) or _address(line.parameter("EMAIL"))
    if not who:
        raise NotAReply("The attendee has no e-mail address.")
    return who


def _address(written: str) -> str:
    """Return the address in a mailto: (RFC 6068) or on its own, case-folded; "" where it is none."""
    plain = re.sub("^mailto:", "", written.strip(), flags=re.IGNORECASE).partition("?")[0]
    plain = unquote(plain).strip().casefold()
    return plain if _ADDRESS.fullmatch(plain) else ""


def _delegate(answer: Line) -> str:
    if _ANSWERS[answer.parameter("PARTSTAT").upper()] is not Answer.NOT_COMING:
        return ""
    return _address(answer.parameter("DELEGATED-TO"))


def _one(event: Iterable[Line], name: str) -> str | None:
    """Return the value of a property that stands at most once, None where it does not stand."""
    found = {line.text.strip() for line in event if line.name == name}
    if len(found) > 1:
        raise NotAReply(f"It says {name} more than once.")
    return next(iter(found), None)


def _uid(event: Iterable[Line]) -> str:
    uid = _one(event, "UID")
    if not uid or len(uid) > 255 or not uid.isprintable():
        raise NotAReply("It does not say which invitation it answers (UID).")
    return uid


def _sequence(event: Iterable[Line]) -> int:
    written = _one(event, "SEQUENCE") or "0"
    if not re.fullmatch("[0-9]{1,10}", written) or int(written) > SEQUENCE_MAX:
        raise NotAReply("Its SEQUENCE is no number.")
    return int(written)


def _stamp(event: Iterable[Line]) -> datetime | None:
    written = _one(event, "DTSTAMP")
    if not written:
        return None
    found = _MOMENT.fullmatch(written)
    try:
        moment = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        moment = None
    if found is None or moment is None:
        raise NotAReply("Its DTSTAMP is no moment.")
    # Without Z it is on some clock that is not told: as good as none (RFC 5545, 3.8.7.2 wants UTC).
    return moment if found[2] else None


def _comment(event: Iterable[Line], answer: Line) -> str:
    """Return what was written with the answer; Google's stands beside the attendee."""
    written = [line.text for name in _COMMENTS for line in event if line.name == name]
    written.append(answer.parameter("X-RESPONSE-COMMENT"))
    said = dict.fromkeys(filter(None, map(paragraphs, written)))
    return "\n\n".join(said)[:COMMENT_LENGTH].strip()
