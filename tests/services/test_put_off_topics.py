"""A topic that was left to the next meeting waits for it when the memo comes out."""

import pytest
from sqlalchemy import select

from app.domain.topics import TopicState
from app.extensions import db
from app.models import OutgoingMail, Topic
from app.services import memo_publishing, notes, running
from tests import make
from tests.cast import Cast
from tests.evening_stage import Stage, clock, item, staged
from tests.page import Browser


@pytest.fixture
def night(cast: Cast) -> Stage:
    return staged(cast)


def state_of(item_id: int) -> TopicState:
    topic_id = item(item_id).topic_id
    return db.session.get_one(Topic, topic_id, populate_existing=True).state


def test_what_was_said_of_it_stays_and_the_topic_waits(cast: Cast, night: Stage) -> None:
    maria = make.visitor(cast.maria)
    for one in (night.lights, night.beach, night.school):
        notes.add(maria, night.meeting, one, "Kerrottiin tilanteesta.", f"operation-of-{one}-0000")
    with clock("19.00"):
        running.put_off(maria, night.meeting, night.beach)
        running.put_off(maria, night.meeting, night.school)
        running.take_back(maria, night.meeting, night.school)
    memo, warned = memo_publishing.check(maria, night.meeting, "fi")
    assert [one.put_off for one in memo.items if one.is_topic] == [False, True, False]
    assert "Uimaranta" not in [one.title for one in warned]
    memo_publishing.publish(maria, night.meeting)
    assert [state_of(one) for one in (night.lights, night.beach, night.school)] == [
        TopicState.DISCUSSED,
        TopicState.ACCEPTED,
        TopicState.DISCUSSED,
    ]
    kinds = db.session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id))
    assert sorted(kinds) == ["topic_discussed", "topic_discussed", "topic_postponed"]


def test_the_public_memo_says_so_and_shows_no_minutes(browser, cast: Cast, night: Stage) -> None:
    maria = make.visitor(cast.maria)
    with clock("18.07"):
        running.begin(maria, night.meeting, night.lights)
        running.put_off(maria, night.meeting, night.beach)
        running.end_meeting(maria, night.meeting)
    memo_publishing.publish(maria, night.meeting)
    page = browser.get(f"/meetings/{night.meeting}/memo")
    assert "This was left to the next meeting." in page.text
    assert "2. Kylätien valaistus 18:07" in page.text  # when it began; the plan said 18:05
    assert "3. Uimaranta 18:" not in page.text
    assert "Planned and actual minutes" not in page.text
    assert "Planned and actual minutes" in browser.sign_in(cast.sari).get(page.url).text


def test_what_the_clock_was_on_was_reached_though_nothing_was_written(
    browser: Browser, cast: Cast, night: Stage
) -> None:
    maria = make.visitor(cast.maria)
    with clock("18.05"):
        running.begin(maria, night.meeting, night.lights)
    with clock("18.25"):
        running.begin(maria, night.meeting, night.beach)  # by mistake: ended at once
        running.end_meeting(maria, night.meeting)
    _, warned = memo_publishing.check(maria, night.meeting, "fi")
    assert "Kylätien valaistus" in [one.title for one in warned]
    memo_publishing.publish(maria, night.meeting)
    assert [state_of(one) for one in (night.lights, night.beach)] == [
        TopicState.DISCUSSED,
        TopicState.ACCEPTED,
    ]
    page = browser.get(f"/meetings/{night.meeting}/memo")
    assert page.text.count("There was no time for this topic.") == 2
