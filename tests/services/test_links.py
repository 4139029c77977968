"""A topic is linked to measures by those who run its table, and nobody's links are lost."""

import pytest
from sqlalchemy import select

from app.domain.errors import Invalid, NotFound
from app.domain.permissions import ANYBODY, SYSTEM
from app.extensions import db
from app.models import Event, Measure
from app.services import links, plans
from tests import make
from tests.cast import Cast
from tests.plan_stage import ODD


@pytest.fixture
def measures(cast: Cast) -> list[int]:
    """The ids of the odd plan's four measures."""
    plans.store(SYSTEM, ODD, None, None)
    return list(db.session.scalars(select(Measure.id).order_by(Measure.id)))


def linked(topic_id: int) -> set[int]:
    return {one.measure_id for one in links.linked_to_topic(topic_id)}


def test_links_are_set_changed_and_taken_away(cast: Cast, measures: list[int]) -> None:
    topic = make.topic(cast.north).id
    sari = make.visitor(cast.sari)
    for wanted in ({measures[0], measures[2]}, {measures[1]}, set()):
        links.link_topic(sari, topic, wanted)
        assert linked(topic) == wanted
    logged = db.session.scalars(select(Event).where(Event.act == "topic.link").order_by(Event.id)).all()
    assert [one.detail for one in logged] == [
        {"added": 2, "removed": 0},
        {"added": 1, "removed": 2},
        {"added": 0, "removed": 1},
    ]


def test_saving_the_same_links_again_is_no_change(cast: Cast, measures: list[int]) -> None:
    topic = make.topic(cast.north).id
    for _ in range(2):
        links.link_topic(make.visitor(cast.maria), topic, [measures[0], measures[0]])
    assert linked(topic) == {measures[0]}
    assert len(db.session.scalars(select(Event).where(Event.act == "topic.link")).all()) == 1


def test_what_somebody_else_linked_meanwhile_stays(cast: Cast, measures: list[int]) -> None:
    first, second, third, _ = measures
    topic = make.topic(cast.north).id
    maria, sari = make.visitor(cast.maria), make.visitor(cast.sari)
    links.link_topic(maria, topic, {first})
    # Both opened the page when only the first measure was linked.
    links.link_topic(sari, topic, {first, second}, seen={first})
    links.link_topic(maria, topic, {third}, seen={first})
    assert linked(topic) == {second, third}


@pytest.mark.parametrize("who", ["olli", "timo", "kaisa", "veikko", None])
def test_a_topic_of_another_table_is_not_there(cast: Cast, measures: list[int], who: str | None) -> None:
    topic = make.topic(cast.north).id
    visitor = make.visitor(getattr(cast, who)) if who else ANYBODY
    with pytest.raises(NotFound):
        links.link_topic(visitor, topic, {measures[0]})
    with pytest.raises(NotFound):
        links.get_topic(visitor, topic)
    assert linked(topic) == set()


def test_a_measure_that_is_not_there_changes_nothing(cast: Cast, measures: list[int]) -> None:
    topic = make.topic(cast.north).id
    with pytest.raises(Invalid, match="no longer in the plan") as refusal:
        links.link_topic(make.visitor(cast.maria), topic, {measures[0], 999_999_999})
    assert refusal.value.field == "measures"
    assert linked(topic) == set()


def test_no_such_topic(cast: Cast) -> None:
    with pytest.raises(NotFound):
        links.link_topic(make.visitor(cast.maria), 999_999_999, [])
