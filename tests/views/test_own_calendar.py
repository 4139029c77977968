"""A person's own feed: what she is asked to, behind a link that she makes and takes away herself."""

from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Event, Invitation, Meeting, Person
from app.services import agenda, convening, invitations, inviting, own_calendar, people
from app.services.convening import Details
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser

SOON = today() + timedelta(days=30)


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def link(email: str) -> str:
    """Make the private link of somebody and return it without the host."""
    own_calendar.make_link(make.visitor(email))
    return f"/calendars/{person(email).calendar_token}.ics"


def events(app: Flask, url: str) -> list[Component]:
    answer = Browser(app, None).raw(url)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def publish(cast: Cast, meeting: int) -> None:
    seen = db.session.get_one(Meeting, meeting).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting, seen=seen, anyway=True)


@pytest.fixture
def evening(app: Flask, cast: Cast) -> int:
    """A published meeting at 18: an opening of 5 minutes, Pekka's item of 20, another of 10."""
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, "Avaus")
    lamps = make.topic(cast.north, "Kylätien valot", state=TopicState.ON_AGENDA)
    make.item(meeting, about=lamps, minutes=20, officials=[person(cast.pekka)])
    make.item(meeting, "Bussivuorot", 10)
    publish(cast, meeting.id)
    return meeting.id


def test_whoever_has_a_role_at_the_table_follows_the_whole_meeting(
    app: Flask, cast: Cast, evening: int
) -> None:
    (event,) = events(app, link(cast.aino))
    row = db.session.get_one(Meeting, evening)
    assert event["UID"] == f"{row.uid}@kumppanuuspoyta.invalid"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(SOON, time(18))
    assert event["DTEND"].dt.replace(tzinfo=None) == datetime.combine(SOON, time(19, 30))


def test_an_official_follows_the_own_items_alone(app: Flask, cast: Cast, evening: int) -> None:
    (event,) = events(app, link(cast.pekka))
    row = db.session.get_one(Meeting, evening)
    assert not str(event["UID"]).startswith(f"{row.uid}@")
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(SOON, time(18, 5))
    assert event["DTEND"].dt.replace(tzinfo=None) == datetime.combine(SOON, time(18, 25))
    assert event["SUMMARY"] == "Pohjoinen lähikumppanuuspöytä: Kylätien valot"
    assert str(event["DESCRIPTION"]).split("\n\n") == [
        "18.05 Kylätien valot",
        "Sinulle nämä kohdat. Koko kokous on kello 18.00–19.30.",
        f"http://127.0.0.1:5000/meetings/{evening}",
    ]
    assert event["URL"] == f"http://127.0.0.1:5000/meetings/{evening}"
    assert "Bussivuorot" not in event["DESCRIPTION"]


def test_an_official_s_part_moves_with_the_release_and_not_before(
    app: Flask, cast: Cast, evening: int
) -> None:
    url = link(cast.pekka)
    (before,) = events(app, url)
    maria = make.visitor(cast.maria)
    row = db.session.get_one(Meeting, evening)
    agenda.set_minutes(maria, evening, row.items[0].id, 25)
    assert events(app, url) == [before]
    publish(cast, evening)
    (after,) = events(app, url)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(minutes=20)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt >= before["DTSTAMP"].dt


