"""The two pages that every public service must have, and the one that a watching machine asks for."""

import pytest

from app.extensions import db
from app.models import Municipality
from tests.cast import Cast
from tests.page import Browser


def test_the_accessibility_statement_has_what_the_law_asks(browser: Browser, cast: Cast) -> None:
    page = browser.get("/").follow("Accessibility statement")
    assert page.h1 == "Accessibility statement"
    for words in (
        "Lehmijärven kunta",
        "306/2019",
        "The service meets most of the requirements",
        "WCAG 3.1.2",
        "kumppanuus@lehmijarvi.example",
        "within two weeks",
        "Traficom",
        "22 November 2026",
        "our own assessment",
    ):
        assert words in page.text
    assert "aluehallintovirasto" not in page.text.lower()


def test_the_privacy_page_names_who_decides_and_whom_to_ask(browser: Browser, cast: Cast) -> None:
    page = browser.get("/").follow("Privacy")
    assert page.h1 == "Privacy"
    for words in ("Lehmijärven kunta decides", "040 123 4567", "Data Protection Ombudsman", "30 days"):
        assert words in page.text


@pytest.mark.parametrize(("phone", "email"), [(None, None), ("040 1", None), (None, "a@b.example")])
@pytest.mark.parametrize("url", ["/privacy", "/accessibility"])
def test_a_municipality_without_phone_or_address_shows_no_empty_places(
    browser: Browser, cast: Cast, url: str, phone: str | None, email: str | None
) -> None:
    row = db.session.get_one(Municipality, 1)
    row.phone, row.email = phone, email
    db.session.commit()
    assert "None" not in browser.get(url).text


@pytest.mark.parametrize("url", ["/privacy", "/accessibility", "/sign-in"])
def test_before_the_settings_are_filled_the_pages_stand(browser: Browser, url: str) -> None:
    browser.get(url)


def test_the_service_says_that_it_is_well(browser: Browser) -> None:
    answer = browser.raw("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
