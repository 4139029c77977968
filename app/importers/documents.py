"""Reads a document whose measures stand in tables, with the headings and text around them."""

from collections.abc import Sequence

from app.importers import facts
from app.importers.builder import Builder, is_labelled, is_labelled_objective
from app.importers.columns import find_columns
from app.importers.facts import Said
from app.importers.sections import is_aside, is_follow_up
from app.importers.source import BOX, HEADING, Block, Line, Table, is_upper
from app.importers.tables import TableReader, is_generic_name

_UNSTYLED = 7  # the level of a heading that is one by its words or capitals alone


def read_tables(blocks: Sequence[Block], builder: Builder) -> list[Said] | None:
    """Read all tables into `builder`; None where no table has a heading row with measures.

    Returns the lines that are not measures, for the facts of the whole plan.
    """
    tables = [block for block in blocks if isinstance(block, Table)]
    if not any(_has_measures(table) for table in tables):
        return None
    named_sheets = sum(1 for table in tables if table.name and _has_measures(table)) > 1
    first = True
    said: list[Said] = []
    cover: list[str] = []
    headings: list[Line] = []
    follow_up = False
    for block in blocks:
        if isinstance(block, Line):
            if block.kind == BOX:
                builder.pass_over(block.number, block.text, "box")
                continue
            is_heading = _looks_like_heading(block)
            if is_heading:
                follow_up = is_follow_up(block.text)
                level = block.level or _UNSTYLED
                headings = [*(line for line in headings if (line.level or _UNSTYLED) < level), block]
            builder.pass_over(block.number, block.text, "cover" if is_heading else "text")
            said.append(Said(block.text, title=is_heading, follow_up=follow_up))
            continue
        names = _names(headings)
        if not names and named_sheets and block.name and not is_generic_name(block.name):
            names = (block.name,)
        reader = TableReader(builder, names, first, cover)
        before = len(cover)
        if reader.read(block):
            first, headings = False, []
        said.extend(Said(text, title=len(text) <= 160) for text in cover[before:])
    names_of_sheets = [table.name for table in tables if table.name and facts.is_plan_title(table.name)]
    return [*said, *(Said(name, title=True) for name in names_of_sheets)]


def _has_measures(table: Table) -> bool:
    return any(find_columns(row, table.rows[at + 1 : at + 50]) for at, row in enumerate(table.rows))


def _looks_like_heading(line: Line) -> bool:
    if line.kind == HEADING:
        return True
    short = len(line.text) <= 160 and not line.text.endswith((".", ":", ",", ";", "?"))
    return short and (is_upper(line.text) or is_labelled(line.text) or is_labelled_objective(line.text))


def _names(headings: Sequence[Line]) -> tuple[str, ...]:
    """Choose from the headings above a table those that name its focus area and objective."""
    usable = [
        line.text
        for line in headings
        if not (facts.is_plan_title(line.text) or facts.is_container(line.text) or is_aside(line.text))
    ]
    labelled = [text for text in usable if is_labelled(text)]
    if labelled:
        usable = usable[usable.index(labelled[-1]) :]
    return tuple(usable[-2:])
