"""A welfare plan: focus areas, their objectives, and the measures by which a municipality pursues them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.errors import DomainError, Invalid
from app.domain.words import N_

MAX_TITLE = 500
MAX_TEXT = 4000


@dataclass(frozen=True)
class Measure:
    """One thing that the municipality has promised to do.

    `indicators` and `responsible` are the lists read from `indicators_text` and `responsible_text`,
    which keep the source cells whole. Texts may have several lines.
    """

    text: str
    indicators: tuple[str, ...] = ()
    indicators_text: str | None = None
    schedule: str | None = None
    responsible: tuple[str, ...] = ()
    responsible_text: str | None = None
    monitoring: str | None = None


@dataclass(frozen=True)
class Objective:
    """What the measures under it are to reach; `title` is None where the plan has no such level."""

    title: str | None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class FocusArea:
    """A theme of the plan; `title` is as written, `label` its leading number or word ("PÄÄTAVOITE I:")."""

    title: str
    label: str | None = None
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True)
class WelfarePlan:
    """A whole plan; what its document does not say is None or empty. `approved` is an ISO date."""

    title: str | None = None
    municipality: str | None = None
    period: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    approved: str | None = None
    monitoring: str | None = None
    indicators: tuple[str, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()


@dataclass(frozen=True)
class Period:
    """The years of a plan, both included; `text` is the way that it is shown."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Counts:
    """How much there is in a plan; an objective without a title is not counted."""

    focus_areas: int
    objectives: int
    measures: int


@dataclass(frozen=True)
class Place:
    """Where a measure stands: 0-based positions of its focus area, objective and itself."""

    focus: int
    objective: int
    measure: int


_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[-\u2010-\u2015\u2212]\s*((?:19|20)?\d\d)(?!\d))?(?!\d)")


def find_period(text: str) -> Period | None:
    """Find the first range of years ("2018 – 2021", "2019-21") in `text`; None where there is none."""
    for match in _YEARS.finditer(text):
        if match[2]:
            start, end = int(match[1]), int(match[1][: 4 - len(match[2])] + match[2])
            if start <= end <= start + 30:
                return Period(f"{start}–{end}", start, end)
    return None


def parse_period(text: str) -> Period:
    """Read the years that a person typed: one year or a range.

    Raises Invalid("period") where `text` is anything else.
    """
    match = _YEARS.fullmatch(text.strip())
    if match and not match[2]:
        return Period(match[1], int(match[1]), int(match[1]))
    found = find_period(text) if match else None
    if found is None:
        raise Invalid("period", N_("Write the years like 2023–2025."))
    return found


def places(plan: WelfarePlan) -> Iterator[tuple[Place, FocusArea, Objective, Measure]]:
    """Go through the measures in the order of the document, each with its place."""
    for f, area in enumerate(plan.focus_areas):
        for o, objective in enumerate(area.objectives):
            for m, measure in enumerate(objective.measures):
                yield Place(f, o, m), area, objective, measure


def counts(plan: WelfarePlan) -> Counts:
    """Count focus areas, objectives with a title, and measures."""
    objectives = [o for area in plan.focus_areas for o in area.objectives]
    return Counts(
        len(plan.focus_areas),
        sum(1 for o in objectives if o.title is not None),
        sum(len(o.measures) for o in objectives),
    )


def canonical(plan: WelfarePlan) -> dict[str, Any]:
    """Return the plan as plain JSON values: `{"plan": {...}, "focus_areas": [...]}`."""
    return {
        "plan": {
            "title": plan.title,
            "municipality": plan.municipality,
            "period": plan.period,
            "period_start": plan.period_start,
            "period_end": plan.period_end,
            "approved": plan.approved,
            "monitoring": plan.monitoring,
            "indicators": list(plan.indicators),
        },
        "focus_areas": [
            {
                "title": area.title,
                "label": area.label,
                "objectives": [
                    {"title": o.title, "measures": [_canonical_measure(m) for m in o.measures]}
                    for o in area.objectives
                ],
            }
            for area in plan.focus_areas
        ],
    }


def _canonical_measure(measure: Measure) -> dict[str, Any]:
    return {
        "text": measure.text,
        "indicators": list(measure.indicators),
        "indicators_text": measure.indicators_text,
        "schedule": measure.schedule,
        "responsible": list(measure.responsible),
        "responsible_text": measure.responsible_text,
        "monitoring": measure.monitoring,
    }


def from_canonical(data: Mapping[str, Any]) -> WelfarePlan:
    """Rebuild a plan from what `canonical` returned; unknown keys are ignored, missing ones are None.

    Raises Invalid("file") where the values have another shape.
    """
    try:
        head = data.get("plan") or {}
        return WelfarePlan(
            title=_text(head.get("title")),
            municipality=_text(head.get("municipality")),
            period=_text(head.get("period")),
            period_start=_year(head.get("period_start")),
            period_end=_year(head.get("period_end")),
            approved=_text(head.get("approved")),
            monitoring=_text(head.get("monitoring")),
            indicators=_texts(head.get("indicators")),
            focus_areas=tuple(_focus_area(area) for area in data["focus_areas"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Invalid("file", N_("The plan’s JSON has another shape than ours.")) from error


def _focus_area(data: Mapping[str, Any]) -> FocusArea:
    objectives = tuple(
        Objective(_text(o["title"]), tuple(_measure(m) for m in o["measures"])) for o in data["objectives"]
    )
    return FocusArea(_required(data["title"]), _text(data.get("label")), objectives)


def _measure(data: Mapping[str, Any]) -> Measure:
    return Measure(
        text=_required(data["text"]),
        indicators=_texts(data.get("indicators")),
        indicators_text=_text(data.get("indicators_text")),
        schedule=_text(data.get("schedule")),
        responsible=_texts(data.get("responsible")),
        responsible_text=_text(data.get("responsible_text")),
        monitoring=_text(data.get("monitoring")),
    )


def _required(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text(value: object) -> str | None:
    return None if value is None else _required(value)


def _texts(value: Iterable[object] | None) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(value)
    return tuple(_required(item) for item in value or ())


def _year(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(value)
    return value


def problems_of(plan: WelfarePlan) -> list[DomainError]:
    """List what keeps a plan from being stored, a sentence each: lengths, empty titles and texts.

    Nothing is ever cut: a person shortens what is too long.
    """
    found: list[DomainError] = []

    def check(text: str | None, limit: int, message: str) -> None:
        if text is not None and len(text) > limit:
            found.append(Invalid("file", message, start=text[:60], length=len(text), limit=limit))

    too_long_title = N_("The title “%(start)s…” has %(length)d characters; %(limit)d fit.")
    too_long_text = N_("The text “%(start)s…” has %(length)d characters; %(limit)d fit.")
    for title in (plan.title, plan.municipality):
        check(title, MAX_TITLE, too_long_title)
    for text in (plan.monitoring, *plan.indicators):
        check(text, MAX_TEXT, too_long_text)
    for area in plan.focus_areas:
        if not area.title.strip():
            found.append(Invalid("file", N_("A focus area needs a title.")))
        check(area.title, MAX_TITLE, too_long_title)
        for objective in area.objectives:
            check(objective.title, MAX_TITLE, too_long_title)
    for _, _, _, measure in places(plan):
        if not measure.text.strip():
            found.append(Invalid("file", N_("A measure needs a text.")))
        check(measure.text, MAX_TEXT, too_long_text)
        for text in (measure.indicators_text, measure.schedule, measure.responsible_text, measure.monitoring):
            check(text, MAX_TEXT, too_long_text)
    return found
