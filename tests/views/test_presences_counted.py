"""Who was there, counted in a browser: organisations for everybody, names for those inside."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Attendance
from tests.cast import Cast
from tests.page import Browser


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
