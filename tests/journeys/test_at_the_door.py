"""Marking people at the door in a real browser, on a phone, with script and without."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.extensions import db
from app.models import Presence
from tests.cast import Cast
from tests.evening_stage import staged
from tests.journeys.conftest import NARROW, PHONE, Visit
from tests.journeys.pages import inspect, press


def marks() -> dict[str, str]:
    db.session.rollback()
    return {row.name or row.person.name: row.state.value for row in db.session.scalars(select(Presence))}


def door(visit: Visit, cast: Cast, *, script: bool, size: dict[str, int] = PHONE) -> Page:
    meeting = staged(cast).meeting
    phone = visit(size, script=script, who=cast.sari)
    phone.context.add_cookies([{"name": "language", "value": "en", "url": visit.address}])
    phone.goto(f"/meetings/{meeting}/attendance")
    return phone


@pytest.mark.parametrize("script", [True, False])
def test_people_come_one_by_one(cast: Cast, visit: Visit, script: bool) -> None:
    phone = door(visit, cast, script=script)
    total = phone.locator("#attendance-total")
    press(phone, "Present: Aino Mäkelä")
    expect(total).to_contain_text("1 attendance: 1 by name, 0 counted.")
    press(phone, "Remotely: Timo Harju")
    expect(total).to_contain_text("2 attendances")
    press(phone, "Excused: Sari Laine")
    expect(total).to_contain_text("1 excused.")
    phone.locator("li", has_text="Timo Harju").locator("summary").click()
    phone.locator("li", has_text="Timo Harju").get_by_label("Came late at").fill("18.20")
    press(phone, "Present: Kaisa Niemi")  # what was typed in another line is saved with the press
    expect(total).to_contain_text("3 attendances")
    expect(phone.locator("li", has_text="Timo Harju")).to_contain_text("came 18:20")
    press(phone, "Clear the mark: Aino Mäkelä")
    expect(total).to_contain_text("2 attendances")
    for name in ("Eeva Vieras", "Oili Vieras"):
        phone.get_by_label("Name, for the inside only").fill(name)
        press(phone, "Add as present")
        expect(phone.locator("li", has_text=name)).to_contain_text("Other resident")
    if script:
        inspect(phone)
    assert marks() == {
        "Timo Harju": "remote",
        "Sari Laine": "excused",
        "Kaisa Niemi": "present",
        "Eeva Vieras": "present",
        "Oili Vieras": "present",
    }


def test_the_enter_key_in_a_box_saves_the_times_and_marks_nobody(cast: Cast, visit: Visit) -> None:
    phone = door(visit, cast, script=True, size=NARROW)
    press(phone, "Present: Kaisa Niemi")
    line = phone.locator("li", has_text="Kaisa Niemi")
    line.locator("summary").click()
    line.get_by_label("Left early at").fill("19.00")
    line.get_by_label("Left early at").press("Enter")
    expect(phone.locator("main")).to_contain_text("The times are saved.")
    assert marks() == {"Kaisa Niemi": "present"}


def test_the_list_stays_where_the_thumb_is(cast: Cast, visit: Visit) -> None:
    phone = door(visit, cast, script=True)
    button = phone.get_by_role("button", name="Present: Timo Harju", exact=True)
    button.scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert phone.evaluate("scrollY") == before
    # The connection fails once: the press goes again with a whole page.
    phone.route("**/attendance", lambda route: route.abort(), times=1)
    phone.get_by_role("button", name="Remotely: Timo Harju", exact=True).click()
    expect(phone.get_by_role("button", name="Remotely: Timo Harju", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert marks() == {"Timo Harju": "remote"}
