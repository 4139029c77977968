"""Being signed in: where, until when, how to end it, and the one press of a demo."""

from sqlalchemy import select

from app.extensions import db
from app.models import Municipality, SignInSession
from tests.cast import Cast
from tests.page import Browser
from tests.views.signing_in import ask, browser_token, cookie_of, sent_link, sessions_now


def test_signing_out_ends_the_row_so_that_a_copied_cookie_is_worth_nothing(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.maria)
    cookie = cookie_of(browser, "signed-in")
    assert cookie is not None
    page = browser.get("/sign-in/sessions").submit("Sign out")
    assert "You have signed out." in page.text
    assert cookie_of(browser, "signed-in") is None
    thief = Browser(browser.app)
    thief.client.set_cookie("signed-in", cookie.value, domain="127.0.0.1")
    assert thief.get("/sign-in/sessions").url == "/sign-in"


def test_maria_sees_her_browsers_and_signs_out_elsewhere(browser: Browser, cast: Cast) -> None:
    elsewhere = [Browser(browser.app).sign_in(cast.maria) for _ in range(3)]
    timo = Browser(browser.app).sign_in(cast.timo)
    page = browser.sign_in(cast.maria).get("/sign-in/sessions")
    assert page.text.count("Unknown browser") == 4
    assert page.text.count("This browser") == 1
    page = page.submit("Sign out there: Unknown browser")
    assert "That browser is signed out." in page.text
    page = page.submit("Sign out everywhere else")
    assert "2 browsers are signed out." in page.text
    assert [one.get("/sign-in/sessions").url for one in elsewhere] == ["/sign-in"] * 3
    assert timo.get("/sign-in/sessions").url == "/sign-in/sessions"


def test_nobody_ends_another_persons_session(browser: Browser, cast: Cast) -> None:
    timo = Browser(browser.app).sign_in(cast.timo)
    his = db.session.scalars(select(SignInSession.id)).one()
    db.session.remove()
    browser.sign_in(cast.maria)
    Browser(browser.app).sign_in(cast.maria)
    token = browser_token(browser, "/sign-in/sessions")
    for number in (his, 999_999_999):
        browser.post(f"/sign-in/sessions/{number}/end", {"csrf_token": token}, 404)
    assert timo.get("/sign-in/sessions").url == "/sign-in/sessions"


def test_signing_in_again_ends_the_session_of_before(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.maria)
    ask(browser, cast.timo)
    browser.get(sent_link()).submit("Sign in")
    assert sessions_now() == 1


def test_in_a_demo_one_press_makes_you_an_invented_person(browser: Browser, cast: Cast) -> None:
    assert "Be this person" not in browser.get("/sign-in").text
    db.session.get_one(Municipality, 1).demo = True
    db.session.commit()
    page = browser.get("/sign-in")
    assert page.text.count("Be this person") == 9
    assert "Coordinator: every table" in page.text
    assert "Chair: Pohjoinen lähikumppanuuspöytä" in page.text
    page = page.submit("Be this person: Maria Sund")
    assert page.url == "/inbox"
    assert "You are signed in as Maria Sund." in page.text


def test_nobody_becomes_a_person_by_one_press_outside_a_demo(browser: Browser, cast: Cast) -> None:
    token = browser_token(browser)
    browser.post("/sign-in/demo/1", {"csrf_token": token}, 404)
    assert sessions_now() == 0
