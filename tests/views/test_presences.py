"""Marking people at the door in a browser: one press each, late and early, guests, and two secretaries."""

import pytest
from sqlalchemy import select

from app.domain.attendance import PresenceState
from app.domain.clock import utc_now
from app.extensions import db
from app.models import (
    AgendaItem,
    AttendanceWindow,
    Event,
    Meeting,
    Organisation,
    Person,
    PersonRole,
    Presence,
)
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser, Page, words

Evening = tuple[int, int, int]


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def url(evening: Evening) -> str:
    return f"/meetings/{evening[0]}/attendance"


def at_door(browser: Browser, cast: Cast, evening: Evening) -> Page:
    return browser.sign_in(cast.sari).get(url(evening))


def marks() -> dict[str, str]:
    """The state of everybody who is marked, with the times, by name."""
    db.session.rollback()
    told = {}
    for row in db.session.scalars(select(Presence)):
        times = [f"{one.hour}.{one.minute:02d}" if one else "-" for one in (row.came_at, row.left_at)]
        name = row.name or row.person.name
        told[name] = " ".join([row.state.value, *(times if times != ["-", "-"] else [])])
    return told


def row_of(page: Page, name: str) -> str:
    """The words of somebody's line in the list."""
    return next(words(one) for one in page.all("li") if one.get("id") and name in words(one))


def boxes(page: Page, name: str) -> dict[str, str]:
    """The names of somebody's boxes by what they are: came, left."""
    line = next(one for one in page.all("li") if one.get("id") and name in words(one))
    inputs = [one.get("name", "") for one in line.iter("input")]
    return {one.rsplit("-", 1)[1]: one for one in inputs}


def logged() -> list[tuple[str, dict[str, object]]]:
    db.session.rollback()
    query = select(Event).where(Event.act.startswith("presence.")).order_by(Event.id)
    return [(one.act, one.detail) for one in db.session.scalars(query)]


def test_one_press_marks_a_person(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening)
    assert "0 attendances: 0 by name, 0 counted." in page.text
    page = page.submit("Present: Aino Mäkelä").submit("Remotely: Timo Harju").submit("Excused: Maria Sund")
    assert marks() == {"Aino Mäkelä": "present", "Timo Harju": "remote", "Maria Sund": "excused"}
    assert "2 attendances: 2 by name, 0 counted. 1 excused." in page.text
    assert "✓" in row_of(page, "Aino Mäkelä")
    assert "✓" not in row_of(page, "Sari Laine")
    assert "Veikko Salo" not in page.text  # readers are not asked
    assert "Olli Kivi" not in page.text  # another table


def test_the_same_press_twice_is_one_mark(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening)
    page.submit("Present: Aino Mäkelä")
    page.submit("Present: Aino Mäkelä")
    aino = person(cast.aino).id
    assert logged() == [("presence.mark", {"person": aino, "state": "present"})]
    page.submit("Remotely: Aino Mäkelä").submit("Clear the mark: Aino Mäkelä")
    assert marks() == {}
    assert [what for what, _ in logged()][-2:] == ["presence.mark", "presence.clear"]


def test_two_secretaries_mark_at_the_same_time(browser: Browser, cast: Cast, evening: Evening) -> None:
    sari, maria = at_door(browser, cast, evening), Browser(browser.app).sign_in(cast.maria).get(url(evening))
    sari.submit("Present: Aino Mäkelä")
    maria.submit("Present: Timo Harju").submit("Clear the mark: Timo Harju")
    sari.submit("Remotely: Kaisa Niemi")
    maria.submit("Remotely: Aino Mäkelä")
    assert marks() == {"Aino Mäkelä": "remote", "Kaisa Niemi": "remote"}


