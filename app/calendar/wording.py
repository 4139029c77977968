"""Text that people wrote, made safe for a format whose grammar is its lines."""

import re
import unicodedata
from urllib.parse import quote

# Everything that some reader takes for the end of a line, the lone CR and Unicode's own among them.
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls have no place in calendar text (RFC 5545, 3.1); lone surrogates cannot be written at all;
# direction marks can make a line read as another. The joiners of emoji (Cf too) stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def paragraphs(text: str) -> str:
    """Return the text with plain line ends, at most one empty line in a row, and no controls."""
    lines = (" ".join(_UNWANTED.sub("", line).split()) for line in _LINE_ENDS.split(text))
    return unicodedata.normalize("NFC", re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip())


def one_line(text: str) -> str:
    """Return the text as one line without controls."""
    return " ".join(paragraphs(text).split())


def link(url: str) -> str:
    """Return the address in ASCII without controls, as a URI value must be (RFC 3986)."""
    return quote(one_line(url), safe="%/:?#[]@!$&'()*+,;=~-._")
