"""The page of all calendars, and the feed of one organisation."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, Organisation, Person
from app.services import organisations
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser

SOON = today() + timedelta(days=20)
PUBLISHED = {"state": MeetingState.PUBLISHED, "published_at": utc_now()}


def held(app: Flask, url: str) -> list[str]:
    """The links of the meetings in a feed."""
    answer = Browser(app, None).raw(url)
    assert answer.status_code == 200
    return [str(one["URL"]).rpartition("/")[2] for one in Calendar.from_ical(answer.data).walk("VEVENT")]


def feed_of(organisation_id: int) -> str:
    return f"/organisations/{organisation_id}/calendar.ics"


def test_an_organisation_follows_the_tables_that_it_belongs_to(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON, **PUBLISHED)
    make.item(meeting)
    assert held(app, feed_of(cast.koivuranta)) == [str(meeting.id)]
    assert held(app, feed_of(cast.rantala)) == []


def test_and_the_meetings_that_take_up_its_topic_once_that_is_released(app: Flask, cast: Cast) -> None:
    topic = make.topic(cast.north, organisation_id=cast.rantala, state=TopicState.ON_AGENDA)
    meeting = make.meeting(cast.north, SOON, **PUBLISHED)
    make.item(meeting)
    make.item(meeting, about=topic, released=False)
    assert held(app, feed_of(cast.rantala)) == []
    make.release_again(meeting)
    assert held(app, feed_of(cast.rantala)) == [str(meeting.id)]


def test_a_topic_that_was_joined_to_another_counts(app: Flask, cast: Cast) -> None:
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA)
    make.topic(cast.north, organisation_id=cast.rantala, state=TopicState.MERGED, merged_into_id=topic.id)
    meeting = make.meeting(cast.north, SOON, **PUBLISHED)
    make.item(meeting, about=topic)
    assert held(app, feed_of(cast.rantala)) == [str(meeting.id)]


def test_a_draft_is_in_no_organisation_s_feed(app: Flask, cast: Cast) -> None:
    topic = make.topic(cast.north, organisation_id=cast.rantala, state=TopicState.ON_AGENDA)
    make.item(make.meeting(cast.north, SOON, heading="zqkanarialintu"), about=topic)
    for one in (cast.koivuranta, cast.rantala):
        answer = Browser(app, None).raw(feed_of(one))
        assert b"VEVENT" not in answer.data
        assert b"zqkanarialintu" not in answer.data


def test_an_organisation_that_is_not_in_use_has_no_feed(app: Flask, cast: Cast) -> None:
    db.session.get_one(Organisation, cast.rantala).archived_at = utc_now()
    db.session.commit()
    assert Browser(app, None).raw(feed_of(cast.rantala)).status_code == 404
    assert Browser(app, None).raw(feed_of(999_999)).status_code == 404


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_the_feed_speaks_the_asked_language(app: Flask, cast: Cast, lang: str) -> None:
    answer = Browser(app, None).raw(f"{feed_of(cast.koivuranta)}?lang={lang}").get_data(as_text=True)
    assert f"X-WR-CALNAME:{ {'fi': 'Koivuranta', 'sv': 'Björkstrand'}[lang] }" in answer


@pytest.mark.parametrize("url", ["/calendar.ics", "/tables/pohjoinen/calendar.ics", "ORGANISATION"])
def test_sixty_meetings_ask_the_database_no_more_than_two(app: Flask, cast: Cast, url: str) -> None:
    url = url.replace("ORGANISATION", feed_of(cast.koivuranta))

    def fill(count: int) -> None:
        for number in range(count):
            meeting = make.meeting(cast.north, SOON + timedelta(days=number), **PUBLISHED)
            make.item(meeting, presenter="Koivuranta")

    fill(2)
    few = queries_of(lambda: held(app, f"{url}?lang=sv"))
    fill(58)
    assert queries_of(lambda: held(app, f"{url}?lang=sv")) == few <= 12
    assert len(held(app, url)) == 60


def test_a_program_that_asks_by_the_date_is_told_that_a_meeting_is_gone(app: Flask, cast: Cast) -> None:
    stays = make.meeting(cast.north, SOON, **PUBLISHED, changed_at=make.days_ago(50))
    make.item(stays)
    gone = make.meeting(
        cast.north,
        SOON,
        state=MeetingState.CANCELLED,
        published_at=make.days_ago(60),
        cancelled_at=make.days_ago(29),
        changed_at=make.days_ago(29),
    )
    browser = Browser(app, None)
    before = browser.raw("/calendar.ics")
    assert len(held(app, "/calendar.ics")) == 2
    db.session.get_one(Meeting, gone.id).cancelled_at = utc_now() - timedelta(days=30, minutes=1)
    db.session.commit()
    after = browser.raw("/calendar.ics", headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert after.status_code == 200
    assert after.data.count(b"BEGIN:VEVENT") == 1


def test_the_page_lists_every_feed_with_a_link_and_an_address_to_copy(browser: Browser, cast: Cast) -> None:
    page = browser.get("/").follow("All calendars and how to add them")
    assert page.h1 == "Meetings in your own calendar"
    addresses = [one.get("value") for one in page.all("input", class_="input")]
    assert addresses == [
        "http://127.0.0.1:5000/calendar.ics",
        "http://127.0.0.1:5000/tables/etela/calendar.ics",
        "http://127.0.0.1:5000/tables/pohjoinen/calendar.ics",
        *(f"http://127.0.0.1:5000{feed_of(one)}" for one in _in_use()),
    ]
    subscriptions = [url for url in page.links().values() if url.startswith("webcal://")]
    assert "webcal://127.0.0.1:5000/tables/pohjoinen/calendar.ics" in subscriptions
    assert len(subscriptions) == len(addresses)
    for address in addresses:
        assert browser.raw(str(address)).status_code == 200
    assert "The calendar program decides how often it looks" in page.text
    assert "Your own meetings" not in page.text


def _in_use() -> list[int]:
    return [one.id for one in organisations.in_use()]


def test_a_person_makes_changes_and_takes_away_her_own_link(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.pekka).get("/calendars").submit("Make a private link")
    assert "You have a private link now." in page.text
    first = _own(cast)
    assert f"http://127.0.0.1:5000/calendars/{first}.ics" in page.html
    assert browser.raw(f"/calendars/{first}.ics").status_code == 200
    page = page.submit("Make a new link")
    assert "The old one no longer works." in page.text
    second = _own(cast)
    assert browser.raw(f"/calendars/{first}.ics").status_code == 404
    page = page.submit("Take the link away")
    assert "The private link no longer works." in page.text
    assert browser.raw(f"/calendars/{second}.ics").status_code == 404
    assert _own(cast) is None


def _own(cast: Cast) -> str | None:
    return db.session.scalar(select(Person.calendar_token).where(Person.email == cast.pekka))


def test_nobody_else_is_shown_or_gives_a_private_link(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.pekka).get("/calendars").submit("Make a private link")
    token = _own(cast)
    other = Browser(browser.app).sign_in(cast.maria)
    assert str(token) not in other.get("/calendars").html
    assert Browser(browser.app).raw("/calendars/own", method="POST").status_code in (400, 403, 405)
    assert _own(cast) == token
