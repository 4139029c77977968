"""What a script gets: the inside of the form alone, made by the same page, with the words of the press."""

import html5lib
from flask import Flask

from app.domain.agenda import ItemKind
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast
from tests.page import Browser, fields_of
from tests.views.agenda_stage import evening, ids

HOME = "http://127.0.0.1:5000"


def part(browser: Browser, meeting: int, press: str, status: int = 200, **typed: str):
    """Press as the script does; return what is in the form afterwards."""
    page = browser.get(f"/meetings/{meeting}/edit")
    form, _ = page.form_of("Save minutes")
    data = {**fields_of(form), **typed, "press": press}
    answer = browser.client.post(
        f"/meetings/{meeting}/edit", data=data, base_url=HOME, headers={"X-Part": "builder"}
    )
    assert answer.status_code == status
    assert "<html" not in answer.text
    return html5lib.parse(f"<form>{answer.text}</form>", namespaceHTMLElements=False)


def marked(root) -> tuple[str, str]:
    one = next(one for one in root.iter("div") if one.get("id") == "builder-part")
    return one.get("data-said"), one.get("data-focus")


def test_a_press_gives_the_form_anew_and_says_what_it_did(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    browser.sign_in(cast.maria)
    root = part(
        browser,
        meeting,
        f"down-{first}-{second}",
        **{f"item-{second}-minutes": "25", "new_title": "Kahvi", "q": ""},
    )
    assert marked(root) == ("“Avaus” is now in place 2. It starts at 18:25.", f"item-{first}")
    boxes = {one.get("name"): one.get("value") for one in root.iter("input")}
    assert boxes[f"item-{second}-minutes"] == boxes[f"item-{second}-seen_minutes"] == "25"
    assert boxes["new_title"] == "Kahvi"
    page = browser.get(f"/meetings/{meeting}/edit")
    assert "is now in place" not in page.text  # it has been said
    root = part(browser, meeting, "add", new_title="Kahvi", new_kind="break", new_minutes="15")
    boxes = {one.get("name"): one.get("value") for one in root.iter("input")}
    assert boxes["new_title"] == ""


def test_a_refusal_comes_with_what_was_typed(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    root = part(browser.sign_in(cast.maria), meeting, "save", 422, **{f"item-{first}-minutes": "vartti"})
    summary = next(one for one in root.iter("div") if one.get("class") == "error-summary")
    assert "Write the minutes as a number" in "".join(summary.itertext())
    boxes = {one.get("name"): one.get("value") for one in root.iter("input")}
    assert boxes[f"item-{first}-minutes"] == "vartti"


def test_a_search_is_kept_through_presses(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    for number in range(8):
        make.topic(cast.north, f"Tie {number}", state=TopicState.ACCEPTED)
    first = ids(meeting)[0]
    root = part(browser.sign_in(cast.maria), meeting, f"minutes-{first}-15", q="tie 3", sort="minutes")
    boxes = {one.get("name"): one.get("value") for one in root.iter("input")}
    assert boxes["q"] == "tie 3"
    assert db.session.get_one(Meeting, meeting).items[0].minutes == 15


def test_sixty_items_are_the_most_and_the_next_is_told(cast: Cast, app: Flask) -> None:
    meeting = make.meeting(cast.north)
    for number in range(60):
        make.item(meeting, f"Kohta {number}", 1, kind=ItemKind.OTHER)
    browser = Browser(app).sign_in(cast.maria)
    page = browser.get(f"/meetings/{meeting.id}/edit")
    page = page.submit("Add the item", 422, new_title="Vielä yksi", new_kind="other")
    assert "An agenda holds at most 60 items." in page.text
    assert {one.get("name"): one.get("value") for one in page.all("input")}["new_title"] == "Vielä yksi"
