"""What was agreed at the table, written down in a browser: who does it, by when, and for which measure."""

from datetime import date

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import FollowUp, OutgoingMail, Person
from tests import make
from tests.cast import Cast
from tests.page import Browser


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
