"""The minutes of each table's next meeting, as the coordinator has them while she answers topics."""

from datetime import time, timedelta

import pytest

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import PartnershipTable, TopicStep
from app.services import budget, reserve, triage
from app.services.budget import Reserve, TableBudget
from app.services.coming import late_for
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.domain.running_stage import DAY, at
from tests.evening_stage import clock

SOON = today() + timedelta(days=30)


def of(table_id: int) -> TableBudget:
    return budget.of_table(db.session.get_one(PartnershipTable, table_id))


def test_the_agenda_counts_with_its_waits_and_buffers(cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON, time(18))
    make.item(meeting, "Avaus", 5, buffer_minutes=5)
    make.item(meeting, "Kahvi", 15, fixed_start=time(18, 30))
    assert (of(cast.north).budget.granted, of(cast.north).budget.left) == (45, 45)


@pytest.mark.parametrize(
    ("fields", "reserved"),
    [
        ({"state": TopicState.ACCEPTED}, 10),
        ({"state": TopicState.ACCEPTED, "wished_minutes": 20}, 20),
        ({"state": TopicState.ACCEPTED, "wished_minutes": 20, "granted_minutes": 15}, 15),
        *(
            ({"state": state, "wished_minutes": 20}, 0)
            for state in TopicState
            if state is not TopicState.ACCEPTED
        ),
    ],
)
def test_topics_taken_to_the_table_are_reserved_and_no_others(
    cast: Cast, fields: dict[str, object], reserved: int
) -> None:
    make.meeting(cast.north, SOON)
    make.topic(cast.north, **fields)
    make.topic(cast.south, **fields)
    assert of(cast.north).budget.reserved == reserved


def test_late_topics_are_not_counted_until_they_are_admitted(cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON, topics_until=today() - timedelta(1))
    topic = make.topic(cast.north, state=TopicState.ACCEPTED, late_for_id=meeting.id).id
    make.topic(cast.north, state=TopicState.ACCEPTED)
    assert (of(cast.north).budget.reserved, of(cast.north).waiting, of(cast.north).late) == (10, 1, 1)
    triage.admit(make.visitor(cast.maria), topic, meeting.id)
    assert (of(cast.north).budget.reserved, of(cast.north).waiting, of(cast.north).late) == (20, 2, 0)


def test_the_reserve_pool_is_told_and_not_counted(cast: Cast) -> None:
    make.meeting(cast.north, SOON)
    for days, wish in ((40, 5), (120, None)):
        told = make.days_ago(days)
        make.topic(cast.north, state=TopicState.POSTPONED, wished_minutes=wish, created_at=told)
    assert of(cast.north).reserve == Reserve(2, 15, 120)
    assert of(cast.north).budget.reserved == 0


@pytest.mark.parametrize(
    ("day", "fields", "is_next"),
    [
        (0, {"starts": time(23, 59, 59)}, True),
        (0, {"ended_at": utc_now()}, False),
        (-1, {}, False),
        (5, {"state": MeetingState.PUBLISHED}, True),
        (5, {"state": MeetingState.CANCELLED}, False),
        (0, {"state": MeetingState.MEMO_PUBLISHED}, False),
        (0, {"state": MeetingState.PUBLISHED, "memo_published_at": utc_now()}, False),
    ],
)
def test_which_meeting_is_the_next(cast: Cast, day: int, fields: dict[str, object], is_next: bool) -> None:
    one = make.meeting(cast.north, today() + timedelta(day), **fields).id
    later = make.meeting(cast.north, SOON).id
    found = of(cast.north).meeting
    assert found is not None
    assert found.id == (one if is_next else later)


def test_where_none_has_been_called_the_table_has_its_own_length_and_standing_items(cast: Cast) -> None:
    assert (of(cast.south).meeting, of(cast.south).budget.length, of(cast.south).budget.granted) == (
        None,
        90,
        20,
    )
    db.session.get_one(PartnershipTable, cast.south).minutes = 120
    last = make.meeting(cast.south, today() - timedelta(50), state=MeetingState.MEMO_PUBLISHED)
    make.item(last, "Kahvi", 15, standing=True)
    make.item(last, "Kertaluonteinen", 40)
    older = make.meeting(cast.south, today() - timedelta(90), state=MeetingState.MEMO_PUBLISHED)
    make.item(older, "Vanha", 60, standing=True)
    assert (of(cast.south).budget.length, of(cast.south).budget.granted) == (120, 15)


