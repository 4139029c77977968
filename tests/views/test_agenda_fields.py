"""Fixed starts, minutes kept free, and presses that mean the same when they are pressed twice."""

from datetime import date, time

import pytest

from app.domain.agenda import ItemKind
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Meeting, Person, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page, fields_of, words
from tests.views.agenda_stage import evening, ids, order, press


def row(page: Page, item: int) -> str:
    return words(next(one for one in page.all("li") if one.get("id") == f"item-{item}"))


def edit(browser: Browser, meeting: int) -> Page:
    return browser.get(f"/meetings/{meeting}/edit")


def test_a_fixed_start_is_waited_for_and_minutes_are_kept_free(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, _third = ids(meeting)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit(
        "Save minutes",
        **{f"item-{second}-fixed_start": "klo 18.30", f"item-{first}-buffer_minutes": "10 min"},
    )
    assert order(page) == [
        "18:00 1. Avaus",
        "18:30 2. Mitä tapahtui edellisestä",
        "18:40 3. Seuraava tapaaminen",
    ]
    assert "10 minutes free after it" in row(page, first)
    assert "15 minutes free before this" in row(page, second)
    assert "Starts exactly at 18:30" in row(page, second)
    assert "45 / 90 min" in page.text
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert boxes[f"item-{second}-fixed_start"] == "18.30"
    page = page.submit(
        "Save minutes", **{f"item-{second}-fixed_start": "", f"item-{first}-buffer_minutes": "0"}
    )
    assert order(page)[1] == "18:05 2. Mitä tapahtui edellisestä"
    item = db.session.get_one(AgendaItem, second)
    assert (item.fixed_start, db.session.get_one(AgendaItem, first).buffer_minutes) == (None, 0)


def test_a_missed_start_says_what_to_do_and_does_it(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north)
    make.item(meeting, "Avaus", 50)
    coffee = make.item(meeting, "Kahvi", 10, kind=ItemKind.BREAK, fixed_start=time(18, 45)).id
    meeting_id = meeting.id
    page = edit(browser.sign_in(cast.maria), meeting_id)
    assert "This should start at 18:45, now 18:50. Shorten what is before it by 5 minutes." in row(
        page, coffee
    )
    assert "“Avaus”: 45 min instead of 50" in row(page, coffee)
    page = page.submit("Do this")
    assert order(page) == ["18:00 1. Avaus", "18:45 Kahvi"]
    assert "This should start" not in page.text
    page = page.submit("Undo: the advice about “Kahvi” was followed")
    assert order(page)[1] == "18:50 Kahvi"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("fixed_start", "17.30", "The meeting begins at 18.00 and takes 90 min. Write a time during it."),
        ("fixed_start", "19.30", "The meeting begins at 18.00 and takes 90 min."),
        ("fixed_start", "25.00", "Write the time like this: 18.00."),
        ("fixed_start", "kuudelta", "Write the time like this: 18.00."),
        ("buffer_minutes", "-5", "Write the minutes as a number, for example 15."),
        ("buffer_minutes", "300", "At most 120 minutes can be kept free."),
        ("buffer_minutes", "paljon", "Write the minutes as a number, for example 15."),
    ],
)
def test_times_that_cannot_be_are_told_at_their_field(
    cast: Cast, browser: Browser, name: str, typed: str, sentence: str
) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit(
        "Save minutes", 422, **{f"item-{first}-{name}": typed, f"item-{second}-presenter": "Maria Sund"}
    )
    boxes = {one.get("name"): one for one in page.all("input")}
    wrong = next(one for one in page.all("p") if one.get("id") == f"item-{first}-{name}-error")
    assert sentence in words(wrong)
    assert boxes[f"item-{first}-{name}"].get("value") == typed
    assert boxes[f"item-{second}-presenter"].get("value") == "Maria Sund"
    assert db.session.get_one(AgendaItem, second).presenter is None
    box = next(one for one in page.all("details") if one.get("id") == f"words-{first}")
    assert box.get("open") is not None


