"""Every kind of page of the demo municipality, in three languages, two widths and two colour schemes."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Request

from app.services import demo
from tests.journeys.conftest import Visit
from tests.journeys.every_page import Kind, kinds
from tests.journeys.pages import inspect

RIIKKA = "riikka.halmevaara@kuovinsalmi.example"
WIDTHS = {320: 640, 1280: 900}
SCHEMES = ("light", "dark")
LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
LANGUAGES = ("fi", "sv", "en")
MOST_REQUESTS = 5  # page, styles, what all pages do, the clock, and looking after unsent text
IMPORTANT = {
    "pages.home",
    "topics.propose",
    "topics.show_topic",
    "meetings.show_meeting",
    "agenda.edit",
    "memos.memo",
}

# What axe does not measure: text under 16 pixels, targets under 24 that do not stand in a sentence,
# and what is wider than the window.
PROBE = """
() => {
  const faults = [];
  const aside = ".visually-hidden, .skip-link, [aria-hidden=true]";
  const controls = "a, button, input:not([type=hidden]), select, textarea, summary";
  const shown = (one) => one.checkVisibility() && !one.closest(aside);
  const name = (one) => one.outerHTML.slice(0, 140);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const one = text.parentElement;
    if (text.data.trim() && shown(one) && parseFloat(getComputedStyle(one).fontSize) < 16)
      faults.push(`small text: ${name(one)}`);
  }
  for (const one of document.querySelectorAll(controls)) {
    if (!shown(one)) continue;
    const inSentence = one.tagName === "A" && getComputedStyle(one).display === "inline"
      && one.parentElement.textContent.trim() !== one.textContent.trim();
    const choice = one.type === "radio" || one.type === "checkbox";
    const box = (choice ? one.parentElement : one).getBoundingClientRect();
    if (!inSentence && (box.width < 24 || box.height < 24))
      faults.push(`small target ${Math.round(box.width)} x ${Math.round(box.height)}: ${name(one)}`);
  }
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) faults.push(`${wider} pixels too wide`);
  return faults;
}
"""


class Watch:
    """Notes what a page asks for and complains about."""

    def __init__(self, page: Page, own: str) -> None:
        self.own = own
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.endswith(".svg"):  # the tab's icon comes beside the page, once a browser
            self.asked.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def faults(self) -> list[str]:
        """Return what was wrong with the page that has just loaded, and forget it."""
        found = [f"asks a stranger: {url}" for url in self.asked if not url.startswith(self.own)]
        if len(self.asked) > MOST_REQUESTS:
            found.append(f"{len(self.asked)} requests: {self.asked}")
        found += [f"console: {text}" for text in self.complaints]
        self.asked.clear()
        self.complaints.clear()
        return found


def look(page: Page, width: int, scheme: str) -> None:
    """Make the window this wide, in this colour scheme."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def faults_of(page: Page, kind: Kind, turn: int) -> list[str]:
    """Return the faults of an open page: the probe in both widths, axe in one look or none.

    Over the three languages every page meets axe, and the important ones do so in every look of each.
    """
    found = []
    for place, (width, scheme) in enumerate(LOOKS):
        important = kind.endpoint in IMPORTANT and not kind.variant
        inspected = important or (turn % 3 == 0 and place == turn // 3 % len(LOOKS))
        if not inspected and scheme == "dark":
            continue
        look(page, width, scheme)
        if inspected:
            try:
                inspect(page)
            except AssertionError as fault:
                found.append(f"{width} {scheme}: {fault}"[:600])
        if scheme == "light":
            found += [f"{width}: {one}" for one in page.evaluate(PROBE)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_order(app: Flask, visit: Visit, language: str) -> None:
    demo.load(date.today())  # noqa: DTZ011 - the municipality's own day
    every = kinds(app, RIIKKA)
    windows = {True: visit(), False: visit(who=RIIKKA)}
    watches = {public: Watch(page, visit.address) for public, page in windows.items()}
    found = []
    for number, kind in enumerate(every):
        # A page for everybody is looked at as a stranger, in one language as the coordinator, who sees more.
        turn = number + LANGUAGES.index(language)
        strange = kind.public and turn % 3 != 1
        page = windows[strange]
        mark = "&" if "?" in kind.address else "?"
        answer = page.goto(f"{kind.address}{mark}lang={language}")
        assert answer is not None
        faults = [f"status {answer.status}"] if answer.status != 200 else []
        if page.locator("html").get_attribute("lang") != language:
            faults.append("another language")
        faults += faults_of(page, kind, turn)
        faults += watches[strange].faults()
        found += [f"{kind.address} ({'stranger' if strange else 'coordinator'}): {one}" for one in faults]
    assert not found, "\n".join(found)
    assert len(every) > 45
