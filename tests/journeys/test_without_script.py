"""A phone without script: from proposing a topic to a published memo, with mistakes on the way."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NARROW, Visit
from tests.journeys.pages import follow, press, propose, reads, sign_in_by_letter

SIGN = "Kylätien opaste puuttuu risteyksestä"
BUS = "Kirjastoauton pysäkki koululle"
NOTE = "Opaste tilataan **syksyllä**. Kylä näyttää paikan."
PROMISE = "Tilataan opaste risteykseen."


def fits(page: Page) -> None:
    """Nothing to scroll sideways (axe itself needs script: the same pages meet it elsewhere)."""
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels too wide"


def test_a_topic_with_mistakes_first(cast: Cast, visit: Visit) -> None:
    phone = visit(NARROW, script=False)
    phone.goto("/")
    follow(phone, "Ehdota aihetta")

    # Nothing asked for is written, and the address is not one: both are said, at once.
    phone.get_by_label("Sähköpostiosoite").fill("eeva(at)koivuranta")
    phone.get_by_label("Nimesi").fill("Eeva Ååström-Mäkitörmä")
    press(phone, "Jatka")
    expect(phone).to_have_title("Virhe: Ehdota aihetta – Lehmijärven kunta")
    reads(phone, "Tarkista nämä kohdat", "Kirjoita, mistä haluat puhua.")
    expect(phone.get_by_label("Sähköpostiosoite")).to_have_value("eeva(at)koivuranta")
    expect(phone.get_by_label("Nimesi")).to_have_value("Eeva Ååström-Mäkitörmä")
    fits(phone)

    # The line in the list leads to its field, which says the same.
    summary = phone.locator(".error-summary")
    summary.get_by_role("link", name="Kirjoita, mistä haluat puhua.").click()
    assert phone.evaluate("location.hash") == "#text"
    expect(phone.locator("#text:target")).to_be_in_viewport()
    expect(phone.locator("#text-error")).to_contain_text("Kirjoita, mistä haluat puhua.")
    phone.locator("#text").fill(f"{SIGN}.\n\nVieraat ajavat ohi.")
    summary.get_by_role("link", name="Tarkista sähköpostiosoite").click()
    expect(phone.locator("#email:target")).to_be_in_viewport()
    phone.get_by_label("Sähköpostiosoite").fill("eeva@koivuranta.example")
    press(phone, "Jatka")

    # Everything is shown once more; a change of mind loses nothing.
    reads(phone, "Tarkista ennen lähettämistä", "Vieraat ajavat ohi.", "eeva@koivuranta.example")
    fits(phone)
    phone.get_by_role("button", name=re.compile("^Muuta ?: Puhelinnumero")).click()
    phone.get_by_label("Puhelinnumero").fill("040 555 0101")
    assert "Vieraat ajavat ohi." in phone.locator("#text").input_value()
    press(phone, "Jatka")
    reads(phone, "040 555 0101")
    fits(phone)
    press(phone, "Lähetä aihe")

    # The receipt has a number, an address and what comes next; contact details are nowhere.
    reads(phone, "Kiitos! Aiheesi on perillä.", "Aiheesi numero on", "Vastaanotettu – Nyt", SIGN)
    assert "Ååström" not in phone.content()
    assert "040 555 0101" not in phone.content()
    fits(phone)


def open_draft(page: Page, day: date) -> str:
    """Make a draft with the standing items, after a start that is no time of day; return its address."""
    page.goto("/meetings/new")
    page.get_by_label("Kumppanuuspöytä").select_option(label="Pohjoinen lähikumppanuuspöytä")
    page.get_by_label("Päivä", exact=True).fill(f"{day.day}.{day.month}.{day.year}")
    page.get_by_label("Alkaa kello").fill("kuudelta")
    press(page, "Tee luonnos")
    reads(page, "Kirjoita kellonaika näin: 18.00.")
    expect(page.get_by_label("Alkaa kello")).to_have_value("kuudelta")
    page.get_by_label("Alkaa kello").fill("18.00")
    press(page, "Tee luonnos")
    return page.url.split("#")[0].removesuffix("/edit")


def titles(page: Page) -> list[str]:
    """Return the titles of the agenda that is being built, in their order, without numbers."""
    shown = page.locator("#agenda li .row-title > span:last-child").all_inner_texts()
    return [text.replace("\u00ad", "").split(". ", 1)[-1] for text in shown]


def build(page: Page, meeting: str) -> None:
    """Add two topics, change their order there and back, mend a mistaken number, and take an item away."""
    for text in (SIGN, BUS):
        page.get_by_role("button", name=f"Lisää asialistalle: {text}").click()
        reads(page, f"”{text}” on asialistalla.")
    before = titles(page)
    page.get_by_role("button", name=f"Siirrä ylös: {BUS}").click()
    swapped = titles(page)
    assert swapped.index(BUS) == before.index(BUS) - 1
    assert page.url.endswith(page.evaluate("location.hash"))
    expect(page.locator("li:target")).to_be_in_viewport()
    page.get_by_role("button", name=f"Siirrä alas: {BUS}").click()
    assert titles(page) == before

    page.get_by_label(f"Minuutit: {SIGN}").fill("vartti")
    page.get_by_label(f"Minuutit: {BUS}").fill("20")
    press(page, "Tallenna asialista")
    expect(page).to_have_title("Virhe: Kokoa asialista – Lehmijärven kunta")
    expect(page.get_by_label(f"Minuutit: {SIGN}")).to_have_value("vartti")
    expect(page.get_by_label(f"Minuutit: {BUS}")).to_have_value("20")
    fits(page)
    page.get_by_label(f"Minuutit: {SIGN}").fill("15")
    press(page, "Tallenna asialista")
    expect(page.get_by_label(f"Minuutit: {SIGN}")).to_have_value("15")

    since = titles(page)[1]
    page.get_by_role("button", name=f"Poista: {since}").click()
    reads(page, f"”{since}” poistettiin asialistalta.")
    assert since not in titles(page)
    fits(page)
    page.goto(f"{meeting}/publish")
    fits(page)
    press(page, "Julkaise asialista")


def take_notes(page: Page, meeting: str, due: date) -> None:
    """Write a note after an empty one, a follow-up after a day that is none, and who came."""
    page.goto(f"{meeting}/live")
    fits(page)
    follow(page, SIGN)
    press(page, "Tallenna muistiinpano")
    reads(page, "Kirjoita ensin muistiinpano.")
    page.get_by_label("Uusi muistiinpano").fill(NOTE)
    press(page, "Tallenna muistiinpano")
    reads(page, "Opaste tilataan syksyllä.")
    fits(page)

    follow(page, "Lisää jatkotoimi")
    page.get_by_label("Mitä tehdään?").fill(PROMISE)
    page.get_by_label("Kuka tekee?").select_option(label="Tekninen toimi")
    page.get_by_label("Mihin mennessä?").fill("juhannus")
    press(page, "Tallenna jatkotoimi")
    expect(page.get_by_label("Mihin mennessä?")).to_have_value("juhannus")
    expect(page.get_by_label("Mitä tehdään?")).to_have_value(PROMISE)
    fits(page)
    page.get_by_label("Mihin mennessä?").fill(f"{due.day}.{due.month}.{due.year}")
    press(page, "Tallenna jatkotoimi")
    reads(page, PROMISE)

    page.goto(f"{meeting}/attendance")
    page.get_by_label("Montako tuli").first.fill("7")
    press(page, "Tallenna luettelo")
    reads(page, "Luettelo on tallennettu.")
    expect(page.get_by_label("Montako tuli").first).to_have_value("7")
    fits(page)


def test_an_evening_from_topics_to_memo(cast: Cast, visit: Visit) -> None:
    day = date.today() + timedelta(days=3)  # noqa: DTZ011 - the municipality's own day
    stranger = visit(NARROW, script=False)
    for text in (SIGN, BUS):
        propose(stranger, text, "Koivuranta")

    maria = visit(NARROW, script=False)
    sign_in_by_letter(maria, cast.maria)
    for text in (SIGN, BUS):
        maria.goto("/inbox")
        follow(maria, text)
        follow(maria, "Otetaan mukaan")
        press(maria, "Otetaan mukaan")
    fits(maria)

    meeting = open_draft(maria, day)
    build(maria, meeting)
    stranger.goto(meeting)
    reads(stranger, SIGN, BUS)
    fits(stranger)

    take_notes(maria, meeting, day + timedelta(days=40))
    maria.goto(f"{meeting}/memo/publish")
    fits(maria)
    press(maria, "Julkaise muistio")
    stranger.goto(f"{meeting}/memo")
    reads(stranger, "Opaste tilataan syksyllä.", PROMISE, "Tekninen toimi")
    fits(stranger)


def test_changing_the_language_stays_on_the_page(cast: Cast, visit: Visit) -> None:
    phone = visit(NARROW, script=False)
    phone.goto("/topics/propose?table=pohjoinen")
    follow(phone, "Svenska")
    expect(phone.locator("html")).to_have_attribute("lang", "sv")
    assert "/topics/propose?" in phone.url
    assert "table=pohjoinen" in phone.url
    expect(phone.locator("#table option:checked")).to_have_text("Norra lokala partnerskapsbordet")
    follow(phone, "English")
    reads(phone, "Propose a topic")
    phone.goto("/plans")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    follow(phone, "Suomi")
    assert "/plans" in phone.url
    expect(phone.locator("html")).to_have_attribute("lang", "fi")
