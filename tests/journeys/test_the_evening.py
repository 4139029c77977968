"""The evening in a real browser: without script, with a ticking clock, by two people, and on the wall."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from app.services import running
from tests import make
from tests.cast import Cast
from tests.domain.running_stage import at
from tests.evening_stage import Stage, meeting, staged, states
from tests.journeys.conftest import DESKTOP, NARROW, PHONE, Visit
from tests.journeys.pages import inspect, press, reads

KEY = "abcde-fghjk-mnpqr-stuvw"
LONG = (
    "Kevyen liikenteen väylän jatkaminen Kirkkotieltä Rantalan koululle ja uuden suojatien rakentaminen "
    "Hyvinvointikeskuksen risteykseen ennen koulujen alkamista sekä talvikunnossapidon järjestäminen alueella"
)[:200]


@pytest.fixture
def server() -> Iterator[time_machine.Traveller]:
    """The server's clock, standing at 18.00 of the evening until it is moved."""
    with time_machine.travel(at("18.00"), tick=False) as travelled:
        yield travelled


@pytest.fixture
def night(server: time_machine.Traveller, cast: Cast) -> Stage:
    return staged(cast, screen_token=KEY)


def english(page: Page, address: str) -> Page:
    """Read English, whatever the browser's own language is."""
    page.context.add_cookies([{"name": "language", "value": "en", "url": address}])
    return page


def bar(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("#clock")).to_contain_text(one)


@pytest.mark.parametrize("script", [True, False])
def test_from_the_first_item_to_the_last(
    server: time_machine.Traveller, night: Stage, cast: Cast, visit: Visit, script: bool
) -> None:
    phone = english(visit(PHONE, script=script, who=cast.sari), visit.address)
    phone.goto(f"/meetings/{night.meeting}/live")
    press(phone, "Begin: 1. Avaus")
    server.move_to(at("18.05"))
    press(phone, "Next item: 2. Kylätien valaistus")
    phone.get_by_role("link", name="2. Kylätien valaistus").click()
    server.move_to(at("18.31"))
    phone.reload()
    bar(phone, "Item 2 / 5", "06:00 over time", "The evening would end at 19:36, 6 minutes late.")
    phone.get_by_role("link", name="How to end on time").click()
    press(phone, "Shorten 2 items by 3 minutes each. Ends at 19:30.")
    reads(phone, "Done. The evening ends on time.")
    bar(phone, "The evening would end at 19:30, on time.")
    press(phone, "Next item: Kahvi")
    reads(phone, "Kahvi")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kahvi")
    for title, clock in (("3. Uimaranta", "18.41"), ("4. Koulumatkat", "19.03"), ("5. Lopetus", "19.25")):
        server.move_to(at(clock))
        press(phone, f"Next item: {title}")
        expect(phone.get_by_role("heading", level=1)).to_have_text(title)
    server.move_to(at("19.30"))
    if script:
        inspect(phone)
    press(phone, "End the meeting")
    reads(phone, "The meeting ended at 19:30.", "Planned and actual minutes", "6 minutes more")
    if script:
        inspect(phone)
    assert set(states(night).values()) == {"done"}


def test_the_clock_ticks_by_the_server_s_time(
    server: time_machine.Traveller, night: Stage, cast: Cast, visit: Visit
) -> None:
    running.begin(make.visitor(cast.sari), night.meeting, night.opening)
    server.move_to(at("18.02"))
    page = english(visit(DESKTOP, who=cast.sari), visit.address)
    page.clock.install(time=datetime(2020, 1, 1, 12))  # noqa: DTZ001 - a device whose clock is wrong
    page.goto(f"/meetings/{night.meeting}/live/{night.opening}")
    timer = page.get_by_role("timer")
    said = page.locator("#clock-says [role=status]")
    expect(timer).to_have_text("03:00")
    assert timer.get_attribute("aria-live") is None

    # The connection is lost: the clock runs on, and says so once.
    page.route("**/live/clock*", lambda route: route.abort())
    page.clock.run_for(21_000)
    expect(timer).to_have_text("02:39")
    expect(said).to_have_text("No connection since 18:02. The clock runs on this device.")
    page.clock.run_for(40_000)
    expect(timer).to_have_text("01:59")
    expect(said).to_have_text("2 minutes left of this item.")
    page.clock.run_for(119_000)
    expect(timer).to_have_text("00:00")
    expect(said).to_have_text("The time of this item is up.")
    page.clock.run_for(60_000)
    expect(timer).to_have_text("01:00")
    expect(page.locator("[data-clock-word]")).to_have_text("over time")
    expect(said).to_have_text("The time of this item is up.")
    page.clock.run_for(61_000)
    expect(said).to_have_text("This item is 2 minutes over its time.")

    # It is back, and what the server says holds.
    page.unroute("**/live/clock*")
    server.move_to(at("18.08"))
    page.clock.run_for(20_000)
    bar(page, "03:00 over time", "3 minutes late")


