"""Text files of cells: CSV with semicolons, commas or tabs, in the encodings that Excel writes."""

import codecs
import csv
import io
import re

from app.domain.errors import Invalid
from app.domain.words import N_
from app.importers import limits
from app.importers.columns import find_columns
from app.importers.source import Block, Budget, Cell, Row, Table, tidy

# Everything below the space but tab, line breaks and Ctrl-Z, which ends old DOS files.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """Decode text by its byte order mark, as UTF-8, or else as Windows-1252.

    Raises Invalid("file") where the bytes are not text.
    """
    encodings = [name for bom, name in _BOMS if data.startswith(bom)][:1]
    if not encodings:
        half = data[:4096]
        zeros = half[1::2].count(0)
        encodings = (
            ["utf-16-le"] if zeros * 3 > len(half) // 2 and not half[::2].count(0) else ["utf-8", "cp1252"]
        )
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        return check_text(text)
    raise Invalid("file", limits.NOT_TEXT)


def check_text(text: str, field: str = "file") -> str:
    """Return `text`; raises Invalid(field) where it has characters that no person writes."""
    if _CONTROL.search(text):
        if field == "file":
            raise Invalid(field, limits.NOT_TEXT)
        raise Invalid(field, N_("The text has characters that cannot be kept. Copy it again."))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(field, N_("The text has broken characters. Copy it again.")) from error
    return text


def read(text: str, budget: Budget) -> list[Block]:
    """Return the file's one table, taken apart at the separator that gives a heading row."""
    if text.lower().startswith("sep="):
        text = "\n" + text.partition("\n")[2]
    tables = [_rows(text, separator) for separator in ";\t,"]
    rows = max(tables, key=_headed)
    for row in rows:
        budget.take_row(sum(1 for cell in row.cells if cell.text))
        for cell in row.cells:
            budget.take_text(cell.text)
    return [Table(tuple(rows))]


def _headed(rows: list[Row]) -> tuple[int, int]:
    """Tell how well a separator fits: the roles in its best heading row, then its filled cells."""
    best = 0
    for at, row in enumerate(rows[:100]):
        if found := find_columns(row, rows[at + 1 : at + 50]):
            best = max(best, len(found.by_role))
    return best, sum(1 for row in rows[:100] for cell in row.cells if cell.text)


def _rows(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for values in reader:
            if len(values) > 20 * limits.COLUMNS or len(rows) > 2 * limits.ROWS:
                raise Invalid("file", limits.TOO_HEAVY)
            rows.append(Row(start, tuple(Cell(tidy(value)) for value in values)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Invalid("file", N_("The cells cannot be told apart. Save the file again as CSV.")) from error
    return rows