def test_many_tables_and_topics_are_asked_for_as_few(cast: Cast) -> None:
    def asked() -> int:
        def look() -> None:
            tables = list(db.session.query(PartnershipTable).order_by(PartnershipTable.id))
            assert len(budget.of_tables(tables)) == len(tables)

        return queries_of(look)

    make.meeting(cast.north, SOON)
    few = asked()
    for count in range(8):
        table = PartnershipTable(slug=f"p{count}", name=f"Pöytä {count}", kind="local")
        db.session.add(table)
        db.session.commit()
        if count % 2:
            make.item(make.meeting(table.id, SOON))
        for state in (TopicState.ACCEPTED, TopicState.POSTPONED):
            make.topic(table.id, state=state)
    assert asked() == few


def taken(topic_id: int, days_ago: int) -> None:
    at = make.days_ago(days_ago)
    db.session.add(TopicStep(topic_id=topic_id, act=TopicAct.POSTPONE, words="Täynnä.", at=at))
    db.session.commit()


def test_a_topic_counts_the_meetings_that_passed_it_over(cast: Cast) -> None:
    told = make.days_ago(200)
    waiting = make.topic(cast.north, state=TopicState.POSTPONED, created_at=told)
    taken(waiting.id, 150)
    taken(waiting.id, 20)  # postponed again: the first time counts
    for days, fields in (
        (-160, {"state": MeetingState.MEMO_PUBLISHED}),  # before it was answered
        (-100, {"state": MeetingState.MEMO_PUBLISHED}),
        (-50, {"state": MeetingState.PUBLISHED}),
        (-30, {"state": MeetingState.CANCELLED}),
        (-10, {"state": MeetingState.DRAFT}),
        (10, {"state": MeetingState.PUBLISHED}),
    ):
        make.meeting(cast.north, today() + timedelta(days), **fields)
    make.meeting(cast.south, today() - timedelta(60), state=MeetingState.MEMO_PUBLISHED)
    wait = reserve.waits([waiting])[waiting.id]
    assert (wait.days, wait.too_long, wait.meetings) == (200, False, 2)


def test_an_ended_topic_does_not_wait(cast: Cast) -> None:
    ended = make.topic(cast.north, state=TopicState.DECLINED)
    new = make.topic(cast.north)
    assert set(reserve.waits([ended, new])) == {new.id}
    assert reserve.waits([]) == {}


@pytest.mark.parametrize(
    ("shows", "fields", "is_next"),
    [
        ("17.59", {}, True),
        ("18.00", {}, False),  # its start has passed, also where nobody pressed
        ("23.00", {}, False),
        ("17.59", {"begun_at": at("17.58")}, False),  # it was begun early
        ("17.59", {"begun_at": at("17.50"), "ended_at": at("17.55")}, False),
        ("17.59", {"starts": time(17, 30)}, False),
        ("23.00", {"starts": time(23, 1)}, True),
    ],
)
def test_the_meeting_of_the_day_is_the_next_until_it_begins(
    cast: Cast, shows: str, fields: dict[str, object], is_next: bool
) -> None:
    tonight = make.meeting(cast.north, DAY, **fields).id
    later = make.meeting(cast.north, DAY + timedelta(days=60)).id
    with clock(shows):
        found = of(cast.north).meeting
    assert found is not None
    assert found.id == (tonight if is_next else later)


def test_a_topic_that_comes_while_they_meet_is_in_time_for_the_meeting_after(cast: Cast) -> None:
    make.meeting(cast.north, DAY, topics_until=DAY - timedelta(days=7))
    with clock("17.59"):
        assert late_for(cast.north, DAY) is not None
    with clock("18.30"):
        assert late_for(cast.north, DAY) is None
