"""A busy official answers on a phone: one box, one name, one press; nothing typed is lost."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.domain.clock import utc_now
from app.extensions import db
from app.models import Statement
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.pages import inspect
from tests.statement_stage import one_statement

TEXT = "Kuusi lamppua vaihdetaan maaliskuussa.\nLoput ovat ensi vuoden talousarviossa."
NAME = "Pekka Niemi, tekninen johtaja"


@pytest.fixture
def link(app: Flask, cast: Cast) -> str:
    """The page where the technical department is asked about a topic."""
    row = Statement(
        topic_id=make.topic(cast.north).id,
        organisation_id=cast.technical,
        token="s" * 24,
        question="Hei! Milloin lamput vaihdetaan?",
        asked_at=utc_now(),
    )
    db.session.add(row)
    db.session.commit()
    return f"/statements/{row.token}"


def send(page: Page) -> None:
    page.locator("#name").fill(NAME)
    page.locator("main button[type=submit]").click()


@pytest.mark.parametrize("script", [True, False])
def test_an_official_answers_on_a_phone(visit: Visit, link: str, script: bool) -> None:
    phone = visit(PHONE, script=script)
    phone.goto(link)
    if script:
        inspect(phone)
    phone.locator("#text").fill(TEXT)
    send(phone)
    expect(phone.locator("#text")).to_have_value(TEXT)  # what was sent, ready to be corrected
    row = one_statement()
    assert (row.answer, row.answered_by, row.revision) == (TEXT, NAME, 2)


def test_a_reload_brings_the_answer_back(visit: Visit, link: str) -> None:
    phone = visit(PHONE)
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(link)
    phone.locator("#text").press_sequentially(TEXT)
    expect(phone.locator("[data-keep-status=text]")).not_to_be_empty(timeout=2000)
    phone.reload()
    expect(phone.locator("#text")).to_have_value(TEXT)
    send(phone)
    expect(phone.locator(".notice-success")).to_be_visible()
    assert one_statement().answer == TEXT


def test_what_was_settled_between_two_officials_is_not_brought_back(visit: Visit, link: str) -> None:
    first, second = visit(PHONE), visit(PHONE)
    for page, words in ((first, "Lamput vaihdetaan."), (second, "Linja on vanha.")):
        page.goto(link)
        page.locator("#text").press_sequentially(words)
    send(first)
    expect(first.locator(".notice-success")).to_be_visible()
    send(second)
    second.locator("button[value=both]").click()
    both = "Lamput vaihdetaan.\n\nLinja on vanha."
    expect(second.locator("#text")).to_have_value(both)
    second.reload()
    expect(second.locator("#text")).to_have_value(both)
    assert one_statement().answer == both
