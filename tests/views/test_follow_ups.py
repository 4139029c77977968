"""Follow-ups after the evening: the list, how each goes, and who may say so."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import FollowUp, Organisation, OutgoingMail, Person
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.views.test_memos import counted, follow_up


@pytest.fixture
def agreed(cast: Cast) -> int:
    """A late follow-up of the technical department, agreed in the north; the memo is out."""
    meeting = make.meeting(
        cast.north, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now(), published_at=utc_now()
    )
    item = make.item(meeting, about=make.topic(cast.north))
    return follow_up(
        meeting, item.id, "Lasketaan hinta.", cast.technical, due_on=today() - timedelta(days=12)
    ).id


def test_the_list_shows_open_ones_first_and_says_how_late(browser: Browser, cast: Cast, agreed: int) -> None:
    meeting = db.session.get_one(FollowUp, agreed).meeting
    item = meeting.items[0].id
    follow_up(meeting, item, "Haetaan lupa.", cast.culture, due_on=date(2099, 1, 1))
    follow_up(meeting, item, "Kutsutaan mukaan.", cast.county, state=FollowUpState.DONE, outcome="Tuli.")
    page = browser.sign_in(cast.sari).get("/follow-ups")
    assert page.text.index("Lasketaan hinta.") < page.text.index("Haetaan lupa.")
    assert "12 days late" in page.text
    assert "Kutsutaan mukaan." not in page.text
    everything = page.submit("Show", state="all")
    assert everything.text.index("Haetaan lupa.") < everything.text.index("Kutsutaan mukaan.")
    late = page.submit("Show", state="late")
    assert "Haetaan lupa." not in late.text
    one = page.submit("Show", state="all", owner=cast.county)
    assert "1 follow-up " in one.text
    assert "Kutsutaan mukaan." in one.text


@pytest.mark.parametrize(
    "query",
    [
        "state=x",
        "table=abc",
        "owner=-5",
        "page=0",
        "page=-3",
        "page=99999999999999",
        "page=x",
        "table=99999&state=late",
    ],
)
def test_any_address_gives_a_list(browser: Browser, cast: Cast, agreed: int, query: str) -> None:
    assert browser.sign_in(cast.maria).get(f"/follow-ups?{query}").h1 == "Follow-ups"


@pytest.mark.parametrize(
    ("who", "listed", "status"),
    [
        ("maria", True, 200),
        ("sari", True, 200),
        ("timo", True, 200),
        ("pekka", True, 200),
        ("olli", False, 404),
        ("leena", False, 404),
    ],
)
def test_follow_ups_belong_to_their_table(
    browser: Browser, cast: Cast, agreed: int, who: str, listed: bool, status: int
) -> None:
    browser.sign_in(getattr(cast, who))
    assert ("Lasketaan hinta." in browser.get("/follow-ups?state=all").text) is listed
    browser.get(f"/follow-ups/{agreed}", status)
    browser.get("/follow-ups/99999", 404)


@pytest.mark.parametrize("who", ["aino", "veikko", "kaisa"])
def test_others_have_no_list(browser: Browser, cast: Cast, agreed: int, who: str) -> None:
    browser.sign_in(getattr(cast, who)).get("/follow-ups", 403)
    browser.get(f"/follow-ups/{agreed}", 403)


def test_an_end_needs_a_sentence(browser: Browser, cast: Cast, agreed: int) -> None:
    page = browser.sign_in(cast.sari).get(f"/follow-ups/{agreed}")
    assert "12 days late" in page.text
    page = page.submit("Save", status=422, state="done")
    assert "Write in a sentence how it went." in page.text
    page = page.submit("Save", state="not_progressed", outcome="Rahaa ei ollut.")
    assert "Rahaa ei ollut." in page.text
    assert "days late" not in page.text
    row = db.session.get_one(FollowUp, agreed)
    meeting = row.meeting_id
    assert row.ended_at is not None
    browser.get(f"/follow-ups/{agreed}").submit("Save", state="in_work", outcome="")
    assert db.session.get_one(FollowUp, agreed).ended_at is None
    assert "Rahaa ei ollut." not in Browser(browser.app).get(f"/meetings/{meeting}/memo").text


@pytest.mark.parametrize(
    ("state", "outcome", "sentence"),
    [
        ("", "", "Choose one from the list."),
        ("decided", "x", "Choose one from the list."),
        ("done", "x" * 10_000, "The text is too long"),
        ("done", "a\x00b", "characters that cannot be saved"),
    ],
)
def test_what_cannot_be_told(
    browser: Browser, cast: Cast, agreed: int, state: str, outcome: str, sentence: str
) -> None:
    page = browser.sign_in(cast.sari).get(f"/follow-ups/{agreed}")
    assert sentence in page.submit("Save", status=422, state=state, outcome=outcome).text
    assert db.session.get_one(FollowUp, agreed).state is FollowUpState.OPEN


def test_officials_tell_of_their_own_only(browser: Browser, cast: Cast, agreed: int) -> None:
    page = browser.sign_in(cast.pekka).get(f"/follow-ups/{agreed}")
    assert "Tell how it goes" not in page.text
    token = next(one.get("value", "") for one in page.all("input", name="csrf_token"))
    forged = {"csrf_token": token, "state": "in_work", "revision": 1}
    browser.post(f"/follow-ups/{agreed}", forged, 403)
    browser.get(f"/follow-ups/{agreed}/edit", 403)
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one()
    pekka.organisation_id = cast.technical
    db.session.commit()
    page = browser.get(f"/follow-ups/{agreed}").submit("Save", state="in_work")
    assert "The follow-up is saved." in page.text
    assert db.session.get_one(FollowUp, agreed).state is FollowUpState.IN_WORK
    browser.get(f"/follow-ups/{agreed}/edit", 403)


def test_two_who_tell_at_once_read_each_other(browser: Browser, cast: Cast, agreed: int) -> None:
    old = browser.sign_in(cast.sari).get(f"/follow-ups/{agreed}")
    browser.get(f"/follow-ups/{agreed}").submit("Save", state="in_work", outcome="Alkoi.")
    page = old.submit("Save", status=409, state="done", outcome="Valmista tuli.")
    assert "Somebody else changed this follow-up." in page.text
    assert "Alkoi." in page.text
    assert page.all("textarea", name="outcome")[0].text == "Valmista tuli."
    page.submit("Save")
    assert db.session.get_one(FollowUp, agreed).outcome == "Valmista tuli."


def test_a_new_owner_is_told_and_the_text_stays(browser: Browser, cast: Cast, agreed: int) -> None:
    make.plan()
    db.session.get_one(Organisation, cast.culture).email = "kulttuuri@lehmijarvi.example"
    db.session.commit()
    page = browser.sign_in(cast.sari).get(f"/follow-ups/{agreed}").follow("Change who, when or measures")
    page = page.submit(
        "Save the follow-up", organisation=cast.culture, due_on="1.6.2027", text="Toinen teksti."
    )
    row = db.session.get_one(FollowUp, agreed)
    assert (row.owner_organisation_id, row.due_on, row.text) == (
        cast.culture,
        date(2027, 6, 1),
        "Lasketaan hinta.",
    )
    letter = db.session.scalars(select(OutgoingMail)).one()
    assert letter.to_address == "kulttuuri@lehmijarvi.example"
    assert "1.6.2027" in letter.body


def test_two_who_change_one_follow_up(browser: Browser, cast: Cast, agreed: int) -> None:
    address = f"/follow-ups/{agreed}/edit"
    old = browser.sign_in(cast.sari).get(address)
    browser.get(address).submit("Save the follow-up", due_on="1.6.2027")
    page = old.submit("Save the follow-up", status=409, due_on="1.7.2027")
    assert "1 June 2027" in page.text
    assert page.all("input", name="due_on")[0].get("value") == "1.7.2027"
    page.submit("Save the follow-up")
    assert db.session.get_one(FollowUp, agreed).due_on == date(2027, 7, 1)


def test_a_long_list_asks_no_more_than_a_short_one(browser: Browser, cast: Cast, agreed: int) -> None:
    browser.sign_in(cast.maria)
    counts = []
    for many in (3, 30):
        meeting = db.session.get_one(FollowUp, agreed).meeting
        for number in range(many):
            follow_up(meeting, meeting.items[0].id, f"Jatko {number}", cast.culture)
        browser.get("/follow-ups")
        with counted() as seen:
            page = browser.get("/follow-ups")
        counts.append(len(seen))
    assert counts[0] == counts[1], seen
    assert "Page 1 of 2" in page.text
    assert "Jatko" in page.follow("Next page").text
