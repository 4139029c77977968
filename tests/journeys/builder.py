"""What the journeys of the builder share: an agenda of five, its order, and presses that a script answers."""

from datetime import date, timedelta

from playwright.sync_api import Page

from app.domain.agenda import ItemKind
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast


def five(cast: Cast) -> int:
    row = make.meeting(cast.north, date.today() + timedelta(days=1))  # noqa: DTZ011 - its own day
    for title in "ABCDE":
        make.item(row, title, 10, kind=ItemKind.OTHER)
    return row.id


def order(meeting: int) -> list[str]:
    db.session.rollback()
    return [one.title for one in db.session.get_one(Meeting, meeting).items]


def minutes(meeting: int) -> dict[str, int]:
    db.session.rollback()
    return {one.title: one.minutes for one in db.session.get_one(Meeting, meeting).items}


def opened(page: Page, meeting: int) -> Page:
    page.goto(f"/meetings/{meeting}/edit")
    return page


def settled(page: Page) -> None:
    """Wait until the press has been answered."""
    page.wait_for_selector("#builder:not([aria-busy])")


def click(page: Page, selector: str) -> None:
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.locator(selector).click()
    settled(page)