def test_late_and_early(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä").submit("Present: Timo Harju")
    aino, timo = boxes(page, "Aino Mäkelä"), boxes(page, "Timo Harju")
    typed = {aino["came"]: "18.20", aino["left"]: "19", timo["left"]: "klo 19:05"}
    page = page.submit("Save the times: Aino Mäkelä", **typed)
    assert "The times are saved." in page.text
    assert marks() == {"Aino Mäkelä": "present 18.20 19.00", "Timo Harju": "present - 19.05"}
    assert "came 18:20, left 19:00" in row_of(page, "Aino Mäkelä")
    assert "2 attendances: 2 by name" in page.text
    page = page.submit("Remotely: Aino Mäkelä")
    assert marks()["Aino Mäkelä"] == "remote 18.20 19.00"
    page = page.submit("Save the times: Aino Mäkelä", **{aino["left"]: ""})
    assert marks()["Aino Mäkelä"] == "remote 18.20 -"
    page.submit("Excused: Aino Mäkelä")
    assert marks()["Aino Mäkelä"] == "excused"


@pytest.mark.parametrize(
    ("came", "left", "sentence"),
    [
        ("17.30", "", "The meeting was from 18.00 to 19.30. Check the time."),
        ("", "20.00", "The meeting was from 18.00 to 19.30. Check the time."),
        ("19.00", "18.30", "This is not after the person came. Check both times."),
        ("kuudelta", "", "Write the time like this: 18.00."),
        ("25.00", "", "Write the time like this: 18.00."),
        ("9" * 300, "", "The text is too long"),
    ],
)
def test_times_that_cannot_be(
    browser: Browser, cast: Cast, evening: Evening, came: str, left: str, sentence: str
) -> None:
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä").submit("Present: Timo Harju")
    aino, timo = boxes(page, "Aino Mäkelä"), boxes(page, "Timo Harju")
    typed = {aino["came"]: came, aino["left"]: left, timo["came"]: "18.10"}
    page = page.submit("Present: Kaisa Niemi", status=422, **typed)
    assert sentence in row_of(page, "Aino Mäkelä")
    assert page.all("input", name=timo["came"])[0].get("value") == "18.10"  # nothing typed is lost
    assert page.all("input", name=aino["came"])[0].get("value") == came
    # The press held: who is at the door does not wait for somebody else's slip.
    assert marks() == {"Aino Mäkelä": "present", "Timo Harju": "present", "Kaisa Niemi": "present"}
    page.submit("Save the times: Aino Mäkelä", **{aino["came"]: "18.15", aino["left"]: ""})
    assert marks()["Aino Mäkelä"] == "present 18.15 -"
    assert marks()["Timo Harju"] == "present 18.10 -"


def test_a_meeting_that_ran_over_is_longer(browser: Browser, cast: Cast, evening: Evening) -> None:
    meeting = db.session.get_one(Meeting, evening[0])
    moment = utc_now().replace(year=2027, month=2, day=12, hour=16, minute=0, second=0, microsecond=0)
    meeting.begun_at, meeting.ended_at = moment, moment.replace(hour=17, minute=50)
    db.session.commit()
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä")
    page.submit("Save the times: Aino Mäkelä", **{boxes(page, "Aino Mäkelä")["left"]: "19.45"})
    assert marks() == {"Aino Mäkelä": "present - 19.45"}


def test_a_time_that_two_write_is_compared(browser: Browser, cast: Cast, evening: Evening) -> None:
    sari = at_door(browser, cast, evening).submit("Present: Aino Mäkelä")
    maria = Browser(browser.app).sign_in(cast.maria).get(url(evening))
    box = boxes(sari, "Aino Mäkelä")
    maria.submit("Save the times: Aino Mäkelä", **{box["came"]: "18.10"})
    sari.submit("Save the times: Aino Mäkelä", **{box["left"]: "19.00"})  # another box: both stay
    assert marks() == {"Aino Mäkelä": "present 18.10 19.00"}
    page = sari.submit("Save the times: Aino Mäkelä", status=422, **{box["came"]: "18.20"})
    assert "Somebody else changed this to “18.10” meanwhile." in row_of(page, "Aino Mäkelä")
    assert marks() == {"Aino Mäkelä": "present 18.10 19.00"}
    page.submit("Save the times: Aino Mäkelä")
    assert marks() == {"Aino Mäkelä": "present 18.20 19.00"}


def test_a_time_for_a_mark_that_was_cleared_meanwhile(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä")
    browser.get(url(evening)).submit("Clear the mark: Aino Mäkelä")
    came = boxes(page, "Aino Mäkelä")["came"]
    page = page.submit("Save the times: Aino Mäkelä", status=422, **{came: "18.20"})
    assert "Mark first that the person was there." in row_of(page, "Aino Mäkelä")
    page.submit("Present: Aino Mäkelä")
    assert marks() == {"Aino Mäkelä": "present 18.20 -"}


def test_times_of_a_guest_who_was_removed_meanwhile(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Add as present", name="Eeva Vieras", organisation="0")
    browser.get(url(evening)).submit("Remove: Eeva Vieras")
    came = boxes(page, "Eeva Vieras")["came"]
    page = page.submit("Save the times: Eeva Vieras", status=409, **{came: "18.20"})
    assert "Somebody else removed this guest meanwhile." in page.text
    page.submit("Present: Aino Mäkelä")
    assert marks() == {"Aino Mäkelä": "present"}


def test_times_saved_together_are_not_marks_made_together(
    browser: Browser, cast: Cast, evening: Evening
) -> None:
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä").submit("Present: Timo Harju")
    typed = {boxes(page, name)["came"]: "18.20" for name in ("Aino Mäkelä", "Timo Harju")}
    assert "Take back" not in page.submit("Save the times: Aino Mäkelä", **typed).text


def test_the_others_are_marked_at_once_and_taken_back(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Excused: Maria Sund")
    other = Browser(browser.app).sign_in(cast.maria).get(url(evening)).submit("Remotely: Timo Harju")
    page = page.submit("Mark the 4 others as present")
    assert "3 people were marked present." in page.text
    assert marks() == {
        "Aino Mäkelä": "present",
        "Kaisa Niemi": "present",
        "Maria Sund": "excused",
        "Sari Laine": "present",
        "Timo Harju": "remote",
    }
    old = page
    page = page.submit("Take back: several were marked at once")
    assert marks() == {"Maria Sund": "excused", "Timo Harju": "remote"}
    other.submit("Present: Kaisa Niemi")
    old.submit("Take back: several were marked at once")  # what was marked since stays
    assert marks() == {"Kaisa Niemi": "present", "Maria Sund": "excused", "Timo Harju": "remote"}


def test_guests_one_after_another(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening)
    page = page.submit("Add as present", name="Eeva Vieras", organisation=cast.county)
    assert "The guest is on the list. Write the next one." in page.text
    page = page.submit("Add as remote", name="Oili Vieras", organisation="0")
    assert "2 attendances: 2 by name" in page.text
    assert "Järvi-Suomen hyvinvointialue" in row_of(page, "Eeva Vieras")
    assert "Other resident" in row_of(page, "Oili Vieras")
    page = page.submit("Save the times: Oili Vieras", **{boxes(page, "Oili Vieras")["left"]: "18.30"})
    assert marks() == {"Eeva Vieras": "present", "Oili Vieras": "remote - 18.30"}
    page = page.submit("Remotely: Eeva Vieras")
    old = page
    page = page.submit("Remove: Eeva Vieras")
    assert marks() == {"Oili Vieras": "remote - 18.30"}
    assert "Eeva Vieras" not in page.text
    assert "Somebody else removed this guest meanwhile." in old.submit("Present: Eeva Vieras", 409).text
    old.submit("Remove: Eeva Vieras")
    assert "Eeva" not in str(logged())
    assert "Oili" not in str(logged())


def test_a_guest_sent_twice_is_one(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening)
    page.submit("Add as present", name="Eeva Vieras", organisation=cast.county)
    page.submit("Add as present", name="Eeva Vieras", organisation=cast.county)
    assert len(db.session.scalars(select(Presence)).all()) == 1


@pytest.mark.parametrize(
    ("name", "organisation", "sentence"),
    [
        ("", "0", "Write the name of the guest."),
        ("  ", "0", "Write the name of the guest."),
        ("eeva  VIERAS", "0", "This name is on the list already."),
        ("Aino Mäkelä", "0", "This name is on the list already."),
        ("x" * 201, "0", "The text is too long"),
        ("Eeva 131052-308T", "0", "personal identity code"),
        ("Oili", "99999", "Choose one from the list."),
    ],
)
def test_guests_that_cannot_be(
    browser: Browser, cast: Cast, evening: Evening, name: str, organisation: str, sentence: str
) -> None:
    page = at_door(browser, cast, evening).submit("Add as present", name="Eeva Vieras", organisation="0")
    page = page.submit("Add as present", status=422, name=name, organisation=organisation)
    assert sentence in page.text
    assert page.all("input", name="name")[0].get("value") == " ".join(name.split())
    assert marks() == {"Eeva Vieras": "present"}


def test_a_namesake_from_elsewhere_is_another_guest(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Add as present", name="Eeva Vieras", organisation="0")
    page.submit("Add as present", name="Eeva Vieras", organisation=cast.county)
    assert len(db.session.scalars(select(Presence)).all()) == 2


def test_an_official_stands_beside_the_item_and_its_clock(
    browser: Browser, cast: Cast, evening: Evening
) -> None:
    page = at_door(browser, cast, evening)
    assert "Officials without an item" in page.text
    db.session.get_one(AgendaItem, evening[1]).officials = [person(cast.pekka), person(cast.leena)]
    db.session.add(AttendanceWindow(meeting_id=evening[0], person_id=person(cast.pekka).id))
    db.session.commit()
    page = browser.get(url(evening))
    assert "Officials without an item" not in page.text
    assert "item 2, 18:05" in row_of(page, "Pekka Niemi")
    assert "item 2, 18:05" in row_of(page, "Leena Aalto")
    assert "✓" not in row_of(page, "Pekka Niemi")  # nothing is filled in beforehand
    page.submit("Present: Pekka Niemi")
    assert marks() == {"Pekka Niemi": "present"}


def test_who_left_the_municipality_stays_where_marked(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä")
    for email in (cast.aino, cast.timo):
        person(email).deactivated_at = utc_now()
    db.session.query(PersonRole).filter_by(person_id=person(cast.kaisa).id).delete()
    db.session.commit()
    for name in ("Timo Harju", "Kaisa Niemi"):
        refused = page.submit(f"Present: {name}", 409)
        assert "This person is no longer on the list." in refused.text
        assert "Aino Mäkelä" in refused.text
        assert name not in refused.text
    page.submit("Remotely: Aino Mäkelä").submit("Clear the mark: Aino Mäkelä")
    assert marks() == {}


def test_nobody_of_another_table_is_marked(browser: Browser, cast: Cast, evening: Evening) -> None:
    page = at_door(browser, cast, evening)
    token = page.all("input", name="csrf_token")[0].get("value", "")
    guest = Presence(meeting_id=evening[0], name="Eeva", state=PresenceState.PRESENT, changed_at=utc_now())
    db.session.add(guest)
    db.session.commit()
    presses = [f"p{person(cast.olli).id}", "p0", "p", "g0", "x", "", "p" + "9" * 30, f"p{guest.id}x"]
    for key in presses:
        data = {"csrf_token": token, "part": "people", "press": f"present-{key}"}
        browser.post(url(evening), data, 409)
    assert marks() == {"Eeva": "present"}
    for press in ("clear-p1", "clear-g0", "others", "back", "nonsense", ""):
        browser.post(url(evening), {"csrf_token": token, "part": "people", "press": press})
    assert marks() == {"Eeva": "present"}


def test_head_counts_say_who_is_listed_by_name(browser: Browser, cast: Cast, evening: Evening) -> None:
    person(cast.aino).organisation_id = cast.koivuranta
    db.session.commit()
    page = at_door(browser, cast, evening).submit("Present: Aino Mäkelä")
    assert "1 by name above: count the others." in page.text
    page = page.submit("Save the list", **{"rows-1-count": "3", "rows-2-count": "4"})
    assert "8 attendances: 1 by name, 7 counted." in page.text
    assert "The list is saved. Attendances: 8." in page.text


def test_a_name_that_is_marked_and_counted_is_asked_about(
    browser: Browser, cast: Cast, evening: Evening
) -> None:
    page = at_door(browser, cast, evening)
    page = page.submit("Save the list", **{"rows-1-count": "2", "rows-1-names": "Aino Mäkelä, Eeva"})
    assert "Is somebody counted twice?" not in page.text
    page = page.submit("Present: Aino Mäkelä")
    assert "Is somebody counted twice?" in page.text
    page = page.submit("Excused: Aino Mäkelä")
    assert "Is somebody counted twice?" not in page.text


def test_sixty_people_ask_no_more_than_six(browser: Browser, cast: Cast, evening: Evening) -> None:
    browser.sign_in(cast.sari)
    asked = []
    for more in (6, 54):
        bodies = [Organisation(kind="village", name=f"Kylä {more} {place}") for place in range(more)]
        db.session.add_all(bodies)
        db.session.flush()
        people = [
            Person(
                name=f"Asukas {more} {place}",
                organisation_id=bodies[place].id,
                roles=[PersonRole(role="representative", table_id=cast.north)],
            )
            for place in range(more)
        ]
        db.session.add_all(people)
        db.session.flush()
        db.session.get_one(AgendaItem, evening[1]).officials += people[: more // 2]
        now = utc_now()
        db.session.add_all(
            Presence(
                meeting_id=evening[0],
                person_id=one.id,
                organisation_id=one.organisation_id,
                state=PresenceState.PRESENT,
                changed_at=now,
            )
            for one in people[::2]
        )
        db.session.add_all(
            Presence(
                meeting_id=evening[0],
                name=f"Vieras {more} {place}",
                organisation_id=bodies[place].id,
                state=PresenceState.REMOTE,
                changed_at=now,
            )
            for place in range(more)
        )
        db.session.commit()
        browser.get(url(evening))
        asked.append(queries_of(lambda: browser.raw(url(evening))))
    assert asked[0] == asked[1] <= 45, asked


def test_the_memo_counts_for_everybody_and_names_for_the_inside(
    browser: Browser, cast: Cast, evening: Evening
) -> None:
    person(cast.aino).organisation_id = cast.koivuranta
    person(cast.pekka).organisation_id = cast.technical
    db.session.get_one(AgendaItem, evening[1]).officials = [person(cast.pekka)]
    db.session.commit()
    page = at_door(browser, cast, evening)
    for press in ("Present: Aino Mäkelä", "Remotely: Pekka Niemi", "Present: Sari Laine"):
        page = page.submit(press)
    page = page.submit("Excused: Timo Harju")
    page = page.submit("Add as present", name="Eeva Vieras", organisation=cast.koivuranta)
    page = page.submit("Add as present", name="Oili Vieras", organisation="0")
    box = boxes(page, "Pekka Niemi")
    page = page.submit("Save the times: Pekka Niemi", **{box["came"]: "18.20", box["left"]: "19.00"})
    page.submit("Save the list", **{"rows-0-count": "3", "rows-2-count": "7"})

    inside = browser.get(f"/meetings/{evening[0]}/memo?inside=1").text
    inside = inside[inside.index("Who was present") :]
    assert "Koivuranta: 2 Aino Mäkelä, Eeva Vieras" in inside
    assert "Tekninen toimi: 1 Pekka Niemi (remotely, came 18:20, left 19:00)" in inside
    assert "Others: 1 Sari Laine" in inside
    assert "Other residents: 8 Oili Vieras" in inside
    assert "Attendances: 15." in inside
    assert "Excused: Timo Harju" in inside

    browser.sign_in(cast.maria).get(f"/meetings/{evening[0]}/memo/publish").submit("Publish the memo")
    stranger = Browser(browser.app)
    for address in ("memo", "memo?paper=1", "memo?inside=0"):
        public = stranger.get(f"/meetings/{evening[0]}/{address}").text
        shown = public[public.index("Who was present") :]
        assert "Koivurannan kyläyhdistys: 3 Koivuranta: 2 Tekninen toimi: 1 Others: 1" in shown
        assert "Other residents: 8 Attendances: 15." in shown
        for name in ("Aino", "Pekka", "Sari", "Timo", "Vieras", "18:20", "Excused", "remotely"):
            assert name not in shown
    event = db.session.scalars(select(Event).where(Event.act == "memo.publish")).one()
    assert event.detail["attendances"] == 15


def test_a_memo_without_anybody_is_doubted(browser: Browser, cast: Cast, evening: Evening) -> None:
    at_door(browser, cast, evening).submit("Excused: Aino Mäkelä")
    look = f"/meetings/{evening[0]}/memo/publish"
    assert "Nobody has been written down as present." in browser.sign_in(cast.maria).get(look).text
    browser.get(url(evening)).submit("Remotely: Aino Mäkelä")
    assert "Nobody has been written down as present." not in browser.get(look).text
