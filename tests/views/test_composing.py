"""The page that suggests an agenda: its words, its wishes, and putting it into use."""

import re
from datetime import time

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.composing.model import WHY_WORDS
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting, Person, Topic
from app.services import agenda
from app.views.composing_words import CLOCK_WORDS, TIMES
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page
from tests.suggestion_stage import framed, waiting


@pytest.fixture
def meeting(cast: Cast) -> int:
    return framed(cast)


def opened(browser: Browser, cast: Cast, meeting: int) -> Page:
    return browser.sign_in(cast.maria).get(f"/meetings/{meeting}/compose")


def titles(meeting: int) -> list[str]:
    db.session.rollback()
    return [one.title for one in db.session.get_one(Meeting, meeting, populate_existing=True).items]


def test_the_builder_leads_there_and_back_with_a_new_agenda(
    browser: Browser, cast: Cast, meeting: int
) -> None:
    waiting(cast, "Kylätie", 30, weeks=6)
    waiting(cast, "Uimaranta", 30, weeks=3)
    waiting(cast, "Koulu", 30)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit").follow("Suggest an agenda")
    assert "These stay: Avaus 5 min, Mitä tapahtui edellisestä 10 min, Seuraava" in page.text
    assert "65 minutes are left for topics" in page.text
    assert "This is the best agenda that these rules give." in page.text
    assert "6 points: has waited 6 weeks" in page.text
    assert "1 point: is new" in page.text
    assert "Heard: Koivuranta (1 of 1 that have a topic)." in page.text
    assert "it takes 30 min, 5 min are free" in page.text
    done = page.submit("Use this agenda")
    assert done.url == f"/meetings/{meeting}/edit"
    assert "The suggested agenda is in use." in done.text
    assert sorted(titles(meeting)[2:4]) == ["Kylätie", "Uimaranta"]
    undone = done.submit("Undo: the suggested agenda was used")
    assert "Undone: the suggested agenda was used." in undone.text
    assert len(titles(meeting)) == 3


def test_wishes_are_heard_and_stay_on_the_page(browser: Browser, cast: Cast, meeting: int) -> None:
    old = waiting(cast, "Kylätie", 30, weeks=6)
    new = waiting(cast, "Koulu", 30)
    waiting(cast, "Uimaranta", 30, weeks=3)
    page = opened(browser, cast, meeting).submit(
        "Suggest again",
        **{f"topic-{old}-how": "out", f"topic-{new}-how": "must", f"topic-{new}-minutes": "0:35"},
    )
    assert "You left it out this time." in page.text
    [box] = page.all("input", name=f"topic-{new}-minutes", type="text")
    assert box.get("value") == "35"
    [chosen] = [
        one.get("value")
        for select in page.all("select", name=f"topic-{old}-how")
        for one in select.iter("option")
        if one.get("selected") is not None
    ]
    assert chosen == "out"
    page.submit("Use this agenda")
    assert sorted(titles(meeting)[2:4]) == ["Koulu", "Uimaranta"]


def test_minutes_that_cannot_be_read_are_told_at_their_box(
    browser: Browser, cast: Cast, meeting: int
) -> None:
    topic = waiting(cast, "Kylätie", 30)
    page = opened(browser, cast, meeting).submit("Suggest again", 422, **{f"topic-{topic}-minutes": "paljon"})
    [box] = page.all("input", name=f"topic-{topic}-minutes", type="text")
    assert box.get("value") == "paljon"
    assert "Write the minutes as a number, for example 15." in page.text


def test_topics_that_clash_are_named_with_a_way_on(browser: Browser, cast: Cast, meeting: int) -> None:
    first, second = waiting(cast, "Kylätie", 40), waiting(cast, "Koulu", 40)
    for one in (first, second):
        agenda.put_on_agenda(make.visitor(cast.maria), meeting, one)
    page = opened(browser, cast, meeting)
    assert "These topics do not fit together" in page.text
    assert "These topics take 80 min together, and there are 65 min for topics." in page.text
    assert "Use this agenda" not in page.text
    page = page.submit("Choose among all topics")
    assert "This is the best agenda that these rules give." in page.text
    assert "1 topic would leave the agenda and wait." in page.text
    page.submit("Use this agenda")
    assert len(titles(meeting)) == 4


