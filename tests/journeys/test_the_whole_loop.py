"""The whole loop in a real browser: a village's topics become follow-ups tied to the welfare plan."""

from datetime import date, timedelta

from flask import Flask
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import NARROW, PHONE, Visit
from tests.journeys.pages import (
    follow,
    import_plan,
    inspect,
    letter_to,
    press,
    propose,
    reads,
    sign_in_by_letter,
)
from tests.journeys.sources import Sources, sources

EEVA = "eeva@koivuranta.example"
NOTE = "Tuotiin esiin, että **matka on pitkä**. Asia viedään valmisteluun."
PROMISE = "Tekninen toimi kertoo tilanteen kylälle."


def accept_all(page: Page, titles: list[str]) -> None:
    """Open each new topic in the inbox and take it to the table."""
    for title in titles:
        page.goto("/inbox")
        follow(page, title)
        follow(page, "Otetaan mukaan")
        press(page, "Otetaan mukaan")


def open_meeting(page: Page, day: date) -> str:
    """Make a draft meeting with the suggested standing items, and return its address."""
    page.goto("/meetings/new")
    page.get_by_label("Kumppanuuspöytä").select_option(label="Pohjoinen lähikumppanuuspöytä")
    page.get_by_label("Päivä", exact=True).fill(f"{day.day}.{day.month}.{day.year}")
    page.get_by_label("Alkaa kello").fill("18.00")
    press(page, "Tee luonnos")
    return page.url.split("#")[0].removesuffix("/edit")


def build_agenda(page: Page, topics: tuple[str, ...]) -> None:
    """Put every topic on the agenda and make it fit ninety minutes, by buttons and minutes alone."""
    for text in topics:
        page.get_by_role("button", name=f"Lisää asialistalle: {text}").click()
    for number in range(len(topics)):
        page.get_by_label(f"Minuutit: {topics[number]}").fill("10")
    press(page, "Tallenna asialista")
    expect(page.locator(".gauge")).to_contain_text("90 / 90 min")


def add_follow_up(page: Page, measure: str, due: date) -> None:
    """Add a follow-up to the open item, tied to a measure."""
    follow(page, "Lisää jatkotoimi")
    page.get_by_label("Mitä tehdään?").fill(PROMISE)
    page.get_by_label("Kuka tekee?").select_option(label="Tekninen toimi")
    page.get_by_label("Mihin mennessä?").fill(f"{due.day}.{due.month}.{due.year}")
    for summary in page.locator("details > summary").all():
        summary.click()
    page.get_by_label(measure, exact=True).check()
    press(page, "Tallenna jatkotoimi")


def write_the_evening(page: Page, meeting: str, told: Sources, due: date) -> None:
    """Write a note on each topic; two of them get a follow-up, each of another plan."""
    measures = {told.topics[0]: told.table_measure, told.topics[2]: told.outline_measure}
    for text in told.topics:
        page.goto(f"{meeting}/live")
        follow(page, text)
        page.get_by_label("Uusi muistiinpano").fill(NOTE)
        press(page, "Tallenna muistiinpano")
        reads(page, "matka on pitkä")
        if text in measures:
            add_follow_up(page, measures[text], due)
            reads(page, PROMISE)


def test_from_a_village_to_the_measure(app: Flask, cast: Cast, visit: Visit) -> None:
    told = sources()
    day = date.today() + timedelta(days=1)  # noqa: DTZ011 - the municipality's own day
    due = day + timedelta(days=60)

    # A village secretary on her phone, without an account.
    eeva = visit(PHONE)
    private = [propose(eeva, text, "Koivuranta", EEVA) for text in told.topics]
    reads(eeva, "Aiheesi numero on", "Vastaanotettu")
    inspect(eeva)
    assert len(set(private)) == len(told.topics)
    assert private[-1].rsplit("/", 1)[1] in letter_to(EEVA, "topic_received")

    # The coordinator signs in by a letter, reads in two plans, and takes the topics up.
    maria = visit()
    sign_in_by_letter(maria, cast.maria)
    for name, content in (told.table_plan, told.outline_plan):
        import_plan(maria, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    maria.goto("/inbox")
    inspect(maria)
    accept_all(maria, list(told.topics))
    eeva.goto(private[0])
    reads(eeva, "Otettu mukaan – Nyt")

    # Ninety minutes.
    meeting = open_meeting(maria, day)
    build_agenda(maria, told.topics)
    inspect(maria)
    stranger = visit(NARROW)
    assert stranger.goto(meeting).status == 404
    maria.goto(f"{meeting}/publish")
    press(maria, "Julkaise asialista")

    # Everybody reads the agenda; it is a calendar file and stands in the feed.
    stranger.goto(meeting)
    reads(stranger, "18.00", *told.topics, "19.25")
    inspect(stranger)
    calendar = stranger.request.get(f"{meeting}.ics").text()
    assert f"DTSTART;TZID=Europe/Helsinki:{day:%Y%m%d}T180000" in calendar
    assert f"{day:%Y%m%d}T180000" in stranger.request.get("/tables/pohjoinen/calendar.ics").text()
    assert told.topics[0][:30] in letter_to(EEVA, "topic_on_agenda") or letter_to(EEVA, "topic_on_agenda")
    eeva.goto(private[0])
    reads(eeva, "Asialistalla")

    # The evening, and its memo.
    write_the_evening(maria, meeting, told, due)
    inspect(maria)
    maria.goto(f"{meeting}/attendance")
    maria.get_by_label("Montako tuli").first.fill("4")
    press(maria, "Tallenna luettelo")
    assert stranger.goto(f"{meeting}/memo").status == 404
    maria.goto(f"{meeting}/memo/publish")
    press(maria, "Julkaise muistio")

    # The memo, the proposer's page and the measure's page show the whole chain.
    stranger.goto(f"{meeting}/memo")
    reads(stranger, "matka on pitkä", PROMISE, told.table_measure, told.outline_measure, *told.topics)
    inspect(stranger)
    eeva.goto(private[0])
    reads(eeva, "Keskusteltu", "matka on pitkä", PROMISE, "Tekninen toimi", told.table_measure)
    inspect(eeva)
    follow(eeva, told.table_measure)
    reads(eeva, told.table_measure, PROMISE, "Tekninen toimi", told.topics[0])
    inspect(eeva)
    eeva.goto(private[2])
    follow(eeva, told.outline_measure)
    reads(eeva, PROMISE, told.topics[2])
    eeva.goto(private[1])
    reads(eeva, "Keskusteltu", "matka on pitkä")
