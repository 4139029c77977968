"""A walk over the whole demo: every link of every page leads to a page that keeps the house rules."""

import re
import time
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import Meeting, Person, Topic
from tests.page import Browser, Page

SITE = "http://127.0.0.1:5000"
MOST_PAGES = 600
PATIENCE = 240  # seconds; what is left then is left out
A_KIND = 12  # pages of one kind (the same address but for its number), so that a walk is long but ends


def kind_of(url: str) -> str:
    """The address without what differs between two pages of one kind."""
    pieces = urlsplit(url).path.strip("/").split("/")
    return "/".join("*" if len(piece) > 20 else re.sub(r"\d+", "*", piece) for piece in pieces)


class Walk:
    """Everything that one visitor reaches by links alone."""

    def __init__(self, browser: Browser, *starts: str, of_a_kind: int = A_KIND) -> None:
        self.browser = browser
        self.of_a_kind = of_a_kind
        self.waiting = deque(starts)
        self.seen = set(starts)
        self.kinds: Counter[str] = Counter(kind_of(one) for one in starts)
        self.visited: list[str] = []
        self.broken: list[str] = []

    def go(self) -> "Walk":
        began = time.monotonic()
        while self.waiting and len(self.visited) < MOST_PAGES and time.monotonic() - began < PATIENCE:
            self._visit(self.waiting.popleft())
        return self

    def _visit(self, url: str) -> None:
        self.visited.append(url)
        try:
            answer = self.browser.raw(url, follow_redirects=True)
        except Exception as fault:
            self.broken.append(f"{url} failed: {type(fault).__name__}: {fault}")
            return
        finally:
            db.session.remove()
        if answer.status_code != 200:
            self.broken.append(f"{url} answered {answer.status_code}")
        elif answer.mimetype == "text/html":
            page = Page(self.browser, url, answer.text)
            try:
                page.inspect()
            except AssertionError as error:
                self.broken.append(str(error))
            for one in page.all("a"):
                self._found(urljoin(f"{SITE}{url}", one.get("href", "")), url)

    def _found(self, address: str, on: str) -> None:
        address = urldefrag(address)[0]
        if not address.startswith(f"{SITE}/"):
            return
        url = address.removeprefix(SITE)
        kind = kind_of(url)
        if url in self.seen or "lang=" in url or self.kinds[kind] >= self.of_a_kind:
            return
        self.seen.add(url)
        self.kinds[kind] += 1
        self.waiting.append(url)


def starts_of_proposers() -> list[str]:
    """The private pages of one topic in each state."""
    by_state = {topic.state: topic.token for topic in db.session.scalars(select(Topic))}
    return [f"/topics/{token}" for token in by_state.values()]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_anybody_can_walk_everywhere(town: Flask, language: str) -> None:
    walk = Walk(Browser(town, language), "/", *starts_of_proposers(), of_a_kind=60).go()
    assert not walk.broken, "\n".join(walk.broken)
    for kind in ("tables", "meetings/*", "meetings/*/memo", "plans/*", "measures/*", "topics/*"):
        assert any(one.startswith(kind) for one in walk.kinds), f"no link led to {kind}"


def test_drafts_are_nowhere_for_anybody(town: Flask) -> None:
    drafts = db.session.scalars(select(Meeting.id).where(Meeting.published_at.is_(None))).all()
    walk = Walk(Browser(town), "/", of_a_kind=60).go()
    assert drafts
    for meeting in drafts:
        assert not [url for url in walk.visited if re.match(rf"/meetings/{meeting}\b", url)]
        assert walk.browser.raw(f"/meetings/{meeting}").status_code == 404


def person_with_title(title: str) -> str:
    return db.session.scalars(select(Person.email).where(Person.title == title)).one() or ""


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("hyvinvointikoordinaattori", "fi"),
        ("osallisuussuunnittelija", "sv"),
        ("vapaa-aikasihteeri", "en"),
        ("valtuutettu", "fi"),
    ],
)
def test_people_with_roles_can_walk_everywhere(town: Flask, title: str, language: str) -> None:
    walk = Walk(Browser(town, language).sign_in(person_with_title(title)), "/").go()
    assert not walk.broken, "\n".join(walk.broken)
    assert len(walk.visited) > 40
