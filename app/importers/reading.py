"""What came of reading a plan document: the plan, and every line that was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.plans import WelfarePlan, canonical, from_canonical


@dataclass(frozen=True)
class Problem:
    """One line or cell that did not fit; `message` is English with `values` by name.

    `line` is counted from 1 in its sheet or file; `sheet` names the sheet where there are several.
    """

    line: int
    text: str
    message: str
    values: Mapping[str, object]
    sheet: str | None = None


@dataclass(frozen=True)
class Passed:
    """One line that was recognised and is rightly not in the plan.

    `why` is "header", "help", "number", "cover", "contents", "text" (running text), "list" (bullets
    of a chapter that tells something else) or "box" (a floating text box).
    """

    line: int
    text: str
    why: str
    sheet: str | None = None


@dataclass(frozen=True)
class Reading:
    """A plan as it was understood; `kind` is "table" or "outline".

    Every line of the source that is not empty is in `plan`, in `problems` or in `passed`.
    """

    plan: WelfarePlan
    problems: tuple[Problem, ...]
    kind: str
    passed: tuple[Passed, ...] = ()


def to_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as plain JSON values."""
    return {
        "plan": canonical(reading.plan),
        "problems": [
            {"line": p.line, "text": p.text, "message": p.message, "values": dict(p.values), "sheet": p.sheet}
            for p in reading.problems
        ],
        "kind": reading.kind,
        "passed": [{"line": p.line, "text": p.text, "why": p.why, "sheet": p.sheet} for p in reading.passed],
    }


def from_json(data: Mapping[str, Any]) -> Reading:
    """Rebuild what `to_json` returned."""
    return Reading(
        from_canonical(data["plan"]),
        tuple(Problem(**problem) for problem in data["problems"]),
        data["kind"],
        tuple(Passed(**passed) for passed in data["passed"]),
    )
