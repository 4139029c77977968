"""Officials in the builder: who is needed where, when each is there, and what cures a clash."""

from datetime import time

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting, Organisation, Person, Statement, Topic
from app.services import windows
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser, Page, words
from tests.views.agenda_stage import evening, ids, order, press


def person(email: str) -> int:
    return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def edit(browser: Browser, meeting: int) -> Page:
    return browser.get(f"/meetings/{meeting}/edit")


def with_window(cast: Cast, arrives: time | None, leaves: time | None) -> tuple[int, int, int]:
    """An evening whose third item (18.35 to 18.50) needs Pekka, and his window."""
    meeting = make.meeting(cast.north)
    make.item(meeting, "Avaus", 5)
    make.item(meeting, "Tiet", 30, kind=ItemKind.DISCUSSION)
    item = make.item(meeting, "Valot", 15, kind=ItemKind.DISCUSSION)
    pekka = db.session.get_one(Person, person(cast.pekka))
    item.officials = [pekka]
    db.session.add(
        AttendanceWindow(meeting_id=meeting.id, person_id=pekka.id, arrives=arrives, leaves=leaves)
    )
    db.session.commit()
    return meeting.id, item.id, pekka.id


def test_an_official_is_chosen_for_an_item_and_taken_off(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    first, second, _ = ids(meeting)
    page = edit(browser.sign_in(cast.maria), meeting)
    assert "Officials present" not in page.text
    names = {words(one) for one in page.all("option")}
    assert {"Pekka Niemi", "Maria Sund"} <= names
    assert not names & {
        "Aino Mäkelä",
        "Veikko Salo",
        "Leena Aalto",
    }  # of the village, a reader, another table
    page = page.submit("Add the official: Avaus", **{f"item-{first}-official": str(person(cast.pekka))})
    assert "Pekka Niemi, present throughout" in page.text
    assert "Officials present" in page.text
    # Any other button saves the choice too.
    page = page.submit("Move down: Avaus", **{f"item-{second}-official": str(person(cast.maria))})
    assert "Maria Sund, present throughout" in page.text
    page = page.submit("Take off Pekka Niemi: Avaus")
    assert "“Avaus” does without the official now." in page.text
    assert "Pekka Niemi, present" not in page.text


@pytest.mark.parametrize("who", ["aino", "leena", "999999", "x"])
def test_nobody_else_can_be_chosen(cast: Cast, browser: Browser, who: str) -> None:
    meeting = evening(cast)
    first = ids(meeting)[0]
    value = str(person(getattr(cast, who))) if hasattr(cast, who) else who
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit("Save minutes", 200 if who == "x" else 422, **{f"item-{first}-official": value})
    assert ("Choose from the list." in page.text) is (who != "x")
    assert db.session.get_one(AgendaItem, first).officials == []


def test_the_tables_own_officials_come_first_and_everybody_can_be_chosen(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    department = db.session.get_one(Organisation, cast.technical)
    for name in ("Aapo Aalto", "Bertta Berg"):
        db.session.add(Person(name=name, email=f"{name[0]}@x.example", organisation=department))
    db.session.commit()
    *at_table, last_but_one, last = [one.name for one in windows.officials_of(cast.north)]
    assert (last_but_one, last) == ("Aapo Aalto", "Bertta Berg")
    assert at_table == sorted(at_table)
    assert {"Pekka Niemi", "Maria Sund"} <= set(at_table)
    monkeypatch.setattr(windows, "MOST_OFFICIALS", len(at_table))
    assert [one.name for one in windows.officials_of(cast.north)] == at_table
    # The list was drawn before: whom it no longer reaches may be needed all the same.
    meeting = evening(cast)
    first = ids(meeting)[0]
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit("Save minutes", **{f"item-{first}-official": str(person("B@x.example"))})
    assert "Bertta Berg, present throughout" in page.text


def test_times_are_typed_shown_and_cleared(cast: Cast, browser: Browser) -> None:
    meeting, _, pekka = with_window(cast, None, None)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit(
        "Save the times", **{f"window-{pekka}-arrives": "18", f"window-{pekka}-leaves": "19:10"}
    )
    assert "Pekka Niemi, present until 19:10" in page.text
    page = page.submit("Save the times", **{f"window-{pekka}-arrives": "18.30", f"window-{pekka}-leaves": ""})
    assert "Pekka Niemi, present from 18:30" in page.text
    assert "18:30–19:30" in page.text
    page = page.submit("Save the times", **{f"window-{pekka}-arrives": ""})
    assert "Pekka Niemi, present throughout" in page.text
    assert db.session.scalars(select(AttendanceWindow)).all() == []


@pytest.mark.parametrize(
    ("arrives", "leaves", "sentence"),
    [
        ("19.00", "18.30", "This is before the official comes. Check both times."),
        ("", "17.00", "This is before the official comes. Check both times."),
        ("20.00", "", "The meeting has ended by then. Check the time."),
        ("kuudelta", "", "Write the time like this: 18.00."),
    ],
)
def test_times_that_cannot_be_are_told(
    cast: Cast, browser: Browser, arrives: str, leaves: str, sentence: str
) -> None:
    meeting, _, pekka = with_window(cast, None, None)
    page = edit(browser.sign_in(cast.maria), meeting)
    page = page.submit(
        "Save the times", 422, **{f"window-{pekka}-arrives": arrives, f"window-{pekka}-leaves": leaves}
    )
    assert sentence in page.text
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert boxes[f"window-{pekka}-arrives"] == arrives
    assert boxes[f"window-{pekka}-leaves"] == leaves


def test_the_same_time_changed_by_two_is_told(cast: Cast, app) -> None:
    meeting, _, pekka = with_window(cast, time(18, 10), None)
    here = edit(Browser(app).sign_in(cast.maria), meeting)
    edit(Browser(app).sign_in(cast.maria), meeting).submit(
        "Save the times", **{f"window-{pekka}-arrives": "18.20"}
    )
    page = here.submit("Save the times", 422, **{f"window-{pekka}-arrives": "18.30"})
    assert "Somebody else changed this to “18.20” meanwhile." in page.text


@pytest.mark.parametrize(
    ("arrives", "leaves", "says", "after"),
    [
        (
            None,
            time(18, 45),
            "The item ends at 18:50, but Pekka Niemi is present only until 18:45. Move it to place 2.",
            ["18:00 1. Avaus", "18:05 2. Valot", "18:20 3. Tiet"],
        ),
        (
            time(18, 30),
            time(18, 45),
            "The item ends at 18:50, but Pekka Niemi is present only until 18:45. "
            "Shorten what is before it by 5 minutes. “Tiet”: 25 min instead of 30.",
            ["18:00 1. Avaus", "18:05 2. Tiet", "18:30 3. Valot"],
        ),
    ],
)
def test_a_clash_is_cured_by_one_press(
    cast: Cast, browser: Browser, arrives: time | None, leaves: time, says: str, after: list[str]
) -> None:
    meeting, item, pekka = with_window(cast, arrives, leaves)
    page = edit(browser.sign_in(cast.maria), meeting)
    assert says in page.text
    button = next(one for one in page.all("button") if one.get("id") == f"cure-{item}-{pekka}")
    page = press(browser, meeting, str(button.get("value")))
    assert order(page) == after
    assert "Notice:" not in page.text
    # The same press again finds nothing to cure.
    page = press(browser, meeting, str(button.get("value")))
    assert order(page) == after


@pytest.mark.parametrize(
    ("arrives", "leaves", "says"),
    [
        (time(18, 55), None, "Ask Pekka Niemi to come at 18:35."),
        (None, time(18, 4), "Ask Pekka Niemi to stay until 18:50."),
        (
            time(18, 40),
            time(18, 42),
            "The item is from 18:35 to 18:50, but Pekka Niemi is present only from 18:40 to 18:42. "
            "Ask Pekka Niemi to come at 18:35. Ask Pekka Niemi to stay until 18:50.",
        ),
    ],
)
def test_what_nothing_cures_is_asked_of_the_official(
    cast: Cast, browser: Browser, arrives: time | None, leaves: time | None, says: str
) -> None:
    meeting, item, pekka = with_window(cast, arrives, leaves)
    page = edit(browser.sign_in(cast.maria), meeting)
    assert says in page.text
    assert f"cure-{item}-{pekka}" not in {one.get("id") for one in page.all("button")}
    page = press(browser, meeting, f"cure-{item}-{pekka}-1", 422)
    assert "The agenda has changed meanwhile. Read the advice again." in page.text


def test_advice_that_has_changed_is_not_followed(cast: Cast, browser: Browser) -> None:
    meeting, item, pekka = with_window(cast, None, time(18, 45))
    page = edit(browser.sign_in(cast.maria), meeting)
    value = next(
        str(one.get("value")) for one in page.all("button") if one.get("id") == f"cure-{item}-{pekka}"
    )
    row = db.session.get_one(Meeting, meeting)
    row.items[0].minutes = 35
    db.session.commit()
    before = ids(meeting)
    press(browser, meeting, value, 422)
    assert ids(meeting) == before


def test_the_pool_tells_what_speaks_for_a_topic(cast: Cast, browser: Browser) -> None:
    meeting = evening(cast)
    make.topic(cast.north, "Vanha", state=TopicState.POSTPONED, wished_minutes=20)
    late = make.topic(
        cast.north,
        "Myöhäinen",
        state=TopicState.ACCEPTED,
        granted_minutes=5,
        wished_minutes=30,
        late_for_id=meeting,
        recurring=True,
        organisation_id=cast.koivuranta,
    ).id
    now = utc_now()
    body = db.session.get_one(Organisation, cast.technical)
    db.session.add(
        Statement(
            topic_id=late,
            organisation_id=body.id,
            token="s" * 30,
            question="Paljonko?",
            answer="Kolme tuhatta euroa.",
            asked_at=now,
            answered_at=now,
            due_on=now.date(),
        )
    )
    db.session.commit()
    page = edit(browser.sign_in(cast.maria), meeting)
    rows = {one.get("id"): words(one) for one in page.all("li")}
    assert all(
        said in rows[f"topic-{late}"]
        for said in (
            "Late for this meeting",
            "Comes up again and again",
            "granted 5 min",
            "Kolme tuhatta euroa.",
        )
    )
    assert "Postponed" in page.text
    assert "wishes 20 min" in page.text
    for sort, first in (("minutes", "Myöhäinen"), ("oldest", "Vanha"), ("village", "Myöhäinen")):
        page = browser.get(f"/meetings/{meeting}/edit?sort={sort}&q=n")
        shown = [one for one in page.all("li") if (one.get("id") or "").startswith("topic-")]
        assert first in words(shown[0]), sort


def test_officials_and_statements_are_asked_for_at_once(cast: Cast, app) -> None:
    meeting = make.meeting(cast.north).id
    browser = Browser(app).sign_in(cast.maria)
    pekka = person(cast.pekka)

    def more(number: int) -> int:
        row = db.session.get_one(Meeting, meeting)
        for one in range(number):
            item = make.item(row, f"Kohta {one}", 10, kind=ItemKind.DISCUSSION)
            item.officials = [db.session.get_one(Person, pekka)]
            make.topic(cast.north, f"Aihe {one}", state=TopicState.ACCEPTED, organisation_id=cast.koivuranta)
        if number == 1:
            db.session.add(
                AttendanceWindow(meeting_id=row.id, person_id=pekka, arrives=time(18, 20), leaves=time(19))
            )
        db.session.commit()
        return queries_of(lambda: browser.raw(f"/meetings/{meeting}/edit"))

    assert more(1) == more(12)
    assert more(12) <= 22
    assert db.session.query(Topic).count() == 25
