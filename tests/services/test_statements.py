"""What builders of the agenda and of the evening read of statements."""

from datetime import timedelta

from app.domain.clock import today, utc_now
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Statement
from app.services import asking, statements
from tests import make
from tests.cast import Cast
from tests.counting import queries_of


def statement(topic_id: int, body: int, answer: str | None) -> Statement:
    row = Statement(
        topic_id=topic_id,
        organisation_id=body,
        token=f"token-of-{topic_id}-{body}-long-enough",
        question="Miten on?",
        asked_at=utc_now(),
        answer=answer,
        answered_by="Pekka" if answer else None,
        answered_at=utc_now() if answer else None,
    )
    db.session.add(row)
    db.session.commit()
    return row


def test_the_answers_of_many_topics_come_in_one_query(cast: Cast) -> None:
    first, second, joined, other = (make.topic(cast.north, f"Aihe {n}") for n in range(4))
    joined.state, joined.merged_into_id = TopicState.MERGED, first.id
    db.session.commit()
    statement(first.id, cast.technical, "Korjataan.")
    statement(first.id, cast.culture, None)
    statement(joined.id, cast.county, "Hoidetaan.")
    statement(second.id, cast.technical, "Selvitetään.")
    statement(other.id, cast.technical, "Ei tänne.")
    ids = [first.id, second.id]
    found = {
        topic_id: [(one.organisation.name, one.answer) for one in given]
        for topic_id, given in statements.answers_of(ids).items()
    }
    assert found == {
        ids[0]: [("Tekninen toimi", "Korjataan."), ("Järvi-Suomen hyvinvointialue", "Hoidetaan.")],
        ids[1]: [("Tekninen toimi", "Selvitetään.")],
    }

    def read(topic_ids: list[int]) -> None:
        for given in statements.answers_of(topic_ids).values():
            assert all(one.organisation.name for one in given)

    assert queries_of(lambda: read(ids)) == queries_of(lambda: read(ids[1:]))
    assert statements.answers_of([]) == {}


def test_the_next_meeting_is_the_one_with_the_topic(cast: Cast) -> None:
    topic = make.topic(cast.north)
    topic_id = topic.id

    def day() -> object:
        return statements.next_meeting_day(db.session.get_one(type(topic), topic_id))

    assert day() is None
    make.meeting(cast.south, today() + timedelta(days=1))
    make.meeting(cast.north, today() - timedelta(days=1))
    assert day() is None
    make.meeting(cast.north, today() + timedelta(days=5))
    assert day() == today() + timedelta(days=5)
    make.item(make.meeting(cast.north, today() + timedelta(days=50)), about=topic)
    assert day() == today() + timedelta(days=50)


def test_a_body_is_written_to_in_the_first_language_of_the_table(cast: Cast) -> None:
    topic = make.topic(cast.north)
    assert asking.language_of(topic) == "fi"
    topic.table.languages = "sv fi"
    assert asking.language_of(topic) == "sv"
