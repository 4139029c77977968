"""Text that people wrote, fitted into a letter so that it stays in its own place."""

import re

from app.domain.cleaning import clean_lines, one_line

__all__ = ["header_text", "indented", "one_line", "subject_line"]

SUBJECT = 150


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
    lines = "\n".join(f"  {line}".rstrip() for line in clean_lines(text))
    return re.sub("\n{3,}", "\n\n", lines.strip("\n"))
