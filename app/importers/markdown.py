"""Plain text and Markdown: headings, bullets and paragraphs, and tables drawn with bars or tabs."""

import csv
import io
import re
from collections.abc import Sequence

from app.domain.errors import Invalid
from app.importers import limits
from app.importers.builder import is_labelled, is_labelled_objective
from app.importers.columns import find_columns
from app.importers.headings import heading
from app.importers.pasted import find_header, read_word_rows
from app.importers.source import BULLET, HEADING, TEXT, Block, Budget, Cell, Line, Row, Table, is_upper, tidy

BULLETS = "-*+•·●○▪■►➢✓✔√–—\u2043\u25e6\uf0b7\uf0a7\uf0fc"
_BULLET = re.compile(rf"^(?P<indent>\s*)(?P<mark>[{re.escape(BULLETS)}])\s+(?P<text>\S.*)$")
_GLUED = re.compile(r"^(?P<indent>\s*)(?P<mark>[•●○▪■►➢✓✔√])(?P<text>[^\s•].*)$")
_NUMBERED = re.compile(r"^\s*(?P<number>\d+(?:\.\d+)*)[.)]?\s+(?P<text>\S.*)$")
_ITEM = re.compile(r"^\s*\d{1,2}[.)]\s+(?P<text>\S.*)$")
_HASH = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*([-_*=])(?:\s*\1){2,}\s*$")
_CONTENTS = re.compile(r"^.*\S(?:\t+|\s*\.{3,}\s*|\s*…+\s*|\s{3,})(?:s\.\s*)?\d{1,3}\s*$")
_BAR_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
CHECK_MARKS = "✓✔√\uf0fc"
CONTENTS, CHECK, INTRO = "contents", "check", "intro"


def read(text: str, budget: Budget) -> list[Block]:
    """Return the text's blocks; line numbers count from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > 10 * limits.ROWS or any(len(line) > limits.LINE_CHARACTERS for line in lines):
        raise Invalid("file", limits.TOO_HEAVY)
    budget.take_text(text)
    if tables := _tabbed(text, lines, budget):
        return tables
    blocks: list[Block] = []
    rest: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        if (
            "|" in lines[at]
            and at + 1 < len(lines)
            and _BAR_RULE.match(lines[at + 1])
            and "|" in lines[at + 1]
        ):
            blocks.extend(_outline(rest))
            rest = []
            rows: list[Row] = []
            while at < len(lines) and "|" in lines[at]:
                if not _BAR_RULE.match(lines[at]):
                    rows.append(_bar_row(at + 1, lines[at]))
                    budget.take_row(len(rows[-1].cells))
                at += 1
            blocks.append(Table(tuple(rows)))
            continue
        rest.append((at + 1, lines[at]))
        at += 1
    blocks.extend(_outline(rest))
    return blocks


def plain(text: str) -> str:
    """Take Markdown's marks of emphasis off: **bold**, __bold__, *italic*, and unclosed ones."""
    text = re.sub(r"\*\*|__|~~|~(?=\s)|`", "", text)
    return tidy(re.sub(r"(?<![\w*])[*_](\S(?:.{0,400}?\S)?)[*_](?![\w*])", r"\1", text))


def marked(line: Line) -> Line:
    """Make a bullet of a paragraph that somebody started with a bullet by hand; take the mark off."""
    if line.kind not in (BULLET, TEXT):
        return line
    match = _BULLET.match(line.text) or _GLUED.match(line.text)
    if match:
        kind = CHECK if match["mark"] in CHECK_MARKS else BULLET
        return Line(line.number, match["text"], kind, line.level or 1)
    return Line(line.number, line.text, BULLET, line.level or 1) if _ITEM.match(line.text) else line


def guess_headings(lines: Sequence[Line]) -> list[Block]:
    """Find the headings of a document that uses no heading styles, as in plain text."""
    texts: list[tuple[int, str]] = []
    for line in lines:
        inner = line.text.replace("\n", " ")
        if line.kind == BULLET:
            texts.append((line.number, "  " * (line.level - 1) + "- " + inner))
        else:
            texts.extend([(line.number, ""), (line.number, inner)])
    return _outline(texts)


def _bar_row(number: int, line: str) -> Row:
    inner = line.strip().removeprefix("|").removesuffix("|")
    cells = re.split(r"(?<!\\)\|", inner)
    return Row(number, tuple(Cell(plain(cell.replace("\\|", "|"))) for cell in cells))


def _tabbed(text: str, lines: Sequence[str], budget: Budget) -> list[Block]:
    """Read a paste from Excel or Word; [] where no line with tabs is a heading row of measures."""
    if "\t" not in text:
        return []
    rows = _excel_rows(text)
    if not any(find_columns(row, rows[at + 1 : at + 40]) for at, row in enumerate(rows)):
        header = find_header(lines)
        if header is None:
            return []
        rows = read_word_rows(lines, *header)
    for row in rows:
        budget.take_row(sum(1 for cell in row.cells if cell.text))
    return [Table(tuple(rows))]


