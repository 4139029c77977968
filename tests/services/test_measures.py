"""What came to a measure: only what is public for everybody, and more for those who link at the table."""

from datetime import date

import pytest

from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY, Visitor
from app.extensions import db
from app.models import Person
from app.services import measures
from app.services.measures import Tally
from tests import make
from tests.cast import Cast
from tests.plan_stage import first_measure, follow_up, link, published, remembered


def visitor_of(cast: Cast, who: str | None) -> Visitor:
    return make.visitor(getattr(cast, who)) if who else ANYBODY


# who sees a topic and a follow-up of the northern table, by the state of its meeting
SEES = [
    (None, MeetingState.DRAFT, False, False),
    (None, MeetingState.PUBLISHED, True, False),
    (None, MeetingState.MEMO_PUBLISHED, True, True),
    (None, MeetingState.CANCELLED, False, False),
    ("maria", MeetingState.DRAFT, True, True),
    ("sari", MeetingState.DRAFT, True, True),
    ("olli", MeetingState.DRAFT, False, False),  # coordinates the southern table
    ("olli", MeetingState.PUBLISHED, True, False),
    ("kaisa", MeetingState.DRAFT, False, False),
    ("veikko", MeetingState.PUBLISHED, True, False),
]


@pytest.mark.parametrize(("who", "state", "topic_seen", "follow_up_seen"), SEES)
def test_who_sees_what(
    cast: Cast, who: str | None, state: MeetingState, topic_seen: bool, follow_up_seen: bool
) -> None:
    plan_id = make.plan().id
    measure = first_measure()
    meeting = make.meeting(cast.north, state=state)
    topic = link(make.topic(cast.north), measure)
    make.item(meeting, about=topic)
    follow_up(meeting, measure, owner_organisation_id=cast.technical, state=FollowUpState.DONE)
    visitor = visitor_of(cast, who)
    assert len(measures.topics_of(visitor, measure, "fi")) == topic_seen
    assert len(measures.follow_ups_of(visitor, measure, "fi")) == follow_up_seen
    expected = Tally(int(topic_seen), int(follow_up_seen), int(follow_up_seen))
    assert measures.tallies(visitor, plan_id).get(measure, Tally()) == expected


def test_a_topic_shows_its_latest_public_agenda_and_the_agendas_own_title(cast: Cast) -> None:
    make.plan()
    measure = first_measure()
    topic = link(make.topic(cast.north, "Matti Meikäläisen pihatie"), measure)
    make.item(published(cast.north, day=date(2026, 9, 1)), about=topic, title="Vanha")
    latest = published(cast.north, day=date(2027, 2, 12))
    make.item(latest, about=topic).title = "Kyläteiden kunto"
    make.release_again(latest)
    make.item(make.meeting(cast.north, day=date(2028, 1, 1)), about=topic)
    db.session.commit()
    [came] = measures.topics_of(ANYBODY, measure, "fi")
    assert (came.title, came.day, came.meeting_id, came.public) == (
        "Kyläteiden kunto",
        date(2027, 2, 12),
        latest.id,
        True,
    )


def test_newest_first_and_the_unpublished_on_top(cast: Cast) -> None:
    make.plan()
    measure = first_measure()
    for text, day in (("Vanha", date(2026, 1, 1)), ("Uusi", date(2027, 1, 1))):
        make.item(published(cast.north, day=day), about=link(make.topic(cast.north, text), measure))
        follow_up(remembered(cast.north, day=day), measure, text, owner_organisation_id=cast.technical)
    link(make.topic(cast.north, "Odottaa"), measure)
    maria = make.visitor(cast.maria)
    assert [one.title for one in measures.topics_of(maria, measure, "fi")] == ["Odottaa", "Uusi", "Vanha"]
    assert [one.text for one in measures.follow_ups_of(ANYBODY, measure, "fi")] == ["Uusi", "Vanha"]


def person(title: str | None, organisation_id: int | None) -> int:
    row = Person(name="Pekka Salainen", title=title, organisation_id=organisation_id)
    db.session.add(row)
    db.session.commit()
    return row.id


def test_who_is_an_organisation_or_a_title_and_never_a_name(cast: Cast) -> None:
    make.plan()
    measure, meeting = first_measure(), remembered(cast.north)
    follow_up(meeting, measure, "1", owner_organisation_id=cast.technical)
    follow_up(meeting, measure, "2", owner_person_id=person("Tekninen johtaja", cast.technical))
    follow_up(meeting, measure, "3", owner_person_id=person(None, cast.culture))
    follow_up(meeting, measure, "4", owner_person_id=person(None, None))
    follow_up(
        meeting,
        measure,
        "5",
        owner_organisation_id=cast.county,
        owner_person_id=person("Johtaja", cast.county),
    )
    who = {one.text: one.who for one in measures.follow_ups_of(ANYBODY, measure, "sv")}
    assert who == {
        "1": "Tekniska sektorn",
        "2": "Tekninen johtaja",
        "3": "Kulttuuri- ja vapaa-aikatoimi",
        "4": None,
        "5": "Järvi-Suomen hyvinvointialue",
    }


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [
        (FollowUpState.OPEN, date(2020, 1, 1), True),
        (FollowUpState.IN_WORK, date(2020, 1, 1), True),
        (FollowUpState.DONE, date(2020, 1, 1), False),
        (FollowUpState.OPEN, date(2036, 1, 1), False),
    ],
)
def test_late_is_said(cast: Cast, state: FollowUpState, due_on: date, late: bool) -> None:
    make.plan()
    measure = first_measure()
    follow_up(
        remembered(cast.north), measure, owner_organisation_id=cast.technical, state=state, due_on=due_on
    )
    [came] = measures.follow_ups_of(ANYBODY, measure, "fi")
    assert came.late is late
