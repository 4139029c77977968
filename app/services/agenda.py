"""Building an agenda: items in their order, and topics that come onto it or go back to waiting.

Several coordinators may build at once: every act names its item by its id and is done to the newest order.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.agenda import (
    MOST_ITEMS,
    ItemKind,
    check_minutes,
    moved,
    moved_to,
    place_for_new,
    stepped,
)
from app.domain.budget import agenda_minutes
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.permissions import Act, Visitor, may
from app.domain.timing import clock_times
from app.domain.topics import TopicAct, TopicState
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note, Topic
from app.services import topic_life
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.proposers import presenter_of
from app.services.repeats import once
from app.services.transactions import act


@dataclass(frozen=True)
class Placed:
    """Where an item is after an act: its place counted from 1, and its local start."""

    item_id: int
    title: str
    place: int
    starts: datetime
    minutes: int


@act
def move_item(visitor: Visitor, meeting_id: int, item_id: int, steps: int) -> Placed:
    """Move an item by some steps (-1 is up); it stops at both ends."""
    meeting, item = _find(visitor, meeting_id, item_id)
    return _reorder(visitor, meeting, item, moved([one.id for one in meeting.items], item.id, steps))


@act
def move_item_to(visitor: Visitor, meeting_id: int, item_id: int, place: int) -> Placed:
    """Move an item to a place counted from 1."""
    meeting, item = _find(visitor, meeting_id, item_id)
    return _reorder(visitor, meeting, item, moved_to([one.id for one in meeting.items], item.id, place))


@act
def step_minutes(visitor: Visitor, meeting_id: int, item_id: int, *, up: bool) -> Placed:
    """Give an item the next five minutes more, or less."""
    meeting, item = _find(visitor, meeting_id, item_id)
    item.minutes = stepped(item.minutes, up=up)
    touch(meeting)
    record(visitor, "agenda.minutes", "meeting", meeting.id, item=item.id, minutes=item.minutes)
    return _placed(meeting, item)


@act
def put_on_agenda(visitor: Visitor, meeting_id: int, topic_id: int) -> Placed:
    """Put a waiting topic on the agenda, before the items that end the meeting."""
    meeting = get_to_build(visitor, meeting_id)
    topic = db.session.get(Topic, topic_id, with_for_update=True, populate_existing=True)
    if topic is None or not may(visitor, Act.BUILD_AGENDA, topic.table_id):
        raise NotFound
    if topic.table_id != meeting.table_id:
        raise Refused(N_("The topic belongs to another table."))
    if any(one.topic_id == topic.id for one in meeting.items):
        raise Refused(N_("The topic is already on this agenda."))
    if topic.state is TopicState.ON_AGENDA:
        raise Refused(N_("The topic is already on the agenda of another meeting."))
    topic_life.move(visitor, topic, TopicAct.PUT_ON_AGENDA, meeting_id=meeting.id)
    item = AgendaItem(
        topic_id=topic.id,
        kind=ItemKind.TOPIC,
        title=topic.title,
        presenter=presenter_of(topic),
        minutes=agenda_minutes(topic.granted_minutes, topic.wished_minutes),
    )
    return _insert(visitor, meeting, item)


@act
def add_item(
    visitor: Visitor,
    meeting_id: int,
    *,
    kind: ItemKind,
    title: str,
    minutes: int,
    presenter: str = "",
    standing: bool = False,
    key: str | None = None,
) -> Placed:
    """Add an item that nobody proposed; a standing one comes back at the next meeting.

    `key` is the form's repeat key: the same item sent twice is added once.
    """
    meeting = get_to_build(visitor, meeting_id)
    title = check_line("title", title)
    if not title:
        raise Invalid("title", N_("Write what the item is called."))
    item = AgendaItem(
        kind=kind,
        title=title,
        presenter=check_line("presenter", presenter) or None,
        minutes=check_minutes("minutes", minutes),
        standing=standing,
    )
    same = hashlib.sha256(f"{kind}\n{title}\n{minutes}".encode()).hexdigest()[:16]
    made = once(key and f"{same}:{key}", "agenda.add", lambda: _insert(visitor, meeting, item).item_id)
    return _placed(meeting, _find(visitor, meeting_id, made)[1])


@act
def remove_item(visitor: Visitor, meeting_id: int, item_id: int) -> str:
    """Take an item off and return its title; its topic goes back to waiting.

    Raises Refused where the item has notes or follow-ups, or its topic was already discussed.
    """
    meeting, item = _find(visitor, meeting_id, item_id)
    for kept in (Note, FollowUp):
        if db.session.scalar(select(kept.id).where(kept.agenda_item_id == item.id).limit(1)) is not None:
            raise Refused(N_("The item has notes or follow-ups, so it stays on the agenda."))
    if item.topic is not None:
        topic_life.move(visitor, item.topic, TopicAct.TAKE_OFF_AGENDA, meeting_id=meeting.id)
    title = item.title
    meeting.items.remove(item)
    db.session.flush()
    for position, one in enumerate(meeting.items):
        one.position = position
    touch(meeting)
    record(visitor, "agenda.remove", "meeting", meeting.id, item=item_id)
    return title


def _find(visitor: Visitor, meeting_id: int, item_id: int) -> tuple[Meeting, AgendaItem]:
    meeting = get_to_build(visitor, meeting_id)
    for item in meeting.items:
        if item.id == item_id:
            return meeting, item
    raise Refused(N_("Somebody else took the item off the agenda meanwhile."))


def _reorder(visitor: Visitor, meeting: Meeting, item: AgendaItem, order: Sequence[int]) -> Placed:
    items = {one.id: one for one in meeting.items}
    for position, one_id in enumerate(order):
        items[one_id].position = position
    touch(meeting)
    record(visitor, "agenda.move", "meeting", meeting.id, item=item.id, position=item.position)
    return _placed(meeting, item)


def _insert(visitor: Visitor, meeting: Meeting, item: AgendaItem) -> Placed:
    if len(meeting.items) >= MOST_ITEMS:
        raise Refused(N_("An agenda holds at most %(most)d items."), most=MOST_ITEMS)
    items = list(meeting.items)
    place = place_for_new([one.kind for one in items], item.kind)
    items.insert(place, item)
    for position, one in enumerate(items):
        one.position = position
    meeting.items.append(item)
    db.session.flush()
    touch(meeting)
    record(visitor, "agenda.add", "meeting", meeting.id, item=item.id, topic=item.topic_id)
    return _placed(meeting, item)


def _placed(meeting: Meeting, item: AgendaItem) -> Placed:
    items = sorted(meeting.items, key=lambda one: one.position)
    place = items.index(item)
    times = clock_times(meeting.day, meeting.starts, [one.slot for one in items], meeting.zone)
    return Placed(item.id, item.title, place + 1, times[place], item.minutes)
