"""A PDF as its reader meets it: sheets, words with their sizes and places, and its structure."""

import io
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader

MM = 72 / 25.4  # points


@dataclass(frozen=True)
class Words:
    """Some words in one size (points), `down` millimetres from the upper edge; `page` counts from 1."""

    text: str
    size: float
    down: float
    page: int


class Paper:
    """One PDF file, opened."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def sheets(self) -> int:
        """How many pages there are."""
        return len(self.reader.pages)

    @property
    def title(self) -> str:
        """What a window of the reader is called."""
        assert self.reader.metadata is not None
        return str(self.reader.metadata.title)

    def text(self, page: int | None = None) -> str:
        """All words of a page (from 1) or of all pages, in their order, words that were broken made whole."""
        pages = self.reader.pages if page is None else [self.reader.pages[page - 1]]
        lines = "\n".join(one.extract_text() for one in pages)
        return " ".join(lines.replace("\u00ad\n", "").replace("\u2010\n", "").split())

    def words(self) -> list[Words]:
        """Every piece of text with its size and place."""
        found: list[Words] = []
        for number, page in enumerate(self.reader.pages, 1):
            found += _words_of(page, number)
        return found

    def tags(self) -> list[str]:
        """The structure in the order of reading: H1, P, L, LI …"""
        return list(_tags(self.root["/StructTreeRoot"]["/K"]))

    def alts(self) -> list[str]:
        """What is said instead of each picture."""
        return list(_tags(self.root["/StructTreeRoot"]["/K"], key="/Alt"))

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        return str(self.root["/Metadata"].get_data().decode())


def _words_of(page: PageObject, number: int) -> list[Words]:
    found: list[Words] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            down = float(page.mediabox.height) - (cm[3] * tm[5] + cm[5])
            found.append(Words(text.strip(), round(abs(size * tm[3] * cm[3]), 1), down / MM, number))

    page.extract_text(visitor_text=visit)
    return found


def _tags(node: Any, key: str = "/S") -> Any:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from _tags(one, key)
    elif isinstance(node, dict):
        if key in node:
            yield str(node[key]).lstrip("/")
        yield from _tags(node.get("/K", []), key)
