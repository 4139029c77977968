"""Text that people wrote, made safe for a format whose grammar is its lines."""

import re
from urllib.parse import quote

from app.domain.cleaning import clean_lines, one_line

__all__ = ["link", "one_line", "paragraphs"]


def paragraphs(text: str) -> str:
    """Return the text with plain line ends, at most one empty line in a row, and no controls."""
    return re.sub("\n{3,}", "\n\n", "\n".join(clean_lines(text))).strip()


def link(url: str) -> str:
    """Return the address in ASCII without controls, as a URI value must be (RFC 3986)."""
    return quote(one_line(url), safe="%/:?#[]@!$&'()*+,;=~-._")
