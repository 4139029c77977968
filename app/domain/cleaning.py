"""Text that people wrote, made safe for letters and calendars, whose grammar is their lines."""

import re
import unicodedata

# Everything that some reader takes for the end of a line, the lone CR and Unicode's own among them.
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls have no place in calendar text (RFC 5545, 3.1) or in a header; lone surrogates cannot be written
# at all; direction marks can make a line read as another. The joiners of emoji (Cf too) stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def clean_lines(text: str) -> list[str]:
    """Return the lines of a text, each trimmed, in NFC and without controls."""
    cleaned = (" ".join(_UNWANTED.sub("", line).split()) for line in _LINE_ENDS.split(text))
    return [unicodedata.normalize("NFC", line) for line in cleaned]


def one_line(text: str) -> str:
    """Return the text as one line without controls."""
    return " ".join(" ".join(clean_lines(text)).split())
