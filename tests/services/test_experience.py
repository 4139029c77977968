"""Minutes by experience, as whoever grants them asks for them."""

from datetime import UTC, date, datetime

from app.domain.experience import Usual
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.models import Meeting, Topic
from app.services.experience import likely_minutes, usual_minutes
from tests import make
from tests.cast import Cast
from tests.counting import queries_of

THEN = datetime(2027, 2, 12, 17, tzinfo=UTC)


def held(meeting: Meeting, topic: Topic, planned: int | None, seconds: int, **fields: object) -> None:
    make.item(
        meeting,
        about=topic,
        minutes=planned or 10,
        planned_minutes=planned,
        spent_seconds=seconds,
        **{"started_at": THEN, "ended_at": THEN, **fields},
    )


def test_the_table_s_own_topics_count(cast: Cast) -> None:
    meeting = make.meeting(cast.north, state=MeetingState.MEMO_PUBLISHED)
    topics = [make.topic(cast.north, state=TopicState.DISCUSSED) for _ in range(7)]
    for topic in topics[:2]:
        held(meeting, topic, 10, 840)
    assert usual_minutes(cast.north) is None
    # None of these was a topic that was planned, begun and ended.
    make.item(meeting, minutes=5, planned_minutes=5, spent_seconds=3600, started_at=THEN, ended_at=THEN)
    held(meeting, topics[2], None, 3600)
    held(meeting, topics[3], 10, 3600, ended_at=None)
    held(meeting, topics[4], 10, 3600, put_off_at=THEN)
    held(meeting, topics[5], 10, 0, started_at=None)
    assert usual_minutes(cast.north) is None
    held(meeting, topics[6], 10, 840)
    assert usual_minutes(cast.north) == Usual(15, 14, 10)
    assert usual_minutes(cast.south) is None


def test_a_topic_that_was_discussed_before_tells_of_itself(cast: Cast) -> None:
    topic = make.topic(cast.north, state=TopicState.ACCEPTED)
    topic_id, strange = topic.id, make.topic(cast.north).id
    for day, seconds in ((date(2026, 9, 1), 600), (date(2027, 2, 12), 1080), (date(2026, 12, 1), 600)):
        held(make.meeting(cast.north, day), topic, 10, seconds)
    assert usual_minutes(cast.north, topic_id) == Usual(20, 18, 10, of_topic=True)
    assert usual_minutes(cast.south, topic_id) == Usual(20, 18, 10, of_topic=True)
    assert usual_minutes(cast.north, strange) == Usual(10, 10, 10)
    assert usual_minutes(cast.south, strange) is None
    assert queries_of(lambda: usual_minutes(cast.north, strange)) <= 3  # two, and one that opens the database


def test_only_the_latest_evenings_count(cast: Cast) -> None:
    old = make.meeting(cast.north, date(2024, 2, 12))
    for _ in range(20):
        held(old, make.topic(cast.north), 10, 3600)
    assert usual_minutes(cast.north) == Usual(60, 60, 10)
    new = make.meeting(cast.north, date(2027, 2, 12))
    for _ in range(20):
        held(new, make.topic(cast.north), 10, 300)
    assert usual_minutes(cast.north) == Usual(5, 5, 10)


def test_the_page_of_a_topic_counts_what_its_form_offers(cast: Cast) -> None:
    meeting = make.meeting(cast.north, state=MeetingState.MEMO_PUBLISHED)
    for _ in range(3):
        held(meeting, make.topic(cast.north, state=TopicState.DISCUSSED), 10, 1020)
    assert likely_minutes(make.topic(cast.north)) == 20
    assert likely_minutes(make.topic(cast.north, wished_minutes=5)) == 20
    assert likely_minutes(make.topic(cast.north, granted_minutes=5)) == 5
    assert likely_minutes(make.topic(cast.south, wished_minutes=15)) == 15
