"""The clock on the pages of an evening: what it tells, its buttons, and what was pressed in vain."""

from datetime import date

import pytest

from app.models import AgendaItem
from app.services import running
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.domain.running_stage import at
from tests.evening_stage import Stage, clock, item, meeting, staged, states
from tests.page import Browser, Page, words
from tests.views.live_stage import token_of


@pytest.fixture
def night(cast: Cast) -> Stage:
    return staged(cast)


@pytest.fixture
def sari(browser: Browser, cast: Cast) -> Browser:
    with clock("17.00"):
        return browser.sign_in(cast.sari)


def bar(page: Page) -> str:
    return words(page.all("section", id="clock")[0])


def buttons(page: Page) -> list[str]:
    return [words(one) for one in page.all("section", id="clock-buttons")[0].iter("button")]


def index(sari: Browser, night: Stage, shows: str) -> Page:
    with clock(shows):
        return sari.get(f"/meetings/{night.meeting}/live")


def press(page: Page, button: str, shows: str) -> Page:
    with clock(shows):
        return page.submit(button)


def test_before_the_evening(sari: Browser, night: Stage) -> None:
    assert bar(index(sari, night, "17.48")) == "Clock 17:48 · The meeting begins in 12 minutes."
    assert bar(index(sari, night, "12.00")) == "Clock 12:00 · The meeting begins at 18:00."
    late = bar(index(sari, night, "18.04"))
    assert late.startswith(
        "Clock 18:04 · The meeting was to begin at 18:00. The evening would end at 19:34, 4 minutes late."
    )
    assert buttons(index(sari, night, "17.48")) == ["Begin: 1. Avaus"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 2, 10), "This meeting is on 12 February 2027: the clock runs when you begin."),
        (date(2027, 2, 14), "This meeting was on 12 February 2027: the clock runs when you begin."),
    ],
)
def test_on_another_day_it_says_so(sari: Browser, night: Stage, day: date, sentence: str) -> None:
    with clock("18.00", day):
        assert sentence in bar(sari.get(f"/meetings/{night.meeting}/live"))


def test_an_evening_by_its_buttons(sari: Browser, night: Stage) -> None:
    page = press(index(sari, night, "18.00"), "Begin: 1. Avaus", "18.00")
    assert "“Avaus” goes on now." in page.text
    page = index(sari, night, "18.01.30")
    assert bar(page) == (
        "Item 1 / 5: Avaus 03:30 left of this item Clock 18:01 · The evening would end at 19:30, on time."
    )
    assert buttons(page) == [
        "Next item: 2. Kylätien valaistus",
        "5 minutes more",
        "End this item",
        "It was not begun after all",
        "End the meeting",
    ]
    page = press(page, "Next item: 2. Kylätien valaistus", "18.05")
    assert "Leave to the next meeting" in buttons(page)
    page = press(page, "5 minutes more", "18.20")
    assert "10:00 left" in bar(page)
    assert "The evening would end at 19:35, 5 minutes late." in bar(page)
    page = press(page, "5 minutes less", "18.20")
    assert "The evening would end at 19:30, on time." in bar(page)
    page = press(page, "Next item: Kahvi", "18.25")
    assert bar(page).startswith("Break: Kahvi 10:00 left")
    page = press(page, "Next item: 3. Uimaranta", "18.35")
    page = press(page, "Leave to the next meeting", "18.50")
    assert "“Uimaranta” is left to the next meeting." in page.text
    page = press(page, "Next item: 4. Koulumatkat", "18.50")
    page = press(page, "Next item: 5. Lopetus", "19.15")
    page = press(page, "End the meeting", "19.20")
    assert "The meeting ended at 19:20." in bar(page)
    assert "Go on with the meeting" in buttons(page)
    rows = [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in page.all("tr")]
    assert rows == [
        ["Item", "Planned", "Actual", "Difference"],
        ["1. Avaus", "5 min", "5 min", "As planned"],
        ["2. Kylätien valaistus", "20 min", "20 min", "As planned"],
        ["Kahvi", "10 min", "10 min", "As planned"],
        ["3. Uimaranta", "25 min", "15 min", "10 minutes less"],
        ["4. Koulumatkat", "25 min", "25 min", "As planned"],
        ["5. Lopetus", "5 min", "5 min", "As planned"],
        ["Together", "65 min", "65 min", "As planned"],  # without the beach, which was left to the next
    ]
    assert "Planned 18:00–19:30, actual 18:00–19:20." in page.text


