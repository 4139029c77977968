"""Building an agenda: items in their order, and topics that come onto it or go back to waiting.

Several coordinators may build at once: every act names its item by its id and is done to the newest order.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.agenda import (
    ItemKind,
    check_minutes,
    check_room,
    moved,
    moved_to,
    place_for_new,
)
from app.domain.budget import agenda_minutes
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.permissions import Act, Visitor, may
from app.domain.timing import clock_times
from app.domain.topics import TopicAct, TopicState
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note, Topic, TopicStep
from app.services import topic_life
from app.services.agenda_changes import remembered
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
    meeting, item = find(visitor, meeting_id, item_id)
    return reorder(visitor, meeting, item, moved([one.id for one in meeting.items], item.id, steps))


@act
def move_past(visitor: Visitor, meeting_id: int, item_id: int, steps: int, other_id: int) -> Placed:
    """Move an item up (-1) or down (1) past the one that was its neighbour on the page.

    The same press sent twice moves it once. Where the neighbour is gone or was moved away meanwhile, the item
    goes one step.
    """
    meeting, item = find(visitor, meeting_id, item_id)
    order = [one.id for one in meeting.items]
    if other_id in order:
        ahead = order.index(item.id) - order.index(other_id)
        if ahead * steps > 0:
            return placed(meeting, item)
    return reorder(visitor, meeting, item, moved(order, item.id, steps))


@act
def move_item_to(visitor: Visitor, meeting_id: int, item_id: int, place: int) -> Placed:
    """Move an item to a place counted from 1."""
    meeting, item = find(visitor, meeting_id, item_id)
    return reorder(visitor, meeting, item, moved_to([one.id for one in meeting.items], item.id, place))


@act
def set_minutes(
    visitor: Visitor, meeting_id: int, item_id: int, minutes: int, seen: str | None = None
) -> Placed:
    """Give an item its minutes; the same press sent twice gives the same.

    Raises Invalid at `item_id.minutes` where they are no longer what the person had `seen`.
    """
    meeting, item = find(visitor, meeting_id, item_id)
    field = f"{item.id}.minutes"
    if item.minutes != check_minutes(field, minutes):
        if seen is not None and seen != str(item.minutes):
            raise Invalid(
                field,
                N_("Somebody else changed this to “%(now)s” meanwhile. Check it and save again."),
                now=str(item.minutes),
            )
        with remembered(visitor, meeting, "minutes", item):
            item.minutes = minutes
        touch(meeting)
        record(visitor, "agenda.minutes", "meeting", meeting.id, item=item.id, minutes=minutes)
    return placed(meeting, item)


@act
def put_on_agenda(visitor: Visitor, meeting_id: int, topic_id: int) -> Placed:
    """Put a waiting topic, or one that was discussed and is taken up again, before what ends the meeting."""
    meeting = get_to_build(visitor, meeting_id)
    with remembered(visitor, meeting, "put"):
        topic = bring_topic(visitor, meeting, topic_id)
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
    with remembered(visitor, meeting, "add"):
        made = once(key and f"{same}:{key}", "agenda.add", lambda: _insert(visitor, meeting, item).item_id)
    return placed(meeting, find(visitor, meeting_id, made)[1])


@act
def remove_item(visitor: Visitor, meeting_id: int, item_id: int) -> str:
    """Take an item off and return its title; its topic goes back to where it waited.

    Raises Refused where the item has notes or follow-ups, or its topic was already discussed.
    """
    meeting, item = find(visitor, meeting_id, item_id)
    title = item.title
    with remembered(visitor, meeting, "remove", item):
        take_off(visitor, meeting, item)
    return title


def bring_topic(visitor: Visitor, meeting: Meeting, topic_id: int) -> Topic:
    """Return a topic moved onto the agenda's state, inside an act; raise Refused where it cannot come."""
    topic = db.session.get(Topic, topic_id, with_for_update=True, populate_existing=True)
    if topic is None or not may(visitor, Act.BUILD_AGENDA, topic.table_id):
        raise NotFound
    if topic.table_id != meeting.table_id:
        raise Refused(N_("The topic belongs to another table."))
    if any(one.topic_id == topic.id for one in meeting.items):
        raise Refused(N_("The topic is already on this agenda."))
    if topic.state is TopicState.ON_AGENDA:
        raise Refused(N_("The topic is already on the agenda of another meeting."))
    again = topic.state is TopicState.DISCUSSED
    how = TopicAct.CARRY_OVER if again else TopicAct.PUT_ON_AGENDA
    topic_life.move(visitor, topic, how, meeting_id=meeting.id)
    return topic


