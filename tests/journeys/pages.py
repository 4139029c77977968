"""What people do on pages, in the words that they read there (Finnish)."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.extensions import db
from app.models import OutgoingMail

AXE = Axe()
NARROWEST = 320
# axe calls the others best practice rather than law; landmarks of a letter-sized page are looked at by eye
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Press the first link that begins with these words."""
    page.get_by_role("link", name=words).first.click()


def reads(page: Page, *sentences: str) -> None:
    """Check that a person finds these words on the page (soft hyphens left out)."""
    text = page.locator("body").inner_text().replace("\u00ad", "")
    flat = " ".join(text.split())
    for sentence in sentences:
        assert " ".join(sentence.split()) in flat, f"{sentence!r} is not on {page.url}: {flat[:1500]}"


def inspect(page: Page) -> None:
    """No accessibility fault that rules can find, and nothing to scroll sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("rules => axe.run(rules).then(result => result.violations)", RULES)
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels wider than the window"


def letter_to(address: str, kind: str) -> str:
    """Return the text of the newest queued letter of a kind to an address."""
    db.session.rollback()
    return (
        db.session.scalars(
            select(OutgoingMail.body)
            .where(OutgoingMail.to_address == address, OutgoingMail.kind == kind)
            .order_by(OutgoingMail.id.desc())
        ).first()
        or ""
    )


def link_in(letter: str) -> str:
    """Return the path of the first address of ours in a letter."""
    address = next(word for word in letter.split() if word.startswith("http://127.0.0.1:5000/"))
    return address.removeprefix("http://127.0.0.1:5000")


def sign_in_by_letter(page: Page, email: str) -> None:
    """Ask for a link, open it from the letter, and press the button."""
    page.goto("/sign-in")
    page.get_by_label("Sähköpostiosoite").fill(email)
    press(page, "Lähetä linkki")
    page.goto(link_in(letter_to(email, "sign_in_link")))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    press(page, "Kirjaudu")


def propose(page: Page, text: str, village: str | None = None, email: str | None = None) -> str:
    """Propose a topic through the check page, and return the private address."""
    page.goto("/topics/propose?table=pohjoinen")
    page.get_by_label("Mistä haluat puhua?").fill(text)
    if village:
        page.get_by_label("Kylä tai toimiala").select_option(label=village)
    if email:
        page.get_by_label("Sähköpostiosoite").fill(email)
    press(page, "Jatka")
    reads(page, "Tarkista ennen lähettämistä", text)
    press(page, "Lähetä aihe")
    return page.url.split("?")[0]


def import_plan(page: Page, file: Path | dict[str, object]) -> None:
    """Read a plan document in and store it after its preview."""
    page.goto("/plans/import")
    page.get_by_label("Suunnitelman tiedosto").set_input_files(file)
    press(page, "Lue suunnitelma")
    reads(page, "Mitään ei ole vielä tallennettu")
    page.get_by_role("button", name="Tuo tämä suunnitelma").first.click()
