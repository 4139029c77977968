"""One partnership table's page: what it is, when it meets, and who comes."""

from datetime import timedelta

import pytest

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import PartnershipTable
from tests import make
from tests.cast import Cast
from tests.page import Browser

SOON = today() + timedelta(days=20)


def test_a_table_tells_of_itself(cast: Cast, browser: Browser) -> None:
    table = db.session.get_one(PartnershipTable, cast.north)
    table.area, table.description = "Koivuranta ja Rantala", "Ensimmäinen rivi\n\nToinen <b>rivi</b>"
    db.session.commit()
    page = browser.get("/tables/pohjoinen")
    assert page.h1 == "Pohjoinen lähikumppanuuspöytä"
    for part in (
        "Koivuranta ja Rantala",
        "Ensimmäinen rivi",
        "Toinen <b>rivi</b>",
        "The table meets at least 2 times a year. A meeting lasts 90 minutes.",
        "Villages of the table Koivuranta",
        "Also at the table Koivurannan kyläyhdistys",
        "No meeting has been announced yet.",
    ):
        assert part in page.text
    assert page.links()["Propose a topic"].startswith("/topics/propose")
    assert "/topics/propose?table=pohjoinen" in page.html


def test_the_feed_can_be_followed_and_copied(cast: Cast, browser: Browser) -> None:
    page = browser.get("/tables/pohjoinen")
    address = "127.0.0.1:5000/tables/pohjoinen/calendar.ics"
    assert page.links()["Follow in your calendar"] == f"webcal://{address}"
    assert [one.get("value") for one in page.all("input") if one.get("id") == "feed"] == [f"http://{address}"]


def test_meetings_of_the_table_and_no_other(cast: Cast, browser: Browser) -> None:
    coming = make.meeting(cast.north, SOON, state=MeetingState.PUBLISHED, place="Tänne")
    make.item(coming)
    make.meeting(cast.south, SOON, state=MeetingState.PUBLISHED, place="Muualle")
    done = make.meeting(
        cast.north, SOON - timedelta(days=300), state=MeetingState.MEMO_PUBLISHED, place="Ennen"
    ).id
    page = browser.get("/tables/pohjoinen")
    assert "Tänne · 1 item" in page.text
    assert "Muualle" not in page.text
    assert "Ennen" in page.text
    assert f"/meetings/{done}/memo" in page.links().values()


def test_a_table_that_no_longer_meets_keeps_its_page(cast: Cast, browser: Browser) -> None:
    db.session.get_one(PartnershipTable, cast.north).archived_at = utc_now()
    db.session.commit()
    page = browser.get("/tables/pohjoinen")
    assert "This table no longer meets." in page.text
    assert "/topics/propose?table=pohjoinen" not in page.html
    assert "Pohjoinen" not in browser.get("/").text


@pytest.mark.parametrize("slug", ["ei-ole", "POHJOINEN", "-", "a" * 61, "pohjoinen'--"])
def test_there_is_no_such_table(cast: Cast, browser: Browser, slug: str) -> None:
    browser.get(f"/tables/{slug}", 404)


@pytest.mark.parametrize("page_number", ["0", "-1", "abc", "99999999999999999999"])
def test_any_page_answers(cast: Cast, browser: Browser, page_number: str) -> None:
    browser.get(f"/tables/pohjoinen?page={page_number}")
