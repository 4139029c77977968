"""The first page: what is coming, tell us a topic, find your topic."""

from datetime import time, timedelta

from flask import Flask

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.views.filters import WEEKDAYS
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser

PAGES = ("/", "/meetings", "/tables/pohjoinen", "/calendar.ics", "/tables/pohjoinen/calendar.ics")
SOON = today() + timedelta(days=20)


def test_an_empty_service_says_so(app: Flask, browser: Browser) -> None:
    page = browser.get("/")
    assert "No meeting has been announced yet." in page.text
    assert "There are no partnership tables yet." in page.text
    assert "No memo has been published yet." in page.text


def test_what_the_tables_are_and_what_to_do(cast: Cast, browser: Browser) -> None:
    page = browser.get("/")
    assert "dialogue before decision-making. The table itself makes no decisions." in page.text
    assert page.links()["Propose a topic"] == "/topics/propose"
    assert page.links()["What happened to my topic"] == "/topics/find"
    assert page.links()["Pohjoinen lähikumppanuuspöytä"] == "/tables/pohjoinen"
    assert "New meeting" not in page.links()
    assert "New meeting" in Browser(browser.app).sign_in(cast.maria).get("/").links()


def test_coming_meetings_the_nearest_first(cast: Cast, browser: Browser) -> None:
    late = make.meeting(cast.south, SOON + timedelta(days=1), time(17, 30), state=MeetingState.PUBLISHED)
    make.item(late)
    make.item(late, "Toinen")
    make.meeting(cast.north, SOON, state=MeetingState.PUBLISHED)
    make.meeting(cast.north, today() - timedelta(days=1), state=MeetingState.PUBLISHED, place="Eilen")
    text = browser.get("/").text
    first = f"{WEEKDAYS['en'][SOON.weekday()]} {SOON.day} {SOON:%B} {SOON.year}, 18:00–19:30"
    assert first in text
    assert text.index(first) < text.index("17:30–19:00")
    assert "2 items" in text
    assert "Eilen" not in text


def test_todays_meeting_is_still_coming(cast: Cast, browser: Browser) -> None:
    make.meeting(cast.north, today(), time(0), state=MeetingState.PUBLISHED, place="Tänään")
    assert "Tänään" in browser.get("/").text


def test_latest_memos(cast: Cast, browser: Browser) -> None:
    for number in range(7):
        make.meeting(
            cast.north,
            today() - timedelta(days=number + 1),
            state=MeetingState.MEMO_PUBLISHED,
            place=f"Paikka{number}",
        )
    text = browser.get("/").text
    assert "Paikka0" in text
    assert "Paikka4" in text
    assert "Paikka5" not in text


def test_the_number_of_queries_does_not_grow(cast: Cast, app: Flask) -> None:
    builder = Browser(app).sign_in(cast.maria)

    def count() -> dict[str, int]:
        return {
            url: queries_of(lambda url=url: builder.raw(url))
            for url in (
                "/",
                "/meetings",
                "/tables/pohjoinen",
                "/calendar.ics",
                "/tables/pohjoinen/calendar.ics",
            )
        }

    def fill(rows: int) -> None:
        for number in range(rows):
            for state in (MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED, MeetingState.DRAFT):
                meeting = make.meeting(
                    cast.north,
                    SOON - timedelta(days=number if state is MeetingState.DRAFT else 40 + number),
                    state=state,
                    published_at=utc_now(),
                )
                make.item(meeting)
            make.item(make.meeting(cast.north, SOON + timedelta(days=number), state=MeetingState.PUBLISHED))

    fill(3)
    few = count()
    fill(27)
    assert count() == few
    assert max(few.values()) <= 14
