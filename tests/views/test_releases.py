"""The public page of a meeting tells its releases and what changed; the page of publishing looks first."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import today
from app.domain.permissions import Role
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting, Person, PersonRole
from app.services import agenda, convening
from app.services.agenda_items import Edit, save_items
from app.services.convening import Details
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.letter_stage import send
from tests.page import Browser
from tests.views.meeting_stage import SOON, ready


def publish(browser: Browser, meeting: int, **typed: object) -> None:
    page = browser.get(f"/meetings/{meeting}/publish")
    again = "Publish the changes"
    page.submit(again if again in page.h1 else "Publish the agenda", **typed)
    send()


def three(cast: Cast, browser: Browser) -> int:
    """Three releases: lamps; then buses before them; then the lamps gone and another time."""
    meeting = ready(cast)
    browser.sign_in(cast.maria)
    maria = make.visitor(cast.maria)
    publish(browser, meeting, comment="Ensimmäinen.")
    buses = make.topic(cast.north, "Bussivuorot", state=TopicState.ACCEPTED)
    agenda.put_on_agenda(maria, meeting, buses.id)
    agenda.move_item(maria, meeting, item("Bussivuorot"), -1)
    save_items(maria, meeting, [Edit(item("Avaus"), {"title": "Alku"}, {"title": "Avaus"})])
    publish(browser, meeting, comment="Bussit tulivat.")
    agenda.remove_item(maria, meeting, item("Kylätien valaistus on pimeä"))
    row = db.session.get_one(Meeting, meeting)
    seen = convening.details_of(row).mark()
    convening.change_details(maria, meeting, Details(SOON, time(17), 90, "Kirjasto"), seen=seen)
    publish(browser, meeting)
    return meeting


def item(title: str) -> int:
    return db.session.scalars(select(AgendaItem.id).where(AgendaItem.title == title)).one()


def test_a_first_release_compares_with_nothing(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria)
    publish(browser, meeting)
    for url in (f"/meetings/{meeting}", f"/meetings/{meeting}?since=2"):
        page = Browser(browser.app).get(url)
        assert "Release 1" in page.text
        assert "What has changed" not in page.text
        assert page.all("select") == []


def test_everybody_reads_what_is_new_since_the_release_before(cast: Cast, browser: Browser) -> None:
    meeting = three(cast, browser)
    page = Browser(browser.app).get(f"/meetings/{meeting}")
    told = page.text[page.text.index("What has changed") : page.text.index("1. Alku")]
    assert "Since release 2, " in told
    assert "The time: 17:00–18:30, earlier 18:00–19:30." in told
    assert "The place: Kirjasto, earlier Koivurannan koulu." in told
    assert "Taken off: Kylätien valaistus on pimeä. It was at 18:15." in told
    assert "Bussivuorot" not in told  # it moved with the meeting, which is said once
    for comment in ("Ensimmäinen.", "Bussit tulivat."):
        assert comment in page.text


def test_everybody_reads_what_is_new_since_any_release(cast: Cast, browser: Browser) -> None:
    meeting = three(cast, browser)
    page = Browser(browser.app).get(f"/meetings/{meeting}").submit("Show the changes", since="1")
    told = page.text[page.text.index("What has changed") :]
    assert "Since release 1, " in told
    assert "New: 17:05 Bussivuorot." in told
    assert "Alku: earlier called “Avaus”." in told
    assert [one.text for one in page.all("span", class_="tag-plain")] == ["Another title", "New"]
    chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert chosen == ["1"]


@pytest.mark.parametrize("since", ["0", "-1", "3", "99999999999999999999", "abc", ""])
def test_a_release_that_is_none_is_the_one_before(cast: Cast, browser: Browser, since: str) -> None:
    meeting = three(cast, browser)
    page = Browser(browser.app).get(f"/meetings/{meeting}?since={since}")
    assert "Since release 3, " in page.text if since == "3" else "Since release 2, " in page.text


def test_many_other_times_are_told_once_and_marked_each(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    row = db.session.get_one(Meeting, meeting)
    for number in range(4):
        make.item(row, f"Asia {number}")
    browser.sign_in(cast.maria)
    publish(browser, meeting)
    seen = {"minutes": "5"}
    save_items(make.visitor(cast.maria), meeting, [Edit(item("Avaus"), {"minutes": 6}, seen)])
    publish(browser, meeting)
    page = Browser(browser.app).get(f"/meetings/{meeting}")
    assert "6 other items have another time. They are marked on the agenda." in page.text
    assert len(page.all("span", class_="tag-plain")) == 6


def test_marks_stand_beside_the_items_in_words(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria)
    publish(browser, meeting)
    seen = {"minutes": "5"}
    save_items(make.visitor(cast.maria), meeting, [Edit(item("Avaus"), {"minutes": 15}, seen)])
    page = browser.get(f"/meetings/{meeting}/publish")
    assert "Avaus: 15 min, earlier 5 min." in page.text
    publish(browser, meeting)
    page = Browser(browser.app).get(f"/meetings/{meeting}")
    marks = [one.text for one in page.all("span", class_="tag-plain")]
    assert marks == ["Another time: 15 min, earlier 5 min", "Another time: from 18:05 to 18:15"]


def test_what_may_be_wrong_is_listed_with_a_way_to_mend_it_and_bars_nothing(
    cast: Cast, browser: Browser
) -> None:
    meeting = make.meeting(cast.north, today() + timedelta(days=3), place=None)
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one()
    shown = make.item(meeting, "Esitys", kind=ItemKind.PRESENTATION, officials=[pekka])
    bare = make.item(meeting, "Keskustelu", kind=ItemKind.DISCUSSION)
    db.session.add(AttendanceWindow(meeting_id=meeting.id, person_id=pekka.id, arrives=time(18, 2)))
    db.session.commit()
    here, shown_id, bare_id = meeting.id, shown.id, bare.id
    page = browser.sign_in(cast.maria).get(f"/meetings/{here}/publish")
    for words in (
        "No topic of the villages is on the agenda.",
        "The meeting is very soon",
        "The meeting has no place and no link for remote participants.",
        "“Keskustelu” has no presenter.",
        "“Keskustelu” does not say what it is about.",
        "Pekka Niemi comes 2 min after “Esitys” begins.",
    ):
        assert words in page.text
    ways = {one.get("href") for one in page.all("a")}
    assert {
        f"/meetings/{here}/details",
        f"/meetings/{here}/edit#item-{bare_id}",
        f"/meetings/{here}/edit#item-{shown_id}",
    } <= ways
    assert "The agenda is published." in page.submit("Publish the agenda").text


def test_the_comment_is_kept_when_the_press_is_refused(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, minutes=20)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    page = page.submit("Publish the agenda", 422, comment="Tärkeä ilta")
    assert "The agenda is 5 minutes longer than the meeting." in page.text
    assert page.all("textarea", name="comment")[0].text.strip() == "Tärkeä ilta"
    page = page.submit("Publish the agenda", 422, anyway="y", comment="Soita 131052-308T")
    assert page.all("textarea", name="comment")[0].text.strip() == "Soita 131052-308T"


def test_the_public_page_asks_little_however_many_releases(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria)
    publish(browser, meeting)
    publish(browser, meeting)
    visitor = Browser(browser.app)
    few = queries_of(lambda: visitor.raw(f"/meetings/{meeting}"))
    for _ in range(4):
        publish(browser, meeting)
    assert queries_of(lambda: visitor.raw(f"/meetings/{meeting}")) == few


# Who is invited


def test_the_list_says_why_and_how_each_is_reached(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/invited")
    assert "Timo Harju Chair Not told yet" in page.text
    assert "Koivurannan kyläyhdistys Belongs to the table No e-mail: print the letter" in page.text
    assert "Koivuranta Belongs" not in page.text  # its association is asked
    assert "Pekka Niemi" not in page.text
    publish(browser, meeting)
    assert "Timo Harju Chair Not told yet" not in browser.get(f"/meetings/{meeting}/invited").text


def test_the_list_asks_little_however_many_are_invited(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria)
    publish(browser, meeting)
    few = queries_of(lambda: browser.raw(f"/meetings/{meeting}/invited?q=a"))
    for number in range(5):
        row = Person(name=f"Aino {number}", email=f"a{number}@x.example")
        row.roles.append(PersonRole(role=Role.REPRESENTATIVE, table_id=cast.north))
        db.session.add(row)
    db.session.commit()
    publish(browser, meeting)
    assert queries_of(lambda: browser.raw(f"/meetings/{meeting}/invited?q=a")) == few


def test_somebody_is_found_added_taken_off_and_invited_again(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/invited")
    page = page.submit("Search", q="salo")
    page = page.submit("Invite: Veikko Salo")
    assert "Veikko Salo is on the list. The invitation is written when you publish." in page.text
    assert "Veikko Salo Added by you or another coordinator Not told yet" in page.text
    page = page.submit("Take off the list: Timo Harju")
    assert "Timo Harju is no longer on the list." in page.text
    assert "Timo Harju Chair Taken off the list" in page.text[page.text.index("Not invited") :]
    page = page.submit("Invite: Timo Harju")
    assert "Timo Harju Chair Not told yet" in page.text
    assert "Nobody else was found" in page.submit("Search", q="<b>").text


def test_the_list_is_the_coordinators_own(cast: Cast, app) -> None:
    meeting = ready(cast)
    for who in (cast.olli,):
        Browser(app).sign_in(who).get(f"/meetings/{meeting}/invited", 404)
    for who in (cast.timo, cast.sari, cast.pekka):
        Browser(app).sign_in(who).get(f"/meetings/{meeting}/invited", 403)
