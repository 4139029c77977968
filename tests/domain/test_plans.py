"""A welfare plan as values: years, counts, the canonical JSON and what is too long to store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.plans import (
    Counts,
    FocusArea,
    Measure,
    Objective,
    Period,
    Place,
    WelfarePlan,
    canonical,
    counts,
    find_period,
    from_canonical,
    parse_period,
    places,
    problems_of,
)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2023-2025", Period("2023–2025", 2023, 2025)),
        ("2018 – 2021", Period("2018–2021", 2018, 2021)),
        (" 2019—21 ", Period("2019–2021", 2019, 2021)),
        ("2026", Period("2026", 2026, 2026)),
    ],
)
def test_years_of_a_plan_are_read_as_people_write_them(typed, period):
    assert parse_period(typed) == period


@pytest.mark.parametrize("typed", ["", "ensi vuosi", "2025-2023", "20235", "2023-2025 luonnos", "1023-1025"])
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(Invalid, match=r"^Write the years like 2023–2025\.$") as refusal:
        parse_period(typed)
    assert refusal.value.field == "period"


def test_years_are_found_in_a_title_but_one_year_alone_is_not_a_period():
    assert find_period("Ruskon hyvinvointiohjelma 2023–2025") == Period("2023–2025", 2023, 2025)
    assert find_period("Hyväksytty 29.1.2018") is None
    assert find_period("puhelin 02012-2020") is None


def plan() -> WelfarePlan:
    first = Measure(
        "Kerho\nLeiri", ("kpl", "%"), "kpl\n%", "2025-", ("Siv", "Sote"), "Siv, Sote", "Tilinpäätös"
    )
    return WelfarePlan(
        "Mallilan hyvinvointisuunnitelma",
        "Mallila",
        "2025–2028",
        2025,
        2028,
        "2024-12-09",
        "Vuosittain",
        ("%",),
        (
            FocusArea(
                "1. Lapset",
                "1.",
                (Objective("Ilo", (first, Measure("Bussi"))), Objective(None, (Measure("x"),))),
            ),
            FocusArea("2. Vanhat", "2.", ()),
        ),
    )


def test_an_objective_without_a_title_is_not_counted():
    assert counts(plan()) == Counts(focus_areas=2, objectives=1, measures=3)
    assert [place for place, *_ in places(plan())][2] == Place(0, 1, 0)


def test_the_canonical_json_has_the_shape_that_scripts_rely_on():
    data = canonical(plan())
    assert list(data) == ["plan", "focus_areas"]
    assert list(data["plan"]) == [
        "title",
        "municipality",
        "period",
        "period_start",
        "period_end",
        "approved",
        "monitoring",
        "indicators",
    ]
    assert data["focus_areas"][0]["objectives"][0]["measures"][1] == {
        "text": "Bussi",
        "indicators": [],
        "indicators_text": None,
        "schedule": None,
        "responsible": [],
        "responsible_text": None,
        "monitoring": None,
    }
    assert from_canonical(data) == plan()


_texts = st.text(max_size=12)
_measures = st.builds(
    Measure,
    _texts,
    st.lists(_texts, max_size=2).map(tuple),
    st.none() | _texts,
    st.none() | _texts,
    st.lists(_texts, max_size=2).map(tuple),
    st.none() | _texts,
    st.none() | _texts,
)
_objectives = st.builds(Objective, st.none() | _texts, st.lists(_measures, max_size=2).map(tuple))
_areas = st.builds(FocusArea, _texts, st.none() | _texts, st.lists(_objectives, max_size=2).map(tuple))


@given(st.builds(WelfarePlan, st.none() | _texts, focus_areas=st.lists(_areas, max_size=3).map(tuple)))
def test_every_plan_comes_back_from_its_json(plan):
    assert from_canonical(canonical(plan)) == plan


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"focus_areas": 3},
        {"focus_areas": [{"title": None, "objectives": []}]},
        {"focus_areas": [{"title": "a", "objectives": [{"title": 4, "measures": []}]}]},
        {"focus_areas": [], "plan": {"period_start": "2023"}},
        {"focus_areas": [], "plan": {"indicators": "abc"}},
        {"focus_areas": [], "plan": ["x"]},
    ],
)
def test_json_of_another_shape_is_refused(data):
    with pytest.raises(Invalid, match="another shape"):
        from_canonical(data)


def test_what_is_too_long_or_empty_is_told_and_nothing_is_cut():
    long = WelfarePlan(
        "t" * 501,
        focus_areas=(FocusArea("", None, (Objective("o" * 501, (Measure("m" * 4001), Measure(" "))),)),),
    )
    assert [str(problem)[:32] for problem in problems_of(long)] == [
        "The title “" + "t" * 21,
        "A focus area needs a title.",
        "The title “" + "o" * 21,
        "The text “" + "m" * 22,
        "A measure needs a text.",
    ]
    assert "501 characters; 500 fit" in str(problems_of(long)[0])
    assert problems_of(plan()) == []
