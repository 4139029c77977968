"""Reads a document whose measures stand in tables, with the headings and text around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.importers import facts
from app.importers.builder import Builder, is_labelled, is_labelled_objective
from app.importers.chapters import join_labels
from app.importers.columns import find_columns
from app.importers.facts import Said
from app.importers.sections import is_aside, is_follow_up
from app.importers.source import BOX, HEADING, Block, Line, Table, is_upper, one_line
from app.importers.tables import TableReader

_GENERIC_NAME = re.compile(
    r"^(?:taul\w*|sheet|blad|ark|worksheet|sivu|data)?\s*\(?\d*\)?(?:\s*\(\d+\))?$", re.IGNORECASE
)
_UNSTYLED = 7  # the level of a heading that is one by its words or capitals alone


def read_tables(blocks: Sequence[Block], builder: Builder, title: str | None = None) -> list[Said] | None:
    """Read all tables into `builder`; None where no table has a heading row with measures.

    `title` is what the caller calls the plan. Returns the lines that are not measures, for the facts
    of the whole plan.
    """
    tables = [block for block in blocks if isinstance(block, Table)]
    if not any(_has_measures(table) for table in tables):
        return None
    named_sheets = sum(1 for table in tables if table.name and _has_measures(table)) > 1
    around = _Around()
    cover: list[str] = []
    first = True
    for block in _joined(blocks, builder):
        if isinstance(block, Line):
            around.add(block, builder)
            continue
        names = around.names()
        if named_sheets and block.name and not _is_generic_name(block.name):
            names = (block.name,)
        named = [block.name] if block.name and not _is_generic_name(block.name) else []
        reader = TableReader(builder, names, first, cover, one_line(title or "") or " ".join(named) or "–")
        before = len(cover)
        if reader.read(block):
            first, around.used = False, True
        around.said.extend(
            Said(text, title=len(text) <= 160 and not text.endswith(".")) for text in cover[before:]
        )
    sheets = [table.name for table in tables if table.name and facts.is_plan_title(table.name)]
    return [*around.said, *(Said(name, title=True) for name in sheets)]


@dataclass
class _Around:
    """The text around the tables: headings in force above the next table, and all that was said."""

    headings: list[Line] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    used: bool = False  # a table has been read since the last heading
    _follow_up: bool = False

    def add(self, line: Line, builder: Builder) -> None:
        """Note a line; a heading closes those of its level and deeper."""
        is_heading = _looks_like_heading(line)
        if is_heading:
            self.used = False
            self._follow_up = is_follow_up(line.text)
            level = line.level or _UNSTYLED
            self.headings = [*(h for h in self.headings if (h.level or _UNSTYLED) < level), line]
        builder.pass_over(line.number, line.text, "cover" if is_heading else "text")
        self.said.append(Said(line.text, title=is_heading, follow_up=self._follow_up))

    def names(self) -> tuple[str, ...]:
        """Choose from the headings above a table those that name its focus area and objective.

        A table with no new heading above it goes on where the one before it ended.
        """
        if self.used:
            return ()
        usable = [
            line.text
            for line in self.headings
            if not (facts.is_plan_title(line.text) or facts.is_container(line.text) or is_aside(line.text))
        ]
        labelled = [text for text in usable if is_labelled(text)]
        if labelled:
            usable = usable[usable.index(labelled[-1]) :]
        return tuple(usable[-2:])


def _joined(blocks: Sequence[Block], builder: Builder) -> Iterator[Block]:
    """Go through the blocks with labels joined to their titles and floating text boxes set aside."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            yield from join_labels(lines)
            lines = []
            yield block
        elif block.kind == BOX:
            builder.pass_over(block.number, block.text, "box")
        else:
            lines.append(block)
    yield from join_labels(lines)


def _has_measures(table: Table) -> bool:
    return any(find_columns(row, table.rows[at + 1 : at + 50]) for at, row in enumerate(table.rows))


def _looks_like_heading(line: Line) -> bool:
    if line.kind == HEADING:
        return True
    short = len(line.text) <= 160 and not line.text.endswith((".", ":", ",", ";", "?"))
    return short and (is_upper(line.text) or is_labelled(line.text) or is_labelled_objective(line.text))


def _is_generic_name(name: str) -> bool:
    """Tell whether a sheet has the name that its program gave it (Taul1, Sheet2, Blad1)."""
    return bool(_GENERIC_NAME.match(name.strip()))