def test_two_people_see_the_same_and_no_typed_word_is_disturbed(
    server: time_machine.Traveller, night: Stage, cast: Cast, visit: Visit
) -> None:
    sari = english(visit(PHONE, who=cast.sari), visit.address)
    maria = english(visit(DESKTOP, who=cast.maria), visit.address)
    for page in (sari, maria):
        page.clock.install()
        page.goto(f"/meetings/{night.meeting}/live")
    press(sari, "Begin: 1. Avaus")
    sari.goto(f"/meetings/{night.meeting}/live/{night.opening}")
    note = sari.get_by_label("New note")
    note.fill("Kerrottiin ")
    note.press("End")

    maria.clock.run_for(20_000)
    bar(maria, "Item 1 / 5: Avaus")
    server.move_to(at("18.05"))
    press(maria, "Next item: 2. Kylätien valaistus")
    # Sari's page hears of it while she writes.
    sari.clock.run_for(20_000)
    bar(sari, "Item 2 / 5: Kylätien valaistus")
    expect(sari.get_by_role("button", name="Reopen")).to_be_visible()
    sari.keyboard.type("valoista.")
    expect(note).to_be_focused()
    expect(note).to_have_value("Kerrottiin valoista.")

    # The keyboard stays where it was, also on a button that is put in anew.
    more = maria.get_by_role("button", name="5 minutes more")
    more.focus()
    server.move_to(at("18.06"))
    maria.clock.run_for(20_000)
    bar(maria, "Clock 18:06")
    expect(more).to_be_focused()

    # Both press the same: it is done once. Then an old page is told so, and upsets nothing.
    maria.goto(f"/meetings/{night.meeting}/live")
    sari.goto(f"/meetings/{night.meeting}/live")
    for page in (sari, maria):
        press(page, "5 minutes more")
    running.end(make.visitor(cast.maria), night.meeting, night.lights)
    press(sari, "Next item: Kahvi")
    reads(sari, "Somebody else ended the item meanwhile.")
    assert states(night) == {"Avaus": "done", "Kylätien valaistus": "done"}
    assert [one.minutes for one in meeting(night).items][1] == 25


SMALLEST = """
() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || !one.checkVisibility()) continue;
    const lines = new Map();
    const range = document.createRange();
    for (let place = 0; place < text.data.length; place += 1) {
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      const box = range.getBoundingClientRect();
      if (box.width) lines.set(Math.round(box.top), (lines.get(Math.round(box.top)) ?? 0) + 1);
    }
    found.push({
      size: parseFloat(getComputedStyle(one).fontSize),
      longest: Math.max(...lines.values()),
      bottom: one.getBoundingClientRect().bottom,
    });
  }
  return {
    sizes: Math.min(...found.map((one) => one.size)) * 25 >= innerHeight,
    longest: Math.max(...found.map((one) => one.longest)),
    inside: found.every((one) => one.bottom <= innerHeight),
    scrolls: document.documentElement.scrollHeight > innerHeight
      || document.documentElement.scrollWidth > innerWidth,
  };
}
"""


@pytest.mark.parametrize("letters", [9, 40, 60, 90, 120, 200])
def test_the_wall_is_read_from_the_last_row(
    server: time_machine.Traveller, cast: Cast, visit: Visit, letters: int
) -> None:
    night = staged(cast, screen_token=KEY)
    for one in meeting(night).items:
        one.title, one.presenter = LONG[:letters], LONG
    make.db.session.commit()
    wall = english(visit(), visit.address)
    states_of_it = (None, night.lights)
    for begun in states_of_it:
        if begun:
            running.begin(make.visitor(cast.sari), night.meeting, begun)
        for width, height in ((1024, 768), (1280, 720), (1920, 1080)):
            for scheme in ("light", "dark"):
                wall.set_viewport_size({"width": width, "height": height})
                wall.emulate_media(color_scheme=scheme)
                wall.goto(f"/meetings/{night.meeting}/screen?key={KEY}")
                found = wall.evaluate(SMALLEST)
                assert not found["scrolls"], (width, height, begun, found)
                assert found["inside"], (width, height, begun, found)
                assert found["sizes"], (width, height, begun, found)
                assert found["longest"] <= 45, (width, height, begun, found)
            inspect(wall)


def test_the_wall_refreshes_itself_and_says_when_it_cannot(
    server: time_machine.Traveller, night: Stage, cast: Cast, visit: Visit
) -> None:
    sari = make.visitor(cast.sari)
    wall = english(visit(), visit.address)
    wall.clock.install()
    wall.goto(f"/meetings/{night.meeting}/screen?key={KEY}")
    reads(wall, "The meeting begins soon.", "First")
    running.begin(sari, night.meeting, night.lights)
    server.move_to(at("18.16.20"))
    wall.clock.run_for(5_000)
    expect(wall.locator("main")).to_contain_text("4 min left")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Kylätien valaistus")

    wall.route("**/screen?*", lambda route: route.abort())
    server.move_to(at("18.25"))
    wall.clock.run_for(5_000)
    expect(wall.locator(".screen-lost")).to_have_text("No connection since 18:16")
    expect(wall.locator("main")).to_contain_text("4 min left")
    wall.unroute("**/screen?*")
    wall.clock.run_for(5_000)
    expect(wall.locator("main")).to_contain_text("5 min over")
    expect(wall.locator(".screen-lost")).to_have_text("")


def test_the_wall_without_script(night: Stage, cast: Cast, visit: Visit) -> None:
    running.begin(make.visitor(cast.sari), night.meeting, night.lights)
    wall = english(visit(NARROW, script=False), visit.address)
    wall.goto(f"/meetings/{night.meeting}/screen?key={KEY}")
    reads(wall, "Kylätien valaistus", "20 min left")
    expect(wall.locator("meta[http-equiv=refresh]")).to_have_attribute("content", "15")
