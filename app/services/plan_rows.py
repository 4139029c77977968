"""A welfare plan turns from a value into rows and back, and not a word of it changes on the way."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.domain import plans as values
from app.domain.clock import utc_now
from app.domain.plans import WelfarePlan
from app.domain.writing import folded
from app.extensions import db
from app.models import FocusArea, Indicator, Measure, Objective, Organisation, Plan, ResponsibleParty

SOURCE = 200  # characters of a file's name that are kept


def rows_of(plan: WelfarePlan, source_name: str | None) -> Plan:
    """Return the rows of a plan, not yet added to the session.

    A responsible party that has an organisation's name, in either language, is tied to it.
    """
    known = _organisations()
    return Plan(
        title=plan.title or "",
        municipality=plan.municipality,
        period=plan.period,
        period_start=plan.period_start,
        period_end=plan.period_end,
        approved=date.fromisoformat(plan.approved) if plan.approved else None,
        monitoring=plan.monitoring,
        source_name=source_name[:SOURCE] if source_name else None,
        imported_at=utc_now(),
        indicators=_indicators(plan.indicators),
        focus_areas=[
            FocusArea(
                position=at,
                title=area.title,
                label=area.label,
                objectives=[_objective(under, one, known) for under, one in enumerate(area.objectives)],
            )
            for at, area in enumerate(plan.focus_areas)
        ],
    )


def _organisations() -> dict[str, int]:
    found = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.name_sv).where(
            Organisation.archived_at.is_(None)
        )
    ).all()
    by_name = {folded(row.name_sv): row.id for row in found if row.name_sv}
    return {**by_name, **{folded(row.name): row.id for row in found}}


def _objective(position: int, objective: values.Objective, known: Mapping[str, int]) -> Objective:
    measures = [_measure(at, one, known) for at, one in enumerate(objective.measures)]
    return Objective(position=position, title=objective.title, measures=measures)


def _measure(position: int, measure: values.Measure, known: Mapping[str, int]) -> Measure:
    return Measure(
        position=position,
        text=measure.text,
        indicators_text=measure.indicators_text,
        schedule=measure.schedule,
        responsible_text=measure.responsible_text,
        monitoring=measure.monitoring,
        indicators=_indicators(measure.indicators),
        responsible=[
            ResponsibleParty(position=at, name=name, organisation_id=known.get(folded(name)))
            for at, name in enumerate(measure.responsible)
        ],
    )


def _indicators(texts: Sequence[str]) -> list[Indicator]:
    return [Indicator(position=at, text=text) for at, text in enumerate(texts)]


def plan_of(row: Plan) -> WelfarePlan:
    """Return the plan that rows hold; `row` comes with its levels loaded."""
    return WelfarePlan(
        title=row.title or None,
        municipality=row.municipality,
        period=row.period,
        period_start=row.period_start,
        period_end=row.period_end,
        approved=row.approved.isoformat() if row.approved else None,
        monitoring=row.monitoring,
        indicators=tuple(one.text for one in row.indicators),
        focus_areas=tuple(
            values.FocusArea(
                area.title,
                area.label,
                tuple(
                    values.Objective(one.title, tuple(_measure_of(measure) for measure in one.measures))
                    for one in area.objectives
                ),
            )
            for area in row.focus_areas
        ),
    )


def _measure_of(row: Measure) -> values.Measure:
    return values.Measure(
        text=row.text,
        indicators=tuple(one.text for one in row.indicators),
        indicators_text=row.indicators_text,
        schedule=row.schedule,
        responsible=tuple(one.name for one in row.responsible),
        responsible_text=row.responsible_text,
        monitoring=row.monitoring,
    )
