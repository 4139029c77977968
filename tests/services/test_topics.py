"""Topics come in at the same moment, twice by accident, and for a table that waits for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.clock import today, utc_now
from app.domain.errors import Forbidden, Invalid, TooMany
from app.domain.permissions import ANYBODY, SYSTEM
from app.domain.topics import Channel, Number, Proposal, TopicState
from app.extensions import db
from app.models import Event, Knock, OutgoingMail, PartnershipTable, Topic
from app.services import topics
from tests import make
from tests.cast import Cast


def count(of: type) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def test_fifty_at_the_same_moment_get_fifty_numbers_in_a_row(app: Flask, cast: Cast) -> None:
    together = Barrier(10)

    def propose(place: int) -> int:
        with app.app_context():
            if place < 10:
                together.wait(timeout=30)
            table = cast.north if place % 2 else cast.south
            return topics.propose(ANYBODY, Proposal(f"Asia {place}", table), f"the key of {place}")

    with ThreadPoolExecutor(10) as people:
        ids = list(people.map(propose, range(50)))
    db.session.rollback()  # this thread has looked since before
    assert len(set(ids)) == 50
    rows = db.session.scalars(select(Topic)).all()
    assert sorted(row.running for row in rows) == list(range(1, 51))
    assert {row.year for row in rows} == {today().year}
    assert len({row.token for row in rows}) == 50
    assert count(Event) == 50


def test_the_same_form_ten_times_at_the_same_moment_is_one_topic(app: Flask, cast: Cast) -> None:
    together = Barrier(10)

    def propose(_place: int) -> int:
        with app.app_context():
            together.wait(timeout=30)
            proposal = Proposal("Sama asia", cast.north, contact_email="eeva@example.fi")
            return topics.propose(ANYBODY, proposal, "one form, one key")

    with ThreadPoolExecutor(10) as people:
        ids = list(people.map(propose, range(10)))
    db.session.rollback()
    assert len(set(ids)) == 1
    assert (count(Topic), count(OutgoingMail)) == (1, 1)


def test_numbers_go_on_from_the_last_one_of_the_year(app: Flask, cast: Cast) -> None:
    make.topic(cast.north, year=today().year - 1, running=77)
    make.topic(cast.north, running=8)
    topic_id = topics.propose(ANYBODY, Proposal("Uusi asia", cast.south), None)
    assert db.session.get_one(Topic, topic_id).number == Number(today().year, 9)


@pytest.mark.parametrize(
    ("proposal", "field"),
    [
        (Proposal("Tie", table_id=999_999), "table"),
        (Proposal("Tie", organisation_id=999_999), "organisation"),
        (Proposal("Tie", contact_email="eeva"), "email"),
        (Proposal(""), "text"),
    ],
)
def test_what_cannot_be_taken_stores_nothing(app: Flask, cast: Cast, proposal: Proposal, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        topics.propose(ANYBODY, proposal, None)
    assert refusal.value.field == field
    assert (count(Topic), count(Event), count(OutgoingMail)) == (0, 0, 0)


def test_an_archived_table_takes_no_topics(app: Flask, cast: Cast) -> None:
    db.session.get_one(PartnershipTable, cast.north).archived_at = utc_now()
    db.session.commit()
    with pytest.raises(Invalid):
        topics.propose(ANYBODY, Proposal("Tie", cast.north), None)
    topic_id = topics.propose(ANYBODY, Proposal("Tie", organisation_id=cast.koivuranta), None)
    assert db.session.get_one(Topic, topic_id).table_id == cast.south


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.WEB])
def test_only_those_of_the_table_write_down_what_others_told(
    app: Flask, cast: Cast, channel: Channel
) -> None:
    proposal = Proposal("Tie", cast.north, channel=channel)
    for email in (cast.olli, cast.aino, cast.pekka):
        with pytest.raises(Forbidden):
            topics.propose(make.visitor(email), proposal, None)
    with pytest.raises(Forbidden):
        topics.propose(ANYBODY, proposal, None)
    for visitor in (SYSTEM, make.visitor(cast.kaisa)):
        row = db.session.get_one(Topic, topics.propose(visitor, proposal, None))
        assert (row.channel, row.entered_by_id) == (channel, visitor.person_id)


def test_the_day_of_the_telling_is_when_waiting_begins(app: Flask, cast: Cast) -> None:
    told_on = today() - timedelta(days=30)
    proposal = Proposal("Tie", cast.north, channel=Channel.PAPER, told_on=told_on)
    row = db.session.get_one(Topic, topics.propose(SYSTEM, proposal, None))
    assert row.created_at.date() == told_on
    assert row.year == today().year


def test_a_refused_knock_stores_nothing_and_keeps_no_address(app: Flask, cast: Cast) -> None:
    for place in range(20):
        topics.propose(ANYBODY, Proposal(f"Asia {place}", cast.north), None, "192.0.2.1")
    with pytest.raises(TooMany):
        topics.propose(ANYBODY, Proposal("Liikaa", cast.north), None, "192.0.2.1")
    assert count(Topic) == 20
    assert "192.0.2.1" not in {row.who for row in db.session.scalars(select(Knock))}


def test_the_log_says_who_and_what_and_nothing_personal(app: Flask, cast: Cast) -> None:
    proposal = Proposal("Kanarian asia", cast.north, contact_name="Kanaria", contact_email="k@example.fi")
    topics.propose(ANYBODY, proposal, None)
    (row,) = db.session.scalars(select(Event)).all()
    assert (row.act, row.noun, row.person_id) == ("topic.propose", "topic", None)
    assert "anaria" not in str(row.detail)


def test_what_waits_for_a_meeting_oldest_first(app: Flask, cast: Cast) -> None:
    now = utc_now()
    newer = make.topic(cast.north, "Uudempi", state=TopicState.ACCEPTED, organisation_id=cast.koivuranta).id
    older = make.topic(
        cast.north, "Vanhempi", state=TopicState.POSTPONED, created_at=now - timedelta(days=9)
    ).id
    for state in TopicState:
        if state not in (TopicState.ACCEPTED, TopicState.POSTPONED):
            make.topic(cast.north, state=state)
    make.topic(cast.south, state=TopicState.ACCEPTED)
    found = topics.waiting(cast.north)
    assert [row.id for row in found] == [older, newer]
    db.session.expunge_all()
    assert [row.organisation.name if row.organisation else None for row in found] == [None, "Koivuranta"]


def test_a_day_in_the_past_century_is_a_slip(app: Flask, cast: Cast) -> None:
    proposal = Proposal("Tie", cast.north, channel=Channel.PHONE, told_on=date(1927, 2, 1))
    with pytest.raises(Invalid) as refusal:
        topics.propose(SYSTEM, proposal, None)
    assert refusal.value.field == "told_on"
