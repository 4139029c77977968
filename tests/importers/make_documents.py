"""Makes small invented plan documents in every format, and tells a reading in short."""

import csv
import io
from collections.abc import Mapping, Sequence

import docx
import openpyxl
from openpyxl.styles import Font

from app.domain.plans import places
from app.importers.reading import Reading

Rows = Sequence[Sequence[object]]


def xlsx(sheets: Mapping[str, Rows], *, merges: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook; a text that starts with "_" is italic, with "*" bold."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value in (None, ""):
                    continue
                mark = value[0] if isinstance(value, str) and value[0] in "_*" else ""
                cell = sheet.cell(r, c, value[1:] if mark else value)
                cell.font = Font(italic=mark == "_", bold=mark == "*")
        for merge in (merges or {}).get(name, ()):
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_file(rows: Rows, *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def word(*parts: object) -> bytes:
    """A document: strings are paragraphs ("# " and "## " headings, "- " bullets), lists are tables.

    In a table None goes on with the cell above, a row of one text is merged across.
    """
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            mark, _, text = part.partition(" ")
            if mark.strip("#") == "" and mark:
                document.add_heading(text, len(mark))
            elif mark == "-":
                document.add_paragraph(text, style="List Bullet")
            else:
                document.add_paragraph(part)
        else:
            _table(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document, rows) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(len(rows), width)
    for r, row in enumerate(rows):
        if len(row) == 1:
            table.cell(r, 0).merge(table.cell(r, width - 1)).text = row[0]
            continue
        for c, value in enumerate(row):
            if value is None:
                above = table.cell(r - 1, c)
                text = above.text
                above.merge(table.cell(r, c)).text = text
            else:
                table.cell(r, c).text = str(value)


def told(reading: Reading) -> list[tuple[str, str | None, str]]:
    """Each measure as (focus area, objective, text)."""
    return [(area.title, objective.title, m.text) for _, area, objective, m in places(reading.plan)]
