"""Welfare plans: read from a document, stored once, and shown as the document said them."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from app.domain.clock import today
from app.domain.errors import DomainError, Invalid, NotFound
from app.domain.permissions import Act, Visitor, check_may
from app.domain.plans import Counts, WelfarePlan, counts, problems_of
from app.domain.words import N_
from app.extensions import db
from app.importers.reading import Reading
from app.importers.safely import read_pasted_safely, read_safely
from app.models import FocusArea, Measure, Objective, Plan
from app.services.log import record
from app.services.plan_rows import plan_of, rows_of
from app.services.repeats import once
from app.services.transactions import act

MUNICIPALITY = 200  # characters


def read_document(
    visitor: Visitor,
    filename: str,
    data: bytes,
    *,
    title: str | None = None,
    municipality: str | None = None,
    period: str | None = None,
) -> Reading:
    """Read a plan's file and store nothing; what the visitor says goes before what the file says.

    Raises Invalid("file") or Invalid("period").
    """
    check_may(visitor, Act.IMPORT_PLAN)
    db.session.rollback()  # reading may take seconds, and no transaction waits so long
    return read_safely(filename, data, title=title, municipality=municipality, period=period)


def read_paste(
    visitor: Visitor,
    text: str,
    *,
    title: str | None = None,
    municipality: str | None = None,
    period: str | None = None,
) -> Reading:
    """Read a pasted plan and store nothing; raises Invalid("text") or Invalid("period")."""
    check_may(visitor, Act.IMPORT_PLAN)
    db.session.rollback()
    return read_pasted_safely(text, title=title, municipality=municipality, period=period)


def obstacles(plan: WelfarePlan) -> list[DomainError]:
    """List what keeps a plan from being stored, a sentence each."""
    found = problems_of(plan)
    if plan.municipality and len(plan.municipality) > MUNICIPALITY:
        found.append(Invalid("municipality", N_("The name of the municipality is too long.")))
    return found


@act
def store(visitor: Visitor, plan: WelfarePlan, source_name: str | None, key: str | None) -> int:
    """Store a plan word for word and return its id; the same `key` again gives the first one's id.

    Raises the first of `obstacles(plan)`.
    """
    check_may(visitor, Act.IMPORT_PLAN)
    for obstacle in obstacles(plan):
        raise obstacle

    def add() -> int:
        row = rows_of(plan, source_name)
        db.session.add(row)
        db.session.flush()
        record(visitor, "plan.import", "plan", row.id, measures=counts(plan).measures)
        return row.id

    return once(key, "plan.import", add)


def current_plan_id() -> int | None:
    """Return the plan of the newest period that has begun, else the newest import, else None."""
    begun_in = case((Plan.period_start <= today().year, Plan.period_start), else_=0)
    return db.session.scalar(
        select(Plan.id).order_by(begun_in.desc(), Plan.imported_at.desc(), Plan.id.desc()).limit(1)
    )


def get_plan(plan_id: int) -> Plan:
    """Return a plan with all its levels loaded, one query each; raise NotFound."""
    measures = (
        selectinload(Plan.focus_areas).selectinload(FocusArea.objectives).selectinload(Objective.measures)
    )
    plan = db.session.scalar(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(
            selectinload(Plan.indicators),
            measures.selectinload(Measure.indicators),
            measures.selectinload(Measure.responsible),
        )
    )
    if plan is None:
        raise NotFound
    return plan


def read_back(plan_id: int) -> WelfarePlan:
    """Return a stored plan as the value that was stored; raise NotFound."""
    return plan_of(get_plan(plan_id))


@dataclass(frozen=True)
class ListedPlan:
    """One plan in the list of plans; an objective without a title is not counted."""

    plan: Plan
    counts: Counts


def all_plans() -> list[ListedPlan]:
    """Return every plan with its counts: newest period first, then the latest import."""
    rows = db.session.execute(
        select(
            Plan,
            func.count(func.distinct(FocusArea.id)),
            func.count(func.distinct(Objective.id)).filter(Objective.title.is_not(None)),
            func.count(func.distinct(Measure.id)),
        )
        .outerjoin(Plan.focus_areas)
        .outerjoin(FocusArea.objectives)
        .outerjoin(Objective.measures)
        .group_by(Plan.id)
        .order_by(func.coalesce(Plan.period_start, 0).desc(), Plan.imported_at.desc(), Plan.id.desc())
    )
    return [
        ListedPlan(plan, Counts(areas, objectives, measures)) for plan, areas, objectives, measures in rows
    ]


def measure_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the measures to choose from: (focus area's title, [(measure id, text)]).

    The current plan comes first. A municipality may have others beside it, one for children for example,
    and follow-ups of an ending term still belong to the old one: their focus areas name their plan.
    """
    current = current_plan_id()
    rows = db.session.execute(
        select(FocusArea.id, FocusArea.title, Plan.id, Plan.title, Plan.period, Measure.id, Measure.text)
        .join(FocusArea.plan)
        .join(FocusArea.objectives)
        .join(Objective.measures)
        .order_by(
            case((Plan.id == current, 0), else_=1),
            Plan.id.desc(),
            FocusArea.position,
            Objective.position,
            Measure.position,
        )
    )
    groups = []
    for (_, focus, plan_id, title, period), measures in groupby(rows, key=lambda row: tuple(row[:5])):
        named = focus if plan_id == current else f"{focus} ({_named(title, period)})"
        groups.append((named, [(row[5], row[6]) for row in measures]))
    return groups


def _named(title: str, period: str | None) -> str:
    return f"{title} {period}" if period and period not in title else title
