"""The screen of the room: opened by its key alone, in whole minutes, and never with what is not public."""

from datetime import date

import pytest

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.models import Note
from app.services import agenda, agenda_items, notes, running
from app.services.agenda_items import Edit
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.evening_stage import Stage, clock, logged, meeting, staged
from tests.page import Browser, Page, words
from tests.views.live_stage import token_of

KEY = "abcde-fghjk-mnpqr-stuvw"


@pytest.fixture
def night(cast: Cast) -> Stage:
    return staged(cast, screen_token=KEY)


def screen(browser: Browser, night: Stage, shows: str, key: str = KEY, day: date | None = None) -> Page:
    with clock(shows, *([day] if day else [])):
        return browser.get(f"/meetings/{night.meeting}/screen?key={key}")


def room(page: Page) -> str:
    return words(page.all("main")[0])


def test_an_evening_on_the_wall(browser: Browser, cast: Cast, night: Stage) -> None:
    sari = make.visitor(cast.sari)
    table = "Pohjoinen lähikumppanuuspöytä"
    first = "First 1. Avaus 2. Kylätien valaistus"
    assert room(screen(browser, night, "12.00", day=date(2027, 2, 10))) == (
        f"{table} Friday 12 February 2027 at 18:00 {first}"
    )
    assert room(screen(browser, night, "17.48")) == f"{table} The meeting begins in 12 minutes. {first}"
    assert room(screen(browser, night, "18.03")) == f"{table} The meeting begins soon. {first}"
    with clock("18.05"):
        running.begin(sari, night.meeting, night.opening)
        running.begin(sari, night.meeting, night.lights)
    page = screen(browser, night, "18.21.30")
    assert page.h1 == "Kylätien valaistus"
    assert room(page) == "Item 2 / 5 Kylätien valaistus 4 min left Next Kahvi 3. Uimaranta"
    assert "The time is up" in room(screen(browser, night, "18.25"))
    assert "2 min over" in room(screen(browser, night, "18.27"))
    with clock("18.28"):
        running.begin(sari, night.meeting, night.pause)
    assert room(screen(browser, night, "18.28")).startswith("Break Kahvi 10 min left Next 3. Uimaranta 4.")
    with clock("18.38"):
        running.begin(sari, night.meeting, night.beach)
    assert "Item 3 / 5 Uimaranta Tekninen johtaja 25 min left" in room(screen(browser, night, "18.38"))
    with clock("18.40"):
        running.end(sari, night.meeting, night.beach)
    assert room(screen(browser, night, "18.41")) == f"{table} Next 4. Koulumatkat 5. Lopetus"
    with clock("19.00"):
        running.end_meeting(sari, night.meeting)
    thanks = f"Thank you The memo will be here: http://127.0.0.1:5000/meetings/{night.meeting}/memo"
    assert room(screen(browser, night, "19.01")) == thanks


def test_a_fixed_start_is_told_by_the_clock(browser: Browser, cast: Cast, night: Stage) -> None:
    from datetime import time

    row = meeting(night)
    make.item(row, "Kahvi", 10, kind=ItemKind.BREAK, fixed_start=time(18, 45))
    with clock("18.00"):
        sari = make.visitor(cast.sari)
        for one in (night.opening, night.lights, night.pause, night.beach, night.school):
            running.skip(sari, night.meeting, one)
    assert room(screen(browser, night, "17.50")).endswith("First 5. Lopetus Kahvi at 18:45")


def test_a_clock_that_was_left_running_is_not_shown(browser: Browser, cast: Cast, night: Stage) -> None:
    with clock("18.00"):
        running.begin(make.visitor(cast.sari), night.meeting, night.lights)
    assert "Thank you" in room(screen(browser, night, "9.00", day=date(2027, 2, 13)))


@pytest.mark.parametrize(
    "key", ["", "x", KEY[:-1], KEY + "x", "ä", "%00", "x" * 5000, "abcdefghjkmnpqrstuvw"]
)
def test_a_wrong_key_opens_nothing(browser: Browser, night: Stage, key: str) -> None:
    answer = browser.raw(f"/meetings/{night.meeting}/screen?key={key}")
    assert answer.status_code in (404, 422)
    assert "Kylätien" not in answer.text


def test_without_a_token_no_key_opens_it(browser: Browser, cast: Cast) -> None:
    bare = staged(cast)
    for query in ("", "?key=", "?key=None"):
        browser.get(f"/meetings/{bare.meeting}/screen{query}", 404)


@pytest.mark.parametrize(
    ("who", "status"),
    [("maria", 200), ("sari", 200), ("olli", 404), ("pekka", 404), ("aino", 404), ("veikko", 404)],
)
def test_those_who_take_notes_there_need_no_key(
    browser: Browser, cast: Cast, night: Stage, who: str, status: int
) -> None:
    browser.sign_in(getattr(cast, who)).get(f"/meetings/{night.meeting}/screen", status)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (MeetingState.DRAFT, 404),
        (MeetingState.PUBLISHED, 200),
        (MeetingState.MEMO_PUBLISHED, 200),
        (MeetingState.CANCELLED, 404),
    ],
)
def test_when_it_is_open(browser: Browser, cast: Cast, state: MeetingState, status: int) -> None:
    row = make.meeting(cast.north, state=state, screen_token=KEY)
    make.item(row)
    browser.get(f"/meetings/{row.id}/screen?key={KEY}", status)


