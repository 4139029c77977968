"""What every answer tells the browser, whatever the answer is; and what a forged request gets."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import Topic
from app.views import pages
from app.views.headers import POLICY
from tests import make
from tests.cast import Cast
from tests.page import Browser, plain

HOME = "http://127.0.0.1:5000"


def check(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status
    headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "strict-origin-when-cross-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


PUBLIC = [
    ("/", 200),
    ("/sign-in", 200),
    ("/privacy", 200),
    ("/accessibility", 200),
    ("/topics/propose", 200),
    ("/calendar.ics", 200),
    ("/tables/pohjoinen", 200),
    ("/healthz", 200),
    ("/assets/abc/style.css", 200),
    ("/assets/abc/js/page.js", 200),
    ("/assets/abc/no-such-file.js", 404),
    ("/assets/abc/../../config.py", 404),
    ("/no/such/page", 404),
    ("/meetings/99999999999999999999", 404),
    ("/sign-out", 405),
    ("/outbox", 303),
    ("/sign-in/" + "x" * 43, 410),
    ("/?a=%00", 422),
]


@pytest.mark.parametrize(("url", "status"), PUBLIC)
def test_every_kind_of_answer_is_guarded(browser: Browser, cast: Cast, url: str, status: int) -> None:
    answer = browser.raw(url)
    check(answer, status)
    answer.close()  # a file stays open until it is read to its end


def test_pages_of_the_signed_in_are_not_kept(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.veikko)
    for url, status in (("/", 200), ("/settings", 403), ("/sign-in/sessions", 200), ("/no/such/page", 404)):
        answer = browser.raw(url)
        check(answer, status)
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_that_is_a_key_is_told_to_nobody(browser: Browser, cast: Cast) -> None:
    topic: Topic = make.topic(cast.north)
    for url, status in ((f"/topics/{topic.token}", 200), ("/sign-in/" + "x" * 43, 410)):
        answer = browser.raw(url)
        check(answer, status)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["/", "/privacy", "/tables/pohjoinen", "/calendar.ics", "/no/such/page"])
def test_public_pages_give_nobody_a_cookie(app: Flask, cast: Cast, url: str) -> None:
    answer = Browser(app, language=None).raw(url)
    assert "Set-Cookie" not in answer.headers


def test_over_https_the_browser_is_told_to_stay_there(app: Flask, cast: Cast) -> None:
    answer = app.test_client().get("/", base_url="https://127.0.0.1")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:5000", "a b", ""])
@pytest.mark.parametrize("url", ["/", "/sign-in", "/no/such/page", "/assets/abc/style.css", "/outbox"])
def test_another_host_name_is_refused(browser: Browser, cast: Cast, host: str, url: str) -> None:
    answer = browser.raw(url, headers={"Host": host})
    check(answer, 400)
    assert "evil" not in answer.text
    assert "evil" not in str(answer.headers)


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host"])
def test_headers_of_a_visitor_change_no_address(browser: Browser, cast: Cast, name: str) -> None:
    answer = browser.raw("/outbox", headers={name: "evil.example"})
    check(answer, 303)
    assert answer.headers["Location"] == "/sign-in?next=/outbox"


def test_a_form_from_elsewhere_is_refused_and_its_text_is_kept(browser: Browser, cast: Cast) -> None:
    text = "Kylätien valaistus on pimeä <b>koko</b> talven."
    for token in (None, "forged", "x" * 10_000):
        data = {"text": text, "table": "pohjoinen"} | ({"csrf_token": token} if token else {})
        page = browser.post("/topics/propose", dict(data), 400)
        assert page.all("textarea", id="kept-text")[0].text == text
    assert db.session.query(Topic).count() == 0


def test_too_much_is_refused(browser: Browser, cast: Cast) -> None:
    answer = browser.client.post("/topics/propose", data={"text": "x" * 7_000_000}, base_url=HOME)
    check(answer, 413)
    assert "A file may be 5 megabytes at most." in plain(answer.text)


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    app: Flask, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setattr(pages.meetings, "coming", lambda _: 1 / 0)
    answer = browser.raw("/")
    check(answer, 500)
    assert "Something went wrong here" in plain(answer.text)
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "DELETE", "PUT", "PATCH", "PROPFIND"])
def test_other_methods_do_nothing(browser: Browser, cast: Cast, method: str) -> None:
    check(browser.client.open("/", method=method, base_url=HOME), 405)
