"""A villager answers an invitation on a phone: one thumb, one press, with or without script."""

import pytest
from playwright.sync_api import expect

from app.domain.answers import Answer
from app.models import Invitation
from tests.cast import Cast
from tests.invitation_stage import invite, meeting_of, stored
from tests.journeys.conftest import NARROW, PHONE, Visit
from tests.journeys.pages import inspect


@pytest.fixture
def row(cast: Cast) -> Invitation:
    """Aino's invitation to a meeting in a month."""
    return invite(meeting_of(cast), cast.aino)


@pytest.mark.parametrize("script", [True, False])
def test_whoever_sends_somebody_writes_the_name_on_a_phone(
    visit: Visit, row: Invitation, script: bool
) -> None:
    phone = visit(PHONE, script=script)
    phone.goto(f"/invitations/{row.token}")
    if script:
        inspect(phone)
    expect(phone.locator("input[value=coming]")).to_be_in_viewport()  # the choices are seen at once
    expect(phone.locator("#substitute")).to_be_hidden()
    phone.locator("input[value=substitute]").check()
    phone.locator("#substitute").fill("Mikko Laine")
    phone.locator("main button[type=submit]").click()
    expect(phone.locator(".notice-success")).to_be_visible()
    expect(phone.locator("input[value=substitute]")).to_be_checked()
    kept = stored(row.id)
    assert (kept.answer, kept.substitute) == (Answer.NOT_COMING, "Mikko Laine")


def test_the_keyboard_is_enough_on_a_narrow_screen(visit: Visit, row: Invitation) -> None:
    page = visit(NARROW)
    page.goto(f"/invitations/{row.token}?answer=not_coming")
    assert stored(row.id).answer is None
    page.locator("input[value=not_coming]").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("input[value=coming]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_be_visible()
    assert stored(row.id).answer is Answer.COMING
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
