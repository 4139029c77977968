"""Reads a welfare plan from a file or a paste: takes it apart by format, then reads it by meaning."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import Invalid
from app.domain.plans import WelfarePlan, counts, parse_period
from app.domain.words import N_
from app.importers import csv, docx, facts, limits, markdown, xlsx
from app.importers.builder import Builder
from app.importers.documents import read_tables
from app.importers.outlines import read_outline
from app.importers.reading import Reading
from app.importers.source import Block, Budget, Table, one_line


def read_plan(
    filename: str,
    data: bytes,
    *,
    title: str | None = None,
    municipality: str | None = None,
    period: str | None = None,
) -> Reading:
    """Read the file's plan in this process; what the caller says goes before what the file says.

    Callers with strangers' files use `safely.read_safely`, which does this within limits.
    Raises Invalid("file") or Invalid("period") with one sentence.
    """
    budget = Budget()
    kind = limits.format_of(filename, data)
    blocks: list[Block]
    if kind == "xlsx":
        blocks = xlsx.read(data, budget)
    elif kind == "docx":
        blocks = docx.read(data, budget)
    elif kind == "csv":
        blocks = csv.read(csv.decode(data), budget)
    else:
        blocks = markdown.read(csv.decode(data), budget)
    return _finish(blocks, title, municipality, period, "file")


def read_pasted(
    text: str, *, title: str | None = None, municipality: str | None = None, period: str | None = None
) -> Reading:
    """Read what was pasted from Excel, Word or a text; raises Invalid("text") or Invalid("period")."""
    if not text.strip():
        raise Invalid("text", N_("Nothing was pasted."))
    if len(text) > limits.CHARACTERS:
        raise Invalid("text", N_("The text is too long."))
    csv.check_text(text, "text")
    try:
        return _finish(markdown.read(text, Budget()), title, municipality, period, "text")
    except Invalid as refusal:
        if refusal.field == "file":
            raise Invalid("text", refusal.message, **refusal.values) from refusal
        raise


def _finish(
    blocks: Sequence[Block], title: str | None, municipality: str | None, period: str | None, field: str
) -> Reading:
    builder = Builder()
    said = read_tables(blocks, builder, title)
    kind = "table"
    if said is None:
        builder, kind = Builder(), "outline"
        said = read_outline(blocks, builder)
    found = facts.find_facts(said)
    years = parse_period(period) if period and period.strip() else found.period
    plan = WelfarePlan(
        title=one_line(title or "") or found.title,
        municipality=one_line(municipality or "") or found.municipality,
        period=years.text if years else None,
        period_start=years.start if years else None,
        period_end=years.end if years else None,
        approved=found.approved,
        monitoring=found.monitoring,
        indicators=tuple(builder.indicators),
        focus_areas=builder.focus_areas(),
    )
    if not counts(plan).measures:
        if any(isinstance(block, Table) for block in blocks):
            raise Invalid(field, N_("No measures were found. One column must be headed “Toimenpide”."))
        raise Invalid(field, N_("No measures were found. Put them as a list under headings."))
    problems = sorted(builder.problems, key=lambda problem: (problem.sheet or "", problem.line))
    return replace(Reading(plan, tuple(problems), kind), passed=tuple(builder.passed))
