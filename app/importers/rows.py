"""Tells the rows of a table apart: heading rows, help rows, titles across the table, rows of cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importers.builder import is_labelled, is_labelled_objective, split_label
from app.importers.columns import Columns, extend_columns, filled, find_columns, is_number
from app.importers.headings import FOCUS, MEASURE, NUMBER, is_help
from app.importers.source import Row, is_upper, one_line


@dataclass(frozen=True)
class Title:
    """A row that says one thing across the table: a title of something."""

    row: Row
    at: int
    text: str

    @property
    def style(self) -> tuple[bool, bool, bool, str]:
        """What two titles of the same level look alike in."""
        cell = self.row.cells[self.at]
        number = re.match(r"^[\d.]+", self.text)
        return cell.span > 1, is_upper(self.text), cell.bold, re.sub(r"\d+", "1", number[0] if number else "")


@dataclass(frozen=True)
class Entry:
    """One row by what it is: `kind` is "header", "help", "title" or "data"."""

    kind: str
    row: Row
    columns: Columns | None = None
    title: Title | None = None


def entries_of(rows: Sequence[Row]) -> list[Entry]:
    """Tell each row's kind; `columns` are those of the heading row above it."""
    entries: list[Entry] = []
    columns: Columns | None = None
    under_header = False
    for at, row in enumerate(rows):
        found = find_columns(row, rows[at + 1 : at + 200], columns)
        if found:
            columns = found
            entries.append(Entry("header", row, found))
            under_header = True
            continue
        wider = extend_columns(columns, row) if under_header and columns else None
        if wider:
            columns = wider
            entries.append(Entry("header", row, wider))
            continue
        title = _title(row, columns)
        if under_header and columns and _is_help_row(row, columns):
            entries.append(Entry("help", row))
            continue
        under_header = False
        entries.append(Entry("title" if title else "data", row, columns, title))
    return entries


def _title(row: Row, columns: Columns | None) -> Title | None:
    texts = filled(row)
    if columns and len(texts) > 1:
        number = columns.column(NUMBER)
        texts = {at: text for at, text in texts.items() if not (at == number and is_number(text))}
    if len(texts) != 1:
        return None
    [(at, text)] = texts.items()
    if columns and at >= columns.by_role[MEASURE]:
        named = is_labelled(text) or is_labelled_objective(text) or row.cells[at].span > 1
        if at > 0 or not (named or (is_upper(text) and " " in text)):
            return None
    if columns and at == columns.column(FOCUS) and row.cells[at].span == 1:
        return None
    return Title(row, at, one_line(text))


def _is_help_row(row: Row, columns: Columns) -> bool:
    """Tell whether the row under a heading row explains how to fill in the table."""
    texts = filled(row)
    if len(texts) < 2 or columns.by_role[MEASURE] not in texts:
        return False
    if all(row.cells[at].italic for at in texts):
        return True
    asking = sum(1 for text in texts.values() if is_help(text))
    return asking * 10 >= len(texts) * 6


def title_after(entries: Sequence[Entry], at: int) -> Title | None:
    """Return the title row right under the heading row at `at`, past help rows."""
    for entry in entries[at + 1 :]:
        if entry.kind != "help":
            return entry.title
    return None


def with_labels_joined(group: Sequence[Title]) -> list[Title]:
    """Join a label on a row of its own ("PÄÄTAVOITE II:") with the text on the next row."""
    joined: list[Title] = []
    for title in group:
        if joined and is_labelled(joined[-1].text) and not split_label(joined[-1].text)[1]:
            before = joined.pop()
            title = Title(title.row, title.at, f"{before.text} {title.text}")
        joined.append(title)
    return joined
