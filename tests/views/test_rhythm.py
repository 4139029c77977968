"""What a table lacks this year, for those who build its agendas, and a word about a chosen day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from app.domain.meetings import MeetingState
from app.domain.tables import TableKind
from app.extensions import db
from app.models import Meeting, PartnershipTable
from app.services import settings
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.views.meeting_stage import only_meeting

MISSING = "Meetings missing this year"
NORTH = "Pohjoinen lähikumppanuuspöytä"
HOLIDAY = date(2027, 5, 6)  # Ascension Day


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    """The first of March 2027, a Monday."""
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def south_has_enough(cast: Cast) -> None:
    db.session.get_one(PartnershipTable, cast.south).meetings_a_year = 1
    make.meeting(cast.south, date(2027, 1, 14), state=MeetingState.MEMO_PUBLISHED)


def held_once(cast: Cast) -> None:
    make.meeting(cast.north, date(2027, 2, 11), time(17, 30), state=MeetingState.MEMO_PUBLISHED)


@pytest.mark.parametrize("url", ["/meetings", "/tables/pohjoinen"])
def test_what_is_missing_is_said_with_a_good_day(
    cast: Cast, browser: Browser, south_has_enough: None, url: str
) -> None:
    held_once(cast)
    page = browser.sign_in(cast.maria).get(url)
    for part in (
        MISSING,
        "The table meets 2 times a year. This year: 1 held, 0 called.",
        "A good day: Thursday 7 October 2027 at 17:30.",
        "The table has usually met on this weekday.",
    ):
        assert part in page.text
    assert "draft" not in page.text.split(MISSING)[1].split("Why this day?")[0]


def test_one_press_opens_the_new_meeting_with_the_day_as_people_write_it(
    cast: Cast, browser: Browser, south_has_enough: None
) -> None:
    held_once(cast)
    page = browser.sign_in(cast.maria).get("/meetings").follow("New meeting: Thursday 7 October 2027")
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["day"], boxes["starts"], boxes["minutes"]) == ("7.10.2027", "17.30", "90")
    page = page.submit("Make the draft")
    assert page.h1 == "Build the agenda"
    assert "You can keep the day." not in page.text
    drafts = db.session.query(Meeting).filter_by(state=MeetingState.DRAFT).one()
    assert (drafts.table_id, drafts.day, drafts.starts) == (cast.north, date(2027, 10, 7), time(17, 30))
    assert MISSING not in browser.get("/meetings").text
    assert MISSING not in browser.get("/tables/pohjoinen").text


def test_drafts_count_as_called_and_are_told(cast: Cast, browser: Browser, south_has_enough: None) -> None:
    make.meeting(cast.north, date(2027, 10, 7))
    page = browser.sign_in(cast.maria).get("/tables/pohjoinen")
    assert "This year: 0 held, 1 called. 1 of those called is still a draft." in page.text


def test_days_that_do_not_suit_are_told_when_asked(
    cast: Cast, browser: Browser, south_has_enough: None
) -> None:
    held_once(cast)
    make.meeting(cast.south, date(2027, 10, 7), state=MeetingState.PUBLISHED)
    page = browser.sign_in(cast.maria).get("/tables/pohjoinen")
    assert "A good day: Thursday 14 October 2027 at 17:30." in page.text
    assert "Thursday 7 October 2027: Another table has a meeting that day: Eteläinen" in page.text


@pytest.mark.parametrize("who", [None, "veikko", "aino", "pekka", "olli"])
@pytest.mark.parametrize("url", ["/meetings", "/tables/pohjoinen"])
def test_nobody_else_is_told(
    cast: Cast, browser: Browser, south_has_enough: None, who: str | None, url: str
) -> None:
    if who:
        browser.sign_in(getattr(cast, who))
    text = browser.get(url).text
    assert MISSING not in text
    assert "This year" not in text


def test_a_new_meeting_without_a_day_is_offered_the_good_one(
    cast: Cast, browser: Browser, south_has_enough: None
) -> None:
    held_once(cast)
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    assert "A good day: Thursday 7 October 2027 at 17:30." in page.text
    page = page.follow("Use this day")
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["day"], boxes["starts"]) == ("7.10.2027", "17.30")
    assert "Use this day" not in page.text
    assert "Use this day" not in browser.get("/meetings/new?table=etela").text


def test_a_table_that_was_added_this_year_needs_what_its_time_allows(cast: Cast, browser: Browser) -> None:
    with time_machine.travel(datetime(2027, 9, 1, 9, tzinfo=UTC)):
        settings.add_table(
            make.visitor(cast.maria),
            settings.TableFacts("Uusi pöytä", None, "", TableKind.LOCAL, 90, 2, None, None, None, ("fi",)),
        )
        page = browser.sign_in(cast.maria).get("/tables/uusi-poyta")
    assert (
        "The table meets 2 times a year. The table was added this year, so 1 meeting is enough. "
        "This year: 0 held, 0 called."
    ) in page.text


def test_late_in_the_year_the_next_one_is_proposed(
    cast: Cast, browser: Browser, south_has_enough: None
) -> None:
    with time_machine.travel(datetime(2027, 12, 22, 9, tzinfo=UTC)):
        page = browser.sign_in(cast.maria).get("/tables/pohjoinen")
        assert "No good day is left this year. The first good day of next year: Wednesday 12" in page.text
        page = page.follow("New meeting: Wednesday 12 January 2028")
        boxes = {one.get("name"): one.get("value") for one in page.all("input")}
        assert (boxes["day"], boxes["starts"]) == ("12.1.2028", "18.00")


def test_a_table_that_no_longer_meets_is_left_in_peace(cast: Cast, browser: Browser) -> None:
    db.session.get_one(PartnershipTable, cast.north).archived_at = make.utc_now()
    db.session.commit()
    assert MISSING not in browser.sign_in(cast.maria).get("/tables/pohjoinen").text


@pytest.mark.parametrize(
    ("query", "day", "starts"),
    [
        ("day=2027-10-07&starts=18.00", "7.10.2027", "18.00"),
        ("day=7.10.2027&starts=18:00", "7.10.2027", "18.00"),
        ("day=2027-02-30&starts=25", "", ""),
        ("day=&starts=", "", ""),
        ("day=%22%3E&starts=%3Cscript%3E", "", ""),
        ("day=99999999999999999999", "", ""),
        ("day=0001-01-01&starts=18", "1.1.1", "18.00"),
    ],
)
def test_any_address_opens_the_new_meeting(
    cast: Cast, browser: Browser, query: str, day: str, starts: str
) -> None:
    page = browser.sign_in(cast.maria).get(f"/meetings/new?table=pohjoinen&{query}")
    boxes = {one.get("name"): one.get("value") or "" for one in page.all("input")}
    assert (boxes["day"], boxes["starts"]) == (day, starts)


# A word about a day that was chosen


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("6.5.2027", "Check the day: Thursday 6 May 2027. It is a public holiday: Ascension Day."),
        ("5.5.2027", "Wednesday 5 May 2027. The next day is a public holiday: Ascension Day."),
        ("8.5.2027", "Check the day: Saturday 8 May 2027. It is at the weekend."),
        ("13.5.2027", "Another table has a meeting that day: Eteläinen lähikumppanuuspöytä."),
        ("12.5.2027", None),
    ],
)
def test_a_day_to_think_about_is_saved_with_a_notice(
    cast: Cast, browser: Browser, typed: str, told: str | None
) -> None:
    make.meeting(cast.south, date(2027, 5, 13))
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    page = page.submit("Make the draft", day=typed, starts="18")
    assert page.h1 == "Build the agenda"
    assert "The meeting is a draft now." in page.text
    assert ("You can keep the day." in page.text) is (told is not None)
    assert told is None or told in page.text
    assert "You can keep the day." not in browser.get(page.url).text


def test_a_changed_day_is_told_of_and_one_that_stays_is_not(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, date(2027, 5, 12)).id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    page = page.submit("Save the details", day="6.5.2027")
    assert "Thursday 6 May 2027. It is a public holiday: Ascension Day. You can keep the day." in page.text
    assert only_meeting().day == HOLIDAY
    page = browser.get(f"/meetings/{meeting}/details").submit("Save the details", place="Kirjasto")
    assert "The details are saved." in page.text
    assert "public holiday" not in page.text


def test_a_coordinator_of_one_table_does_not_read_whose_draft_it_is(cast: Cast, browser: Browser) -> None:
    make.meeting(cast.north, date(2027, 5, 13))
    page = browser.sign_in(cast.olli).get("/meetings/new")
    page = page.submit("Make the draft", day="13.5.2027", starts="18")
    assert "Thursday 13 May 2027. Another table has a meeting that day. You can keep the day." in page.text
    assert NORTH not in page.text
