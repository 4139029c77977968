"""One measure's page, and the choice of a topic's measures."""

from datetime import date

import pytest

from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.permissions import SYSTEM
from app.domain.topics import TopicState
from app.extensions import db
from app.models import FollowUp, Measure, Meeting, Person
from app.services import links, plans
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.plan_stage import ODD, first_measure, follow_up, link, published, queries, remembered


def test_a_measure_stands_under_its_focus_area_and_objective(cast: Cast, browser: Browser) -> None:
    plan_id = plans.store(SYSTEM, ODD, None, None)
    page = browser.get("/plans").follow("Kylien valaistus")
    assert page.h1 == "Kylien valaistus"
    trail = page.links()
    for words in (
        "Hyvinvointisuunnitelma 2025–2028",
        "PÄÄTAVOITE II: Turvallinen arki",
        "Turvalliset kylätiet",
    ):
        assert trail[words].startswith(f"/plans/{plan_id}")
    for words in ("Uudet valaisimet kouluteille", "2025 syksy-", "Valaisimia", "Puolivuosittain"):
        assert words in page.text
    assert "No follow-ups from the tables yet." in page.text
    assert "No topics from the tables yet." in page.text


def test_what_came_leads_to_its_meeting_and_memo(cast: Cast, browser: Browser) -> None:
    make.plan()
    measure = first_measure()
    meeting = remembered(cast.north, day=date(2027, 2, 12))
    topic = link(make.topic(cast.north), measure)
    make.item(meeting, about=topic)
    follow_up(meeting, measure, owner_organisation_id=cast.technical, due_on=date(2020, 4, 30))
    follow_up(meeting, measure, "Kysytään", owner_organisation_id=cast.county, state=FollowUpState.DONE)
    meeting_id = meeting.id
    page = browser.get(f"/measures/{measure}")
    for words in (
        "Lasketaan hinta",
        "Tekninen toimi · due 30 April 2020",
        "Not started Late",
        "Järvi-Suomen hyvinvointialue",
        "Done",
        "Kylätien valaistus on pimeä",
    ):
        assert words in page.text
    assert f"/meetings/{meeting_id}/memo" in page.links().values()
    assert f"/meetings/{meeting_id}" in page.links().values()
    assert "Not public yet" not in page.text


CANARIES = ("kanarialintu", "Salla Salainen", "salla@example.org", "040 999 8877", "Päivi Piilo")


def test_nothing_unpublished_or_private_is_on_a_public_page(cast: Cast, browser: Browser) -> None:
    plan_id = make.plan().id
    measure = first_measure()
    private = {
        "title": "Salla Salainen valittaa",
        "text": "kanarialintu laulaa",
        "contact_name": "Salla Salainen",
        "contact_email": "salla@example.org",
        "contact_phone": "040 999 8877",
    }
    official = Person(name="Päivi Piilo", title="Tekninen johtaja")
    db.session.add(official)
    db.session.commit()
    drafted, agenda = make.meeting(cast.north), published(cast.north)
    make.item(drafted, about=link(make.topic(cast.north, **private), measure))
    link(make.topic(cast.north, **private), measure)
    on_agenda = make.item(agenda, about=link(make.topic(cast.north, **private), measure))
    on_agenda.title = "Kylätien valaistus"
    make.release_again(agenda)
    for meeting in (drafted, agenda):
        follow_up(meeting, measure, "kanarialintu", owner_person_id=official.id)
    follow_up(remembered(cast.north), measure, "Hinta lasketaan", owner_person_id=official.id)
    for visiting in (
        browser,
        Browser(browser.app).sign_in(cast.olli),
        Browser(browser.app).sign_in(cast.aino),
    ):
        for url in (f"/measures/{measure}", f"/plans/{plan_id}", "/plans/all"):
            html = visiting.get(url).html
            assert not [canary for canary in CANARIES if canary in html], url
    page = browser.get(f"/measures/{measure}")
    assert "Kylätien valaistus" in page.text
    assert "Tekninen johtaja" in page.text


def test_the_coordinator_sees_what_is_not_public_yet(cast: Cast, browser: Browser) -> None:
    make.plan()
    measure = first_measure()
    meeting = published(cast.north)
    link(make.topic(cast.north, "Odottava aihe"), measure)
    follow_up(meeting, measure, "Odottava jatkotoimi", owner_organisation_id=cast.technical)
    page = browser.sign_in(cast.maria).get(f"/measures/{measure}")
    assert page.text.count("Not public yet") == 2
    assert "Odottava jatkotoimi" in page.text
    assert page.follow("Odottava aihe").h1 == "Which measures does this topic belong to?"


@pytest.mark.parametrize("url", ["/measures/999999999", "/measures/0", "/measures/abc", "/measures/-5"])
def test_a_measure_that_is_not_there(cast: Cast, browser: Browser, url: str) -> None:
    browser.get(url, 404)


def test_a_measure_of_4000_characters_has_a_short_heading(app: object, browser: Browser) -> None:
    make.plan("Suunnitelma", "toimenpide " * 360)
    page = browser.get(f"/measures/{first_measure()}")
    assert len(page.h1) <= 121
    assert page.text.count("toimenpide") >= 360


