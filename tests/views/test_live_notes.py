"""Notes at the table in a browser: none is lost, none doubled, and none is more than words."""

import pytest
from sqlalchemy import select, update

from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Note, NoteRevision, SignInSession
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.test_text import HOSTILE
from tests.views.live_stage import texts


def test_notes_of_an_item(browser: Browser, cast: Cast, evening: tuple[int, int, int]) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live")
    page = page.follow("2. Kylätien valaistus on pimeä")
    assert "18:05–18:15" in page.text
    assert page.h1.startswith("2. ")
    page = page.submit("Save the note", text="Kuusi **lamppua** puuttuu.", said_by=cast.koivuranta)
    assert "The note is saved." in page.text
    assert "Koivuranta Kuusi lamppua puuttuu." in page.text
    page = page.submit("Save the note", text="Hinta lasketaan.")
    assert texts(item) == ["Kuusi **lamppua** puuttuu.", "Hinta lasketaan."]
    page = page.follow("Change: Kuusi **lamppua** puuttuu.").submit(
        "Save the note", text="Seitsemän lamppua puuttuu."
    )
    assert texts(item)[0] == "Seitsemän lamppua puuttuu."
    page = page.submit("Remove: Hinta lasketaan.")
    assert texts(item) == ["Seitsemän lamppua puuttuu."]
    page = page.submit("Bring back: Hinta lasketaan.")
    assert texts(item) == ["Seitsemän lamppua puuttuu.", "Hinta lasketaan."]
    page = browser.get(f"/meetings/{meeting}/live")
    assert "2 notes" in page.text


def test_a_page_sent_twice_makes_one_note_and_the_back_button_loses_none(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}")
    page.submit("Save the note", text="Sama teksti.")
    page.submit("Save the note", text="Sama teksti.")
    assert texts(item) == ["Sama teksti."]
    page.submit("Save the note", text="Toinen teksti.")  # the page came back with the back button
    page.submit("Save the note", text="Toinen teksti.")
    assert texts(item) == ["Sama teksti.", "Toinen teksti."]


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Keep both", "Ensimmäinen, Leenan lisäys.\n\nEnsimmäinen, Sarin lisäys."),
        ("Use mine", "Ensimmäinen, Sarin lisäys."),
        ("Use theirs", "Ensimmäinen, Leenan lisäys."),
    ],
)
def test_two_who_change_one_note_read_both_texts(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], button: str, kept: str
) -> None:
    meeting, item, _ = evening
    browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}").submit(
        "Save the note", text="Ensimmäinen."
    )
    note = db.session.scalars(select(Note.id)).one()
    old = browser.get(f"/meetings/{meeting}/live/{item}/notes/{note}")
    other = Browser(browser.app).sign_in(cast.maria)
    other.get(f"/meetings/{meeting}/live/{item}/notes/{note}").submit(
        "Save the note", text="Ensimmäinen, Leenan lisäys."
    )
    both = old.submit("Save the note", status=409, text="Ensimmäinen, Sarin lisäys.")
    assert "Ensimmäinen, Leenan lisäys." in both.text
    assert "Ensimmäinen, Sarin lisäys." in both.text
    assert texts(item) == ["Ensimmäinen, Leenan lisäys."]
    both.submit(button)
    assert texts(item) == [kept]
    versions = list(db.session.scalars(select(NoteRevision.text).order_by(NoteRevision.number)))
    assert versions[:2] == ["Ensimmäinen.", "Ensimmäinen, Leenan lisäys."]
    assert versions[-1] == kept


def test_a_third_text_is_shown_too(browser: Browser, cast: Cast, evening: tuple[int, int, int]) -> None:
    meeting, item, _ = evening
    browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}").submit("Save the note", text="Yksi.")
    note = db.session.scalars(select(Note.id)).one()
    address = f"/meetings/{meeting}/live/{item}/notes/{note}"
    old = browser.get(address)
    browser.get(address).submit("Save the note", text="Kaksi.")
    both = old.submit("Save the note", status=409, text="Kolme.")
    browser.get(address).submit("Save the note", text="Neljä.")
    again = both.submit("Use mine", status=409)
    assert "Neljä." in again.text
    again.submit("Keep both")
    assert texts(item) == ["Neljä.\n\nKolme."]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_notes_are_words_on_every_page(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], text: str
) -> None:
    meeting, item, _ = evening
    text = text.replace("\x02", "").replace("\x03", "")
    browser.sign_in(cast.maria)
    page = browser.get(f"/meetings/{meeting}/live/{item}").submit("Save the note", text=text)
    note = db.session.scalars(select(Note.id)).one()
    old = browser.get(f"/meetings/{meeting}/live/{item}/notes/{note}")
    browser.get(f"/meetings/{meeting}/live/{item}/notes/{note}").submit("Save the note", text=f"a {text}")
    both = old.submit("Save the note", status=409, text=f"{text} b")
    pages = [
        page,
        both,
        browser.get(f"/meetings/{meeting}/memo"),
        browser.get(f"/meetings/{meeting}/memo?paper=1"),
    ]
    for one in pages:
        for tag in ("img", "iframe", "object", "math", "style", "noscript"):
            assert not one.all(tag), one.url
        assert all(script.get("src") and not script.text for script in one.all("script"))
        assert not [
            a
            for a in one.all("a")
            if not (a.get("href") or "").startswith(("/", "#", "http", "mailto:", "tel:"))
        ]


BAD_NOTES = [
    ("", "Write the note first."),
    ("   \n ", "Write the note first."),
    ("x" * 10_001, "The text is too long: 10001 characters."),
    ("nolla \x00 tavu", "The text has characters that cannot be saved."),
    ("ohjaus \x1b[2J", "The text has characters that cannot be saved."),
    ("Tunnus on 131052-308T.", "The text seems to have a personal identity code."),
]


@pytest.mark.parametrize(("text", "sentence"), BAD_NOTES)
def test_what_cannot_be_a_note_stays_in_its_box(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], text: str, sentence: str
) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}")
    page = page.submit("Save the note", status=422, text=text)
    assert sentence in page.text
    assert page.title.startswith("Error:")
    assert texts(item) == []
    box = page.all("textarea", name="text")[0].text or ""
    assert box.split() == text.split() or not text.isprintable()  # the parser drops what no box can hold


@pytest.mark.parametrize("said_by", ["abc", "-5", "999999999999", "99999999", "' OR 1=1"])
def test_nobody_strange_says_anything(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], said_by: str
) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}")
    known = said_by == "99999999"
    page = page.submit("Save the note", status=422 if known else 200, text="Valo.", said_by=said_by)
    assert ("Choose one from the list." in page.text) is known
    assert texts(item) == ([] if known else ["Valo."])


@pytest.mark.parametrize("operation", ["", "x", "å" * 12, "x" * 65, "a b c d e f"])
def test_a_forged_operation_saves_nothing(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], operation: str
) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}")
    page = page.submit("Save the note", status=422, text="Valo.", operation=operation)
    assert "Copy your text and reload the page." in page.text
    assert texts(item) == []


def test_a_note_comes_back_when_the_sign_in_has_ended(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    item = make.item(meeting)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/live/{item.id}")
    db.session.execute(update(SignInSession).values(ended_at=utc_now()))
    db.session.commit()
    refused = page.submit("Save the note", 403, text="Tuotiin esiin, että ranta sortuu.")
    assert "You are not signed in any more." in refused.text
    assert "Tuotiin esiin, että ranta sortuu." in refused.html
