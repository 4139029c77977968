"""The same letter for programs that show pages: every character as it was typed, only our links to press."""

import re
from dataclasses import dataclass
from html import escape

from app.mail.composing import Letter

_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+")
_TRAILING = ".,;:!?"

# Tables of colours are left to the reader's program: it knows whether it shows light or dark.
_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:1.5">
<div lang="{language}" style="max-width:36em;margin:0 auto">
{paragraphs}
</div>
</body>
</html>
"""
_PARAGRAPH = '<p style="margin:0 0 1em;overflow-wrap:anywhere">{}</p>'
_QUOTED = (
    '<p style="margin:0 0 1em;padding-left:12px;border-left:3px solid #888;overflow-wrap:anywhere">{}</p>'
)


@dataclass(frozen=True)
class Piece:
    """Some words of a line; `href` is set where they are an address of ours."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together, each of pieces; `quoted` where they are what a person wrote."""

    lines: tuple[tuple[Piece, ...], ...]
    quoted: bool = False


def html_of(letter: Letter, home: str) -> str:
    """Return the letter's text as a small page: all of it escaped, links to `home` and below alone pressed.

    `home` is the public address without a slash at its end. What people typed stays text, whatever it
    looks like: an address of somebody else's is shown and leads nowhere.
    """
    shown = [
        (_QUOTED if one.quoted else _PARAGRAPH).format("<br>\n".join(map(_line, one.lines)))
        for one in paragraphs(letter.body, home)
    ]
    return _PAGE.format(
        language=escape(letter.language), title=escape(letter.subject), paragraphs="\n".join(shown)
    )


def paragraphs(body: str, home: str) -> list[Paragraph]:
    """Return the paragraphs of a plain text; lines that are all two spaces in are somebody's own words."""
    found = []
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        if lines:
            quoted = all(line.startswith("  ") for line in lines)
            found.append(Paragraph(tuple(tuple(pieces(line.strip(), home)) for line in lines), quoted))
    return found


def pieces(line: str, home: str) -> list[Piece]:
    """Return a line cut at our own addresses."""
    found, at = [], 0
    for match in _LINK.finditer(line):
        address = match[0].rstrip(_TRAILING)
        if not _is_ours(address, home):
            continue
        start, end = match.start(), match.start() + len(address)
        if start > at:
            found.append(Piece(line[at:start]))
        found.append(Piece(address, address))
        at = end
    if at < len(line):
        found.append(Piece(line[at:]))
    return found


def _is_ours(address: str, home: str) -> bool:
    # "https://poyta.fi@evil" and "https://poyta.fi.evil" begin like ours and are not.
    return bool(home) and (address == home or address.startswith((f"{home}/", f"{home}?", f"{home}#")))


def _line(line: tuple[Piece, ...]) -> str:
    return "".join(
        f'<a href="{escape(one.href)}">{escape(one.text)}</a>' if one.href else escape(one.text)
        for one in line
    )
