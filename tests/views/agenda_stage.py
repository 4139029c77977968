"""What the tests of agendas share: an evening of three items, its order, and forged presses."""

from app.domain.agenda import ItemKind
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page, words


def order(page: Page) -> list[str]:
    """The agenda as the builder shows it: clock and title of each item."""
    section = next(one for one in page.all("section") if one.get("id") == "agenda")
    return [words(one) for one in section.iter("h3")]


def evening(cast: Cast, **fields: object) -> int:
    meeting = make.meeting(cast.north, **fields)
    make.item(meeting, "Avaus", 5)
    make.item(meeting, "Mitä tapahtui edellisestä", 10, kind=ItemKind.SINCE_LAST_TIME)
    make.item(meeting, "Seuraava tapaaminen", 5, kind=ItemKind.NEXT_MEETING)
    return meeting.id


def ids(meeting: int) -> list[int]:
    return [one.id for one in db.session.get_one(Meeting, meeting).items]


def press(browser: Browser, meeting: int, what: str, status: int = 200) -> Page:
    """Send a press that the page does not offer."""
    page = browser.get(f"/meetings/{meeting}/edit")
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    return browser.post(f"/meetings/{meeting}/edit", {"csrf_token": token, "press": what}, status)
