"""Excel workbooks: checked while their XML streams by, then taken apart into one table per sheet."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from app.domain.errors import Invalid
from app.domain.words import N_
from app.importers import limits
from app.importers.source import Block, Budget, Cell, Row, Table, tidy

MERGED_CELLS = 300_000  # openpyxl makes an object for each cell of a merged range
_HIDDEN = N_("The sheet “%(name)s” is hidden and was not read.")
_NO_VALUE = N_("The formula has no value. Open the file in Excel and save it again.")


def read(data: bytes, budget: Budget) -> list[Block]:
    """Return one table per visible sheet; raises Invalid("file") where the workbook is too much."""
    try:
        bare_formulas = _check_sheets(data)
        # Normal mode, because read-only mode knows no merged cells; the check above made it safe.
        workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data)) if bare_formulas else None
        return [
            _table(sheet, formulas[sheet.title] if formulas else None, budget)
            for sheet in workbook.worksheets
        ]
    except Invalid:
        raise
    except DefusedXmlException as error:
        raise Invalid("file", N_("The file holds XML declarations that are not allowed.")) from error
    except MemoryError:
        raise
    except Exception as error:  # openpyxl has no common error: KeyError, ValueError, TypeError and more
        raise Invalid("file", limits.DAMAGED) from error


def _check_sheets(data: bytes) -> bool:
    """Stream every sheet and check rows, columns, cells and merged ranges before anything is built.

    Returns whether some formula has no stored value.
    """
    bare = False
    cells = merged = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not re.fullmatch(r"xl/(?:work|chart|dialog)sheets/[^/]+\.xml", name, re.IGNORECASE):
                continue
            with archive.open(name) as stream:
                for kind, value in _parts(stream):
                    if kind == "merge":
                        merged += _merged_cells(value)
                        if merged > MERGED_CELLS:
                            raise Invalid("file", limits.TOO_HEAVY)
                    elif kind == "formula":
                        bare = True
                    else:
                        cells += 1
                        _check_cell(value, filled=kind == "filled", cells=cells)
    return bare


def _parts(stream: Any) -> Iterator[tuple[str, str]]:
    depth: list[Any] = []
    try:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                depth.append(element)
                continue
            depth.pop()
            if tag == "c":
                inside = {child.tag.rpartition("}")[2]: child for child in element}
                if "f" in inside and not ("v" in inside and inside["v"].text):
                    yield "formula", element.get("r", "")
                has = ("v" in inside and inside["v"].text) or "is" in inside
                yield ("filled" if has else "empty"), element.get("r", "")
            elif tag == "mergeCell":
                yield "merge", element.get("ref", "")
            if tag in ("c", "row", "mergeCell") and depth:
                element.clear()
                depth[-1].remove(element)
    except ParseError as error:
        raise Invalid("file", limits.DAMAGED) from error


def _check_cell(reference: str, *, filled: bool, cells: int) -> None:
    if cells > 3 * limits.CELLS:
        raise Invalid("file", limits.TOO_HEAVY)
    if not filled or not reference:
        return
    letters, row = coordinate_from_string(reference)
    if row > limits.ROWS:
        raise Invalid("file", N_("The file may have at most %(count)d rows."), count=limits.ROWS)
    if column_index_from_string(letters) > limits.COLUMNS:
        raise Invalid("file", N_("A table may have at most %(count)d columns."), count=limits.COLUMNS)


def _merged_cells(reference: str) -> int:
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        raise Invalid("file", limits.DAMAGED)
    return (right - left + 1) * (bottom - top + 1)


def _table(sheet: Any, formulas: Any, budget: Budget) -> Table:
    name = tidy(sheet.title)
    if sheet.sheet_state != "visible":
        return Table((), name, ((1, name, _HIDDEN),))
    filled = {
        at: text
        for at, cell in sheet._cells.items()  # the cells that exist; rows and columns between them do not
        if (text := _text_of(cell))
    }
    problems = [
        (cell.row, str(cell.value), _NO_VALUE)
        for row in (formulas.iter_rows(max_row=limits.ROWS, max_col=limits.COLUMNS) if formulas else ())
        for cell in row
        if cell.data_type == "f" and (cell.row, cell.column) not in filled
    ]
    across: dict[tuple[int, int], int] = {}
    down: dict[tuple[int, int], tuple[int, int]] = {}
    width = min(max((at[1] for at in filled), default=0), limits.COLUMNS)
    for merged in sheet.merged_cells.ranges:
        corner = (merged.min_row, merged.min_col)
        across[corner] = min(merged.max_col, max(width, merged.min_col)) - merged.min_col + 1
        if corner in filled:
            for row in range(merged.min_row + 1, min(merged.max_row, limits.ROWS) + 1):
                down[row, merged.min_col] = corner
    rows: list[Row] = []
    numbers = sorted({at[0] for at in filled})
    for number in numbers:
        budget.take_row(sum(1 for at in range(1, width + 1) if (number, at) in filled))
        cells: list[Cell] = []
        for at in range(1, width + 1):
            if (number, at) in filled:
                font = sheet._cells[number, at].font
                text = budget.take_text(filled[number, at])
                cells.append(Cell(text, across.get((number, at), 1), italic=bool(font.i), bold=bool(font.b)))
            elif (number, at) in down:
                corner = down[number, at]
                cells.append(Cell(filled[corner], across.get(corner, 1), above=True))
            else:
                cells.append(Cell())
        rows.append(Row(number, tuple(cells)))
    return Table(tuple(rows), name, tuple(problems))


def _text_of(cell: Any) -> str:
    """Return a cell's value as people see it: years without decimals, days and per cents as written."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return f"{value.day}.{value.month}.{value.year} {value.hour}.{value.minute:02d}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, int | float):
        if str(cell.number_format).endswith("%"):
            return f"{round(value * 100, 6):g} %".replace(".", ",")
        return f"{value:.15g}".replace(".", ",")
    return tidy(str(value))