def test_more_follow_ups_cost_no_more_queries(cast: Cast, browser: Browser) -> None:
    make.plan()
    measure = first_measure()
    costs = []
    for count in (3, 30):
        for number in range(count):
            meeting = remembered(cast.north, day=date(2027, 1, 1 + number))
            make.item(meeting, about=link(make.topic(cast.north), measure))
            person = Person(name="N", organisation_id=cast.culture)
            db.session.add(person)
            db.session.flush()
            follow_up(meeting, measure, owner_organisation_id=cast.technical)
            follow_up(meeting, measure, owner_person_id=person.id)
        with queries() as sent:
            browser.get(f"/measures/{measure}")
        costs.append(len(sent))
    assert costs[0] == costs[1]


def linked(topic_id: int) -> list[int]:
    return [one.measure_id for one in links.linked_to_topic(topic_id)]


def ids() -> list[int]:
    return [one.id for one in db.session.query(Measure).order_by(Measure.id)]


def test_measures_are_chosen_with_the_topics_words_on_top(cast: Cast, browser: Browser) -> None:
    plans.store(SYSTEM, ODD, None, None)
    first, _, _, last = ids()
    topic = make.topic(cast.north, "Kylätien valaistus on pimeä.\nLapset pelkäävät.").id
    page = browser.sign_in(cast.sari).get(f"/inbox/{topic}/measures")
    assert "Kylätien valaistus on pimeä. Lapset pelkäävät." in page.text
    assert [legend.text for legend in page.all("legend")] == ["PÄÄTAVOITE II: Turvallinen arki"]
    saved = page.submit("Save the links", measures=[str(first), str(last)])
    assert "The links are saved." in saved.text
    assert saved.url == f"/inbox/{topic}"
    again = browser.get(f"/inbox/{topic}/measures")
    assert linked(topic) == [first, last]
    assert [one.get("value") for one in again.all("input", name="measures") if "checked" in one.attrib] == [
        str(first),
        str(last),
    ]
    again.submit("Save the links", measures=[])
    assert linked(topic) == []


def test_a_link_to_an_earlier_plan_is_kept(cast: Cast, browser: Browser) -> None:
    make.plan("Vanha suunnitelma", "Vanha toimi")
    topic = link(make.topic(cast.north), first_measure()).id
    plans.store(SYSTEM, ODD, None, None)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic}/measures")
    assert [legend.text for legend in page.all("legend")] == [
        "PÄÄTAVOITE II: Turvallinen arki",
        "Turvallinen ympäristö (Vanha suunnitelma 2025–2028)",
    ]
    page.submit("Save the links", measures=[str(first_measure()), str(ids()[-1])])
    assert sorted(linked(topic)) == [first_measure(), ids()[-1]]


@pytest.mark.parametrize("forged", ["999999999", "abc", "-5", "0", "9" * 40, "", "1\x002", "²"])
def test_a_forged_measure_changes_nothing(cast: Cast, browser: Browser, forged: str) -> None:
    make.plan()
    topic = make.topic(cast.north).id
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic}/measures")
    again = page.submit("Save the links", 422, measures=[str(first_measure()), forged])
    assert "One of the measures is no longer in the plan." in again.text
    assert linked(topic) == []


@pytest.mark.parametrize("seen", ["abc", "-1 ²", "9" * 500, "1 " * 5000, ""])
def test_a_forged_list_of_what_was_seen_harms_nobody(cast: Cast, browser: Browser, seen: str) -> None:
    make.plan()
    topic = make.topic(cast.north).id
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic}/measures")
    page.submit("Save the links", seen=seen, measures=[str(ids()[1])])
    assert linked(topic) == [ids()[1]]


def test_the_topics_of_other_tables_and_strangers(cast: Cast, browser: Browser) -> None:
    topic = make.topic(cast.north).id
    url = f"/inbox/{topic}/measures"
    assert browser.raw(url).status_code == 303
    browser.sign_in(cast.olli).get(url, 404)
    browser.sign_in(cast.timo).get(url, 403)
    browser.sign_in(cast.maria).get("/inbox/999999999/measures", 404)


def test_without_a_plan_there_is_nothing_to_choose(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get(f"/inbox/{make.topic(cast.north).id}/measures")
    assert "No plan has been imported yet." in page.text
    assert page.follow("Import a plan").h1 == "Import a plan"


def test_a_topic_comes_to_a_measure_through_its_follow_up(cast: Cast, browser: Browser) -> None:
    plan = make.plan()
    measure = plan.focus_areas[0].objectives[0].measures[0]
    meeting = make.meeting(cast.north, state=MeetingState.MEMO_PUBLISHED)
    topic = make.topic(cast.north, "Kylätien valot", state=TopicState.DISCUSSED)
    make.item(meeting, about=topic)
    now = utc_now()
    db.session.add(
        FollowUp(
            meeting=meeting,
            topic=topic,
            text="Lasketaan hinta.",
            owner_organisation_id=cast.technical,
            due_on=date(2027, 4, 30),
            created_at=now,
            changed_at=now,
            measures=[measure],
        )
    )
    db.session.commit()
    address, meeting_id = f"/measures/{measure.id}", meeting.id
    assert "Kylätien valot" in browser.get(address).text
    db.session.get_one(Meeting, meeting_id).state = MeetingState.PUBLISHED  # the memo is being corrected
    db.session.commit()
    page = browser.get(address)
    assert "Kylätien valot" not in page.text
    assert "Lasketaan hinta." not in page.text
