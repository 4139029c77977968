"""The plan as residents read it: every measure with what came to it, in words."""

import re
from datetime import date

import pytest

from app.domain.follow_ups import FollowUpState
from app.domain.permissions import SYSTEM
from app.services import plans
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.plan_stage import ODD, first_measure, follow_up, link, published, queries, remembered


def test_before_the_first_plan(cast: Cast, browser: Browser) -> None:
    page = browser.get("/plans")
    assert "The welfare plan is not here yet." in page.text
    assert "Import a plan" not in page.text
    assert "No plan has been imported yet." in browser.get("/plans/all").text
    assert browser.sign_in(cast.maria).get("/plans").follow("Import a plan").h1 == "Import a plan"


def test_the_whole_plan_is_on_its_page(cast: Cast, browser: Browser) -> None:
    plan_id = plans.store(SYSTEM, ODD, None, None)
    page = browser.get("/plans")
    assert page.url == f"/plans/{plan_id}"
    assert page.h1 == "Hyvinvointisuunnitelma 2025–2028"
    for text in (
        "Lehmijärvi · 2025–2028",
        "Approved 3 March 2025.",
        "Turvalliset kylätiet",
        "Uudet valaisimet kouluteille",
        "Responsible: tekninen TOIMI, Talous- ja hallintojohtaja.",
        "Schedule: 2025 syksy-",
        "Indicators: Valaisimia Tyytyväisyys",
        "The plan names no measures for this focus area.",
        "Sairastavuusindeksi",
        "Seurataan vuosittain. Valtuusto käsittelee.",
    ):
        assert text in page.text
    jump = page.links()["PÄÄTAVOITE II: Yhteisöt"]
    assert jump.startswith("#")
    assert [one for one in page.root.iter() if one.get("id") == jump[1:]]


def test_the_list_of_plans_leads_to_each(app: object, browser: Browser) -> None:
    plans.store(SYSTEM, ODD, None, None)
    page = browser.get("/plans/all")
    assert "4 measures" in page.text
    assert page.follow("Hyvinvointisuunnitelma 2025–2028").h1 == "Hyvinvointisuunnitelma 2025–2028"


def test_what_came_is_said_in_words(cast: Cast, browser: Browser) -> None:
    make.plan("Suunnitelma", "Valaistus")
    measure = first_measure()
    assert "No follow-ups from the tables yet." in browser.get("/plans").text
    follow_up(remembered(cast.north), measure, owner_organisation_id=cast.technical)
    assert "1 follow-up, not done yet." in browser.get("/plans").text
    for state in (FollowUpState.DONE, FollowUpState.IN_WORK):
        follow_up(remembered(cast.north), measure, state=state, owner_organisation_id=cast.technical)
    make.item(published(cast.north), about=link(make.topic(cast.north), measure))
    page = browser.get("/plans")
    assert "3 follow-ups, 1 done." in page.text
    assert "1 topic at the tables." in page.text
    assert "No follow-ups" not in page.text


def test_titles_are_text_and_not_markup(app: object, browser: Browser) -> None:
    make.plan("<script>alert(1)</script>", "<i>Missä on onnistuttava?</i>")
    page = browser.get("/plans")
    assert page.h1 == "<script>alert(1)</script>"
    assert "<i>Missä on onnistuttava?</i>" in page.text
    assert "alert(1)</script>" not in page.html


@pytest.mark.parametrize(
    "url", ["/plans/999999999", "/plans/0", "/plans/-5", "/plans/abc", "/plans/9999999999"]
)
def test_a_plan_that_is_not_there(cast: Cast, browser: Browser, url: str) -> None:
    assert "There is no such page" in browser.get(url, 404).text


def test_more_measures_cost_no_more_queries(cast: Cast, browser: Browser) -> None:
    costs = []
    for count in (25, 100):
        plan = make.plan(f"Suunnitelma {count}", *(f"Toimenpide {n}" for n in range(count)))
        url, ids = f"/plans/{plan.id}", [one.id for one in plan.focus_areas[0].objectives[0].measures]
        memo = remembered(cast.north, day=date(2027, 1, 1))
        for measure in ids:
            follow_up(memo, measure, owner_organisation_id=cast.technical)
        with queries() as sent:
            page = browser.get(url)
        assert len(re.findall("1 follow-up, not done yet", page.text)) == count
        costs.append(len(sent))
    assert costs[0] == costs[1]
    assert costs[0] <= 12
