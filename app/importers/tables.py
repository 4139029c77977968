"""Reads the tables of a plan by meaning: heading rows, focus rows, merged goals, help rows, measures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.words import N_
from app.importers import facts
from app.importers.builder import Builder, is_labelled, is_labelled_objective
from app.importers.columns import Columns, filled, is_number
from app.importers.headings import (
    FOCUS,
    INDICATORS,
    MEASURE,
    MONITORING,
    NUMBER,
    OBJECTIVE,
    RESPONSIBLE,
    SCHEDULE,
    heading,
)
from app.importers.rows import Entry, Title, entries_of, title_after, with_labels_joined
from app.importers.source import Row, Table, key, one_line

FIELDS = (INDICATORS, SCHEDULE, RESPONSIBLE, MONITORING)


@dataclass
class TableReader:
    """Reads one table into `builder`.

    `names` are titles found before the table (a sheet's name, a chapter's heading), used where the
    table names no focus area itself; the last of two is the objective where the table has no such
    column. `first` is True until a table with a heading row has been read.
    """

    builder: Builder
    names: tuple[str, ...] = ()
    first: bool = True
    cover: list[str] = field(default_factory=list)
    fallback: str = "–"  # the focus area's title where the document names none
    _columns: Columns | None = None
    _own_focus: bool = False
    _named: bool = False
    _above: bool = False
    _left: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _focus_styles: set[tuple[bool, bool, bool, str]] = field(default_factory=set)
    _objective_styles: set[tuple[bool, bool, bool, str]] = field(default_factory=set)
    _sheet: str | None = None

    def read(self, table: Table) -> bool:
        """Read the table; returns False, having noted every row, where it has no heading row."""
        self._sheet = table.name
        for line, text, message in table.problems:
            self.builder.problem(line, text, message, self._sheet)
        entries = entries_of([row for row in table.rows if filled(row)])
        if not any(entry.kind == "header" for entry in entries):
            self._read_without_headings(entries)
            return False
        group: list[Title] = []
        for at, entry in enumerate(entries):
            if entry.title:
                group.append(entry.title)
            elif entry.kind == "help":
                self._pass(entry.row, "help")
            elif entry.columns and entry.kind == "header":
                self._read_header(entry.row, entry.columns, group, title_after(entries, at))
                group = []
            elif self._columns is None:
                self._note_cover(entry.row)
            else:
                self._enter(group, entry.row)
                self._read_measure(entry.row, self._columns)
                group = []
        self._enter(group, None)
        self._note_left()
        return True

    def _pass(self, row: Row, why: str) -> None:
        for text in filled(row).values():
            self.builder.pass_over(row.number, text, why, self._sheet)

    def _note_cover(self, row: Row) -> None:
        texts = [one_line(text) for text in filled(row).values()]
        self.cover.append(": ".join(text.rstrip(":") for text in texts))
        self._pass(row, "cover")

    def _read_without_headings(self, entries: Sequence[Entry]) -> None:
        """A table without a heading row: a cover, the whole plan's indicators, or not understood."""
        indicator_at: int | None = None
        for entry in entries:
            texts = filled(entry.row)
            plain = {at: heading(text) for at, text in texts.items() if len(text) < 60}
            found = [at for at, is_ in plain.items() if is_.role == INDICATORS and is_.pure]
            if found and len(texts) > 1 and all(is_.role for is_ in plain.values()):
                indicator_at = found[0]
                self._pass(entry.row, "header")
            elif indicator_at is not None and texts.get(indicator_at):
                self.builder.indicators.append(texts.pop(indicator_at))
                for text in texts.values():
                    self._problem(
                        entry.row, text, N_("This cell stands beside an indicator of the whole plan.")
                    )
            elif len(texts) > 2:
                for text in texts.values():
                    self._problem(entry.row, text, N_("No heading row tells what this row is."))
            else:
                self._note_cover(entry.row)

    def _problem(self, row: Row, text: str, message: str, **values: object) -> None:
        self.builder.problem(row.number, text, message, self._sheet, **values)

    def _read_header(self, row: Row, columns: Columns, group: list[Title], after: Title | None) -> None:
        """Take a heading row into use, with the title rows that stand above it."""
        first, self._columns = self.first and not self._left, columns
        self._note_left()
        for at, text in filled(row).items():
            if not (columns.theme and at == min(filled(row))):
                self.builder.pass_over(row.number, text, "header", self._sheet)
        for at, role in columns.guessed.items():
            name = one_line(filled(row).get(at, ""))
            if role == MEASURE:
                self._problem(row, name, N_("The column “%(name)s” was read as measures."), name=name)
            else:
                self._problem(row, name, N_("The column “%(name)s” was read as focus areas."), name=name)
        rest: list[Title] = []
        for title in with_labels_joined(group):
            if is_labelled(title.text):
                self._enter_focus(title)
                self._above = True
            elif is_labelled_objective(title.text) and self._own_focus:
                self._enter_objective(title)
            else:
                rest.append(title)
        focus = self._focus_above(columns, rest, after)
        for title in rest:
            if title is focus:
                self._enter_focus(title)
                self._above = True
            elif first or facts.is_plan_title(title.text) or key(title.text) in {key(t) for t in self.cover}:
                self._note_cover(title.row)
            else:
                self._problem(title.row, title.text, N_("This line between tables was not understood."))
        if columns.theme:
            self.builder.enter_focus(columns.theme)
            self._own_focus = self._above = True
        self.first = False

    def _focus_above(self, columns: Columns, rest: list[Title], after: Title | None) -> Title | None:
        """Choose the title row above a heading row that names the focus area, if any does."""
        if columns.theme or FOCUS in columns.by_role or self._above or not rest:
            return None
        if facts.is_plan_title(rest[-1].text) or facts.is_container(rest[-1].text):
            return None
        if after and (OBJECTIVE in columns.by_role or is_labelled(after.text)):
            return None
        return rest[-1]

    def _enter_focus(self, title: Title) -> None:
        self.builder.enter_focus(title.text)
        self._own_focus = True
        self._focus_styles.add(title.style)

    def _enter_objective(self, title: Title) -> None:
        self._need_focus(title.row)
        self.builder.enter_objective(title.text)
        self._objective_styles.add(title.style)

    def _enter(self, group: list[Title], data: Row | None) -> None:
        """Go to the focus area and objective that title rows name; `data` is the row under them."""
        titles = with_labels_joined(group)
        columns = self._columns
        at = columns.column(OBJECTIVE) if columns else None
        own = data is not None and at is not None and at in filled(data)
        for position, title in enumerate(titles):
            last = position == len(titles) - 1
            if is_labelled(title.text):
                self._enter_focus(title)
            elif is_labelled_objective(title.text) and not own:
                self._enter_objective(title)
            elif data is None and title.text.endswith(".") and len(title.text) > 40:
                self.cover.append(title.text)
                self._pass(title.row, "text")
            elif data is None:
                self._problem(title.row, title.text, N_("No measure stands under this line."))
            elif self._is_objective(title, len(titles), last, own, at):
                self._enter_objective(title)
            elif position == 0 and not (columns and FOCUS in columns.by_role):
                self._enter_focus(title)
            else:
                self._problem(title.row, title.text, N_("This line between measures was not understood."))

    def _is_objective(self, title: Title, count: int, last: bool, own: bool, at: int | None) -> bool:
        if own or not last:
            return False  # the row below names its objective itself
        if title.style in self._objective_styles and title.style not in self._focus_styles:
            return True
        if count > 1:
            return True
        if at is None:
            return self._above or bool(self._columns and FOCUS in self._columns.by_role)
        wide, upper, bold, _ = title.style
        return title.at == at and not (wide or upper or bold)

    def _need_focus(self, row: Row) -> None:
        """See that there is a focus area: the title before the table, or the plan's own."""
        if self._own_focus:
            return
        if self.names and not self._named:
            self._named = True
            if self._columns and OBJECTIVE in self._columns.by_role and not is_labelled(self.names[0]):
                self.builder.enter_focus(self.names[-1])
                return
            self.builder.enter_focus(self.names[0])
            if len(self.names) > 1:
                self.builder.enter_objective(self.names[1])
        elif self.builder.area is None:
            named = next(
                (text for text in self.cover if facts.is_plan_title(text)),
                self.cover[0] if self.cover else "",
            )
            title = facts.title_of(named) or self.fallback
            self.builder.enter_focus(title)
            self._problem(
                row,
                "",
                N_("The file names no focus area, so the measures are under “%(title)s”."),
                title=title,
            )

    def _read_measure(self, row: Row, columns: Columns) -> None:
        """Read a row of the table: at most one measure, with its objective and further cells."""
        own = filled(row)
        focus_at, objective_at = columns.column(FOCUS), columns.column(OBJECTIVE)
        measure_at = columns.by_role[MEASURE]
        if focus_at is not None and focus_at in own:
            self.builder.enter_focus(own[focus_at])
            self._own_focus = True
        self._need_focus(row)
        named = objective_at is not None and objective_at in own
        if objective_at is not None and objective_at < len(row.cells):
            cell = row.cells[objective_at]
            if cell.text and (named or self.builder.objective is None):
                self.builder.enter_objective(cell.text)
        fields = {
            role: row.cells[at].text
            for role, at in columns.by_role.items()
            if role in FIELDS and at < len(row.cells) and row.cells[at].text
        }
        measure = own.get(measure_at, "")
        if measure:
            self.builder.add_measure({MEASURE: measure, **fields})
        else:
            self._read_rest(row, columns, named)
        self._keep_unknown(row, columns)

    def _read_rest(self, row: Row, columns: Columns, named: bool) -> None:
        """Read a row without a measure: it goes on with the measure above, or is a problem."""
        own = filled(row)
        rest = {role: own[at] for role, at in columns.by_role.items() if role in FIELDS and at in own}
        if not rest:
            return
        measure_at = columns.by_role[MEASURE]
        merged = measure_at < len(row.cells) and row.cells[measure_at].above
        together = "\n".join(rest.values())
        if not named and self.builder.add_to_last(rest):
            if not merged:
                self._problem(
                    row, together, N_("This row has no measure. Its cells were added to the measure above.")
                )
        else:
            self._problem(row, together, N_("This row has no measure."))

    def _keep_unknown(self, row: Row, columns: Columns) -> None:
        """Remember the cells that no column of a plan takes; the focus column's repeat is known."""
        for at, text in filled(row).items():
            if at not in columns.by_role.values():
                self._left.setdefault(at, []).append((row.number, text))
            elif at == columns.column(NUMBER):
                if is_number(text):
                    self.builder.pass_over(row.number, text, "number", self._sheet)
                else:
                    self._left.setdefault(at, []).append((row.number, text))

    def _note_left(self) -> None:
        """Tell of each column that has no place in a plan, once, with all its cells."""
        for at, cells in self._left.items():
            name = (self._columns.unknown.get(at) if self._columns else None) or str(at + 1)
            self.builder.problem(
                cells[0][0],
                "\n".join(text for _, text in cells),
                N_("The column “%(name)s” was not understood; cells left out: %(count)d."),
                self._sheet,
                name=name,
                count=len(cells),
            )
        self._left = {}
