"""Text that people wrote, fitted into a letter so that it stays in its own place."""

import re
import unicodedata

SUBJECT = 150

_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, and marks that turn the direction of reading: a title must not be able to
# show itself as another. The joiners of emoji stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    """Return the text as one line without controls."""
    return " ".join(" ".join(_lines(text)).split())


def header_text(text: str) -> str:
    """Return the text as one line that a header field can hold.

    "=?" begins an encoded word (RFC 2047, 2). The library decodes one that a person typed, line breaks in
    it and all, and writes them out: a title would add a Bcc. A space takes the meaning away.
    """
    return one_line(text).replace("=?", "= ?")


def subject_line(text: str) -> str:
    """Return the text as a subject: one line of at most 150 characters."""
    line = header_text(text)
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1].rstrip() + "…"


def indented(text: str) -> str:
    """Return the text line by line, each two spaces in, so that it is not taken for the letter's own."""
    lines = "\n".join(f"  {line}".rstrip() for line in _lines(text))
    return re.sub("\n{3,}", "\n\n", lines.strip("\n"))


def _lines(text: str) -> list[str]:
    cleaned = (" ".join(_UNWANTED.sub("", line).split()) for line in _LINE_ENDS.split(text))
    return [unicodedata.normalize("NFC", line) for line in cleaned]
