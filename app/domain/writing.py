"""What people write: which characters can be kept, how long a text may be, and what must never be in it."""

import re
import unicodedata

from app.domain.errors import Invalid
from app.domain.words import N_

LINE = 200
PROSE = 4000
NOTE = 10_000

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_IDENTITY_CODE = re.compile(r"\b(\d{6})[-+ABCDEFUVWXY](\d{3})([0-9A-FHJ-NPR-Y])\b", re.IGNORECASE)
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def check_characters(field: str, text: str) -> str:
    """Return the text in NFC with plain line ends; raise Invalid for characters that no person types."""
    text = _BREAKS.sub("\n", text)
    if _CONTROLS.search(text):
        raise Invalid(
            field, N_("The text has characters that cannot be saved. Type it again instead of pasting.")
        )
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """Return the text without the characters that are refused, so that it can be shown again for mending."""
    return _CONTROLS.sub("", text)


def check_line(field: str, text: str, longest: int = LINE) -> str:
    """Return one trimmed line of at most `longest` characters."""
    line = " ".join(check_characters(field, text).split())
    if len(line) > longest:
        raise Invalid(
            field,
            N_("The text is too long: %(length)d characters. At most %(longest)d fit."),
            length=len(line),
            longest=longest,
        )
    return line


def check_prose(field: str, text: str, longest: int = PROSE) -> str:
    """Return trimmed text with its line breaks, of at most `longest` characters."""
    prose = "\n".join(line.rstrip() for line in check_characters(field, text).split("\n")).strip()
    if len(prose) > longest:
        raise Invalid(
            field,
            N_("The text is too long: %(length)d characters. At most %(longest)d fit."),
            length=len(prose),
            longest=longest,
        )
    return prose


def shortened(line: str, longest: int) -> str:
    """Return a line of at most `longest` characters, cut between words; its last full stop is left out."""
    if len(line) <= longest:
        return line.rstrip(".")
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def check_no_identity_code(field: str, text: str) -> None:
    """Refuse a Finnish personal identity code (form and check character; Government Decree 690/2022)."""
    for born, number, check in _IDENTITY_CODE.findall(text):
        if _CHECK_CHARACTERS[int(born + number) % 31] == check.upper():
            raise Invalid(
                field, N_("The text seems to have a personal identity code. Remove it and send again.")
            )


def without_identity_codes(text: str) -> str:
    """Return the text with every personal identity code hidden behind stars (form and check character)."""

    def hidden(found: re.Match[str]) -> str:
        born, number, check = found.groups()
        true = _CHECK_CHARACTERS[int(born + number) % 31] == check.upper()
        return "******-****" if true else found[0]

    return _IDENTITY_CODE.sub(hidden, text)


def folded(text: str) -> str:
    """Return the text for comparing and searching: NFC, case folded, runs of space as one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
