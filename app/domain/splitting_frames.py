"""What stands around the matters of a message: the greeting before them and the signature under them."""

import re

LONG_LINE = 8  # words; a line with more says something, so it is no part of a signature
_LAST_LINES = 12  # where a closing is looked for; above them somebody sends greetings to somebody

_GREETING = re.compile(
    r"(?:hei|heippa|moi|moikka|terve|tervehdys|hyvää (?:päivää|iltaa|huomenta)|hej|god (?:dag|kväll|morgon)"
    r"|hello|hi|dear)(?:(?:\s+\S+){0,3}?\s*[,!]+|[.:]?)\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:\w+in\s+)?terveisin|terveiset|(?:yst\.?\s*)?terv\.?|t(?:[:.]|\s*:)|kunnioittavasti|kiittäen"
    r"|(?:med\s+)?(?:vänliga?|bästa|varma|många)\s+hälsning(?:ar)?|hälsningar|hälsar|mvh|högaktningsfullt"
    r"|(?:with\s+)?(?:(?:best|kind|warm)\s+)?regards|best\s+wishes|(?:yours\s+)?(?:sincerely|faithfully))"
    r"(?:(?<=[:.])|\b)\s*[,.!:]*(?:\s*\S+){0,4}\s*",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?:puh|p|puhelin|gsm|tel|tfn|telefon|mob|phone)\s*[.:]*\s*)?\+?\d[\d\s()-]{5,}", re.IGNORECASE
)


def greets(words: str) -> bool:
    """Whether words are a greeting and nothing else."""
    return bool(_GREETING.fullmatch(words.strip()))


def closes(words: str) -> bool:
    """Whether words close a message, with a name or without."""
    return bool(_CLOSING.fullmatch(words.strip()))


def without_frame(text: str) -> str:
    """Return a text without its greeting and its signature; as it is where nothing else is said.

    What is written under a signature ("PS. …") stays.
    """
    lines = text.strip().split("\n")
    if greets(lines[0]):
        lines = lines[1:]
    return "\n".join(_without_signature(lines)).strip() or text.strip()


def _without_signature(lines: list[str]) -> list[str]:
    written = [place for place, line in enumerate(lines) if line.strip()]
    for place in written[1:][-_LAST_LINES:]:
        if closes(lines[place]):
            return [*lines[:place], "", *lines[_end(lines, place) :]]
    return _without_name_and_phone(lines, written)


def _end(lines: list[str], start: int) -> int:
    """Return where a signature ends: at the paragraph that says something again, or at the end."""
    for place in range(start + 1, len(lines)):
        if len(lines[place].split()) > LONG_LINE:
            gaps = [each for each in range(start, place) if not lines[each].strip()]
            return gaps[-1] if gaps else place
    return len(lines)


def _without_name_and_phone(lines: list[str], written: list[int]) -> list[str]:
    """Leave out a last paragraph that is nothing but who wrote and a number to call."""
    gaps = [place for place in range(len(lines)) if not lines[place].strip()]
    if not gaps or not written or gaps[-1] > written[-1]:
        return lines
    last = [line.strip() for line in lines[gaps[-1] + 1 :]]
    short = all(len(line.split()) <= LONG_LINE for line in last)
    return lines[: gaps[-1]] if short and _PHONE.fullmatch(last[-1]) else lines
