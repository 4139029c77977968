"""The evening at the table: notes item by item, what was agreed, a new item, and who was there."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Attendance, FollowUp, Meeting, Note, NoteRevision, OutgoingMail, Person
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.test_text import HOSTILE


@pytest.fixture
def evening(cast: Cast) -> tuple[int, int, int]:
    """A published evening in the north: its id, the item of a topic, and the closing item."""
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, organisation_id=cast.koivuranta)
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    make.item(meeting, "Avaus", 5)
    item = make.item(meeting, minutes=10, about=topic)
    closing = make.item(meeting, "Lopetus", 5, kind=ItemKind.CLOSING)
    return meeting.id, item.id, closing.id


def texts(item_id: int) -> list[str]:
    query = select(Note.text).where(Note.agenda_item_id == item_id, Note.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Note.id)))


def test_notes_of_an_item(browser: Browser, cast: Cast, evening: tuple[int, int, int]) -> None:
    meeting, item, _ = evening
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live")
    page = page.follow("2. Kylätien valaistus on pimeä")
    assert "18:05–18:15" in page.text
    assert "Item 2 of 3" in page.text
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
    token = _token(browser)
    browser.get(f"/meetings/{meeting_id}/live", status)
    browser.get(f"/meetings/{meeting_id}/live/{item}", status)
    browser.get(f"/meetings/{meeting_id}/attendance", status)
    form = {"csrf_token": token, "text": "Valo.", "operation": "operation-1"}
    browser.post(f"/meetings/{meeting_id}/live/{item}", form, status)
    assert texts(item) == (["Valo."] if status == 200 else [])


def _token(browser: Browser) -> str:
    page = browser.get("/accessibility")
    return next(one.get("value", "") for one in page.all("input", name="csrf_token"))


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
    token = _token(browser)
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


def test_a_follow_up_with_its_owner_and_measures(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    meeting, item, _ = evening
    plan = make.plan()
    measure = plan.focus_areas[0].objectives[0].measures[0].id
    pekka = db.session.scalars(select(Person.id).where(Person.email == cast.pekka)).one()
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}").follow("Add a follow-up")
    agreed = {
        "text": "Lasketaan hinta kuudelle valaisimelle.",
        "organisation": cast.technical,
        "person": pekka,
        "due_on": "30.4.2027",
        "measures": [measure],
    }
    page.submit("Save the follow-up", **agreed)
    page = page.submit("Save the follow-up", **agreed)  # the same page sent twice
    assert "Lasketaan hinta kuudelle valaisimelle." in page.text
    assert "Measure: Kylien valaistus" in page.text
    row = db.session.scalars(select(FollowUp)).one()
    assert (row.due_on, row.topic.title, row.agenda_item_id) == (
        date(2027, 4, 30),
        "Kylätien valaistus on pimeä",
        item,
    )
    letter = db.session.scalars(select(OutgoingMail)).one()
    assert (letter.to_address, letter.kind) == (cast.pekka, "follow_up_given")
    assert "Kylien valaistus" in letter.body
    page = page.follow("Change: Lasketaan hinta kuudelle valaisimelle.").submit(
        "Save the follow-up", due_on="31.5.2027", text="Lasketaan hinta."
    )
    letter = db.session.scalars(select(OutgoingMail)).one()  # the first had not left, so it was taken back
    assert "31.5.2027" in letter.body
    page.submit("Remove: Lasketaan hinta.")
    assert not db.session.scalars(select(FollowUp)).all()
    assert not db.session.scalars(select(OutgoingMail)).all()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "", "Write what will be done."),
        ("text", "x" * 10_000, "The text is too long"),
        ("text", "a\x00b", "characters that cannot be saved"),
        ("organisation", "0", "Choose who does it."),
        ("organisation", "abc", "Choose who does it."),
        ("organisation", "99999", "Choose one from the list."),
        ("person", "99999", "Choose one from the list."),
        ("due_on", "", "Write the date like this: 12.2.2027."),
        ("due_on", "huomenna", "Write the date like this: 12.2.2027."),
        ("due_on", "31.2.2027", "There is no such day."),
        ("due_on", "1.1.9999", "Check the year of the date."),
        ("due_on", "-5", "Write the date like this: 12.2.2027."),
        ("measures", ["99999"], "Choose the measures from the list."),
        ("measures", ["abc"], "Choose the measures from the list."),
    ],
)
def test_what_cannot_be_a_follow_up(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], field: str, value: object, sentence: str
) -> None:
    meeting, item, _ = evening
    make.plan()
    good: dict[str, object] = {
        "text": "Lasketaan hinta.",
        "organisation": cast.technical,
        "due_on": "30.4.2027",
    }
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}/follow-up")
    page = page.submit("Save the follow-up", status=422, **{**good, field: value})
    assert sentence in page.text
    if field != "text":
        assert page.all("textarea", name="text")[0].text == "Lasketaan hinta."
    assert not db.session.scalars(select(FollowUp)).all()
    assert not db.session.scalars(select(OutgoingMail)).all()


def test_without_a_plan_the_form_says_so(browser: Browser, cast: Cast, evening: tuple[int, int, int]) -> None:
    page = browser.sign_in(cast.sari).get(f"/meetings/{evening[0]}/live/{evening[1]}/follow-up")
    assert "No welfare plan has been imported yet" in page.text


def test_attendance_counts_organisations_and_keeps_names_inside(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    meeting = evening[0]
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/attendance")
    page = page.submit(
        "Save the list",
        **{
            "rows-0-count": "4",
            "rows-0-names": "Eeva Nimikanarinen",
            "rows-2-count": "7",
            "added-0-organisation": cast.technical,
            "added-0-count": "1",
        },
    )
    assert "Attendances: 12." in page.text
    rows = {row.organisation_id: row.count for row in db.session.scalars(select(Attendance))}
    assert sorted(rows.values()) == [1, 4, 7]
    assert rows[None] == 7
    assert rows[cast.technical] == 1
    page = page.submit("Save the list", **{"rows-0-count": "0", "rows-0-names": ""})
    assert "Attendances: 8." in page.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("rows-0-count", "abc", "Write the number of people in digits"),
        ("rows-0-count", "-5", "Write the number of people in digits"),
        ("rows-0-count", "2001", "The number of people is from 1 to 2000."),
        ("rows-0-count", "9" * 30, "Write the number of people in digits"),
        ("rows-0-names", "Eeva", "Write how many people came."),
        ("rows-0-names", "x" * 10_000, "The text is too long"),
        ("rows-0-organisation", "99999", "Choose one from the list."),
        ("rows-1-organisation", "", "The same organisation is on the list twice."),
        ("added-0-count", "3", "Choose the organisation."),
        ("added-0-organisation", "99999", "Choose one from the list."),
    ],
)
def test_what_cannot_be_attendance(
    browser: Browser, cast: Cast, evening: tuple[int, int, int], field: str, value: str, sentence: str
) -> None:
    page = browser.sign_in(cast.sari).get(f"/meetings/{evening[0]}/attendance")
    typed = {"rows-2-count": "5", "rows-1-count": "2", "rows-0-count": "1", field: value}
    if field == "rows-0-names":
        typed["rows-0-count"] = "1" if len(value) > 10 else ""
    page = page.submit("Save the list", status=422, **typed)
    assert sentence in page.text
    assert page.all("input", name="rows-2-count")[0].get("value") == "5"
    assert not db.session.scalars(select(Attendance)).all()


def test_two_lists_of_attendance_are_compared(
    browser: Browser, cast: Cast, evening: tuple[int, int, int]
) -> None:
    address = f"/meetings/{evening[0]}/attendance"
    old = browser.sign_in(cast.sari).get(address)
    browser.get(address).submit("Save the list", **{"rows-0-count": "5"})
    page = old.submit("Save the list", status=409, **{"rows-0-count": "4"})
    assert "Somebody else saved the list meanwhile." in page.text
    assert "Saved now: 5" in page.text
    page = page.submit("Save the list")
    assert "Attendances: 4." in page.text