def test_a_topic_that_moved_on_is_told_and_the_page_shown_anew(
    browser: Browser, cast: Cast, meeting: int
) -> None:
    gone = waiting(cast, "Kylätie", 30, weeks=6)
    waiting(cast, "Koulu", 30)
    page = opened(browser, cast, meeting)
    db.session.get_one(Topic, gone).state = TopicState.DECLINED
    db.session.commit()
    page = page.submit("Use this agenda", 422)
    assert "The topic “Kylätie” has moved on meanwhile, so nothing was changed." in page.text
    assert len(titles(meeting)) == 3
    page.submit("Use this agenda")
    assert titles(meeting)[2:3] == ["Koulu"]


def test_an_agenda_that_changed_meanwhile_is_suggested_anew(
    browser: Browser, cast: Cast, meeting: int
) -> None:
    waiting(cast, "Kylätie", 60)
    page = opened(browser, cast, meeting)
    maria = make.visitor(cast.maria)
    agenda.add_item(maria, meeting, kind=ItemKind.BREAK, title="Kahvi", minutes=10)
    page = page.submit("Use this agenda", 422)
    assert "The agenda has changed meanwhile. Look at the new suggestion below." in page.text
    assert "It takes 60 min, longer than the whole time for topics (55 min)." in page.text


def test_the_time_ran_out_is_said(
    browser: Browser, cast: Cast, meeting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.proposing_agenda.suggest.__kwdefaults__", {"seconds": 0.0})
    for number in range(30):
        waiting(cast, f"Aihe {number}", 7 + number % 5, weeks=number % 6)
    page = opened(browser, cast, meeting)
    assert "The time ran out: a better one may exist." in page.text


def test_every_reason_that_tells_minutes_is_said_with_clock_times() -> None:
    timed = {code for code, words in WHY_WORDS.items() if any(f"%({name})d" in words for name in TIMES)}
    assert timed == set(CLOCK_WORDS)
    for code in timed:
        names = set(re.findall(r"%\((\w+)\)", WHY_WORDS[code]))
        assert set(re.findall(r"%\((\w+)\)", CLOCK_WORDS[code])) == names


def test_an_official_who_comes_late_is_told_with_clock_times(
    browser: Browser, cast: Cast, meeting: int
) -> None:
    maria = make.visitor(cast.maria)
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one().id
    topic = waiting(cast, "Kylätie", 30)
    item_id = agenda.put_on_agenda(maria, meeting, topic).item_id
    item = db.session.get_one(AgendaItem, item_id)
    item.officials = [db.session.get_one(Person, pekka)]
    db.session.add(AttendanceWindow(meeting_id=meeting, person_id=pekka, arrives=time(19, 5)))
    db.session.commit()
    page = opened(browser, cast, meeting)
    assert "It takes 30 min, but the time with Pekka Niemi is only from 19:05 to 19:20." in page.text


def test_nothing_waits(browser: Browser, cast: Cast, meeting: int) -> None:
    page = opened(browser, cast, meeting)
    assert "No topic waits for this table now." in page.text


def test_no_time_for_topics(browser: Browser, cast: Cast) -> None:
    row = make.meeting(cast.north, minutes=30)
    make.item(row, "Avaus", 40)
    waiting(cast, "Kylätie", 30)
    page = opened(browser, cast, row.id)
    assert "There is no time for topics" in page.text
    assert "Make the meeting longer" in page.links()


def test_those_who_do_not_build_the_agenda_see_nothing(browser: Browser, cast: Cast, meeting: int) -> None:
    waiting(cast, "Kylätie", 30)
    browser.sign_in(cast.olli).get(f"/meetings/{meeting}/compose", 404)
    browser.sign_in(cast.sari).get(f"/meetings/{meeting}/compose", 403)


def test_a_held_meeting_is_not_suggested(browser: Browser, cast: Cast) -> None:
    row = make.meeting(cast.north, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    browser.sign_in(cast.maria).get(f"/meetings/{row.id}/compose", 409)
