"""Loading the demo municipality: into an empty database only, as a whole, on any day, and quickly."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.agenda import ItemKind
from app.domain.attendance import PresenceState
from app.domain.clock import today
from app.domain.follow_ups import FollowUpState, is_late
from app.domain.meetings import MeetingState
from app.domain.organisations import OrganisationKind
from app.domain.outbox import MailState
from app.domain.permissions import Role
from app.domain.tables import TableKind
from app.domain.topics import Channel, TopicAct, TopicState
from app.extensions import db
from app.models import (
    AgendaItem,
    FollowUp,
    Meeting,
    Municipality,
    Organisation,
    OutgoingMail,
    PartnershipTable,
    Person,
    PersonRole,
    Presence,
    Topic,
    TopicStep,
)
from app.services import demo
from tests.services.demo_stage import rows

WORDS: list[tuple[InstrumentedAttribute[object], type[StrEnum]]] = [
    (Organisation.kind, OrganisationKind),
    (PartnershipTable.kind, TableKind),
    (PersonRole.role, Role),
    (Meeting.state, MeetingState),
    (AgendaItem.kind, ItemKind),
    (Topic.state, TopicState),
    (Topic.channel, Channel),
    (TopicStep.act, TopicAct),
    (FollowUp.state, FollowUpState),
    (OutgoingMail.state, MailState),
    (Presence.state, PresenceState),
]


def test_the_second_time_changes_nothing(app: Flask) -> None:
    assert demo.load(today()) is not None
    before = rows()
    assert demo.load(today()) is None
    assert rows() == before


@pytest.mark.parametrize("what", ["municipality", "person", "organisation"])
def test_where_there_is_data_nothing_is_loaded(app: Flask, what: str) -> None:
    db.session.add(
        {
            "municipality": Municipality(id=1, name="Oikea kunta"),
            "person": Person(name="Ensimmäinen koordinaattori", email="eka@kunta.example"),
            "organisation": Organisation(kind=OrganisationKind.VILLAGE, name="Kylä"),
        }[what]
    )
    db.session.commit()
    before = rows()
    assert demo.load(today()) is None
    assert rows() == before


def test_a_failure_half_way_leaves_the_database_empty(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.services.demo.letters.write", fail)
    with pytest.raises(RuntimeError):
        demo.load(today())
    assert not any(count for name, count in rows().items() if name != "alembic_version")


@pytest.mark.parametrize(
    "day",
    [date(2027, 1, 4), date(2027, 7, 30), date(2028, 2, 29), date(2029, 6, 20), date(2026, 12, 26)],
    ids=str,
)
def test_every_word_occurs_on_any_day(app: Flask, day: date) -> None:
    assert demo.load(day) is not None
    for column, words in WORDS:
        missing = set(words) - set(db.session.scalars(select(column).distinct()))
        assert not missing, f"{column}: {missing}"
    follow_ups = db.session.scalars(select(FollowUp)).all()
    late = {is_late(one.state, one.due_on, day) for one in follow_ups}
    assert late == {True, False}


def test_it_loads_quickly(app: Flask) -> None:
    began = datetime.now(UTC)
    demo.load(today())
    assert datetime.now(UTC) - began < timedelta(seconds=15)  # some two seconds on a quiet machine