def test_the_page_of_an_item(sari: Browser, night: Stage) -> None:
    page = press(index(sari, night, "18.00"), "Begin: 1. Avaus", "18.00")
    with clock("18.02"):
        here = sari.get(f"/meetings/{night.meeting}/live/{night.opening}")
        assert bar(here).startswith("Item 1 / 5 03:00 left of this item")
        other = sari.get(f"/meetings/{night.meeting}/live/{night.beach}")
        assert bar(other).startswith("Item 1 / 5: Avaus 03:00 left")
        assert buttons(other) == ["Begin this item", "Leave to the next meeting", "Leave out"]
    page = press(here, "Next item: 2. Kylätien valaistus", "18.05")
    assert page.h1 == "2. Kylätien valaistus"
    with clock("18.06"):
        page = sari.get(f"/meetings/{night.meeting}/live/{night.opening}")
    assert buttons(page) == ["Reopen"]
    assert bar(press(page, "Reopen", "18.06")).startswith("Item 1 / 5 00:00 over time")
    page = press(other, "Leave out", "18.07")
    assert buttons(page) == ["Take it back to this evening"]
    page = press(page, "Take it back to this evening", "18.07")
    page = press(page, "Leave to the next meeting", "18.08")
    page = press(page, "Take it back to this evening", "18.08")
    assert buttons(page)[0] == "Begin this item"


def test_the_list_tells_what_each_item_is(sari: Browser, night: Stage) -> None:
    page = press(index(sari, night, "18.03"), "Begin: 1. Avaus", "18.03")
    page = press(page, "Next item: 2. Kylätien valaistus", "18.10")
    told = [words(one) for one in page.all("li", class_="agenda-item")]
    assert told[0].startswith("18:03 5 min 1. Avaus")
    assert told[0].endswith("Done")
    assert told[1].endswith("Goes on now")
    assert told[3].startswith("18:40 25 min 3. Uimaranta")
    with clock("18.10"):
        beach = sari.get(f"/meetings/{night.meeting}/live/{night.beach}")
    press(beach, "Leave to the next meeting", "18.11")
    told = [words(one) for one in index(sari, night, "18.11").all("li", class_="agenda-item")]
    assert told[3].startswith("– 25 min 3. Uimaranta")  # it has no time on this evening any more


def test_an_item_that_is_not_on_this_evening_has_no_times_on_its_own_page(
    sari: Browser, night: Stage
) -> None:
    def lead(item_id: int) -> str:
        with clock("18.10"):
            page = sari.get(f"/meetings/{night.meeting}/live/{item_id}")
        return words(page.all("p", class_="lead")[0])

    assert lead(night.beach) == "Tekninen johtaja · 18:35–19:00 (25 min)"
    assert lead(night.pause) == "18:25–18:35 (10 min)"
    with clock("18.05"):
        beach = sari.get(f"/meetings/{night.meeting}/live/{night.beach}")
        pause = sari.get(f"/meetings/{night.meeting}/live/{night.pause}")
    press(beach, "Leave to the next meeting", "18.06")
    press(pause, "Leave out", "18.07")
    assert lead(night.beach) == "Tekninen johtaja · Left to the next meeting (25 min)"
    assert lead(night.pause) == "Left out (10 min)"


def test_ways_to_end_on_time(sari: Browser, night: Stage) -> None:
    page = press(index(sari, night, "18.05"), "Begin: 1. Avaus", "18.05")
    page = press(page, "Next item: 2. Kylätien valaistus", "18.16")
    ways = [text for text in buttons(page) if "Ends at" in text]
    assert ways == [
        "Shorten 2 items by 6 minutes each. Ends at 19:29.",
        "Leave “Koulumatkat” to the next meeting. Ends at 19:16.",
        "Leave “Uimaranta” to the next meeting. Ends at 19:16.",
    ]
    page = press(page, "Leave “Koulumatkat” to the next meeting. Ends at 19:16.", "18.16")
    assert "Done. The evening ends on time." in page.text
    assert "Ends at" not in page.text
    assert states(night)["Koulumatkat"] == "put_off"
    page = press(page, "Take back the change of minutes", "18.17")
    assert "Koulumatkat" not in states(night)
    assert "How to end on time" in page.links()


