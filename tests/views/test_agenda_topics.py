"""Topics on an agenda in a browser: those that wait are put on it, and others are refused in words."""

import re

import pytest

from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser, words
from tests.views.agenda_stage import evening, ids, order, press


def test_a_topic_comes_onto_the_agenda_before_the_end_and_gets_its_clock(
    cast: Cast, browser: Browser
) -> None:
    meeting = evening(cast)
    topic = make.topic(
        cast.north, state=TopicState.ACCEPTED, wished_minutes=20, organisation_id=cast.koivuranta
    )
    topic_id, title = topic.id, topic.title
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert "Topics that wait (1)" in page.text
    page = page.submit(f"Add to agenda: {title}")
    assert order(page) == [
        "18:00 1. Avaus",
        "18:05 2. Mitä tapahtui edellisestä",
        f"18:15 3. {title}",
        "18:35 4. Seuraava tapaaminen",
    ]
    assert "is on the agenda. It starts at 18:15." in page.text
    assert "No topic waits for this table now." in page.text
    assert "40 / 90 min – 50 minutes free" in page.text
    row = db.session.get_one(Topic, topic_id)
    assert row.state is TopicState.ON_AGENDA
    assert [step.meeting_id for step in row.steps] == [meeting]
    page = page.submit(f"Remove: {title}")
    assert "was taken off the agenda" in page.text
    assert db.session.get_one(Topic, topic_id).state is TopicState.ACCEPTED


@pytest.mark.parametrize(
    ("where", "state", "sentence", "status"),
    [
        ("south", TopicState.ACCEPTED, "The topic belongs to another table.", 422),
        ("north", TopicState.ON_AGENDA, "The topic is already on the agenda of another meeting.", 422),
        ("north", TopicState.DECLINED, "The topic has moved on meanwhile", 422),
        ("north", TopicState.RECEIVED, "The topic has moved on meanwhile", 422),
    ],
)
def test_a_topic_that_cannot_come_is_refused_in_words(
    cast: Cast, browser: Browser, where: str, state: TopicState, sentence: str, status: int
) -> None:
    meeting = evening(cast)
    topic = make.topic(getattr(cast, where), state=state).id
    page = press(browser.sign_in(cast.maria), meeting, f"put-{topic}", status)
    assert sentence in page.text
    assert len(ids(meeting)) == 3


def test_the_pool_shows_fifty_and_finds_the_others(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    for number in range(60):
        make.topic(cast.north, f"Aihe numero {number}", state=TopicState.POSTPONED)
    make.topic(cast.north, "ÄÄKKÖSET kuntoon", state=TopicState.ACCEPTED)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert "Topics that wait (61)" in page.text
    assert len([one for one in page.all("button") if words(one) == "Add to agenda"]) == 50
    assert "ÄÄKKÖSET" not in page.text
    first = ids(meeting)[0]
    page = page.submit("Search", q="ääkkö", **{f"item-{first}-minutes": "7"})
    assert "ÄÄKKÖSET kuntoon" in page.text
    assert "Topics that wait (1)" in page.text
    assert db.session.get_one(Meeting, meeting).items[0].minutes == 7
    page = page.submit("Add to agenda: ÄÄKKÖSET kuntoon")
    assert "No waiting topic has these words." in page.text
    page = browser.get(f"/meetings/{meeting}/edit?q={'x' * 5000}")
    assert re.search(r"Topics that wait \(0\)", page.text)
