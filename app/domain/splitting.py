"""A message with several matters becomes several topics: how its text is parted."""

import re
from collections.abc import Sequence

from app.domain.errors import Invalid, Refused
from app.domain.splitting_frames import closes, greets, without_frame
from app.domain.topics import SHORTEST_TEXT, UNTRIAGED, TopicState, check_text
from app.domain.words import N_

FEWEST = 2
MOST = 12
FEW_WORDS = 6  # of a greeting, an introduction or a closing

_ITEM = re.compile(r"[ \t]*(?:\d{1,2}[.)]|[a-zåäö]\)|[-–•*·])[ \t]+(?=\S)", re.IGNORECASE)
_GAP = re.compile(r"\n[ \t]*\n")


def proposed_parts(text: str) -> list[str]:
    """Return the matters that a text seems to have: the items of its list, else its paragraphs.

    Greetings, introductions and signatures around them are left out: a person reads the parts before they
    become anything. At most MOST; what is over is left with the last one.
    """
    text = without_frame(text)
    parts = _items(text) or [one.strip() for one in _GAP.split(text) if not _is_frame(one)]
    parts = parts or [text.strip()]
    return [*parts[: MOST - 1], "\n\n".join(parts[MOST - 1 :])] if len(parts) > MOST else parts


def _items(text: str) -> list[str]:
    """Return the items of a list with their own lines, and paragraphs around it; none without a list."""
    found: list[str] = []
    items = 0
    for paragraph in _GAP.split(text):
        current: list[str] = []
        for line in paragraph.split("\n"):
            item = _ITEM.match(line)
            if item:
                items += 1
                _close(found, current)
                current = [line[item.end() :]]
            else:
                current.append(line)
        _close(found, current)
    return found if items >= FEWEST else []


def _close(found: list[str], lines: list[str]) -> None:
    part = "\n".join(lines).strip()
    if not _is_frame(part):
        found.append(part)


def _is_frame(part: str) -> bool:
    """Whether words only lead to the matter or close the message."""
    plain = part.strip()
    if len(plain) < SHORTEST_TEXT or plain.endswith(":"):
        return True
    thanks = len(plain.split()) <= FEW_WORDS and bool(_THANKS.match(plain))
    return thanks or greets(plain) or closes(plain)


_THANKS = re.compile(r"(?:kiitos|kiitokset|kiittäen|tack|thanks?)\b", re.IGNORECASE)


def check_may_split(state: TopicState, *, joined: bool) -> None:
    """Let a topic be split until it has been answered; raise Refused in words."""
    if state not in UNTRIAGED:
        raise Refused(N_("The topic has been answered already, so it can no longer be split."))
    if joined:
        raise Refused(N_("Other topics have been joined to this one. Separate them first, then split it."))


def check_parts(parts: Sequence[str]) -> list[str]:
    """Return the parts that have words; raise Invalid("parts-N", …) for one that cannot be a topic.

    Without two of them there is nothing to split: Invalid("parts", …).
    """
    kept: list[str] = []
    for place, part in enumerate(parts):
        if not part.strip():
            continue
        try:
            kept.append(check_text(part))
        except Invalid as error:
            raise Invalid(f"parts-{place}", error.message, **error.values) from error
    if len(kept) < FEWEST:
        raise Invalid(
            "parts", N_("Write at least two topics. If there is only one, leave the topic as it is.")
        )
    if len(kept) > MOST:
        raise Invalid("parts", N_("At most %(most)d topics can be made at once."), most=MOST)
    return kept