def test_several_items_that_wait_are_named_in_one_sentence(sari: Browser, night: Stage) -> None:
    page = press(index(sari, night, "19.05"), "Begin: 1. Avaus", "19.05")
    ways = [text for text in buttons(page) if "Ends at" in text]
    assert "Leave to the next meeting: Kylätien valaistus, Uimaranta, Koulumatkat. Ends at 19:25." in ways


def test_it_says_honestly_when_the_end_cannot_be_kept(sari: Browser, night: Stage) -> None:
    with clock("19.00"):
        page = press(index(sari, night, "19.00"), "Begin: 1. Avaus", "19.00")
    page = index(sari, night, "19.28")
    assert (
        "The evening can no longer end at 19:30. The soonest end that is possible is at 19:33." in page.text
    )
    assert [one for one in buttons(page) if "Ends at" in one] == []


def test_one_way_is_said_to_be_the_only_one(sari: Browser, cast: Cast, night: Stage) -> None:
    press(index(sari, night, "18.00"), "Begin: 1. Avaus", "18.00")
    page = index(sari, night, "19.24")
    assert "There is one way to end on time." in page.text
    assert len([one for one in buttons(page) if "Ends at" in one]) == 1


def test_a_press_on_an_old_page_upsets_nothing(sari: Browser, night: Stage) -> None:
    old = press(index(sari, night, "18.00"), "Begin: 1. Avaus", "18.00")
    page = press(old, "Next item: 2. Kylätien valaistus", "18.05")
    again = press(old, "Next item: 2. Kylätien valaistus", "18.05")
    assert "goes on now" in again.text
    page = press(page, "Next item: Kahvi", "18.20")
    refused = press(old, "Next item: 2. Kylätien valaistus", "18.21")
    assert "Somebody else pressed meanwhile: “Kahvi” goes on now." in refused.text
    with clock("9.00", date(2027, 2, 13)):
        tomorrow = page.submit("Next item: 3. Uimaranta")
        assert "“Uimaranta” goes on now." in tomorrow.text
        assert "The clock was left running." in bar(tomorrow)
    assert item(night.pause).spent_seconds == 70 * 60  # until the end of the evening, not the next morning


def test_what_cannot_be_pressed(sari: Browser, cast: Cast, night: Stage) -> None:
    page = index(sari, night, "18.00")
    with clock("18.00"):
        token = token_of(sari)
        address = f"/meetings/{night.meeting}/live"
        for target, data in (
            (f"{address}/{night.opening}/press", {"press": "dance"}),
            (f"{address}/{night.opening}/press", {}),
            (f"{address}/press", {"press": "dance"}),
            (f"{address}/999999/press", {"press": "begin"}),
        ):
            sari.post(target, {"csrf_token": token, **data}, 404)
        gone = sari.post(f"{address}/999999/press", {"csrf_token": token, "press": "begin"}, 404)
        assert "The item is no longer on the agenda." in gone.text
        refused = sari.post(f"{address}/press", {"csrf_token": token, "press": "end"})
        assert "The meeting has not been begun." in refused.text
        nothing = sari.post(f"{address}/press", {"csrf_token": token, "press": "way", "seen": "x" * 2000})
        assert "The evening ends on time." in nothing.text or "gone on meanwhile" in nothing.text
        sari.get(f"{address}/clock?item=999999", 404)
    assert states(night) == {}
    assert page.text


def test_an_item_taken_off_meanwhile_is_told(sari: Browser, cast: Cast, night: Stage) -> None:
    page = index(sari, night, "18.00")
    make.db.session.delete(make.db.session.get_one(AgendaItem, night.opening))
    make.db.session.commit()
    with clock("18.00"):
        gone = page.submit("Begin: 1. Avaus", status=404)
    assert "The item is no longer on the agenda." in gone.text


