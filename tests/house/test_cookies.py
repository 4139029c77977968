"""What browsers are given to keep, and where a visitor may be led: cookies, kept pages, addresses."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.factory import create_app
from app.services import sign_in_links
from app.views.way_on import safe_next
from config import Config
from tests import make
from tests.cast import Cast
from tests.page import Browser, VisitingClient, fields_of
from tests.two_tables import HOME

SITE = "https://kumppanuus.example.org"


def cookies(answer: TestResponse) -> dict[str, str]:
    """Return the attributes of each cookie that is set, by its name."""
    return {one.partition("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}


@pytest.fixture
def served(app: Flask, cast: Cast, tmp_path: Path) -> Iterator[Flask]:
    """The same database behind https: the settings of a real installation."""
    site = create_app(
        Config(
            secret_key="a key for tests only, long enough to be one",
            public_url=SITE,
            database_url=db.engine.url.render_as_string(hide_password=False),
            mail_url="memory:",
            instance_dir=tmp_path,
            testing=True,
        )
    )
    site.test_client_class = VisitingClient
    with site.app_context():
        yield site
        db.session.remove()
        db.engine.dispose()


# With PROXIES=0 the proxy in front speaks http to us: the settings still say what browsers see.
@pytest.mark.parametrize("base", [SITE, SITE.replace("https", "http")])
def test_every_cookie_of_a_https_site_is_shut(served: Flask, cast: Cast, base: str) -> None:
    client = served.test_client()
    page = client.get("/sign-in?lang=sv", base_url=base)
    found = cookies(page)
    assert set(found) == {"__Host-form", "language"}
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    link = sign_in_links.make_link(cast.maria)
    assert link
    db.session.remove()
    url = f"/sign-in/{link.secret}"
    form = fields_of(next(_forms(client.get(url, base_url=SITE))))
    signed_in = client.post(url, data=form, base_url=base, headers={"Referer": f"{base}/"})
    assert signed_in.status_code == 303
    found |= cookies(signed_in) | cookies(_asks(client, base))
    assert {"__Host-signed-in", "asked"} <= set(found)
    for name, attributes in found.items():
        assert "; Secure" in attributes, name
        assert "; HttpOnly" in attributes, name
        assert "; SameSite=Lax" in attributes, name
        if name.startswith("__Host-"):
            assert "; Path=/" in attributes, name
            assert "Domain" not in attributes, name
    assert client.get("/inbox", base_url=base).status_code == 200


def _asks(client: FlaskClient, base: str) -> TestResponse:
    form = fields_of(next(_forms(client.get("/sign-in", base_url=base)))) | {"email": "somebody@example.org"}
    return client.post("/sign-in", data=form, base_url=base, headers={"Referer": f"{base}/"})


def _forms(answer: TestResponse) -> Iterator[Element]:
    """Give the forms of a page that lie in its own content, not in the frame around it."""
    for form in html5lib.parse(answer.text, namespaceHTMLElements=False).iter("form"):
        if "sign-out" in (form.get("action") or ""):
            continue
        if (form.get("method") or "").lower() == "post":
            yield form


def test_cookies_over_http_are_hidden_from_scripts_too(app: Flask, cast: Cast) -> None:
    browser = Browser(app, language=None)
    for answer in (browser.raw("/sign-in?lang=sv"),):
        for name, attributes in cookies(answer).items():
            assert "; HttpOnly" in attributes, name
            assert "; SameSite=Lax" in attributes, name


def test_a_cookie_that_nobody_made_opens_nothing(app: Flask, cast: Cast) -> None:
    for secret in ("", "x", "x" * 43, "ä", "1", "null", "../../", "x" * 4000):
        browser = Browser(app)
        browser.client.set_cookie("signed-in", secret, domain="127.0.0.1")
        assert browser.raw("/inbox").status_code == 303
        assert browser.raw("/").status_code == 200


def test_pages_without_a_form_are_everybodys_and_pages_with_one_are_one_browsers(
    app: Flask, cast: Cast
) -> None:
    meeting = make.meeting(cast.north, state="published")
    for url in ("/", "/meetings", f"/meetings/{meeting.id}", "/tables/pohjoinen", "/privacy", "/plans"):
        answer = Browser(app, language=None).raw(url)
        assert not cookies(answer), f"{url} gives a cookie"
        assert "Cache-Control" not in answer.headers, url
    for url in ("/topics/propose", "/topics/find", "/sign-in"):
        answer = Browser(app, language=None).raw(url)
        assert set(cookies(answer)) == {"form"}, url
        assert answer.headers["Cache-Control"] in ("no-store", "private, no-cache"), url


def test_what_a_signed_in_person_reads_is_never_kept(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north)
    browser = Browser(app).sign_in(cast.maria)
    ways = (
        "/",
        "/inbox",
        "/settings/people",
        f"/meetings/{meeting.id}",
        f"/meetings/{meeting.id}/edit",
        "/calendar.ics",
        "/no/such/page",
        "/inbox/999999",
        "/topics/propose",
        "/healthz",
    )
    for url in ways:
        assert browser.raw(url).headers["Cache-Control"] == "no-store", url
    # Another browser through the same cache reads nobody's name.
    assert "Maria" not in Browser(app).raw("/").text


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("url", ["/", "/inbox", "/sign-in", "/settings/people/1", "/assets/abc/style.css"])
def test_unusual_methods_tell_and_do_nothing(app: Flask, cast: Cast, method: str, url: str) -> None:
    browser = Browser(app).sign_in(cast.maria)
    answer = browser.client.open(url, method=method, base_url=HOME, headers={"X-Secret": "abc-secret"})
    assert answer.status_code == (200 if method == "OPTIONS" else 405)
    assert "abc-secret" not in answer.text
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert method != "OPTIONS" or answer.text == ""


AWAY = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\tevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/./ /evil.example",
    "/a//evil.example",
    "http://evil.example",
    "https:evil.example",
    "https:///evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    "/@evil.example",
    ".evil.example",
    "/.evil.example",
    "/..//evil.example",
    " //evil.example",
    "/inbox\r\nLocation: https://evil.example",
    "/inbox?x=\r\nSet-Cookie: a=b",
    "/sign-out",
    "/sign-in/" + "x" * 43,
    "/" + "a" * 500,
    "／／evil.example",
    "/\u2028/evil.example",
]


@pytest.mark.parametrize("wanted", AWAY)
def test_nobody_is_led_away(app: Flask, cast: Cast, wanted: str) -> None:
    assert safe_next(wanted) is None
    browser = Browser(app)
    link = sign_in_links.make_link(cast.maria)
    assert link
    db.session.remove()
    page = browser.get("/sign-in")
    form = fields_of(next(_forms(browser.raw("/sign-in")))) | {"next": wanted, "email": cast.kaisa}
    asked = browser.client.post("/sign-in", data=form, base_url=HOME)
    assert asked.status_code in (303, 422)
    url = f"/sign-in/{link.secret}"
    form = fields_of(next(_forms(browser.raw(url))))
    answer = browser.client.post(url, data=form, base_url=HOME)
    assert answer.status_code == 303
    to = urlsplit(answer.headers["Location"])
    assert (to.scheme, to.netloc, to.path) == ("", "", "/inbox")
    assert page.browser is browser


STRANGE = [
    "?endpoint=x",
    "?self=1",
    "?values=3",
    "?_anchor=x",
    "?_method=POST",
    "?_scheme=javascript",
    "?_external=1&_scheme=javascript&x=%0aalert(1)",
    "?_external=1",
    "?meeting_id=7",
    "?lang=sv&lang=fi",
    '?x="><script>alert(1)</script>',
]


@pytest.mark.parametrize("query", STRANGE)
def test_names_in_an_address_have_no_power_over_the_links_of_a_page(
    app: Flask, cast: Cast, query: str
) -> None:
    meeting = make.meeting(cast.north, state="published")
    app.testing = False
    browser = Browser(app)
    for path in ("/", f"/meetings/{meeting.id}", "/topics/propose", "/no/such/page"):
        answer = browser.raw(path + query)
        assert answer.status_code == (404 if path == "/no/such/page" else 200)
        assert "javascript:" not in answer.text
        assert "<script>alert" not in answer.text
        links = [line for line in answer.text.split("\n") if "hreflang" in line]
        assert len(links) == 2
        assert all(f'href="{path}?' in line for line in links)
    app.testing = True
