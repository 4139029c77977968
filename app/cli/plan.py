"""The commands of the welfare plan: import a document, and list what has been imported."""

import sys
from pathlib import Path
from typing import Any

import click

from app.cli.answers import HouseGroup, note, print_json
from app.domain.errors import Invalid
from app.domain.permissions import SYSTEM
from app.domain.plans import Counts, canonical, counts
from app.importers import csv
from app.importers.limits import FILE_BYTES
from app.importers.reading import Problem, Reading
from app.services import plans

commands = HouseGroup("plan", short_help="Welfare plans: import and list.", help="Welfare plans.")


@commands.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Read only; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
@click.option("--title", help="Title of the plan, instead of what the file says.")
@click.option("--municipality", help="Whose plan it is.")
@click.option("--period", help="Years of the plan, for example 2023-2025.")
def import_plan(file: str, dry_run: bool, as_json: bool, **said: str | None) -> None:
    """Import a plan document; FILE is .docx, .xlsx, .csv, .tsv, .txt or .md, or - for a paste."""
    reading = _read(file, said)
    for problem in reading.problems:
        note(_line(problem))
    for obstacle in plans.obstacles(reading.plan):
        raise obstacle
    found = counts(reading.plan)
    if dry_run:
        if as_json:
            print_json(canonical(reading.plan))
        else:
            click.echo(f"{_words(found)} Nothing was stored.")
        return
    plan_id = plans.store(SYSTEM, reading.plan, None if file == "-" else Path(file).name, None)
    if as_json:
        print_json({"id": plan_id, "problems": len(reading.problems), **_numbers(found)})
    else:
        click.echo(f"Plan {plan_id} is imported. {_words(found)}")


@commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
def list_plans(as_json: bool) -> None:
    """List the imported plans, the newest period first."""
    listed = plans.all_plans()
    if as_json:
        print_json(
            [
                {"id": one.plan.id, "title": one.plan.title or None, "period": one.plan.period}
                | _numbers(one.counts)
                for one in listed
            ]
        )
        return
    for one in listed:
        name = " · ".join(filter(None, (one.plan.title or "(no title)", one.plan.period)))
        click.echo(f"{one.plan.id}  {name}  {_words(one.counts)}")
    if not listed:
        click.echo("No plan has been imported yet.")


def _read(file: str, said: dict[str, str | None]) -> Reading:
    if file == "-":
        data = sys.stdin.buffer.read(FILE_BYTES + 1)
        if len(data) > FILE_BYTES:
            raise Invalid("text", "The text is too long.")
        return plans.read_paste(SYSTEM, csv.decode(data), **said)
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name cannot be used"
        raise Invalid("file", "The file %(file)s cannot be opened: %(why)s.", file=file, why=why) from error
    return plans.read_document(SYSTEM, Path(file).name, data, **said)


def _line(problem: Problem) -> str:
    sheet = f"{problem.sheet}, " if problem.sheet else ""
    message = problem.message % problem.values if problem.values else problem.message
    return f"{sheet}line {problem.line}: {' '.join(problem.text.split())[:200]}: {message}"


def _words(found: Counts) -> str:
    def many(count: int, one: str) -> str:
        return f"{count} {one}" if count == 1 else f"{count} {one}s"

    return (
        f"{many(found.focus_areas, 'focus area')}, {many(found.objectives, 'objective')}, "
        f"{many(found.measures, 'measure')}."
    )


def _numbers(found: Counts) -> dict[str, Any]:
    return {
        "focus_areas": found.focus_areas,
        "objectives": found.objectives,
        "measures": found.measures,
    }
