"""A joined topic is separated at the very moment when the one that it follows is joined or withdrawn."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import sleep

import pytest
from flask import Flask

from app.domain.permissions import Visitor
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import Topic, TopicStep
from app.services import merging, topics
from tests import make
from tests.cast import Cast

Meanwhile = dict[TopicAct, int]  # at which act of the first which topic is separated by the second


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


@pytest.fixture
def meanwhile(app: Flask, maria: Visitor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meanwhile]:
    """Let a second coordinator separate a topic in the middle of what the first one does."""
    plan: Meanwhile = {}
    second: list[Future[None]] = []
    plain = merging.move

    def separate(topic_id: int) -> None:
        with app.app_context():
            try:
                merging.separate(maria, topic_id)
            finally:
                db.session.remove()

    def move(visitor: Visitor, topic: Topic, act: TopicAct) -> TopicStep:
        topic_id = plan.pop(act, None)
        if topic_id is not None:
            second.append(people.submit(separate, topic_id))
            wait(second, timeout=1)  # it either waits its turn or has been done by then
        return plain(visitor, topic, act)

    monkeypatch.setattr(merging, "move", move)
    with ThreadPoolExecutor(1) as people:
        yield plan


def joined(cast: Cast, maria: Visitor) -> tuple[int, int]:
    """Return the ids of a topic and of the one that it has been joined to."""
    first, second = make.topic(cast.north, "Tie on pimeä").id, make.topic(cast.north, "Tien valot").id
    merging.join(maria, first, second)
    return first, second


def later(topic_id: int, people: Meanwhile) -> Topic:
    assert not people
    for _ in range(50):
        db.session.rollback()
        row = db.session.get_one(Topic, topic_id, populate_existing=True)
        if row.state is TopicState.RECEIVED:
            break
        sleep(0.1)
    return row


def test_a_topic_of_its_own_follows_nobody(cast: Cast, maria: Visitor, meanwhile: Meanwhile) -> None:
    first, second = joined(cast, maria)
    other = make.topic(cast.north, "Valaistus").id
    meanwhile[TopicAct.MERGE] = first
    merging.join(maria, second, other)
    row = later(first, meanwhile)
    assert (row.state, row.merged_into_id) == (TopicState.RECEIVED, None)


def test_it_is_separated_once(cast: Cast, maria: Visitor, meanwhile: Meanwhile) -> None:
    first, second = joined(cast, maria)
    token = db.session.get_one(Topic, second).token
    meanwhile[TopicAct.SEPARATE] = first
    topics.withdraw(maria, token)
    row = later(first, meanwhile)
    assert [one.act for one in row.steps].count(TopicAct.SEPARATE) == 1
