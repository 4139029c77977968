"""The page of previews: every letter in three languages, signed by the real municipality."""

import pytest
from flask import Flask

from app.domain.letter_choices import has_place
from app.mail.composing import LANGUAGES
from app.mail.examples import EXAMPLES
from app.views.outbox_words import KIND_WORDS
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser


@pytest.fixture
def maria(app: Flask, cast: Cast) -> Browser:
    """The coordinator at her browser."""
    return Browser(app).sign_in(cast.maria)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_kind_of_letter_has_its_name(kind: str) -> None:
    assert kind in KIND_WORDS, f"say in app/views/outbox_words.py what people call {kind}"
    assert has_place(kind)


def test_no_two_kinds_have_the_same_name() -> None:
    assert len(set(KIND_WORDS.values())) == len(KIND_WORDS)


def test_the_outbox_leads_to_every_letter(maria: Browser) -> None:
    page = maria.get("/outbox").follow("What the letters look like")
    shown = {url.split("/")[-1].split("?")[0] for url in page.links().values() if "/previews/" in url}
    assert shown == set(EXAMPLES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_letter_is_shown_in_each_language(maria: Browser, kind: str, language: str) -> None:
    page = maria.get(f"/outbox/previews/{kind}?letter={language}")
    signed = "Lehmijärvi kommun" if language == "sv" else "Lehmijärven kunta"  # the real one's
    (text,) = page.all("pre")
    assert text.get("lang") == language
    assert signed in "".join(text.itertext())
    assert "kumppanuus.lehmijarvi.fi" not in page.html  # the examples' own address is nobody's


def test_a_letter_tells_its_rules(maria: Browser) -> None:
    memo = maria.get("/outbox/previews/memo_published").text
    assert "When it goes After you have read it" in memo
    assert "Can the reader stop it? Yes: Memos" in memo
    assert "Can it wait for a digest? Yes" in memo
    assert "/letters/" in memo
    link = maria.get("/outbox/previews/sign_in_link").text
    assert "When it goes At once" in link
    assert "No, it comes always" in link
    assert "/letters/" not in link


def test_another_language_is_one_press_away(maria: Browser) -> None:
    page = maria.get("/outbox/previews/memo_published?letter=fi")
    assert "Kokouksen muistio on valmis." in page.text
    urls = [one.get("href", "") for one in page.all("a", hreflang="sv") if "letter=sv" in one.get("href", "")]
    assert "Mötets promemoria är klar." in maria.get(urls[0]).text


@pytest.mark.parametrize("kind", ["newsletter", "signature", "choices", "..", "%2e%2e"])
def test_a_letter_that_is_not_there_is_not_found(maria: Browser, kind: str) -> None:
    assert maria.raw(f"/outbox/previews/{kind}").status_code in (404, 308)


def test_an_unknown_language_is_the_page_s_own(maria: Browser) -> None:
    assert "The memo of the meeting is ready." in maria.get("/outbox/previews/memo_published?letter=xx").text


def test_the_list_of_letters_asks_the_database_little(maria: Browser) -> None:
    assert queries_of(lambda: maria.get("/outbox/previews")) < 12


def test_only_those_who_read_the_outbox_see_them(app: Flask, cast: Cast) -> None:
    Browser(app).sign_in(cast.aino).get("/outbox/previews", 403)