def test_a_meeting_that_moves_takes_the_part_along(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    (before,) = events(app, url)
    maria = make.visitor(cast.maria)
    details = convening.details_of(db.session.get_one(Meeting, evening))
    convening.change_details(
        maria, evening, Details(SOON + timedelta(days=1), time(17), 90, "Koulu"), seen=details.mark()
    )
    (after,) = events(app, url)
    assert after["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(SOON + timedelta(days=1), time(17, 5))
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_an_item_given_to_an_official_shows_with_the_next_release(
    app: Flask, cast: Cast, evening: int
) -> None:
    url = link(cast.leena)
    assert events(app, url) == []
    buses = db.session.scalars(select(AgendaItem).where(AgendaItem.title == "Bussivuorot")).one()
    buses.officials.append(person(cast.leena))
    buses.meeting.revision += 1
    db.session.commit()
    assert events(app, url) == []
    publish(cast, evening)
    assert [one["DTSTART"].dt.time() for one in events(app, url)] == [time(18, 25)]


def test_a_draft_never_shows(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON, heading="zqkanarialintu")
    make.item(meeting, "zqkanarialintu", officials=[person(cast.pekka)])
    db.session.add(
        Invitation(
            meeting_id=meeting.id,
            person_id=person(cast.pekka).id,
            token="x" * 32,
            created_at=utc_now(),
        )
    )
    db.session.commit()
    for email in (cast.pekka, cast.aino, cast.maria):
        answer = Browser(app, None).raw(link(email))
        assert b"VEVENT" not in answer.data
        assert b"zqkanarialintu" not in answer.data


def test_whoever_was_added_follows_after_the_letter_and_whoever_was_taken_off_no_more(
    app: Flask, cast: Cast, evening: int
) -> None:
    url, key = link(cast.veikko), f"p{person(cast.veikko).id}"
    maria = make.visitor(cast.maria)
    inviting.ask(maria, evening, key)
    assert events(app, url) == []
    publish(cast, evening)
    (event,) = events(app, url)
    assert event["DTSTART"].dt.time() == time(18)
    inviting.take_off(maria, evening, key)
    assert events(app, url) == []


def test_a_cancelled_meeting_stays_marked_and_then_goes(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    (before,) = events(app, url)
    convening.cancel(make.visitor(cast.maria), evening, "Lumimyrsky")
    (event,) = events(app, url)
    assert event["STATUS"] == "CANCELLED"
    assert str(event["SUMMARY"]).startswith("PERUTTU: ")
    assert event["SEQUENCE"] > before["SEQUENCE"]
    for stays, seconds in ((True, -60), (False, 60)):
        row = db.session.get_one(Meeting, evening)
        row.cancelled_at = utc_now() - timedelta(days=30, seconds=seconds)
        db.session.commit()
        assert len(events(app, url)) == stays


def test_it_speaks_its_person_s_language(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    row = person(cast.pekka)
    row.language = "sv"
    db.session.commit()
    answer = Browser(app, None).raw(f"{url}?lang=en").get_data(as_text=True)
    assert "X-WR-CALNAME:Mina partnerskapsbord" in answer
    assert "Norra lokala partnerskapsbordet" in answer.replace("\r\n ", "")


def test_the_link_is_private_and_stops_when_it_is_taken_away(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    answer = Browser(app, None).raw(url)
    assert answer.headers["Cache-Control"] in ("private, no-cache", "no-cache, private")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    for absent in (b"METHOD", b"ORGANIZER", b"ATTENDEE", b"Pekka", b"lehmijarvi.example"):
        assert absent not in answer.data
    again = link(cast.pekka)
    assert Browser(app, None).raw(url).status_code == 404
    own_calendar.revoke_link(make.visitor(cast.pekka))
    own_calendar.revoke_link(make.visitor(cast.pekka))
    assert Browser(app, None).raw(again).status_code == 404
    assert Browser(app, None).raw(f"/calendars/{'x' * 43}.ics").status_code == 404
    acts = db.session.scalars(select(Event.act).where(Event.act.startswith("calendar.")).order_by(Event.id))
    assert list(acts) == ["calendar.make_link", "calendar.make_link", "calendar.revoke_link"]


def test_whoever_has_left_follows_no_more(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    people.deactivate(make.visitor(cast.maria), person(cast.pekka).id)
    assert Browser(app, None).raw(url).status_code == 404


def test_who_has_the_feed_already_is_told_so(app: Flask, cast: Cast, evening: int) -> None:
    url = link(cast.pekka)
    browser = Browser(app, None)
    first = browser.raw(url)
    assert first.data == browser.raw(url).data
    same = browser.raw(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Cache-Control"] == first.headers["Cache-Control"]
    moment = first.headers["Last-Modified"]
    assert browser.raw(url, headers={"If-Modified-Since": moment}).status_code == 304
    convening.cancel(make.visitor(cast.maria), evening, "Lumimyrsky")
    assert browser.raw(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_sixty_meetings_ask_the_database_no_more_than_two(app: Flask, cast: Cast) -> None:
    url = link(cast.pekka)

    def fill(count: int) -> None:
        for number in range(count):
            meeting = make.meeting(
                cast.north,
                SOON + timedelta(days=number),
                state=MeetingState.PUBLISHED,
                published_at=utc_now(),
            )
            item = make.item(meeting, "Kohta", 10, officials=[person(cast.pekka)])
            row = Invitation(
                meeting_id=meeting.id,
                person_id=person(cast.pekka).id,
                token=f"{meeting.id:032}",
                created_at=utc_now(),
                told_at=utc_now(),
            )
            db.session.add(row)
            db.session.flush()
            db.session.add(
                Event(
                    at=utc_now(),
                    act="invitation.part",
                    noun="invitation",
                    noun_id=row.id,
                    detail={"release": 1, "key": item.key},
                )
            )
            db.session.commit()

    fill(2)
    few = queries_of(lambda: events(app, url))
    fill(58)
    assert queries_of(lambda: events(app, url)) == few <= 16
    assert len(events(app, url)) == 60
