"""A plan is stored word for word, once, by a coordinator of the whole municipality."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.clock import today, utc_now
from app.domain.errors import Forbidden, Invalid, NotFound
from app.domain.permissions import ANYBODY, SYSTEM
from app.domain.plans import FocusArea, Measure, Objective, WelfarePlan, canonical, from_canonical
from app.extensions import db
from app.models import Event, Plan, ResponsibleParty
from app.services import plans
from tests import make
from tests.cast import Cast
from tests.plan_stage import DOCUMENTS, ODD

SMALL = WelfarePlan(title="Pieni", focus_areas=(FocusArea("A", None, (Objective(None, (Measure("m"),)),)),))


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Plan)) or 0


def test_an_odd_plan_comes_back_as_it_went_in(cast: Cast) -> None:
    plan_id = plans.store(make.visitor(cast.maria), ODD, "suunnitelma.docx", None)
    assert canonical(plans.read_back(plan_id)) == canonical(ODD)


def test_a_plan_that_says_nothing_of_itself_comes_back_so(app: object) -> None:
    bare = replace(SMALL, title=None)
    assert plans.read_back(plans.store(SYSTEM, bare, None, None)) == bare


@pytest.mark.parametrize("name", ["rusko-2023", "pieksamaki-2018", "kymenlaakso-lasten"])
def test_real_plans_come_back_as_they_went_in(app: object, name: str) -> None:
    expected = Path(DOCUMENTS / name / "expected.json")
    if not expected.exists():
        pytest.skip(f"the real plan documents are not at {DOCUMENTS}")
    plan = from_canonical(json.loads(expected.read_text(encoding="utf-8")))
    assert canonical(plans.read_back(plans.store(SYSTEM, plan, name, None))) == canonical(plan)


def test_a_responsible_party_with_an_organisations_name_is_that_organisation(cast: Cast) -> None:
    parties = Measure("m", responsible=("tekninen  TOIMI", "Tekniska sektorn", "Tekninen johtaja"))
    plan = replace(SMALL, focus_areas=(FocusArea("A", None, (Objective(None, (parties,)),)),))
    plans.store(SYSTEM, plan, None, None)
    rows = db.session.scalars(select(ResponsibleParty).order_by(ResponsibleParty.position)).all()
    assert [(row.name, row.organisation_id) for row in rows] == [
        ("tekninen  TOIMI", cast.technical),
        ("Tekniska sektorn", cast.technical),
        ("Tekninen johtaja", None),
    ]


def test_the_same_key_stores_one_plan_and_is_logged_once(cast: Cast) -> None:
    maria = make.visitor(cast.maria)
    first = plans.store(maria, ODD, None, "a-key-of-its-own")
    assert plans.store(maria, ODD, None, "a-key-of-its-own") == first
    assert how_many() == 1
    logged = db.session.scalars(select(Event).where(Event.act == "plan.import")).all()
    assert [(one.noun_id, one.detail) for one in logged] == [(first, {"measures": 4})]


@pytest.mark.parametrize("who", ["olli", "sari", "kaisa", "veikko", None])
def test_only_a_coordinator_of_the_whole_municipality_imports(cast: Cast, who: str | None) -> None:
    visitor = make.visitor(getattr(cast, who)) if who else ANYBODY
    for attempt in (
        lambda: plans.store(visitor, SMALL, None, None),
        lambda: plans.read_document(visitor, "a.csv", b"x"),
        lambda: plans.read_paste(visitor, "x"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert how_many() == 0


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (replace(SMALL, title="T" * 501), "has 501 characters"),
        (replace(SMALL, municipality="K" * 201), "name of the municipality is too long"),
        (replace(SMALL, focus_areas=(FocusArea(" "),)), "A focus area needs a title"),
    ],
)
def test_what_does_not_fit_is_refused_whole(app: object, plan: WelfarePlan, sentence: str) -> None:
    assert any(sentence in str(one) for one in plans.obstacles(plan))
    with pytest.raises(Invalid, match=sentence):
        plans.store(SYSTEM, plan, None, None)
    assert how_many() == 0


def test_texts_of_the_greatest_length_fit(app: object) -> None:
    longest = WelfarePlan(
        title="T" * 500,
        municipality="K" * 200,
        focus_areas=(
            FocusArea(
                "F" * 500, "L" * 500, (Objective("O" * 500, (Measure("m" * 4000, schedule="s" * 4000),)),)
            ),
        ),
    )
    assert plans.read_back(plans.store(SYSTEM, longest, "n" * 300, None)) == longest


YEAR = today().year


@pytest.mark.parametrize(
    ("stored", "current"),
    [
        ([], None),
        ([None, None], 1),  # without periods the newest import
        ([YEAR - 2, YEAR - 6], 0),  # the newest period that has begun, though imported earlier
        ([YEAR, YEAR + 1], 0),  # next year's plan waits for its year
        ([YEAR + 1, YEAR + 5], 1),  # none has begun: the newest import
        ([YEAR - 1, None], 0),
        ([YEAR - 1, YEAR - 1], 1),  # the same period again: the newest import
    ],
)
def test_which_plan_is_current(app: object, stored: list[int | None], current: int | None) -> None:
    ids = [plans.store(SYSTEM, replace(SMALL, period_start=start), None, None) for start in stored]
    for place, plan_id in enumerate(ids):
        db.session.get_one(Plan, plan_id).imported_at = utc_now() + timedelta(minutes=place)
    db.session.commit()
    assert plans.current_plan_id() == (None if current is None else ids[current])


def test_choices_follow_the_document(app: object) -> None:
    assert plans.measure_choices() == []
    plans.store(SYSTEM, ODD, None, None)
    [(focus, measures)] = plans.measure_choices()
    assert focus == "PÄÄTAVOITE II: Turvallinen arki"
    assert [text.split("\n")[0] for _, text in measures] == [
        "Kylien valaistus",
        "Kuljetukset",
        "Kuljetukset",
        "Kylätalkoot",
    ]


def test_the_list_counts_as_the_rules_do(app: object) -> None:
    plans.store(SYSTEM, ODD, None, None)
    [listed] = plans.all_plans()
    assert (listed.counts.focus_areas, listed.counts.objectives, listed.counts.measures) == (2, 1, 4)


def test_a_plan_that_is_not_there(app: object) -> None:
    with pytest.raises(NotFound):
        plans.get_plan(999_999_999)
