"""The history under an answer is cut, in Finnish, Swedish and English, so that the new words remain."""

import re

from app.mail.signatures import SIGNATURE, SIGNATURE_END, without_signature

# A mark that the reader of HTML sets where a program began its history; nobody writes private characters.
HISTORY = "\ue000"
MARKS = re.compile("[\ue000-\ue004]")

FEW_WORDS = 25  # over a forwarded message: then that message is the matter itself
LONGEST_INTRODUCTION = 400  # characters of "on that day somebody wrote:", also over several lines
MOST_INTRODUCTION_LINES = 3
HEAD_LINES = 14  # of a copied head: sender, day, receivers over several lines, subject

_WROTE = re.compile(r"\b(?:kirjoitti|kirjoittaa|skrev|skriver|wrote)\b", re.IGNORECASE)
_ENDS = re.compile(r":[\s*_]*$")
_DATE = re.compile(
    r"\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_TIME = re.compile(r"\b\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\b")
_ADDRESS = re.compile(r"[^\s<>(),;:\[\]\"]+@[^\s<>(),;:\[\]\"]+\.\w+")
_BEGINS = re.compile(
    r"\s*(?:on|den|(?:ma|ti|ke|to|pe|la|su)(?:na|nantai\w*|istai\w*|skiviikko\w*|rstai\w*|rjantai\w*|uantai\w*"
    r"|nnuntai\w*)?|mån|tis|ons|tors|fre|lör|sön)\b|\s*\d{1,2}\b|\s*\d{4}-",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[-_*=\s]{2,}(?:alkuperäinen (?:viesti|sähköposti\w*)|original(?:t)? (?:message|meddelande)"
    r"|ursprungligt (?:meddelande|mejl|e-postmeddelande)|originalmeddelande|original-?meddelande"
    r"|original e-?mail|lainattu viesti|vastattu viesti|reply message)[-_*=\s:]*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"[-_*=>\s]*(?:välitetty viesti|edelleen lähetetty viesti|edelleenlähetetty viesti|viesti välitetty"
    r"|välitetyn viestin alku|vidarebefordrat (?:meddelande|brev|mejl|e-postmeddelande)"
    r"|vidarebefordrade meddelandet|forwarded message|forwarded by .{1,80}|begin forwarded message"
    r"|start på vidarebefordrat (?:meddelande|brev))(?: alkaa)?[-_*=\s:]*",
    re.IGNORECASE,
)
FORWARD_SUBJECT = re.compile(r"\s*(?:vl|fw|fwd|vb|wg|tr)\s*:", re.IGNORECASE)
ANSWER_SUBJECT = re.compile(r"\s*(?:re|vs|sv|vast|aw|antw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_LABEL = re.compile(
    r"[*\s]*(?:(?P<sender>lähettäjä|från|from|avsändare)"
    r"|(?P<sent>lähetetty|skickat|sent|päivämäärä|datum|date|pvm|päiväys|lähetysaika)"
    r"|(?P<to>vastaanottaja|vastaanottajat|till|to|saaja|kenelle|mottagare)"
    r"|(?P<subject>aihe|ämne|subject|otsikko))\s*\**\s*:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s{0,3}>(?!From )")
_RULE = re.compile(r"[-_*=\s]{5,}")


def new_words(text: str, *, subject: str = "", answers: bool = False) -> str:
    """Return what the sender wrote, without the history, the signature and the marks of HTML.

    `answers` tells that the message answers another one (In-Reply-To). Answers under and between quoted
    lines stay. A forwarded message stays too where little was written over it: it is the matter itself.
    Where nothing would be left, everything stays.
    """
    lines = text.split("\n")
    end, forwarded = _history(lines)
    forwarded = forwarded or bool(FORWARD_SUBJECT.match(subject))
    answers = answers or bool(ANSWER_SUBJECT.match(subject))
    kept = _without_quotes(lines[:end], answers=answers)
    own = _joined(without_signature(kept))
    if forwarded and end < len(lines):
        if len(own.split()) >= FEW_WORDS:
            return own
        rest = bare("\n".join(lines[end:]))
        return f"{own}\n\n{rest}".strip("\n")
    return own or _joined(without_signature(lines)) or bare(text)


def bare(text: str) -> str:
    """Return the text without the marks of HTML and without empty lines in heaps."""
    return _joined(text.split("\n"))


def _joined(lines: list[str]) -> str:
    text = "\n".join(MARKS.sub("", line).rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") if text.strip() else ""


def _history(lines: list[str]) -> tuple[int, bool]:
    """Return the line from which everything is history (past the last if none is), and if it is a forward.

    A history under "> " is none here: somebody may have answered under it.
    """
    for place, line in enumerate(lines):
        if HISTORY in line:
            return _up_over_rules(lines, place), _is_forward(lines[place : place + HEAD_LINES])
        if len(line) > LONGEST_INTRODUCTION or not line.strip():
            continue
        if _FORWARDED.fullmatch(line):
            return _up_over_rules(lines, place), True
        if _ORIGINAL.fullmatch(line) and not _quote_follows(lines, place + 1):
            return _up_over_rules(lines, place), False
        if _is_head(lines, place):
            return _up_over_rules(lines, place), False
        start = _introduction(lines, place)
        if start is not None and not _quote_follows(lines, place + 1):
            return start, False
    return len(lines), False


def _is_forward(lines: list[str]) -> bool:
    return any(_FORWARDED.fullmatch(line.replace(HISTORY, "")) for line in lines if line.strip(HISTORY + " "))


def _up_over_rules(lines: list[str], place: int) -> int:
    """Return the place of the line that a program drew over its history, if it did."""
    above = place
    while above and (not lines[above - 1].strip() or _RULE.fullmatch(lines[above - 1])):
        above -= 1
        if _RULE.fullmatch(lines[above]) and lines[above].strip():
            return above
    return place


def _is_head(lines: list[str], place: int) -> bool:
    """Whether a copied head of a message begins: its sender, its day, and its receiver or subject."""
    first = _LABEL.match(lines[place])
    if first is None or first.lastgroup not in ("sender", "sent"):
        return False
    found = {
        label.lastgroup
        for line in lines[place : place + HEAD_LINES]
        if len(line) < LONGEST_INTRODUCTION and (label := _LABEL.match(line))
    }
    return {"sender", "sent"} <= found and bool(found & {"to", "subject"})


def _introduction(lines: list[str], place: int) -> int | None:
    """Return the first line of "on that day somebody wrote:" that ends on this line, None if none does."""
    if not _ENDS.search(lines[place]):
        return None
    joined = ""
    for start in range(place, max(place - MOST_INTRODUCTION_LINES, -1), -1):
        if not lines[start].strip() or _QUOTED.match(lines[start]):
            break
        joined = f"{lines[start].strip()} {joined}"
        if len(joined) > LONGEST_INTRODUCTION:
            break
        if _introduces(joined) or (_WROTE.search(joined) and _quote_follows(lines, place + 1)):
            return _begun_above(lines, start)
    return None


def _introduces(joined: str) -> bool:
    if not _WROTE.search(joined):
        return False
    date = _DATE.search(joined)
    return bool(_ADDRESS.search(joined)) or bool(date and _TIME.search(_DATE.sub(" ", joined)))


def _begun_above(lines: list[str], start: int) -> int:
    """Return where an introduction begins that a program broke over two lines."""
    for above in range(start - 1, max(start - MOST_INTRODUCTION_LINES, -1), -1):
        line = lines[above]
        if not line.strip() or _QUOTED.match(line) or len(line) > LONGEST_INTRODUCTION:
            break
        if _BEGINS.match(line) and (_DATE.search(line) or _TIME.search(line)):
            return above
    return start


def _quote_follows(lines: list[str], place: int) -> bool:
    following = next((at for at in range(place, len(lines)) if lines[at].strip()), None)
    return following is not None and bool(_QUOTED.match(lines[following]))


def _without_quotes(lines: list[str], *, answers: bool) -> list[str]:
    quoted = {place for place, line in enumerate(lines) if _QUOTED.match(line)}
    introduced: set[int] = set()
    for place in range(len(lines)):
        if lines[place].strip() and _quote_follows(lines, place + 1):
            if _ORIGINAL.fullmatch(lines[place]):
                introduced.add(place)
            start = _introduction(lines, place)
            if start is not None:
                introduced.update(range(start, place + 1))
    # One line with ">" in a message of its own is the writer's: "> 50 osallistujaa".
    if not introduced and not answers and len(quoted) < 2:
        return lines
    return [line for place, line in enumerate(lines) if place not in quoted and place not in introduced]


__all__ = [
    "ANSWER_SUBJECT",
    "FORWARD_SUBJECT",
    "HISTORY",
    "MARKS",
    "SIGNATURE",
    "SIGNATURE_END",
    "bare",
    "new_words",
]
