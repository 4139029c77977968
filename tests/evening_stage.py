"""An evening with its clock for the tests: 12.2.2027 at 18.00, ninety minutes, six items that just fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import time_machine
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.running import ItemState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Event, Meeting
from app.services.timekeeping import part_of
from tests import make
from tests.cast import Cast
from tests.domain.running_stage import DAY, at


@dataclass(frozen=True)
class Stage:
    """The ids of the meeting and its items."""

    meeting: int
    opening: int
    lights: int
    pause: int
    beach: int
    school: int
    closing: int


def staged(cast: Cast, **fields: object) -> Stage:
    """Opening 5, lights 20, break 10, beach 25, school 25, closing 5."""
    values: dict[str, object] = {"state": MeetingState.PUBLISHED, "day": DAY, **fields}
    meeting = make.meeting(cast.north, **values)
    topics = [
        make.topic(cast.north, text=text, state=TopicState.ON_AGENDA, contact_email="eeva@example.org")
        for text in ("Kylätien valaistus", "Uimaranta", "Koulumatkat")
    ]
    items = [
        make.item(meeting, "Avaus", 5),
        make.item(meeting, about=topics[0], minutes=20),
        make.item(meeting, "Kahvi", 10, kind=ItemKind.BREAK),
        make.item(meeting, about=topics[1], minutes=25, presenter="Tekninen johtaja"),
        make.item(meeting, about=topics[2], minutes=25),
        make.item(meeting, "Lopetus", 5, kind=ItemKind.CLOSING),
    ]
    return Stage(meeting.id, *(one.id for one in items))


@contextmanager
def clock(shows: str, day: date = DAY) -> Iterator[datetime]:
    """Let it be this time on the wall clock of the evening; the clock stands still."""
    moment = at(shows, day)
    with time_machine.travel(moment, tick=False):
        yield moment


def states(stage: Stage) -> dict[str, str]:
    """What each item is, by its title; those that wait are left out."""
    db.session.rollback()
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == stage.meeting).order_by(AgendaItem.position)
    )
    told = {row.title: part_of(row).state for row in rows}
    return {title: state.value for title, state in told.items() if state is not ItemState.WAITING}


def item(item_id: int) -> AgendaItem:
    """Read an item anew."""
    db.session.rollback()
    return db.session.get_one(AgendaItem, item_id, populate_existing=True)


def meeting(stage: Stage) -> Meeting:
    """Read the meeting anew."""
    db.session.rollback()
    return db.session.get_one(Meeting, stage.meeting, populate_existing=True)


def logged() -> list[str]:
    """The acts of the evening in the log."""
    db.session.rollback()
    query = select(Event.act).where(Event.act.startswith("evening.")).order_by(Event.id)
    return [one.removeprefix("evening.") for one in db.session.scalars(query)]
