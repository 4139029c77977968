"""What happened since last time and what comes again, where people read it: builder, evening, public page."""

from datetime import date, timedelta

import pytest

from app.domain.agenda import ItemKind
from app.domain.clock import today, utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import FollowUp, Person, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser

LAST, NEXT = date(2026, 10, 8), date(2027, 2, 12)


@pytest.fixture
def last(cast: Cast) -> int:
    """The last meeting, whose memo is out; Pekka of the technical department has something to do."""
    topic = make.topic(cast.north, "Kylätien valot", state=TopicState.DISCUSSED)
    meeting = make.meeting(cast.north, LAST, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    item = make.item(meeting, about=topic)
    now = utc_now()
    person = db.session.query(Person).filter_by(email=cast.pekka).one()
    shared = {
        "meeting_id": meeting.id,
        "agenda_item_id": item.id,
        "topic_id": topic.id,
        "owner_organisation_id": cast.technical,
        "owner_person_id": person.id,
        "created_at": now,
        "changed_at": now,
    }
    db.session.add_all(
        [
            FollowUp(text="Lasketaan hinta.", due_on=today() - timedelta(days=5), **shared),
            FollowUp(
                text="Vaihdetaan lamput.",
                due_on=today(),
                state=FollowUpState.NOT_PROGRESSED,
                outcome="Ei ollut rahaa.",
                ended_at=now,
                **shared,
            ),
        ]
    )
    db.session.commit()
    return meeting.id


def coming(cast: Cast, **fields: object) -> tuple[int, int]:
    meeting = make.meeting(cast.north, NEXT, **fields)
    make.item(meeting, "Avaus")
    return meeting.id, make.item(meeting, "Mitä tapahtui edellisestä", 10, kind=ItemKind.SINCE_LAST_TIME).id


def test_everybody_reads_what_and_who_and_how_without_names(browser: Browser, cast: Cast, last: int) -> None:
    meeting, _ = coming(cast, state=MeetingState.PUBLISHED)
    page = browser.get(f"/meetings/{meeting}")
    assert "How what was agreed has gone (2 things)" in page.text
    for words in ("Lasketaan hinta.", "Tekninen toimi", "5 days late", "Did not progress"):
        assert words in page.text
    assert "Niemi" not in page.html
    assert "rahaa" not in page.html
    assert page.follow("Memo of the last meeting, 8 October 2026").url == f"/meetings/{last}/memo"


def test_a_released_agenda_without_the_item_tells_nothing(browser: Browser, cast: Cast, last: int) -> None:
    meeting = make.meeting(cast.north, NEXT, state=MeetingState.PUBLISHED)
    make.item(meeting, "Avaus")
    make.item(meeting, "Mitä tapahtui", 10, kind=ItemKind.SINCE_LAST_TIME, released=False)
    page = browser.get(f"/meetings/{meeting.id}")
    assert "Lasketaan hinta." not in page.text


def test_the_builder_tells_it_in_the_row(browser: Browser, cast: Cast, last: int) -> None:
    meeting, item = coming(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert "What this item tells (2 follow-ups)" in page.text
    assert "Ei ollut rahaa." in page.text
    assert page.all("details", id=f"since-{item}")
    assert "Lasketaan hinta." in page.follow("Lasketaan hinta.").text
    assert "Add “What happened since last time” first" not in page.text


def test_an_agenda_without_the_item_is_offered_it(browser: Browser, cast: Cast, last: int) -> None:
    meeting = make.meeting(cast.north, NEXT)
    make.item(meeting, "Avaus")
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/edit")
    page = page.submit("Add “What happened since last time” first")
    assert "“Mitä tapahtui edellisestä” is now in place 2." in page.text
    assert "Add “What happened since last time” first" not in page.text
    assert "What this item tells (2 follow-ups)" in page.text


def test_nothing_is_offered_where_there_is_nothing_to_tell(browser: Browser, cast: Cast) -> None:
    meeting = make.meeting(cast.north, NEXT)
    make.item(meeting, "Avaus")
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/edit")
    assert "Add “What happened since last time” first" not in page.text


def test_the_evening_reads_it_at_the_item(browser: Browser, cast: Cast, last: int) -> None:
    meeting, item = coming(cast, state=MeetingState.PUBLISHED)
    page = browser.sign_in(cast.sari).get(f"/meetings/{meeting}/live/{item}")
    assert "Ei ollut rahaa." in page.text
    assert "Lasketaan hinta." in page.follow("Lasketaan hinta.").text
    other = browser.get(f"/meetings/{meeting}/live/{item - 1}")
    assert "Lasketaan hinta." not in other.text


def test_topics_of_earlier_meetings_come_first_with_the_reason(
    browser: Browser, cast: Cast, last: int
) -> None:
    meeting, _ = coming(cast)
    make.topic(cast.north, "Uusi aihe", state=TopicState.ACCEPTED)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/edit")
    assert "From earlier meetings (1)" in page.text
    assert "Discussed on 8 October 2026: 1 thing that was agreed is still open." in page.text
    assert page.text.index("From earlier meetings") < page.text.index("Topics that wait (1)")
    page = page.submit("Add to agenda: Kylätien valot")
    assert "“Kylätien valot” is on the agenda." in page.text
    assert "From earlier meetings" not in page.text
    db.session.rollback()
    assert db.session.query(Topic).filter_by(title="Kylätien valot").one().state is TopicState.ON_AGENDA


def test_a_topic_that_was_not_reached_stands_once(browser: Browser, cast: Cast) -> None:
    left = make.topic(cast.north, "Ei ehditty", state=TopicState.POSTPONED)
    before = make.meeting(cast.north, LAST, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    make.item(before, about=left)
    left_id = left.id
    meeting, _ = coming(cast)
    url = f"/meetings/{meeting}/edit"
    page = browser.sign_in(cast.maria).get(url)
    assert "From earlier meetings (1)" in page.text
    assert "Topics that wait (0)" in page.text
    assert "No other topic waits for this table now." in page.text
    new_id = make.topic(cast.north, "Uusi aihe", state=TopicState.ACCEPTED).id
    page = browser.get(url)
    assert [
        one.get("id") for one in page.all("button") if str(one.get("id")).startswith(("put-", "carry-"))
    ] == [
        f"carry-{left_id}",
        f"put-{new_id}",
    ]
    assert "Topics that wait (1)" in page.text
    # Who searches finds it among those that wait, too.
    assert "Topics that wait (1)" in browser.get(f"{url}?q=ehditty").text
    assert browser.get(f"{url}?q=ehditty").all("li", id=f"topic-{left_id}")
