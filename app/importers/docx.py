"""Word documents: paragraphs and tables in their order, read from the XML that python-docx opens."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx

from app.domain.errors import Invalid
from app.importers import limits
from app.importers.source import BOX, BULLET, HEADING, TEXT, Block, Budget, Cell, Line, Row, Table, tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset(
    _W + tag
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple")
)
_GONE = frozenset(
    _W + tag for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "footnoteReference")
)
_HEADING_STYLE = re.compile(r"^(?:heading|otsikko|rubrik)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^(?:title|otsikko|rubrik|subtitle|alaotsikko)$", re.IGNORECASE)
_BULLET_STYLE = re.compile(r"^(?:list|luettelo|merkitty luettelo|lista|punktlista)", re.IGNORECASE)


def read(data: bytes, budget: Budget) -> list[Block]:
    """Return the document's blocks; a line's number counts paragraphs and table rows from 1."""
    try:
        document = docx.Document(io.BytesIO(data))
        return list(_Reader(document, budget).blocks())
    except Invalid:
        raise
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through KeyError, ValueError and lxml's own errors
        raise Invalid("file", limits.DAMAGED) from error


class _Reader:
    def __init__(self, document: Any, budget: Budget) -> None:
        self.body = document.element.body
        self.budget = budget
        self.number = 0
        self.styles = {style.style_id: style for style in document.styles}

    def blocks(self) -> Iterator[Block]:
        yield from self._blocks(self.body)

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        self.number += 1
        text = tidy(self.budget.take_text(_text(paragraph)))
        if text:
            kind, level = self._kind(paragraph, text)
            yield Line(self.number, text, kind, level)
        for box in _boxes(paragraph):
            for inner in box.iter(_W + "p"):
                if boxed := tidy(_text(inner)):
                    yield Line(self.number, boxed, BOX)

    def _kind(self, paragraph: Any, text: str) -> tuple[str, int]:
        """Tell a heading (level 1 to 9, 8 for bold alone) or bullet (its depth) from running text."""
        properties = paragraph.find(_W + "pPr")
        name, style = self._style(properties)
        if match := _HEADING_STYLE.match(name):
            return HEADING, int(match[1])
        if _TITLE_STYLE.match(name):
            return HEADING, 1
        level = _value(properties, "outlineLvl")
        if level is not None and level.isdigit() and int(level) < 9:
            return HEADING, int(level) + 1
        numbering = properties.find(_W + "numPr") if properties is not None else None
        if numbering is None and style is not None and style.element.pPr is not None:
            numbering = style.element.pPr.find(_W + "numPr")
        if numbering is not None and _value(numbering, "numId") != "0":
            depth = _value(numbering, "ilvl") or "0"
            return BULLET, int(depth) + 1 if depth.isdigit() else 1
        if _BULLET_STYLE.match(name) and "paragraph" not in name.lower():
            number = re.search(r"\d+$", name)
            return BULLET, int(number[0]) if number else 1
        if len(text) <= 160 and _all_bold(paragraph) and not text.endswith((".", ",", ";")):
            return HEADING, 8
        return TEXT, 0

    def _style(self, properties: Any) -> tuple[str, Any]:
        style = self.styles.get(_value(properties, "pStyle") or "")
        return (style.name or "", style) if style is not None else ("", None)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[Row] = []
        nested: list[Any] = []
        last: dict[int, Cell] = {}
        for tr in _inside(table, "tr"):
            self.number += 1
            cells: list[Cell] = [Cell()] * _skipped(tr)
            for tc in _inside(tr, "tc"):
                span, merge = _span(tc), tc.find(f"{_W}tcPr/{_W}vMerge")
                at = len(cells)
                going_on = merge is not None and merge.get(_W + "val", "continue") == "continue"
                if going_on and at in last:
                    cell = Cell(last[at].text, span, above=True)
                else:
                    cell = self._cell(tc, span)
                last[at] = cell
                nested.extend(_inside(tc, "tbl"))
                cells.extend([cell, *[Cell()] * (span - 1)])
                if len(cells) > limits.COLUMNS * 10:
                    raise Invalid("file", limits.TOO_HEAVY)
            self.budget.take_row(sum(1 for cell in cells if cell.text))
            rows.append(Row(self.number, tuple(cells)))
        yield Table(tuple(rows))
        for inner in nested:
            yield from self._table(inner)

    def _cell(self, tc: Any, span: int) -> Cell:
        paragraphs = list(_inside(tc, "p"))
        text = tidy(self.budget.take_text("\n".join(_text(p) for p in paragraphs)))
        runs = [r for p in paragraphs for r in p.iter(_W + "r") if any(t.text for t in r.iter(_W + "t"))]
        italic = bool(runs) and all(_is_on(r, "i") for r in runs)
        return Cell(text, span, italic=italic, bold=bool(runs) and all(_is_on(r, "b") for r in runs))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Find the children of one kind, also within content controls and tracked insertions."""
    for child in parent:
        if child.tag == _W + tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _text(element: Any) -> str:
    """Return a paragraph's text as shown: without deleted runs, field codes and text boxes."""
    parts: list[str] = []
    for child in element:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif child.tag == _W + "tab":
            parts.append("\t")
        elif child.tag == _W + "noBreakHyphen":
            parts.append("-")
        elif child.tag == _W + "r" or child.tag in _WRAPPERS:
            parts.append(_text(child))
    return "".join(parts)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Find floating text boxes, once each: Word stores a second copy for old programs."""
    for child in paragraph.iter(_W + "txbxContent"):
        if not any(above.tag in (_FALLBACK, _W + "txbxContent") for above in child.iterancestors()):
            yield child


def _value(parent: Any, tag: str) -> str | None:
    found = parent.find(_W + tag) if parent is not None else None
    value = found.get(_W + "val") if found is not None else None
    return str(value) if value is not None else None


def _span(tc: Any) -> int:
    value = _value(tc.find(_W + "tcPr"), "gridSpan")
    return max(1, min(int(value), limits.COLUMNS * 10)) if value and value.isdigit() else 1


def _skipped(tr: Any) -> int:
    value = _value(tr.find(_W + "trPr"), "gridBefore")
    return min(int(value), limits.COLUMNS) if value and value.isdigit() else 0


def _is_on(run: Any, tag: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{tag}")
    return found is not None and found.get(_W + "val", "1") not in ("0", "false", "off")


def _all_bold(paragraph: Any) -> bool:
    runs = [
        run for run in paragraph.iter(_W + "r") if any((t.text or "").strip() for t in run.iter(_W + "t"))
    ]
    return bool(runs) and all(_is_on(run, "b") for run in runs)