def test_a_start_outside_a_meeting_that_was_moved_is_said(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, starts=time(20))
    item = make.item(meeting, "Kahvi", 10, fixed_start=time(18, 45)).id
    page = edit(browser.sign_in(cast.maria), meeting.id)
    assert "This should start at 18:45, which is not during the meeting." in row(page, item)


@pytest.mark.parametrize(
    ("day", "starts", "fixed", "shown"),
    [
        (date(2027, 2, 12), time(23, 30), "0.15", "0:15"),
        (date(2027, 3, 28), time(2, 30), "4.00", "4:00"),  # clocks skip 03.00-04.00
        (date(2027, 10, 31), time(2, 30), "4.00", "4:00"),  # and here they show it twice
    ],
)
def test_nights_of_two_days_or_of_a_changing_clock(
    cast: Cast, browser: Browser, day: date, starts: time, fixed: str, shown: str
) -> None:
    meeting = make.meeting(cast.north, day, starts, minutes=180)
    make.item(meeting, "A", 10)
    item = make.item(meeting, "B", 10).id
    meeting_id = meeting.id
    page = edit(browser.sign_in(cast.maria), meeting_id)
    page = page.submit("Save minutes", **{f"item-{item}-fixed_start": fixed})
    assert order(page)[1] == f"{shown} 2. B"


def test_a_start_that_the_night_skips_is_refused(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, date(2027, 3, 28), time(2, 30), minutes=180)
    item = make.item(meeting, "A", 10).id
    page = edit(browser.sign_in(cast.maria), meeting.id)
    page = page.submit("Save minutes", 422, **{f"item-{item}-fixed_start": "3.30"})
    assert "The clock skips this time" in page.text