def take_off(visitor: Visitor, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off, inside an act. A topic that has left this agenda by itself is left where it is."""
    for kept in (Note, FollowUp):
        if db.session.scalar(select(kept.id).where(kept.agenda_item_id == item.id).limit(1)) is not None:
            raise Refused(N_("The item has notes or follow-ups, so it stays on the agenda."))
    if item.topic is not None and item.topic.state in (TopicState.ON_AGENDA, TopicState.DISCUSSED):
        topic_life.move(visitor, item.topic, how_it_leaves(item.topic, meeting), meeting_id=meeting.id)
    item_id = item.id
    meeting.items.remove(item)
    db.session.flush()
    number_again(meeting.items)
    touch(meeting)
    record(visitor, "agenda.remove", "meeting", meeting.id, item=item_id)


def how_it_leaves(topic: Topic, meeting: Meeting) -> TopicAct:
    """Return how a topic leaves a meeting: one that had been discussed before it came rests again."""
    came = db.session.scalar(
        select(TopicStep.act)
        .where(
            TopicStep.topic_id == topic.id,
            TopicStep.meeting_id == meeting.id,
            TopicStep.act.in_((TopicAct.PUT_ON_AGENDA, TopicAct.CARRY_OVER)),
        )
        .order_by(TopicStep.id.desc())
        .limit(1)
    )
    return TopicAct.LET_REST if came is TopicAct.CARRY_OVER else TopicAct.TAKE_OFF_AGENDA


def number_again(items: Sequence[AgendaItem]) -> None:
    """Give items their places in this order."""
    for position, one in enumerate(items):
        one.position = position


def find(visitor: Visitor, meeting_id: int, item_id: int) -> tuple[Meeting, AgendaItem]:
    """Return a meeting locked for an act, and its item; raise Refused where somebody took it off."""
    meeting = get_to_build(visitor, meeting_id)
    for item in meeting.items:
        if item.id == item_id:
            return meeting, item
    raise Refused(N_("Somebody else took the item off the agenda meanwhile."))


def reorder(visitor: Visitor, meeting: Meeting, item: AgendaItem, order: Sequence[int]) -> Placed:
    """Put the items in an order that was made for this one, inside an act."""
    items = {one.id: one for one in meeting.items}
    with remembered(visitor, meeting, "move", item):
        number_again([items[one] for one in order])
    touch(meeting)
    record(visitor, "agenda.move", "meeting", meeting.id, item=item.id, position=item.position)
    return placed(meeting, item)


def _insert(visitor: Visitor, meeting: Meeting, item: AgendaItem) -> Placed:
    check_room(len(meeting.items))
    items = list(meeting.items)
    place = place_for_new([(one.kind, one.standing) for one in items], item.kind)
    items.insert(place, item)
    number_again(items)
    meeting.items.append(item)
    db.session.flush()
    touch(meeting)
    record(visitor, "agenda.add", "meeting", meeting.id, item=item.id, topic=item.topic_id)
    return placed(meeting, item)


def placed(meeting: Meeting, item: AgendaItem) -> Placed:
    """Return where an item is now."""
    items = sorted(meeting.items, key=lambda one: one.position)
    place = items.index(item)
    times = clock_times(meeting.day, meeting.starts, [one.slot for one in items], meeting.zone)
    return Placed(item.id, item.title, place + 1, times[place], item.minutes)
