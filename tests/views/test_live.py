"""The evening at the table: a new item, who takes notes and when, and things of another meeting."""

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import AgendaItem, Meeting, Note
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.views.live_stage import texts, token_of


def test_a_new_item_goes_before_the_closing(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    meeting = evening[0]
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live")
    page.submit("Add the item", title="Uimaranta", minutes="10 min")
    page.submit("Add the item", title="Uimaranta", minutes="10 min")
    rows = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    assert [row.title for row in rows][2:] == ["Uimaranta", "Lopetus"]
    assert rows[2].kind is ItemKind.OTHER
    assert [row.position for row in rows] == [0, 1, 2, 3]
    assert db.session.get_one(Meeting, meeting).revision == 2


def test_an_evening_holds_at_most_sixty_items(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    db.session.add_all(
        AgendaItem(meeting_id=evening[0], kind=ItemKind.OTHER, title="x", minutes=1, position=3 + number)
        for number in range(57)
    )
    db.session.commit()
    page = browser.sign_in(cast.sari).get(f"/meetings/{evening[0]}/live")
    page = page.submit("Add the item", title="Uimaranta", minutes="10", status=422)
    assert "An agenda holds at most 60 items." in page.text
    assert "Uimaranta" in {one.get("value") for one in page.root.iter("input")}


@pytest.mark.parametrize(
    ("title", "minutes", "sentence"),
    [
        ("", "10", "Write what the item is about."),
        ("x" * 201, "10", "The text is too long"),
        ("Ranta\x00", "10", "characters that cannot be saved"),
        ("Ranta", "abc", "Write the minutes as a number, for example 15."),
        ("Ranta", "-5", "Write the minutes as a number, for example 15."),
        ("Ranta", "0", "An item takes from 1 to 480 minutes."),
        ("Ranta", "9999", "An item takes from 1 to 480 minutes."),
        ("Ranta", "", "Write the minutes as a number, for example 15."),
    ],
)
def test_what_cannot_be_an_item(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], title: str, minutes: str, sentence: str
) -> None:
    page = browser.sign_in(cast.sari).get(f"/meetings/{evening[0]}/live")
    page = page.submit("Add the item", status=422, title=title, minutes=minutes)
    assert sentence in page.text
    assert len(db.session.scalars(select(AgendaItem)).all()) == 3


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("maria", MeetingState.PUBLISHED, 200),
        ("sari", MeetingState.PUBLISHED, 200),
        ("olli", MeetingState.PUBLISHED, 403),
        ("timo", MeetingState.PUBLISHED, 403),
        ("kaisa", MeetingState.PUBLISHED, 403),
        ("pekka", MeetingState.PUBLISHED, 403),
        ("aino", MeetingState.PUBLISHED, 403),
        ("veikko", MeetingState.PUBLISHED, 403),
        ("maria", MeetingState.DRAFT, 409),
        ("sari", MeetingState.DRAFT, 404),
        ("olli", MeetingState.DRAFT, 404),
        ("maria", MeetingState.MEMO_PUBLISHED, 409),
        ("sari", MeetingState.CANCELLED, 409),
    ],
)
def test_who_takes_notes_and_when(
    browser: Browser, cast: Cast, who: str, state: MeetingState, status: int
) -> None:
    meeting = make.meeting(cast.north, state=state)
    item = make.item(meeting).id
    meeting_id = meeting.id
    browser.sign_in(getattr(cast, who))
    token = token_of(browser)
    browser.get(f"/meetings/{meeting_id}/live", 200 if who == "timo" else status)
    browser.get(f"/meetings/{meeting_id}/live/{item}", status)
    browser.get(f"/meetings/{meeting_id}/attendance", status)
    form = {"csrf_token": token, "text": "Valo.", "operation": "operation-1"}
    browser.post(f"/meetings/{meeting_id}/live/{item}", form, status)
    assert texts(item) == (["Valo."] if status == 200 else [])


def test_things_of_another_meeting_are_not_found(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    meeting, item, _ = evening
    other = make.meeting(cast.south, state=MeetingState.PUBLISHED)
    strange = make.item(other).id
    browser.sign_in(cast.maria).get(f"/meetings/{other.id}/live/{strange}").submit(
        "Save the note", text="Etelä."
    )
    note = db.session.scalars(select(Note.id)).one()
    browser.get(f"/meetings/{meeting}/live/{strange}", 404)
    browser.get(f"/meetings/{meeting}/live/{item}/notes/{note}", 404)
    browser.get(f"/meetings/{meeting}/live/999999999", 404)
    token = token_of(browser)
    for verb in ("remove", "bring-back"):
        browser.post(
            f"/meetings/{meeting}/live/{item}/notes/{note}/{verb}", {"csrf_token": token, "revision": 1}, 404
        )
    browser.post(
        f"/meetings/{meeting}/live/{item}/notes/{note}/settle",
        {"csrf_token": token, "text": "x", "way": "mine"},
        404,
    )
    assert texts(strange) == ["Etelä."]
