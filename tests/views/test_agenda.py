"""Building an agenda in a browser: every press saves what was typed, and nothing typed is lost."""

from datetime import time

import pytest

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, Note
from tests import make
from tests.cast import Cast
from tests.page import Browser, words
from tests.views.agenda_stage import evening, ids, order, press


def test_moves_go_up_down_and_to_a_place_and_stop_at_the_ends(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, third = ids(meeting)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit("Move down: Avaus")
    assert ids(meeting) == [second, first, third]
    assert "“Avaus” is now in place 2. It starts at 18:10." in page.text
    page = page.submit("Move up: Mitä tapahtui edellisestä")
    assert ids(meeting) == [second, first, third]
    page = page.submit("Move to the place: Seuraava tapaaminen", **{f"item-{third}-place": "1"})
    assert ids(meeting) == [third, second, first]
    page = page.submit("Move to the place: Avaus", 422, **{f"item-{first}-place": "abc"})
    assert "Write the place as a number, for example 3." in page.text
    page.submit("Move to the place: Avaus", **{f"item-{first}-place": "99"})
    assert ids(meeting) == [third, second, first]


def test_the_redirect_leads_to_the_item(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    answer = browser.client.post(
        f"/meetings/{meeting}/edit",
        data={"csrf_token": token, "press": f"down-{first}"},
        base_url="http://127.0.0.1:5000",
    )
    assert answer.status_code == 303
    assert answer.location.endswith(f"/meetings/{meeting}/edit#item-{first}")


def test_any_press_saves_what_was_typed_in_other_rows(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, third = ids(meeting)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit(
        "Move down: Avaus",
        **{
            f"item-{second}-minutes": "1 h",
            f"item-{third}-presenter": "Maria Sund",
            f"item-{first}-title": "Alku",
        },
    )
    assert order(page) == [
        "18:00 1. Mitä tapahtui edellisestä",
        "19:00 2. Alku",
        "19:05 3. Seuraava tapaaminen",
    ]
    assert "Maria Sund" in page.text


def test_less_and_more_go_by_fives(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit("More minutes: Avaus")
    assert "“Avaus” now takes 10 min." in page.text
    page = page.submit("Fewer minutes: Avaus").submit("Fewer minutes: Avaus")
    assert "“Avaus” now takes 1 min." in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "Write the minutes as a number, for example 15."),
        ("", "Write the minutes as a number, for example 15."),
        ("-5", "Write the minutes as a number, for example 15."),
        ("0", "An item takes from 1 to 480 minutes."),
        ("481", "An item takes from 1 to 480 minutes."),
        ("99999999999999999999", "Write the minutes as a number, for example 15."),
        ("9" * 10_000, "The text is too long"),
    ],
)
def test_wrong_minutes_are_told_at_their_row_and_nothing_is_half_saved(
    cast: Cast, browser: Browser, typed: str, sentence: str
) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit(
        "Save minutes", 422, **{f"item-{first}-minutes": "20", f"item-{second}-minutes": typed}
    )
    assert page.title.startswith("Error:")
    boxes = {one.get("name"): one for one in page.all("input")}
    assert boxes[f"item-{first}-minutes"].get("value") == "20"
    assert boxes[f"item-{second}-minutes"].get("value") == typed
    assert boxes[f"item-{second}-minutes"].get("aria-invalid") == "true"
    wrong = next(one for one in page.all("p") if one.get("id") == f"item-{second}-minutes-error")
    assert sentence in words(wrong)
    assert [one.minutes for one in db.session.get_one(Meeting, meeting).items] == [5, 10, 5]
    page = page.submit("Save minutes", **{f"item-{second}-minutes": "15"})
    assert [one.minutes for one in db.session.get_one(Meeting, meeting).items] == [20, 15, 5]


def test_an_item_of_ones_own(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit("Add the item", 422, new_minutes="10")
    assert "Write what the item is called." in page.text
    page = page.submit(
        "Add the item", new_title="Kahvi", new_kind="break", new_minutes="15 min", new_standing="y"
    )
    assert order(page)[2:] == ["18:15 Kahvi", "18:30 3. Seuraava tapaaminen"]
    item = db.session.get_one(Meeting, meeting).items[2]
    assert (item.kind, item.minutes, item.standing, item.topic_id) == (ItemKind.BREAK, 15, True, None)


def test_the_same_item_sent_twice_is_added_once(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    for _ in range(2):
        page.submit("Add the item", new_title="Kahvi", new_kind="break")
    assert len(ids(meeting)) == 4
    page.submit("Add the item", new_title="Toinen", new_kind="other")
    assert len(ids(meeting)) == 5


def test_the_over_run_is_said_in_words(cast: Cast, browser: Browser) -> None:
    long = make.meeting(cast.north)
    make.item(long, "Pitkä", 95)
    meeting = long.id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert "95 / 90 min – 5 minutes too many" in page.text
    assert "The meeting would end at 19:35. Shorten or move one topic." in page.text


def test_a_coordinator_of_another_table_meets_nothing(cast: Cast, app) -> None:
    meeting = evening(cast)
    Browser(app).sign_in(cast.olli).get(f"/meetings/{meeting}/edit", 404)
    Browser(app).sign_in(cast.sari).get(f"/meetings/{meeting}/edit", 403)
    assert "/sign-in" in Browser(app).raw(f"/meetings/{meeting}/edit").location
    own = make.meeting(cast.south).id
    foreign = make.topic(cast.north, state=TopicState.ACCEPTED).id
    browser = Browser(app).sign_in(cast.olli)
    press(browser, own, f"put-{foreign}", 404)
    page = press(browser, own, f"up-{ids(meeting)[1]}", 422)
    assert "Somebody else took the item off" in page.text


@pytest.mark.parametrize(
    "what", ["", "up", "up-", "up-0", "up-999999999", "up--1", "put-x", "dance-1", "up-٣"]
)
def test_forged_presses_change_nothing(cast: Cast, browser: Browser, what: str) -> None:
    meeting = evening(cast)
    before = ids(meeting)
    page_status = {
        "up": 422,
        "up-": 422,
        "up-0": 422,
        "up-999999999": 422,
        "up--1": 422,
        "put-x": 404,
        "up-٣": 422,
    }
    press(browser.sign_in(cast.maria), meeting, what, page_status.get(what, 200))
    assert ids(meeting) == before


def test_a_forged_token_is_refused(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    browser.sign_in(cast.maria).post(
        f"/meetings/{meeting}/edit", {"csrf_token": "forged", "press": f"down-{ids(meeting)[0]}"}, 400
    )


def test_what_cannot_be_saved_is_told_and_kept(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    page = page.submit("Save minutes", 422, **{f"item-{first}-title": "x" * 10_000})
    assert "The text is too long" in page.text
    page = page.submit("Save minutes", 422, **{f"item-{first}-title": ""})
    assert "Write what the item is called." in page.text


def test_an_item_with_notes_stays(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast, state=MeetingState.PUBLISHED)
    now = utc_now()
    db.session.add(
        Note(
            agenda_item_id=ids(meeting)[0],
            operation="x" * 20,
            text="a",
            html="a",
            created_at=now,
            changed_at=now,
        )
    )
    db.session.commit()
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("Remove: Avaus", 422)
    assert "The item has notes or follow-ups, so it stays on the agenda." in page.text


@pytest.mark.parametrize("state", [MeetingState.MEMO_PUBLISHED, MeetingState.CANCELLED])
def test_what_is_over_no_longer_changes(cast: Cast, browser: Browser, state: MeetingState) -> None:
    meeting = evening(cast, state=state, published_at=utc_now())
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit", 409)
    assert "the agenda no longer changes" in page.text


def test_a_wish_of_a_late_hour_passes_midnight(cast: Cast, browser: Browser) -> None:
    late = make.meeting(cast.north, starts=time(23, 30))
    make.item(late, "A", 45)
    make.item(late, "B", 45)
    meeting = late.id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert order(page) == ["23:30 1. A", "0:15 2. B"]


def test_characters_that_cannot_be_saved_are_told(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    typed = {f"item-{first}-title": "A\x00B", f"item-{first}-minutes": "5\x07"}
    page = page.submit("Save minutes", 422, **typed)
    assert "The text has characters that cannot be saved." in page.text
