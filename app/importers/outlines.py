"""Reads a plan that has no table: focus areas as headings, measures as the bullets under them."""

import re
from collections.abc import Sequence

from app.domain.words import N_
from app.importers.builder import Builder, is_labelled_objective
from app.importers.chapters import (
    BULLETS,
    Section,
    choose_focuses,
    declared_in,
    is_aside_chapter,
    is_role,
    join_labels,
    sections_of,
)
from app.importers.facts import Said
from app.importers.headings import (
    INDICATORS,
    MEASURE,
    MONITORING,
    OBJECTIVE,
    RESPONSIBLE,
    SCHEDULE,
    heading,
)
from app.importers.markdown import guess_headings, marked
from app.importers.sections import is_aside, is_follow_up, is_indicators, without_number
from app.importers.source import BOX, HEADING, Block, Line, Table, key

_FIELD = re.compile(r"^([^:]{3,40}):\s*(\S.*)$", re.DOTALL)
_FIELD_ROLES = (INDICATORS, SCHEDULE, RESPONSIBLE, MONITORING)


def read_outline(blocks: Sequence[Block], builder: Builder) -> list[Said]:
    """Read headings and bullets into `builder`; returns the lines that are not measures."""
    lines = _note_tables(blocks, builder)
    if not any(line.kind == HEADING for line in lines):
        paragraphs = [marked(line) for line in lines]
        lines = [line for line in guess_headings(paragraphs) if isinstance(line, Line)]
    lines = join_labels([marked(line) for line in lines])
    sections = sections_of(lines)
    declared = declared_in(sections)
    focuses = choose_focuses(sections, declared)
    reader = _Reader(builder, focuses, declared)
    for section in sections:
        reader.read(section)
    return reader.said


def _note_tables(blocks: Sequence[Block], builder: Builder) -> list[Line]:
    """Take the lines; cells of tables without measures are noted as not understood."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            for line, text, message in block.problems:
                builder.problem(line, text, message, block.name)
            for row in block.rows:
                text = " · ".join(
                    cell.text.replace("\n", " ") for cell in row.cells if cell.text and not cell.above
                )
                if text:
                    builder.problem(
                        row.number, text, N_("No heading row tells what this row is."), block.name
                    )
        elif block.kind == BOX:
            builder.pass_over(block.number, block.text, "box")
        else:
            lines.append(block)
    return lines


class _Reader:
    def __init__(self, builder: Builder, focuses: set[int], declared: set[str]) -> None:
        self.builder = builder
        self.focuses = focuses
        self.declared = declared
        self.said: list[Said] = []
        self.role: str | None = None  # what the bullets are, where a leading line says so
        self.measured = False

    def read(self, section: Section) -> None:
        """Read one section into the plan, or note why it is not in it."""
        path = [section, *section.above()]
        focus = next((s for s in path if id(s) in self.focuses), None)
        if focus is None or any(is_aside_chapter(s) for s in path[: path.index(focus)]):
            self._read_outside(section)
            return
        if section is focus:
            self.builder.enter_focus(section.title)
        elif section.head and not is_role(section.title):
            self._enter_parents(focus)
            self.builder.enter_objective(section.title)
        else:
            self._enter_parents(focus)
            if section.head:
                self.builder.pass_over(section.head.number, section.title, "header")
        self.role = heading(section.title).role if section.head and is_role(section.title) else None
        self.measured = False
        for line in section.lines:
            self._read_line(line)

    def _enter_parents(self, focus: Section) -> None:
        objective = self.builder.objective
        self.builder.enter_focus(focus.title)
        if objective is not None and objective.title is not None:
            self.builder.enter_objective(objective.title)

    def _read_line(self, line: Line) -> None:
        """Read a line inside a focus area: a bullet is a measure, a field belongs to the one above."""
        text = line.text
        if line.kind == "contents":
            self.builder.pass_over(line.number, text, "contents")
            return
        if is_labelled_objective(text) and (match := re.match(r"^[^:.)–-]*[:.)–-]\s*(.*)$", text)):
            numbered = re.search(r"\d", text[: match.start(1)])
            self.builder.enter_objective(text if numbered or not match[1] else match[1])
            if not numbered:
                self.builder.pass_over(line.number, text[: match.start(1)], "header")
            self.role = None
            return
        if self._read_field(line):
            return
        if line.kind not in BULLETS:
            self._read_text(line)
        elif line.kind == "check" or self.role == INDICATORS:
            self.builder.indicators.append(text)
            self.builder.problem(
                line.number, text, N_("This indicator was taken for the whole plan; it names no measure.")
            )
        elif self.role in (None, MEASURE):
            self.builder.add_measure({MEASURE: text})
            self.measured = True
        elif self.role == OBJECTIVE:
            self.builder.enter_objective(text)
        else:
            self.builder.problem(line.number, text, N_("This line belongs to no single measure."))

    def _read_field(self, line: Line) -> bool:
        """Read "Vastuutaho: Sivistystoimi" under a measure; False where the line is not such."""
        match = _FIELD.match(line.text)
        found = heading(match[1]) if match else None
        if not match or not found or not found.pure:
            return False
        if found.role in _FIELD_ROLES and found.role is not None:
            if not (self.measured and self.builder.add_to_last({found.role: match[2]})):
                self.builder.problem(line.number, line.text, N_("This line belongs to no single measure."))
            self.builder.pass_over(line.number, match[1], "header")
            return True
        if found.role == MEASURE:
            self.builder.add_measure({MEASURE: match[2]})
            self.builder.pass_over(line.number, match[1], "header")
            self.measured = True
            return True
        return False

    def _read_text(self, line: Line) -> None:
        """A line that leads a list says what its bullets are; other text is noted."""
        stripped = line.text.rstrip(" :")
        if line.text.endswith(":") or is_role(stripped):
            found = heading(stripped)
            if found.role in (MEASURE, OBJECTIVE, *_FIELD_ROLES) and (found.pure or len(stripped) < 60):
                self.role = found.role
                self.builder.pass_over(line.number, line.text, "header")
                return
            if is_indicators(stripped):
                self.role = INDICATORS
                self.builder.pass_over(line.number, line.text, "header")
                return
            if is_aside(stripped):
                self.role = "aside"
                self.builder.pass_over(line.number, line.text, "text")
                return
        self.builder.problem(line.number, line.text, N_("This line under a focus area is not in a list."))

    def _read_outside(self, section: Section) -> None:
        """Read a section that is not in a focus area: the plan's indicators, facts and other lists."""
        follow_up = any(is_follow_up(s.title) for s in (section, *section.above()) if s.head)
        indicators = bool(section.head) and is_indicators(section.title)
        if section.head:
            self.said.append(Said(section.title, title=True))
            self.builder.pass_over(section.head.number, section.title, "cover")
        aside = any(is_aside_chapter(s) for s in (section, *section.above()))
        leading = ""
        for line in section.lines:
            if line.kind == "contents":
                self.builder.pass_over(line.number, line.text, "contents")
            elif line.kind in BULLETS:
                announced = is_indicators(leading) if leading else indicators
                if announced or (line.kind == "check" and not aside):
                    self.builder.indicators.append(line.text)
                elif key(without_number(line.text)) in self.declared:
                    self.builder.enter_focus(line.text)
                elif aside or follow_up or is_aside(leading):
                    self.builder.pass_over(line.number, line.text, "list")
                else:
                    self.builder.problem(line.number, line.text, N_("This bullet is under no focus area."))
            else:
                leading = line.text if line.text.endswith(":") else ""
                self.said.append(Said(line.text, title=False, follow_up=follow_up))
                self.builder.pass_over(line.number, line.text, "text")