def test_a_key_opens_its_own_meeting_only(browser: Browser, cast: Cast, night: Stage) -> None:
    other = make.meeting(cast.north, state=MeetingState.PUBLISHED, screen_token="zzzzz-fghjk-mnpqr-stuvw")
    browser.get(f"/meetings/{other.id}/screen?key={KEY}", 404)


def test_nothing_that_is_not_public(browser: Browser, cast: Cast, night: Stage) -> None:
    sari = make.visitor(cast.sari)
    secret = make.topic(
        cast.north,
        "Salainen teksti",
        title="Otsikko",
        state=TopicState.ON_AGENDA,
        contact_name="Eeva Yksityinen",
        contact_email="eeva@example.org",
        contact_phone="040 765 4321",
    )
    row = meeting(night)
    shown = make.item(row, about=secret).id
    notes.add(sari, night.meeting, shown, "Salainen muistiinpano", "o" * 22)
    with clock("18.00"):
        running.begin(sari, night.meeting, shown)
    for part in ("", "&part=1"):
        text = browser.raw(f"/meetings/{night.meeting}/screen?key={KEY}{part}").text
        for hidden in ("Salainen", "Yksityinen", "eeva@", "765 4321", cast.sari):
            assert hidden not in text
    assert make.db.session.query(Note).count() == 1


def test_what_is_built_after_the_release_stays_inside_until_the_evening(
    browser: Browser, cast: Cast, night: Stage
) -> None:
    maria = make.visitor(cast.maria)
    new = agenda.add_item(maria, night.meeting, kind=ItemKind.NEWS, title="Kanarialintu", minutes=5).item_id
    agenda.move_item_to(maria, night.meeting, new, 1)
    typed = Edit(night.opening, {"title": "Kanarian avaus"}, {"title": meeting(night).items[1].title})
    agenda_items.save_items(maria, night.meeting, [typed])
    assert "Kanaria" not in room(screen(browser, night, "17.50"))
    with clock("18.00"):
        running.begin(maria, night.meeting, new)
    assert "Kanarialintu" in room(screen(browser, night, "18.01"))


def test_what_it_tells_browsers(browser: Browser, night: Stage) -> None:
    answer = browser.raw(f"/meetings/{night.meeting}/screen?key={KEY}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in answer.text
    assert "<nav" not in answer.text
    assert "<form" not in answer.text
    assert "Set-Cookie" not in answer.headers
    piece = browser.raw(f"/meetings/{night.meeting}/screen?key={KEY}&part=1")
    assert piece.text.strip().startswith("<main")


def test_it_asks_little_of_the_database(browser: Browser, cast: Cast, night: Stage) -> None:
    def look() -> None:
        assert browser.raw(f"/meetings/{night.meeting}/screen?key={KEY}&part=1").status_code == 200

    few = queries_of(look)
    assert few <= 6
    row = meeting(night)
    for number in range(20):
        make.item(row, f"Kohta {number}")
    assert queries_of(look) == few


def test_opening_it_and_making_a_new_address(browser: Browser, cast: Cast) -> None:
    bare = staged(cast)
    with clock("17.30"):
        page = browser.sign_in(cast.sari).get(f"/meetings/{bare.meeting}/live")
        opened = page.submit("Open the screen of the room")
        first = meeting(bare).screen_token or ""
        assert len(first) == 23
        # Pressed twice, or by two, it is opened once.
        page.submit("Open the screen of the room")
        assert meeting(bare).screen_token == first
        address = f"http://127.0.0.1:5000/meetings/{bare.meeting}/screen?key={first}"
        assert opened.links()[address] == address
        stranger = Browser(browser.app)
        stranger.get(f"/meetings/{bare.meeting}/screen?key={first}")
        stranger.get(f"/meetings/{bare.meeting}/screen?key=%20{first.upper()}")
        opened.submit("Make a new address")
        second = meeting(bare).screen_token or ""
        opened.submit("Make a new address")
        assert meeting(bare).screen_token == second != first
        stranger.get(f"/meetings/{bare.meeting}/screen?key={first}", 404)
        stranger.get(f"/meetings/{bare.meeting}/screen?key={second}")
    assert logged() == ["open_screen", "open_screen"]


def test_others_open_no_screen(browser: Browser, cast: Cast, night: Stage) -> None:
    browser.sign_in(cast.pekka)
    data = {"csrf_token": token_of(browser), "press": "screen", "seen": KEY}
    browser.post(f"/meetings/{night.meeting}/live/press", data, 403)
    assert meeting(night).screen_token == KEY
