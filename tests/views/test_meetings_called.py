"""Meetings called together in a browser, and their details changed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Meeting
from tests import make
from tests.cast import Cast
from tests.page import Browser, words
from tests.views.meeting_stage import SOON, TYPED, only_meeting, ready

# Calling together


def test_a_coordinator_calls_a_first_meeting_and_gets_the_frame(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["minutes"], boxes["place"]) == ("90", "Koivurannan koulu")
    page = page.submit("Make the draft", day=TYPED, starts="18")
    assert page.h1 == "Build the agenda"
    meeting = only_meeting()
    assert [(one.title, one.minutes, one.standing) for one in meeting.items] == [
        ("Avaus ja esittäytyminen", 5, True),
        ("Mitä tapahtui edellisestä", 10, True),
        ("Seuraava tapaaminen ja päätteeksi", 5, True),
    ]
    assert meeting.items[0].title_sv == "Öppning och presentation"
    assert (meeting.state, meeting.minutes, meeting.place) == (MeetingState.DRAFT, 90, "Koivurannan koulu")


def test_what_is_left_empty_comes_from_the_table(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    page.submit("Make the draft", table=str(cast.north), day=TYPED, starts="18.00", minutes="", place="")
    assert (only_meeting().minutes, only_meeting().place) == (90, "Koivurannan koulu")


def test_the_next_meeting_copies_the_standing_items_of_the_last(cast: Cast, browser: Browser) -> None:
    last = make.meeting(cast.north, date(2026, 9, 1), state=MeetingState.MEMO_PUBLISHED)
    make.item(last, "Kahvit", 15, standing=True, presenter="Kyläyhdistys")
    make.item(last, "Kertaluonteinen", 30)
    called_off = make.meeting(cast.north, date(2026, 10, 1), state=MeetingState.CANCELLED)
    make.item(called_off, "Peruttu", standing=True)
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    page.submit("Make the draft", day=TYPED, starts="18")
    made = db.session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert made is not None
    assert [(one.title, one.minutes, one.presenter) for one in made.items] == [("Kahvit", 15, "Kyläyhdistys")]


def test_an_empty_agenda_when_nothing_is_copied(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    data: dict[str, object] = {"csrf_token": token, "table": cast.south, "day": TYPED, "starts": "18"}
    browser.post("/meetings/new", data)
    assert only_meeting().items == []


def test_a_coordinator_of_one_table_is_offered_only_that(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.olli).get("/meetings/new")
    assert [words(one) for one in page.all("option")] == ["Eteläinen lähikumppanuuspöytä"]
    page = page.submit("Make the draft", 422, table=str(cast.north), day=TYPED, starts="18")
    assert "Choose the partnership table." in page.text
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "", "Write the day of the meeting."),
        ("day", "31.2.2027", "There is no such day."),
        ("day", "abc", "Write the date like this: 12.2.2027."),
        ("day", "12.2.9999", "Check the year of the date."),
        ("starts", "", "Write when the meeting starts."),
        ("starts", "25", "Write the time like this: 18.00."),
        ("minutes", "abc", "Write the minutes as a number"),
        ("minutes", "-5", "Write the minutes as a number"),
        ("minutes", "0", "An item takes from 1 to 480 minutes."),
        ("minutes", "14", "A meeting takes from 15 to 480 minutes."),
        ("place", "x" * 10_000, "The text is too long"),
        ("remote_url", "javascript:alert(1)", "Paste the whole link. It begins with https://."),
        ("remote_url", "https://[", "Paste the whole link."),
        ("table", "abc", "Choose the partnership table."),
        ("table", "99999999999999999999", "Choose the partnership table."),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    cast: Cast, browser: Browser, field: str, typed: str, sentence: str
) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    typed_all: dict[str, object] = {"table": str(cast.north), "day": TYPED, "starts": "18", field: typed}
    page = page.submit("Make the draft", 422, **typed_all)
    assert sentence in page.text
    wrong = [one for one in page.all("p") if one.get("id") == f"{field}-error"]
    assert len(wrong) == 1
    if field != "table":
        kept = {one.get("name"): one.get("value") for one in page.all("input")}
        assert kept[field] == typed
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


def test_the_same_draft_sent_twice_is_made_once(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new?table=etela")
    for _ in range(2):
        assert page.submit("Make the draft", day=TYPED, starts="18").h1 == "Build the agenda"
    assert db.session.scalar(select(func.count(Meeting.id))) == 1


# Details


def test_two_who_change_the_details_hear_of_each_other(cast: Cast, app) -> None:
    meeting = make.meeting(cast.south, SOON, place="Kylätalo").id
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    there = Browser(app).sign_in(cast.olli).get(f"/meetings/{meeting}/details")
    there.submit("Save the details", place="Kirjasto")
    page = here.submit("Save the details", 422, starts="17.15")
    assert "Olli Kivi changed the meeting after you opened this page." in page.text
    assert "Kirjasto" in page.text
    kept = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (kept["starts"], kept["place"]) == ("17.15", "Kylätalo")
    page.submit("Save the details", place="Kirjasto")
    assert (only_meeting().starts.hour, only_meeting().place) == (17, "Kirjasto")


def test_a_move_on_the_agenda_is_no_conflict_with_the_details(cast: Cast, app) -> None:
    meeting = ready(cast)
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("Move down: Avaus")
    assert "The details are saved." in here.submit("Save the details", place="Kirjasto").text


def test_saving_what_has_not_changed_tells_nobody(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, state=MeetingState.PUBLISHED, published_at=utc_now() + timedelta(minutes=1))
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/details").submit("Save the details")
    assert (only_meeting().sequence, only_meeting().revision) == (0, 1)


def test_bad_details_are_told_and_kept(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, SOON).id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    page = page.submit("Save the details", 422, day="abc", remote_url="ftp://x", minutes="")
    assert "Write the date like this: 12.2.2027." in page.text
    assert "Write how long the meeting is." in page.text
    page = page.submit("Save the details", 422, day=TYPED, minutes="90")
    assert "Paste the whole link." in page.text