def fragment(sari: Browser, address: str) -> str:
    answer = sari.raw(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_the_piece_that_is_fetched_again(sari: Browser, cast: Cast, night: Stage) -> None:
    with clock("18.00"):
        sari.get(f"/meetings/{night.meeting}/live").submit("Begin: 1. Avaus")
    with clock("18.02") as now:
        whole = fragment(sari, f"/meetings/{night.meeting}/live/clock")
        of_item = fragment(sari, f"/meetings/{night.meeting}/live/clock?item={night.opening}")
    ends = int(at("18.05").timestamp() * 1000)
    for text in (whole, of_item):
        assert f'data-now="{int(now.timestamp() * 1000)}"' in text
        assert f'data-ends="{ends}"' in text
        assert "<html" not in text
    assert 'id="evening-list"' in whole
    assert 'id="evening-list"' not in of_item
    assert "textarea" not in of_item


def test_the_pages_ask_little_of_the_database(sari: Browser, cast: Cast, night: Stage) -> None:
    def pages() -> None:
        for address in ("live", "live/clock", f"live/{night.opening}"):
            assert sari.raw(f"/meetings/{night.meeting}/{address}").status_code == 200

    with clock("18.00"):
        sari.get(f"/meetings/{night.meeting}/live").submit("Begin: 1. Avaus")
    with clock("18.31"):
        pages()  # the first of a while notes that the person was here
        few = queries_of(pages)
        row = meeting(night)
        for number in range(20):
            make.item(row, f"Kohta {number}", 5)
        assert queries_of(pages) == few


def test_a_statement_stands_inside(sari: Browser, cast: Cast, night: Stage) -> None:
    with clock("17.00"):
        assert "answered" not in sari.get(f"/meetings/{night.meeting}/live/{night.lights}").text
    make_answer(cast, item(night.lights).topic_id or 0)
    with clock("17.00"):
        page = sari.get(f"/meetings/{night.meeting}/live/{night.lights}")
        assert "What Tekninen toimi answered" in page.text
        assert "Valaistus on ensi vuoden ohjelmassa." in page.text


def make_answer(cast: Cast, topic_id: int) -> None:
    from app.models import Statement

    make.db.session.add(
        Statement(
            topic_id=topic_id,
            organisation_id=cast.technical,
            token="t" * 43,
            question="Milloin valaistus tehdään?",
            answer="Valaistus on ensi vuoden ohjelmassa.",
            asked_at=at("12.00"),
            answered_at=at("13.00"),
            due_on=date(2027, 2, 10),
        )
    )
    make.db.session.commit()


def test_the_memo_of_the_inside_has_planned_beside_actual(browser: Browser, cast: Cast, night: Stage) -> None:
    sari = make.visitor(cast.sari)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.lights)
    with clock("18.30"):
        running.end_meeting(sari, night.meeting)
        page = browser.sign_in(cast.sari).get(f"/meetings/{night.meeting}/memo")
        assert "Planned and actual minutes" in page.text
        assert "10 minutes more" in page.text


@pytest.mark.parametrize(("language", "shown"), [("fi", "03.30"), ("sv", "03.30"), ("en", "03:30")])
def test_the_clock_is_written_as_in_each_language(
    browser: Browser, cast: Cast, night: Stage, language: str, shown: str
) -> None:
    with clock("18.00"):
        running.begin(make.visitor(cast.sari), night.meeting, night.opening)
    with clock("18.01.30"):
        reader = Browser(browser.app, language).sign_in(cast.sari)
        page = reader.get(f"/meetings/{night.meeting}/live/{night.opening}")
    assert words(page.all("strong", role="timer")[0]) == shown


def test_an_item_that_came_up_was_not_planned(sari: Browser, night: Stage) -> None:
    press(index(sari, night, "18.00"), "Begin: 1. Avaus", "18.00")
    with clock("18.05"):
        added = index(sari, night, "18.05").submit("Add the item", title="Sähkökatko", minutes="5")
    page = press(added, "Begin this item", "18.05")
    with clock("18.09"):
        running.end_meeting(make.visitor("sari.laine@lehmijarvi.example"), night.meeting)
    row = [words(cell) for cell in index(sari, night, "18.10").all("tr")]
    assert "5. Sähkökatko Not planned 4 min –" in row
    assert page.h1 == "5. Sähkökatko"


def test_the_chair_runs_the_clock_and_writes_no_notes(browser: Browser, cast: Cast, night: Stage) -> None:
    with clock("17.55"):
        timo = browser.sign_in(cast.timo)
        assert "The clock of the evening" in timo.get(f"/meetings/{night.meeting}").text
    page = press(index(timo, night, "18.00"), "Begin: 1. Avaus", "18.00")
    assert "“Avaus” goes on now." in page.text
    assert page.all("section", id="clock")[0].find(".//a") is None
    assert "Who is present" not in page.text
    with clock("18.01"):
        timo.get(f"/meetings/{night.meeting}/live/{night.lights}", 403)
        added = page.submit("Add the item", title="Sauna", minutes="5")
    assert "The item is on the agenda." in added.text
    assert "Sauna" in added.text
    with clock("18.02"):
        timo.get(f"/meetings/{night.meeting}/screen")