def test_minus_and_plus_pressed_twice_are_pressed_once(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    page = edit(browser.sign_in(cast.maria), meeting)
    for _ in range(2):  # the second press of the same page, as a double click without script
        page.submit("More minutes: Avaus")
    assert db.session.get_one(AgendaItem, first).minutes == 10
    page = edit(browser, meeting)
    for _ in range(2):  # over minutes that were typed it steps from those
        page.submit("More minutes: Avaus", **{f"item-{first}-minutes": "22"})
    assert db.session.get_one(AgendaItem, first).minutes == 25


def test_arrows_pressed_twice_move_once(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, third = ids(meeting)
    page = edit(browser.sign_in(cast.maria), meeting)
    for _ in range(2):
        page.submit("Move down: Avaus")
    assert ids(meeting) == [second, first, third]


def test_plus_over_what_somebody_else_gave_is_told(cast: Cast, app) -> None:
    meeting = evening(cast)
    here = edit(Browser(app).sign_in(cast.maria), meeting)
    edit(Browser(app).sign_in(cast.maria), meeting).submit(
        "Save minutes", **{f"item-{ids(meeting)[0]}-minutes": "30"}
    )
    page = here.submit("More minutes: Avaus", 422)
    assert "Somebody else changed this to “30” meanwhile." in page.text


def test_an_item_being_written_is_kept_while_another_button_is_pressed(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit("Move down: Avaus", new_title="Kahvi", new_kind="break", new_minutes="15")
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["new_title"], boxes["new_minutes"]) == ("Kahvi", "15")
    details = next(one for one in page.all("details") if one.get("id") == "new-item")
    assert details.get("open") is not None
    page = page.submit("Add the item")
    assert order(page)[2].endswith("Kahvi")
    assert {one.get("name"): one.get("value") for one in page.all("input")}["new_title"] == ""
    other = make.meeting(cast.north).id
    page = edit(browser, other)
    assert {one.get("name"): one.get("value") for one in page.all("input")}["new_title"] == ""


def test_a_typed_place_is_kept_or_taken_at_its_word(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, third = ids(meeting)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit("More minutes: Avaus", **{f"item-{third}-place": "1"})
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert boxes[f"item-{third}-place"] == "1"
    assert ids(meeting) == [first, second, third]
    page = page.submit("Save minutes")
    assert ids(meeting) == [third, first, second]
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert boxes[f"item-{third}-place"] == ""


HOSTILE = (
    "",
    "ä" * 10_001,
    "a\x00b",
    "<script>alert(1)</script>",
    "{{ 7*7 }} %(x)s {}",
    "-5",
    "9" * 25,
    "25.61",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_breaks_the_builder(cast: Cast, app, typed: str) -> None:
    meeting = make.meeting(cast.north)
    topic = make.topic(cast.north, state=TopicState.ACCEPTED).id
    item = make.item(meeting, "Avaus {} <b>", 95)
    item.officials = [db.session.query(Person).filter_by(email=cast.pekka).one()]
    db.session.commit()
    meeting_id, item_id = meeting.id, item.id
    app.testing = False
    browser = Browser(app).sign_in(cast.maria)
    page = edit(browser, meeting_id)
    assert page.all("button", aria_label="Move up: Avaus {} <b>")
    names = [str(one.get("name")) for one in page.all("input") if one.get("type") == "text"]
    numbers = (item_id, topic, 1, 0)
    for verb in (
        "save",
        "search",
        "place",
        "minutes",
        "undo",
        "cure",
        "fit",
        "need",
        "unneed",
        "up",
        "add",
        "put",
    ):
        for value in (
            verb,
            f"{verb}-{typed}",
            *(f"{verb}-{one}-{two}" for one in numbers for two in numbers),
        ):
            data = {
                **fields_of(page.form_of("Save minutes")[0]),
                **dict.fromkeys(names, typed),
                "press": value,
            }
            answer = browser.client.post(
                f"/meetings/{meeting_id}/edit", data=data, base_url="http://127.0.0.1:5000"
            )
            assert answer.status_code < 500, value
            assert "<script>alert" not in answer.text
    app.testing = True


def test_an_over_full_agenda_is_given_ways_out(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north)
    make.item(meeting, "Pitkä", 60)
    topic = make.topic(cast.north, "Kylätien valot", state=TopicState.ON_AGENDA).id
    make.item(meeting, about=db.session.get_one(Topic, topic), minutes=40)
    meeting_id = meeting.id
    page = edit(browser.sign_in(cast.maria), meeting_id)
    assert "Suggest a solution" in page.text
    assert "Shorten: “Pitkä”: 50 min instead of 60." in page.text
    assert "Leave to the next meeting: Kylätien valot." in page.text  # the browser draws the quotes
    buttons = [
        str(one.get("value")) for one in page.all("button") if str(one.get("value")).startswith("fit-")
    ]
    assert len(buttons) >= 2
    page = press(browser, meeting_id, buttons[-1])
    assert order(page) == ["18:00 1. Pitkä"]
    assert db.session.get_one(Topic, topic).state is TopicState.ACCEPTED
    page = press(browser, meeting_id, buttons[0])  # it fits already: nothing more is done
    assert db.session.get_one(Meeting, meeting_id).items[0].minutes == 60
    page = page.submit("Undo: the agenda was made to fit")
    assert "100 / 90 min" in page.text
    assert db.session.get_one(Topic, topic).state is TopicState.ON_AGENDA
    page = press(browser, meeting_id, "fit-1", 422)
    assert "The agenda has changed meanwhile. Read the advice again." in page.text


def test_a_topic_that_left_the_agenda_by_itself_is_pointed_out(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north)
    item = make.item(meeting, about=make.topic(cast.north, state=TopicState.WITHDRAWN)).id
    meeting_id = meeting.id
    page = edit(browser.sign_in(cast.maria), meeting_id)
    assert "The topic of this item is no longer meant for the agenda." in row(page, item)
    page = page.submit(
        next(str(b.get("aria-label")) for b in page.all("button") if b.get("id") == f"remove-{item}")
    )
    assert ids(meeting_id) == []


def test_presenters_of_swedish_pages_have_their_swedish_names(cast: Cast, app) -> None:
    meeting = make.meeting(cast.north)
    make.item(meeting, "Avaus", presenter="Tekninen toimi")
    page = edit(Browser(app, "sv").sign_in(cast.maria), meeting.id)
    assert "Tekniska sektorn" in page.text