def _excel_rows(text: str) -> list[Row]:
    """Excel quotes cells of several lines and fills every row to the same width; [] if not so."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t")
    start = 1
    try:
        for values in reader:
            rows.append(Row(start, tuple(Cell(tidy(value)) for value in values)))
            start = reader.line_num + 1
    except csv.Error:
        return []
    widths = {len(row.cells) for row in rows if any(cell.text for cell in row.cells)}
    return rows if len(widths) == 1 else []


def _outline(lines: Sequence[tuple[int, str]]) -> list[Block]:
    """Tell headings, bullets and paragraphs apart and join lines that were cut by width alone."""
    hashed = any(_HASH.match(line) for _, line in lines)
    read: list[Line] = []
    open_paragraph = False  # the line before may go on here
    for at, (number, line) in enumerate(lines):
        text = plain(line)
        if not text or _RULE.match(line):
            open_paragraph = False
            continue
        if match := _HASH.match(line):
            read.append(Line(number, plain(match[2]), HEADING, len(match[1])))
            open_paragraph = False
        elif len(line) < 300 and _CONTENTS.match(line) and not _BULLET.match(line):
            read.append(Line(number, text, CONTENTS))
            open_paragraph = False
        elif match := _BULLET.match(line) or _GLUED.match(line):
            kind = CHECK if match["mark"] in CHECK_MARKS else BULLET
            depth = 1 + len(match["indent"].expandtabs(4)) // 2
            read.append(Line(number, plain(match["text"]), kind, depth))
            open_paragraph = True
        elif open_paragraph and read and read[-1].kind == HEADING and read[-1].level == 6 and _is_short(text):
            # A title that the page was too narrow for.
            read[-1] = Line(read[-1].number, f"{read[-1].text} {text}", HEADING, 6)
        elif (level := _heading_level(text, lines, at, hashed)) and not (
            open_paragraph and read and read[-1].kind == BULLET and _goes_on(read[-1], text)
        ):
            read.append(Line(number, text, HEADING, level))
            open_paragraph = True
        elif _ITEM.match(line):
            read.append(Line(number, text, BULLET, 1))
            open_paragraph = True
        elif open_paragraph and read and read[-1].kind in (BULLET, CHECK, TEXT):
            last = read[-1]
            read[-1] = Line(last.number, f"{last.text} {text}", last.kind, last.level)
        else:
            read.append(Line(number, text, TEXT))
            open_paragraph = True
    return list(read)


def _is_short(text: str) -> bool:
    return len(text) <= 60 and text[0].islower() and not text.endswith((".", ":", ",", ";"))


def _goes_on(bullet: Line, text: str) -> bool:
    """A label alone as a bullet ("PAINOPISTEALUE 1.") goes on with its title on the next line."""
    return is_labelled(bullet.text) and not is_labelled(text)


def _heading_level(text: str, lines: Sequence[tuple[int, str]], at: int, hashed: bool) -> int:
    """Guess a heading in plain text and its level; 0 for other text.

    3: numbered ("4. KÄRKITAVOITTEET", "4.1 ..." is 4), 4: capitals or a label, 5: a labelled objective,
    6: a short line with a list under it or by itself.
    """
    if hashed and not (is_labelled(text) or is_labelled_objective(text)):
        return 0
    if len(text) > 300:
        return 0
    if is_labelled(text):
        return 4
    if is_labelled_objective(text) and heading(text.split(":")[0]).role:
        return 5
    if match := _NUMBERED.match(text):
        if _is_numbered_list(lines, at) or text.endswith((",", ";")) or len(text) > 160:
            return 0
        if is_upper(match["text"]) or not text.endswith("."):
            return 3 + match["number"].count(".")
        return 0
    if is_upper(text) and len(re.findall(r"[^\W\d_]", text)) >= 4:
        return 4
    limit = 200 if _leads_list(lines, at) else 100
    if (
        len(text) <= limit
        and not text.endswith((".", ",", ";", "?", "!"))
        and not re.search(r"[.!?]\s", text)
    ):
        return 6 if _stands_alone(lines, at) else 0
    return 0


def _leads_list(lines: Sequence[tuple[int, str]], at: int) -> bool:
    return next((bool(_BULLET.match(line)) for _, line in lines[at + 1 : at + 4] if line.strip()), False)


def _is_numbered_list(lines: Sequence[tuple[int, str]], at: int) -> bool:
    """Tell whether the numbered line at `at` has numbered neighbours: items of a list, not headings."""

    def near(step: int) -> str:
        other = at + step
        while 0 <= other < len(lines) and not lines[other][1].strip():
            other += step
        return lines[other][1] if 0 <= other < len(lines) else ""

    if is_upper(lines[at][1]):
        return False
    return any(
        (match := _NUMBERED.match(line)) and not is_upper(match["text"]) and not _CONTENTS.match(line)
        for line in (near(1), near(-1))
    )


def _stands_alone(lines: Sequence[tuple[int, str]], at: int) -> bool:
    """Tell whether a short line opens a block: nothing right above it, a list or a gap below it."""
    above = lines[at - 1][1].strip() if at else ""
    below = lines[at + 1][1] if at + 1 < len(lines) else ""
    if not above:
        return True
    return bool(_BULLET.match(below)) and not _BULLET.match(lines[at - 1][1])
