"""A table pasted from Word: tabs part its cells, and line breaks part both rows and lines in a cell."""

from collections.abc import Sequence

from app.importers.builder import is_labelled
from app.importers.columns import find_columns
from app.importers.headings import heading
from app.importers.source import Cell, Row, is_upper, tidy


def find_header(lines: Sequence[str]) -> tuple[int, int] | None:
    """Find the heading row: its first line (0-based) and its number of tabs; None where there is none.

    A heading may itself be of several lines, so up to four lines are tried together.
    """
    for at, line in enumerate(lines):
        if "\t" not in line:
            continue
        best = (0, 0)
        for count in range(1, 5):
            texts = "\n".join(lines[at : at + count]).split("\t")
            if count > 1 and not all(heading(text).pure for text in texts[1:]):
                continue
            below = [
                Row(0, tuple(Cell(tidy(text)) for text in other.split("\t")))
                for other in lines[at + count : at + 40]
            ]
            found = find_columns(Row(at + 1, tuple(Cell(tidy(text)) for text in texts)), below)
            if found and len(found.by_role) > best[0]:
                best = (len(found.by_role), len(texts) - 1)
        if best[0]:
            return at, best[1]
    return None


def read_word_rows(lines: Sequence[str], header: int, width: int) -> list[Row]:
    """Put rows together again; the heading row begins at line `header` and has `width` tabs.

    A line without tabs after a whole row is either more of its last cell or a title across the
    table. Only capitals, a label or the place tell them apart, so this is the best that can be done.
    """
    rows: list[tuple[int, list[str]]] = [(at + 1, [line]) for at, line in enumerate(lines[:header])]
    current: tuple[int, list[str]] | None = None
    last = max((at for at, line in enumerate(lines) if "\t" in line), default=header)
    for at in range(header, len(lines)):
        line = lines[at]
        cells = line.split("\t")
        whole = current is not None and len(current[1]) > width
        if current is not None and not whole and not (len(cells) > width + 1):
            current[1][-1] += "\n" + cells[0]
            current[1].extend(cells[1:])
        elif len(cells) > 1:
            current = (at + 1, cells)
            rows.append(current)
        elif not line.strip():
            if at > last:
                current = None
        elif current is None or _is_title(line):
            rows.append((at + 1, [line]))
            current = current if current is None else (at + 1, [""] * (width + 1))
        else:
            current[1][-1] += "\n" + line
    return [
        Row(number, tuple(Cell(tidy(cell), width + 1 if len(cells) == 1 else 1) for cell in cells))
        for number, cells in rows
    ]


def _is_title(line: str) -> bool:
    text = line.strip()
    return is_labelled(text) or (is_upper(text) and len(text) > 12 and " " in text)
