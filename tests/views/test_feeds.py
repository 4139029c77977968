"""Calendar feeds and files as calendar programs fetch them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast
from tests.page import Browser

SOON = today() + timedelta(days=20)
FEEDS = ("/tables/pohjoinen/calendar.ics", "/calendar.ics")


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A calendar program: it sends no cookies, so it is told everything in Finnish."""
    return Browser(app, None)


def events(content: bytes) -> list[Component]:
    """The meetings of a calendar file."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def published(cast: Cast, day: date = SOON, **fields: object) -> int:
    values: dict[str, object] = {"state": MeetingState.PUBLISHED, "published_at": utc_now(), **fields}
    meeting = make.meeting(cast.north, day, **values)
    make.item(meeting, "Avaus; tervetuloa, kaikki", 5)
    make.item(meeting, "Kylätien valaistus", 20, presenter="Eeva Esimerkki")
    return meeting.id


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_has_the_meeting_with_its_agenda_and_link(cast: Cast, browser: Browser, url: str) -> None:
    meeting = published(cast, sequence=3)
    answer = browser.raw(url)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer.data)
    row = db.session.get_one(Meeting, meeting)
    assert event["UID"] == f"{row.uid}@kumppanuuspoyta.invalid"
    assert event["SEQUENCE"] == 3
    assert event["SUMMARY"] == "Pohjoinen lähikumppanuuspöytä"
    assert event["LOCATION"] == "Koivurannan koulu"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "18.00 Avaus; tervetuloa, kaikki",
        "18.05 Kylätien valaistus",
        "",
        f"http://127.0.0.1:5000/meetings/{meeting}",
    ]
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(SOON, time(18))
    assert event["DTSTART"].params["TZID"] == "Europe/Helsinki"
    for absent in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"Eeva"):
        assert absent not in answer.data


@pytest.mark.parametrize("url", [*FEEDS, "/meetings/{meeting}.ics"])
def test_who_has_the_file_already_is_told_so(cast: Cast, browser: Browser, url: str) -> None:
    meeting = published(cast)
    url = url.format(meeting=meeting)
    first = browser.raw(url)
    mark, moment = first.headers["ETag"], first.headers["Last-Modified"]
    again = browser.raw(url, headers={"If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")
    assert browser.raw(url, headers={"If-Modified-Since": moment}).status_code == 304
    row = db.session.get_one(Meeting, meeting)
    row.place, row.changed_at = "Kirjasto", utc_now() + timedelta(seconds=5)
    db.session.commit()
    changed = browser.raw(url, headers={"If-None-Match": mark, "If-Modified-Since": moment})
    assert changed.status_code == 200
    assert b"Kirjasto" in changed.data
    assert browser.client.head(url, base_url="http://127.0.0.1:5000").headers["ETag"] != mark


def test_a_change_keeps_the_uid_and_raises_the_sequence(cast: Cast, browser: Browser) -> None:
    meeting = published(cast)
    (before,) = events(browser.raw(FEEDS[0]).data)
    maria = Browser(browser.app).sign_in(cast.maria)
    maria.get(f"/meetings/{meeting}/details").submit("Save the details", starts="17")
    (after,) = events(browser.raw(FEEDS[0]).data)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


@pytest.mark.parametrize(
    ("day", "fields", "there"),
    [
        (SOON, {}, True),
        (today() - timedelta(days=364), {"state": MeetingState.MEMO_PUBLISHED}, True),
        (today() - timedelta(days=367), {"state": MeetingState.MEMO_PUBLISHED}, False),
        (SOON, {"state": MeetingState.DRAFT, "published_at": None}, False),
        (SOON, {"state": MeetingState.CANCELLED, "cancelled_at": utc_now() - timedelta(days=29)}, True),
        (SOON, {"state": MeetingState.CANCELLED, "cancelled_at": utc_now() - timedelta(days=31)}, False),
        (
            SOON,
            {"state": MeetingState.CANCELLED, "cancelled_at": utc_now(), "published_at": None},
            False,
        ),
    ],
)
def test_what_a_feed_holds(
    cast: Cast, browser: Browser, day: date, fields: dict[str, object], there: bool
) -> None:
    published(cast, day, **fields)
    for url in FEEDS:
        assert len(events(browser.raw(url).data)) == there


def test_a_cancelled_meeting_says_so_in_the_readers_language(cast: Cast, browser: Browser) -> None:
    meeting = published(
        cast, state=MeetingState.CANCELLED, cancelled_at=utc_now(), cancel_reason="Lumimyrsky"
    )
    (event,) = events(browser.raw(f"/meetings/{meeting}.ics?lang=sv").data)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "INSTÄLLT: Norra lokala partnerskapsbordet"
    assert str(event["DESCRIPTION"]).startswith("Lumimyrsky\n")


def test_a_feed_belongs_to_one_table(cast: Cast, browser: Browser) -> None:
    published(cast)
    assert events(browser.raw("/tables/etela/calendar.ics").data) == []
    assert browser.raw("/tables/ei-ole/calendar.ics").status_code == 404


def test_an_empty_feed_is_a_feed(cast: Cast, browser: Browser) -> None:
    answer = browser.raw("/calendar.ics")
    assert answer.status_code == 200
    assert "Last-Modified" not in answer.headers
    assert str(Calendar.from_ical(answer.data)["X-WR-CALNAME"]) == "Lehmijärven kunta"


def test_a_remote_meeting_has_its_link_as_the_place(cast: Cast, browser: Browser) -> None:
    meeting = published(cast, place=None, remote_url="https://meet.example/a?b=c")
    (event,) = events(browser.raw(f"/meetings/{meeting}.ics").data)
    assert event["LOCATION"] == "https://meet.example/a?b=c"
    assert "https://meet.example/a?b=c" in event["DESCRIPTION"]


def test_the_nights_when_clocks_change(cast: Cast, browser: Browser) -> None:
    year = today().year + 1
    last_sunday = max(date(year, 10, day) for day in range(25, 32) if date(year, 10, day).weekday() == 6)
    meeting = published(cast, last_sunday, starts=time(2, 30))
    (event,) = events(browser.raw(f"/meetings/{meeting}.ics").data)
    start, end = event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)
    assert end - start == timedelta(minutes=90)
    assert "2.35 Kylätien" in str(event["DESCRIPTION"])
