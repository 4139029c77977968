"""Three real plans, where the folder of facts lies beside the project: each file equals its expectation."""

import json
import unicodedata
from pathlib import Path

import pytest

from app.domain.plans import canonical
from app.importers.read import read_plan

PLANS = Path(__file__).resolve().parents[2] / "../shared/plans"
FILES = sorted(path for path in PLANS.glob("*/*") if path.suffix != ".json")


def flat(text):
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def measures(plan):
    return [
        {
            "focus": flat(area["title"]),
            "objective": flat(objective["title"]),
            **{name: flat(measure[name]) for name in ("text", "schedule", "monitoring")},
            **{name: [flat(item) for item in measure[name]] for name in ("indicators", "responsible")},
        }
        for area in plan["focus_areas"]
        for objective in area["objectives"]
        for measure in objective["measures"]
    ]


def test_the_plans_are_there():
    if not FILES:
        pytest.skip(f"the real plans are not on this machine: {PLANS}")
    assert len(FILES) >= 9


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_plan_reads_as_expected(path):
    expected = json.loads((path.parent / "expected.json").read_text("utf-8"))
    reading = read_plan(path.name, path.read_bytes())
    got = canonical(reading.plan)
    assert measures(got) == measures(expected)
    assert len(got["focus_areas"]) == len(expected["focus_areas"])
    assert reading.problems == ()
    for name, value in got["plan"].items():
        # A CSV file has no cover: what it does not say is None, what it says is right.
        assert value in (None, [], expected["plan"].get(name))
