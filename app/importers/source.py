"""A document taken apart, whatever its format: tables of cells, and lines of text between them."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.errors import Invalid
from app.domain.words import N_
from app.importers import limits

HEADING, BULLET, TEXT, BOX = "heading", "bullet", "text", "box"


@dataclass(frozen=True)
class Cell:
    """One cell; `span` columns wide, `above` where it goes on with the cell above (merged down)."""

    text: str = ""
    span: int = 1
    above: bool = False
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Row:
    """Cells by column; a wide cell stands in its first column and empty ones fill the others."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Rows of one table or sheet; `name` is the sheet's name."""

    rows: tuple[Row, ...]
    name: str | None = None
    problems: tuple[tuple[int, str, str], ...] = ()  # (row number, text, message): seen while unpacking


@dataclass(frozen=True)
class Line:
    """One line outside tables; `level` is the heading's or bullet's depth, 1 is the highest."""

    number: int
    text: str
    kind: str = TEXT
    level: int = 0


Block = Table | Line


@dataclass
class Budget:
    """What one document may still hold; each `take_` raises Invalid("file") where it is spent."""

    rows: int = limits.ROWS
    cells: int = limits.CELLS
    characters: int = limits.CHARACTERS
    _seen: int = field(default=0)

    def take_row(self, columns: int) -> None:
        """Count one row that has something in `columns` columns."""
        if columns > limits.COLUMNS:
            raise Invalid("file", N_("A table may have at most %(count)d columns."), count=limits.COLUMNS)
        self.rows -= 1
        self.cells -= columns
        if self.rows < 0:
            raise Invalid("file", N_("The file may have at most %(count)d rows."), count=limits.ROWS)
        if self.cells < 0:
            raise Invalid("file", N_("The file may have at most %(count)d cells."), count=limits.CELLS)

    def take_text(self, text: str) -> str:
        """Count the characters of `text` and return it."""
        self.characters -= len(text)
        if self.characters < 0:
            raise Invalid(
                "file", N_("The file may have at most %(count)d characters."), count=limits.CHARACTERS
            )
        return text


# Marks that people carry in from web pages; other angle brackets are the writer's own.
_TAG = re.compile(r"</?(?:i|b|u|em|strong|span|p|div|font|sup|sub)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>|\r\n?|[\v\f\x85\u2028\u2029]", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")


def tidy(text: str) -> str:
    """Trim every line, collapse spaces, drop empty lines and invisible characters; NFC."""
    text = _TAG.sub("", _LINE_BREAK.sub("\n", text))
    lines = (" ".join(_INVISIBLE.sub("", line).split()) for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def one_line(text: str) -> str:
    """Return `text` tidied and on one line, as titles are."""
    return " ".join(tidy(text).split())


@lru_cache(maxsize=16_384)  # a plan's titles are held against each other again and again
def key(text: str) -> str:
    """Return what two titles are compared by: one line, no case, no closing full stop or colon."""
    return one_line(text).casefold().rstrip(" .:")


def is_upper(text: str) -> bool:
    """Tell whether `text` is written in capitals (two letters at least)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)
