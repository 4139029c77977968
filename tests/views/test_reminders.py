"""The page of a meeting's reminders, and the settings behind them."""

from datetime import date, time

import pytest
from flask import Flask

from app.domain.reminders import DAY, HOUR
from app.extensions import db
from app.models import Municipality, PartnershipTable
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page
from tests.reminder_stage import WEEK, at, count, make_due, published, rows

THURSDAY = date(2027, 2, 11)
TOLD = date(2027, 1, 20)


@pytest.fixture
def evening(app: Flask, cast: Cast) -> int:
    """A meeting on Thursday 11.2.2027 at 18, published and told of three weeks before."""
    with at(TOLD):
        return published(cast, THURSDAY)


def opened(app: Flask, cast: Cast, evening: int) -> Page:
    return Browser(app).sign_in(cast.maria).get(f"/meetings/{evening}").follow("Reminders")


def test_the_page_says_when_each_goes_and_a_press_restates_it(app: Flask, cast: Cast, evening: int) -> None:
    with at(TOLD):
        page = opened(app, cast, evening)
        assert "7 days before Thursday 4 February 2027, 18:00 Waits for approval" in page.text
        assert "1 day before Wednesday 10 February 2027, 18:00 Waits for approval" in page.text
        (press,) = [words for words in _buttons(page) if words.startswith("Approve")]
        readers = int(press.split()[-2])
        assert f"each goes to {readers} readers." in page.text
        page = page.submit(press)
        assert "2 reminders are approved. They go by themselves at their times." in page.text
        assert "Approved" in page.text
        assert not [words for words in _buttons(page) if words.startswith("Approve")]
    with at(date(2027, 2, 4), time(18)):
        assert make_due() == readers == count()
        page = Browser(app).sign_in(cast.maria).get(f"/meetings/{evening}/reminders")
        assert "Written 4 February 2027 at 18:00 Letters are made" in page.text


def _buttons(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.all("button")]


def test_a_reminder_is_added_and_taken_off(app: Flask, cast: Cast, evening: int) -> None:
    with at(TOLD):
        page = opened(app, cast, evening).submit("Add", before="2 hours")
        assert "The reminder is added." in page.text
        assert "2 hours before Thursday 11 February 2027, 16:00" in page.text
        page = page.submit("Take off: 7 days before")
        assert "The reminder is taken off." in page.text
    assert [one.minutes_before for one in rows(evening)] == [DAY, 2 * HOUR]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Write how long before the meeting the reminder goes."),
        ("pian", "Write days or hours with commas between them"),
        ("2 days, 3 days", "Write one time, for example: 3 days."),
        ("1 day", "There is such a reminder already."),
        ("60 days", "That moment has gone already."),
        ("61 days", "A reminder goes from one hour to 60 days before the meeting."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(
    app: Flask, cast: Cast, evening: int, typed: str, says: str
) -> None:
    with at(TOLD):
        page = opened(app, cast, evening).submit("Add", status=422, before=typed)
    assert says in page.text
    assert page.all("input", name="before")[0].get("value") == typed


def test_a_press_on_an_old_page_approves_nothing(app: Flask, cast: Cast, evening: int) -> None:
    with at(TOLD):
        page = opened(app, cast, evening)
        opened(app, cast, evening).submit("Add", before="3 days")
        (press,) = [words for words in _buttons(page) if words.startswith("Approve 2 reminders")]
        page = page.submit(press, status=409)
        assert "have changed meanwhile" in page.text
        assert "Approve 3 reminders" in page.text
    assert not any(one.approved_at for one in rows(evening))


def test_a_draft_says_what_it_will_get(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north)
    page = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting.id}/reminders")
    assert "when its agenda is published: 7 days, 1 day." in page.text


def test_after_the_start_nothing_can_be_changed(app: Flask, cast: Cast, evening: int) -> None:
    with at(THURSDAY, time(12)):
        page = opened(app, cast, evening)
    with at(THURSDAY, time(18)):
        later = Browser(app).sign_in(cast.maria).get(f"/meetings/{evening}/reminders")
        assert "Does not go: its time has passed" in later.text
        assert not [words for words in _buttons(later) if words in ("Add", "Take off")]
        page.submit("Add", status=409, before="2 hours")
    assert len(rows(evening)) == 2


def test_only_those_who_build_the_agenda_see_the_page(app: Flask, cast: Cast, evening: int) -> None:
    for email in (cast.timo, cast.pekka):
        Browser(app).sign_in(email).get(f"/meetings/{evening}/reminders", 403)
    Browser(app).sign_in(cast.olli).get(f"/meetings/{evening}/reminders", 404)


def test_a_table_s_usual_reminders_are_set_in_words(app: Flask, cast: Cast) -> None:
    page = Browser(app).sign_in(cast.maria).get(f"/settings/tables/{cast.north}")
    assert page.all("input", name="reminders")[0].get("value") == "7 days, 1 day"
    page = page.submit("Save", status=422, reminders="soon")
    assert "Write days or hours with commas between them" in page.text
    page.submit("Save", reminders="1 week, 3 h")
    assert db.session.get_one(PartnershipTable, cast.north).reminders == f"{WEEK},{3 * HOUR}"
    page = Browser(app, "fi").sign_in(cast.maria).get(f"/settings/tables/{cast.north}")
    button = page.all("button")[-1]
    page.submit("".join(button.itertext()).strip(), reminders="")
    assert db.session.get_one(PartnershipTable, cast.north).reminders == ""


@pytest.mark.parametrize(("typed", "kept"), [("0", 0), ("15", 15), ("120", 120)])
def test_how_long_changes_wait_is_set(app: Flask, cast: Cast, typed: str, kept: int) -> None:
    page = Browser(app).sign_in(cast.maria).get("/settings/municipality")
    page.submit("Save", fold_minutes=typed)
    assert db.session.get_one(Municipality, 1).fold_minutes == kept


@pytest.mark.parametrize("typed", ["", "-1", "121", "hetki", "1,5"])
def test_a_wait_that_cannot_be_is_refused(app: Flask, cast: Cast, typed: str) -> None:
    page = Browser(app).sign_in(cast.maria).get("/settings/municipality")
    page = page.submit("Save", status=422, fold_minutes=typed)
    assert page.all("input", name="fold_minutes")[0].get("value") == typed
    assert db.session.get_one(Municipality, 1).fold_minutes == 5
