"""A client that inspects every page it fetches, and fails the test that saw a broken house rule."""

from __future__ import annotations

import re
from collections import Counter
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import Person
from app.services import sessions

INPUTS = ("input", "select", "textarea")


class VisitingClient(FlaskClient):
    """A client whose every request stands alone, as on a server.

    Inside the test's own app context Flask would hand one request's memory (who is signed in, the form
    token) to the next, and to the next person's browser.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():  # what the test was reading: afterwards it reads what the request has stored
            db.session.rollback()
        return Context().run(super().open, *args, **kwargs)


class Browser:
    """Somebody at a browser: visits pages, follows forms, and may be signed in."""

    def __init__(self, app: Flask, language: str | None = "en") -> None:
        self.app = app
        app.test_client_class = VisitingClient
        self.client = app.test_client()
        if language:
            self.client.set_cookie("language", language, domain="127.0.0.1")

    def sign_in(self, email: str) -> Browser:
        """Be this person from now on; the sign-in pages have tests of their own."""
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        secret = sessions.open_session(person, "a test")
        db.session.commit()
        self.client.set_cookie("signed-in", secret, domain="127.0.0.1")
        return self

    def get(self, url: str, status: int = 200) -> Page:
        """Visit a page, through redirects, and inspect it."""
        return self._page(
            self.client.get(url, follow_redirects=True, base_url="http://127.0.0.1:5000"), status
        )

    def post(self, url: str, data: dict[str, object], status: int = 200) -> Page:
        """Send a form as it is, without its page (for forgeries); else use Page.submit."""
        answer = self.client.post(
            url,
            data=data,
            follow_redirects=True,
            base_url="http://127.0.0.1:5000",
            headers={"Referer": "http://127.0.0.1:5000/"},
        )
        return self._page(answer, status)

    def raw(self, url: str, **options: object) -> TestResponse:
        """Fetch anything as it is: files, feeds, redirects."""
        return self.client.get(url, base_url="http://127.0.0.1:5000", **options)

    def _page(self, answer: TestResponse, status: int) -> Page:
        db.session.remove()
        assert answer.status_code == status, (
            f"{answer.request.path} answered {answer.status_code}, expected {status}: "
            f"{plain(answer.text)[:600]}"
        )
        page = Page(self, answer.request.path, answer.text)
        page.inspect()
        return page


def plain(html: str) -> str:
    """Return the words of some HTML."""
    return " ".join(re.sub("<[^>]+>", " ", html).replace("\u00ad", "").split())


@dataclass
class Page:
    """One fetched page."""

    browser: Browser
    url: str
    html: str
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(self.html)

    # What a person sees

    @property
    def text(self) -> str:
        """All words of the page, without soft hyphens."""
        body = self.root.find("body")
        assert body is not None
        return words(body)

    @property
    def h1(self) -> str:
        """The words of the one h1."""
        return words(self.all("h1")[0])

    @property
    def title(self) -> str:
        """What the tab of the browser says."""
        return words(self.all("title")[0])

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of a tag with these attributes (class_ for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.root.iter(tag)
            if all(
                value in (one.get(name) or "").split() or one.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def links(self) -> dict[str, str]:
        """Addresses by the words of their links."""
        return {words(one): one.get("href", "") for one in self.all("a")}

    def follow(self, text: str) -> Page:
        """Press the link with these words."""
        links = self.links()
        assert text in links, f"no link {text!r} on {self.url}; there are {sorted(links)}"
        return self.browser.get(links[text])

    # Forms

    def form_of(self, button: str, within: str | None = None) -> tuple[Element, Element]:
        """The form and the button with these words (or this aria-label)."""
        for form in self.all("form"):
            if within and within not in words(form):
                continue
            for one in form.iter("button"):
                if button in (words(one), one.get("aria-label")):
                    return form, one
        buttons = sorted({one.get("aria-label") or words(one) for one in self.all("button")})
        raise AssertionError(f"no button {button!r} on {self.url}; there are {buttons}")

    def submit(self, button: str, status: int = 200, within: str | None = None, **typed: object) -> Page:
        """Fill the form of a button and press it; names not on the form fail the test."""
        form, pressed = self.form_of(button, within)
        data = fields_of(form)
        for name, value in typed.items():
            assert name in {one.get("name") for one in form.iter() if one.tag in INPUTS}, (
                f"no field {name!r} in the form of {button!r} on {self.url}"
            )
            data[name] = value
        if pressed.get("name"):
            data[str(pressed.get("name"))] = pressed.get("value", "")
        address = form.get("action") or self.url
        if (form.get("method") or "get").lower() == "get":
            query = "&".join(f"{name}={value}" for name, value in data.items())
            return self.browser.get(f"{address.split('#')[0].split('?')[0]}?{query}", status)
        return self.browser.post(address, data, status)

    # The house rules

    def inspect(self) -> None:
        """Fail with the cure when the page breaks a rule that every page keeps."""
        ids = Counter(one.get("id") for one in self.root.iter() if one.get("id"))
        twice = [name for name, times in ids.items() if times > 1]
        assert not twice, f"{self.url}: ids used twice: {twice}"
        headings = self.all("h1")
        assert len(headings) == 1, f"{self.url}: a page has one h1, this has {len(headings)}"
        assert self.title, f"{self.url}: the page has no title"
        html = self.root if self.root.tag == "html" else self.all("html")[0]
        assert html.get("lang") in ("fi", "sv", "en"), f"{self.url}: <html lang> is missing"
        labelled = {one.get("for") for one in self.all("label")}
        for one in self.root.iter():
            if one.tag in INPUTS and one.get("type") not in ("hidden", "submit"):
                named = one.get("id") in labelled or one.get("aria-label") or one.get("aria-labelledby")
                assert named, f"{self.url}: the field {one.get('name')!r} has no label"
            if one.tag == "a":
                assert one.get("href"), f"{self.url}: a link leads nowhere: {words(one)!r}"
                assert words(one) or one.get("aria-label"), (
                    f"{self.url}: a link has no words: {one.get('href')}"
                )
            if one.tag == "button":
                assert words(one) or one.get("aria-label"), f"{self.url}: a button has no words"
            if one.tag == "img":
                assert one.get("alt") is not None, f"{self.url}: a picture has no alt"
            for name in ("aria-describedby", "aria-labelledby"):
                for target in (one.get(name) or "").split():
                    assert target in ids, f"{self.url}: {name} points at {target!r}, which is not there"
            assert not any(name.startswith("on") for name in one.attrib), (
                f"{self.url}: script in an attribute"
            )
            assert not one.get("style"), f"{self.url}: style in an attribute"
        for form in self.all("form"):
            if (form.get("method") or "").lower() == "post":
                tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token"]
                assert tokens, f"{self.url}: a form without its token"


def words(element: Element) -> str:
    """The words inside an element, without soft hyphens and with plain spaces."""
    parts: list[str] = []

    def walk(one: Element) -> None:
        if one.tag in ("script", "style"):
            return
        parts.append(one.text or "")
        for child in one:
            walk(child)
            parts.append(child.tail or "")
            if child.tag in (
                "li",
                "p",
                "div",
                "dt",
                "dd",
                "tr",
                "td",
                "th",
                "h1",
                "h2",
                "h3",
                "br",
                "option",
            ):
                parts.append(" ")

    walk(element)
    return " ".join("".join(parts).replace("\u00ad", "").split())


def fields_of(form: Element) -> dict[str, object]:
    """What a browser would send of a form as it stands."""
    data: dict[str, object] = {}
    for one in form.iter():
        name = one.get("name")
        if one.tag not in INPUTS or not name or one.get("disabled") is not None:
            continue
        if one.tag == "select":
            options = list(one.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            if one.get("multiple") is not None:
                data[name] = [o.get("value") for o in options if o.get("selected") is not None]
            elif chosen:
                data[name] = chosen[0].get("value", words(chosen[0]))
        elif one.tag == "textarea":
            data[name] = one.text or ""
        elif one.get("type") in ("checkbox", "radio"):
            if one.get("checked") is not None:
                data[name] = one.get("value", "on")
        elif one.get("type") not in ("submit", "file"):
            data[name] = one.get("value", "")
    return data


def query_of(url: str) -> dict[str, str]:
    """The query of an address as a dict."""
    return dict(parse_qsl(urlsplit(url).query))
