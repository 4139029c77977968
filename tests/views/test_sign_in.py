"""Signing in by a link: one answer for all, one use, one session, and nothing for scanners."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from app.domain.clock import utc_now
from app.extensions import db
from app.models import Knock, OutgoingMail, Person, SignInLink
from app.services import sign_in_links
from tests.cast import Cast
from tests.page import Browser
from tests.views.signing_in import HOME, ask, browser_token, cookie_of, sent_link, sessions_now


def test_maria_asks_for_a_link_and_signs_in_with_its_button(browser: Browser, cast: Cast) -> None:
    page = ask(browser, cast.maria.upper())
    assert page.h1 == "Look in your e-mail"
    page = browser.get(sent_link())
    assert page.h1 == "Sign in"
    assert "address" not in {one.get("name") for one in page.all("input")}  # the same browser asked for it
    page = page.submit("Sign in")
    assert page.url == "/inbox"
    assert cookie_of(browser, "asked", "/sign-in") is None
    cookie = cookie_of(browser, "signed-in")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_after_signing_in_the_wanted_page_opens(browser: Browser, cast: Cast) -> None:
    page = browser.get("/sign-in?next=/sign-in/sessions").submit("Send the link", email=cast.timo)
    assert browser.get(sent_link()).submit("Sign in").url == "/inbox"  # not round in a circle
    other = Browser(browser.app)
    page = other.get("/sign-in?next=/privacy?lang=en")
    page.submit("Send the link", email=cast.timo)
    assert other.get(sent_link()).submit("Sign in").url == "/privacy"


def test_who_does_not_run_tables_starts_at_the_first_page(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.veikko)
    assert browser.get(sent_link()).submit("Sign in").url == "/"


def test_a_forged_next_in_the_form_leads_to_the_start(browser: Browser, cast: Cast) -> None:
    browser.get("/sign-in").submit("Send the link", email=cast.maria, next="https://evil.example/")
    assert browser.get(sent_link()).submit("Sign in").url == "/inbox"


def test_the_answer_does_not_tell_who_is_known(app: Flask, cast: Cast) -> None:
    answers = []
    for email in (cast.maria, "stranger.here@lehmijarvi.example"):
        browser = Browser(app)
        token = browser_token(browser)
        answer = browser.client.post(
            "/sign-in", data={"csrf_token": token, "email": email}, base_url=HOME, headers={"Referer": HOME}
        )
        headers = [re.sub(r"=[^;]+", "=…", f"{name}: {value}") for name, value in answer.headers]
        page = browser.get("/sign-in/asked")
        answers.append((answer.status_code, len(answer.data), len(str(answer.headers)), headers, page.html))
    assert answers[0] == answers[1]
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_scanners_find_nothing_done(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    link = sent_link()
    scanner = Browser(browser.app)
    assert scanner.client.head(link, base_url=HOME).status_code == 200
    for _ in range(3):
        page = scanner.get(link)
        assert "http-equiv" not in page.html
    assert page.all("input", name="address")  # another browser is asked whose link it is
    for said in ("", "somebody@else.example", "ä", "x" * 300, "a\x00b"):
        page = page.submit("Sign in", 422, address=said)
        assert cookie_of(scanner, "signed-in") is None
    assert sessions_now() == 0
    assert browser.get(link).submit("Sign in").url == "/inbox"


def test_another_browser_signs_in_with_the_address(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    phone = Browser(browser.app)
    page = phone.get(sent_link()).submit("Sign in", 422, address="maria@wrong.example")
    assert "Type the e-mail address that the link was sent to." in page.text
    assert page.submit("Sign in", address=" Maria.Sund@lehmijarvi.EXAMPLE ").url == "/inbox"


def test_a_link_is_tried_ten_times_at_most(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    link = sent_link()
    page = Browser(browser.app).get(link)
    for _ in range(10):
        page = page.submit("Sign in", 422, address="guess@lehmijarvi.example")
    page.submit("Sign in", 429, address=cast.maria)
    assert sessions_now() == 0


def test_a_used_link_offers_a_new_one(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    link = sent_link()
    page = browser.get(link)
    page.submit("Sign in")
    assert browser.get(link).url == "/inbox"  # she is in already
    other = Browser(browser.app)
    for answer in (other.get(link, 410), other.get("/sign-in/" + "x" * 43, 410)):
        assert answer.h1 == "This link does not work any more"
        assert answer.follow("Ask for a new link").h1 == "Sign in"


def test_twenty_presses_at_once_open_one_session(app: Flask, browser: Browser, cast: Cast) -> None:
    link = sign_in_links.make_link(cast.maria)
    assert link is not None
    db.session.remove()

    address = f"/sign-in/{link.secret}"
    ready = [(one, browser_token(one, address)) for one in (Browser(app) for _ in range(20))]

    def press(who: tuple[Browser, str]) -> int:
        one, token = who
        return one.client.post(
            address, data={"csrf_token": token}, base_url=HOME, headers={"Referer": HOME}
        ).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(press, ready))
    assert sessions_now() == 1
    assert answers.count(303) == 1
    assert set(answers) <= {303, 410, 429}


def test_old_links_die(browser: Browser, cast: Cast) -> None:
    def dead(link: str) -> None:
        page = Browser(browser.app).get(link, 410)
        assert page.h1 == "This link does not work any more"

    ask(browser, cast.maria)
    first = sent_link()
    ask(browser, cast.maria)
    dead(first)  # a newer one was sent
    second = sent_link()
    db.session.execute(
        update(Person).where(Person.email == cast.maria).values(email="new@lehmijarvi.example")
    )
    db.session.commit()
    dead(second)  # the address changed
    ask(browser, cast.timo)
    third = sent_link()
    db.session.execute(update(Person).where(Person.email == cast.timo).values(deactivated_at=utc_now()))
    db.session.commit()
    dead(third)
    ask(browser, cast.sari)
    fourth = sent_link()
    with time_machine.travel(utc_now() + timedelta(minutes=31)):
        dead(fourth)
    assert db.session.scalar(select(func.count()).select_from(SignInLink)) == 4


def test_secrets_of_one_purpose_open_no_other_door(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    secret = sent_link().removeprefix("/sign-in/")
    stranger = Browser(browser.app)
    stranger.client.set_cookie("signed-in", secret, domain="127.0.0.1")
    assert stranger.get("/sign-in/sessions").url == "/sign-in"
    browser.get(f"/sign-in/{secret}").submit("Sign in")
    cookie = cookie_of(browser, "signed-in")
    assert cookie is not None
    stranger.client.delete_cookie("signed-in", domain="127.0.0.1")
    stranger.get(f"/sign-in/{cookie.value}", 410)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write your e-mail address."),
        ("   ", "Write your e-mail address."),
        ("abc", "Check the e-mail address. It looks like this: name@example.fi"),
        ("a@b.fi, c@d.fi", "Write only one e-mail address."),
        ("a\x00@b.fi", "The text has characters that cannot be saved. Type it again instead of pasting."),
        ("a@b.fi\r\nBcc: c@d.fi", "Write only one e-mail address."),
        ("x" * 10_000, "The text is too long: 10000 characters. At most 254 fit."),
    ],
)
def test_what_is_no_address_is_said_at_the_field(
    browser: Browser, cast: Cast, typed: str, sentence: str
) -> None:
    page = ask(browser, typed, 422)
    assert sentence in page.text
    assert db.session.scalar(select(func.count()).select_from(Knock)) == 0


def test_asking_has_limits_that_no_header_moves(app: Flask, cast: Cast) -> None:
    answers = []
    for n in range(40):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        token = browser_token(browser)
        answer = browser.client.post(
            "/sign-in",
            data={"csrf_token": token, "email": f"someone{n}@lehmijarvi.example"},
            base_url=HOME,
            headers={"Referer": HOME, "X-Forwarded-For": f"192.0.2.{n}", "Forwarded": f"for=192.0.2.{n}"},
        )
        answers.append(answer.status_code)
    assert answers == [303] * sign_in_links.PER_NETWORK + [429] * (40 - sign_in_links.PER_NETWORK)


def test_one_address_gets_five_letters_in_a_quarter_of_an_hour(browser: Browser, cast: Cast) -> None:
    for _ in range(sign_in_links.PER_ADDRESS):
        ask(browser, cast.maria)
    page = ask(browser, cast.maria, 429)
    assert "There have been too many tries." in page.text
    assert page.all("input", name="email")[0].get("value") == cast.maria
    with time_machine.travel(utc_now() + timedelta(minutes=16)):
        ask(browser, cast.maria)


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_no_header_changes_the_address_in_the_letter(browser: Browser, cast: Cast, name: str) -> None:
    token = browser_token(browser)
    value = "host=evil.example" if name == "Forwarded" else "evil.example"
    answer = browser.client.post(
        "/sign-in",
        data={"csrf_token": token, "email": cast.maria},
        base_url=HOME,
        headers={"Referer": HOME, name: value},
    )
    assert answer.status_code == (400 if name == "Host" else 303)
    if name != "Host":
        assert sent_link()  # begins with the configured address
        assert "evil" not in (db.session.scalar(select(OutgoingMail.body)) or "")


def test_signing_in_needs_the_form_of_the_page(browser: Browser, cast: Cast) -> None:
    ask(browser, cast.maria)
    link = sent_link()
    for address in ("/sign-in", link, "/sign-out", "/sign-in/sessions/end-others"):
        browser.post(address, {"email": cast.maria}, 400)
    assert sessions_now() == 0


def test_the_cookie_asks_for_https_where_the_site_has_it(app: Flask, cast: Cast) -> None:
    link = sign_in_links.make_link(cast.maria)
    assert link is not None
    client = app.test_client()
    home = "https://127.0.0.1"
    token = client.get(f"/sign-in/{link.secret}", base_url=home).text.split('csrf_token" value="')[1]
    answer = client.post(
        f"/sign-in/{link.secret}",
        data={"csrf_token": token.split('"')[0]},
        base_url=home,
        headers={"Referer": home + "/"},
    )
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if "signed-in" in one)
    assert cookie.startswith("__Host-signed-in=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
