"""A reader's page of choices, and the one press that stops letters from within a mail program."""

import pytest
from flask import Flask

from app.domain.letter_choices import LetterGroup, Rhythm
from app.extensions import db
from app.models import Person
from app.services import letter_choices
from app.services.letter_choices import Choices
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.page import Browser

EEVA = "eeva@koivuranta.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
HOME = "http://127.0.0.1:5000"


@pytest.fixture
def token(app: Flask, cast: Cast) -> str:
    """The key in Eeva's letters."""
    return act(letter_choices.token_for)(EEVA)


def chosen(token: str) -> Choices:
    db.session.rollback()
    return letter_choices.of_token(token)


def test_the_page_tells_whose_letters_and_what_comes_always(browser: Browser, token: str) -> None:
    page = browser.get(f"/letters/{token}")
    assert page.h1 == "Which letters you get"
    assert "e…@koivuranta.example" in page.text
    assert EEVA not in page.html
    assert "The letter that says that a meeting is cancelled." in page.text
    ticked = [
        one.get("value") for one in page.all("input", type="checkbox") if one.get("checked") is not None
    ]
    assert ticked == [group.value for group in LetterGroup]


def test_choices_are_saved_and_shown(browser: Browser, token: str) -> None:
    page = browser.get(f"/letters/{token}").submit(
        "Save my choices", wanted=["own_topic", "meetings"], rhythm="weekly"
    )
    assert "Your choices are saved." in page.text
    assert chosen(token).unwanted == {LetterGroup.REMINDERS, LetterGroup.MEMOS}
    assert chosen(token).rhythm is Rhythm.WEEKLY
    again = browser.get(f"/letters/{token}").submit("Save my choices")
    assert "Your choices are saved." in again.text
    assert chosen(token).rhythm is Rhythm.WEEKLY  # the page showed what stands


def test_everything_can_be_left_out(browser: Browser, token: str) -> None:
    browser.get(f"/letters/{token}").submit("Save my choices", wanted=[])
    assert chosen(token).unwanted == set(LetterGroup)


@pytest.mark.parametrize("typed", [{"wanted": ["everything"]}, {"rhythm": "hourly"}])
def test_what_is_not_on_the_list_is_refused(browser: Browser, token: str, typed: dict[str, object]) -> None:
    page = browser.get(f"/letters/{token}").submit("Save my choices", status=422, **typed)
    assert "Choose from the list." in page.text
    assert chosen(token) == Choices(EEVA, token=token)


def test_a_link_that_is_not_ours_opens_nothing(browser: Browser, token: str) -> None:
    browser.get(f"/letters/{'x' * 43}", 404)
    browser.get(f"/letters/{'x' * 43}/stop?group=memos", 404)
    browser.get(f"/letters/{token}/stop?group=everything", 404)
    assert browser.client.post(f"/letters/{'x' * 43}/stop?group=memos", data=ONE_CLICK).status_code == 404


# One press in a mail program (RFC 8058)


@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_a_group_without_a_token_or_a_cookie(
    app: Flask, token: str, encoding: str
) -> None:
    answer = app.test_client().post(
        f"/letters/{token}/stop?group=reminders", data=ONE_CLICK, content_type=encoding, base_url=HOME
    )
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert chosen(token).unwanted == {LetterGroup.REMINDERS}


@pytest.mark.parametrize(
    ("method", "data"),
    [
        ("GET", None),
        ("HEAD", None),
        ("POST", {}),
        ("POST", {"List-Unsubscribe": "Two-Clicks"}),
        ("POST", {"list-unsubscribe": "One-Click"}),
    ],
)
def test_a_scanner_that_looks_stops_nothing(
    app: Flask, token: str, method: str, data: dict[str, str] | None
) -> None:
    answer = app.test_client().open(
        f"/letters/{token}/stop?group=reminders", method=method, data=data, base_url=HOME
    )
    assert answer.status_code == 200
    assert chosen(token).unwanted == set()


def test_a_person_stops_by_a_button_and_takes_it_back(browser: Browser, token: str) -> None:
    page = browser.get(f"/letters/{token}/stop?group=memos")
    assert page.h1 == "Stop these letters?"
    assert chosen(token).unwanted == set()
    stopped = page.submit("Stop these letters")
    assert stopped.h1 == "You do not get these letters any more"
    assert chosen(token).unwanted == {LetterGroup.MEMOS}
    again = stopped.submit("Get these letters again")
    assert "You get these letters again." in again.text
    assert again.h1 == "Which letters you get"
    assert chosen(token).unwanted == set()


def test_a_digest_is_stopped_with_all_that_it_holds(browser: Browser, token: str) -> None:
    page = browser.get(f"/letters/{token}/stop?group=digest").submit("Stop these letters")
    assert [words for words in ("What happens to my topic", "Memos") if words in page.text]
    assert chosen(token).unwanted == {LetterGroup.OWN_TOPIC, LetterGroup.MEMOS}


def test_only_the_one_press_needs_no_form_token(app: Flask, token: str) -> None:
    client = app.test_client()
    for url in (f"/letters/{token}", f"/letters/{token}/start?group=memos"):
        assert client.post(url, data={"rhythm": "daily"}, base_url=HOME).status_code == 400
    assert chosen(token).rhythm is Rhythm.AT_ONCE


def test_the_page_of_a_stop_in_another_language_is_that_page_s_choices(browser: Browser, token: str) -> None:
    page = browser.get(f"/letters/{token}/stop?group=memos").submit("Stop these letters")
    assert page.follow("Svenska").url == f"/letters/{token}"


# Those who sign in


def test_a_signed_in_person_finds_the_own_choices(app: Flask, cast: Cast) -> None:
    aino = Browser(app).sign_in(cast.aino)
    page = aino.get("/sign-in/sessions").follow("Which letters you get")
    page.submit("Save my choices", wanted=["meetings"], rhythm="daily")
    choices = letter_choices.of_visitor(make.visitor(cast.aino))
    assert choices is not None
    assert choices.wanted == [LetterGroup.MEETINGS]


def test_a_person_without_an_address_reads_why_there_is_nothing(app: Flask, cast: Cast) -> None:
    aino = Browser(app).sign_in(cast.aino)
    db.session.query(Person).filter_by(email=cast.aino).update({"email": None})
    db.session.commit()
    assert "no letters come to you" in aino.get("/letters").text
