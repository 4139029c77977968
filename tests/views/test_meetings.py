"""Meetings in a browser: drafts are nobody else’s, and everybody reads what is published."""

from datetime import timedelta

import pytest

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page, words
from tests.views.meeting_stage import SOON, published, ready

# Drafts are nobody else's


def test_a_draft_is_seen_only_by_those_who_may_build_it(cast: Cast, app) -> None:
    meeting = ready(cast)
    page = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}")
    assert "Draft: only you see this." in page.text
    for email in (cast.olli, cast.sari, cast.timo, cast.aino, None):
        browser = Browser(app)
        if email:
            browser.sign_in(email)
        browser.get(f"/meetings/{meeting}", 404)
        assert browser.raw(f"/meetings/{meeting}.ics").status_code == 404
    for page_of in ("details", "cancel", "publish"):
        Browser(app).sign_in(cast.olli).get(f"/meetings/{meeting}/{page_of}", 404)
        Browser(app).sign_in(cast.sari).get(f"/meetings/{meeting}/{page_of}", 403)
    assert Browser(app).sign_in(cast.maria).raw(f"/meetings/{meeting}.ics").status_code == 404


@pytest.mark.parametrize("fields", [{}, {"state": MeetingState.CANCELLED}])
def test_a_draft_shows_nowhere(cast: Cast, browser: Browser, fields: dict[str, object]) -> None:
    canary = "Salainen kanarialintu"
    meeting = make.meeting(cast.north, SOON, place=canary, heading=canary, **fields)
    make.item(meeting, canary, standing=True)
    past = make.meeting(cast.north, SOON - timedelta(days=90), place=canary, heading=canary, **fields)
    make.item(past, canary)
    for url in ("/", "/meetings", "/tables/pohjoinen", "/tables/pohjoinen/calendar.ics", "/calendar.ics"):
        answer = browser.raw(url)
        assert answer.status_code == 200
        assert canary not in answer.text.replace("\u00ad", ""), url
        assert str(meeting.uid) not in answer.text


def test_the_coordinator_sees_drafts_marked_in_words(cast: Cast, app) -> None:
    make.meeting(cast.north, SOON)
    assert "Draft: only you see this" in Browser(app).sign_in(cast.maria).get("/meetings").text
    assert "Draft" not in Browser(app).sign_in(cast.olli).get("/meetings").text
    assert "Draft" not in Browser(app).get("/meetings").text


# The public agenda


def test_everybody_reads_the_agenda(cast: Cast, browser: Browser) -> None:
    meeting = published(cast, remote_url="https://meet.example/a")
    page = browser.get(f"/meetings/{meeting}")
    assert page.h1.startswith("Meeting: ")
    for part in (
        "18:00–19:30 (90 min)",
        "Koivurannan koulu",
        "https://meet.example/a",
        "18:00 5 min",
        "1. Avaus",
        "18:05 20 min",
        "2. Kylätien valaistus on pimeä",
    ):
        assert part in page.text
    assert page.links()["Add to calendar"] == f"/meetings/{meeting}.ics"
    for work in ("Build the agenda", "Take notes", "Cancel the meeting", "Draft"):
        assert work not in page.text
    assert "eeva@example.org" not in page.html


def test_each_role_gets_its_own_work_bar(cast: Cast, app) -> None:
    meeting = published(cast)

    def bar(email: str) -> set[str]:
        page = Browser(app).sign_in(email).get(f"/meetings/{meeting}")
        navs = [one for one in page.all("nav") if one.get("aria-label") == "Work on this meeting"]
        return {words(link) for nav in navs for link in nav.iter("a")}

    assert bar(cast.maria) == {
        "Build the agenda",
        "Change the details",
        "Who is invited",
        "Reminders",
        "Take notes",
        "Memo",
        "Cancel the meeting",
    }
    assert bar(cast.sari) == {"Take notes", "Memo"}
    assert bar(cast.olli) == bar(cast.aino) == set()


def test_the_memo_is_linked_when_it_is_out(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, state=MeetingState.MEMO_PUBLISHED, published_at=utc_now())
    assert browser.get(f"/meetings/{meeting}").links()["Read the memo"] == f"/meetings/{meeting}/memo"


def test_swedish_readers_get_swedish_names(cast: Cast, app) -> None:
    meeting = published(cast)
    row = db.session.get_one(Meeting, meeting)
    row.items[0].title_sv = "Öppning"
    make.release_again(row)
    page = Browser(app, "sv").get(f"/meetings/{meeting}")
    assert "Norra lokala partnerskapsbordet" in page.text
    assert "1. Öppning" in page.text


@pytest.mark.parametrize(
    "url", ["/meetings/0", "/meetings/999999999", "/meetings/1000000000", "/meetings/abc"]
)
def test_there_is_no_such_meeting(cast: Cast, browser: Browser, url: str) -> None:
    browser.get(url, 404)


@pytest.mark.parametrize("page_number", ["0", "-1", "abc", "99999999999999999999", "2"])
def test_any_page_of_the_list_answers(cast: Cast, browser: Browser, page_number: str) -> None:
    assert browser.get(f"/meetings?page={page_number}").h1 == "All meetings"


def test_earlier_meetings_go_on_over_pages(cast: Cast, browser: Browser) -> None:
    for number in range(31):
        make.meeting(cast.north, today() - timedelta(days=number + 1), state=MeetingState.PUBLISHED)
    page: Page = browser.get("/meetings")
    assert "Page 1 of 2" in page.text
    assert "Page 2 of 2" in page.follow("Next page").text
