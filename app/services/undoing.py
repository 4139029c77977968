"""Takes back what a builder did to an agenda, where it still stands as she left it."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from app.domain.agenda import ItemKind, check_room
from app.domain.clock import utc_now
from app.domain.errors import DomainError, NotFound, Refused
from app.domain.permissions import Visitor
from app.domain.topics import READY, TopicAct, TopicState
from app.domain.undoing import order_back
from app.domain.words import N_
from app.extensions import db
from app.models import AgendaChange, AgendaItem, AttendanceWindow, Meeting, Person, Topic, TopicStep
from app.services.agenda import bring_topic, number_again, take_off
from app.services.agenda_changes import MOMENTS, Picture, picture
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act

Row = dict[str, Any]


@dataclass(frozen=True)
class Undone:
    """What was taken back: the act and the title of its item; `refusal` where it could not be.

    `item_id` is the item to look at now, None where there is none.
    """

    what: str
    title: str
    item_id: int | None
    refusal: DomainError | None = None


@act
def undo(visitor: Visitor, meeting_id: int, change_id: int) -> Undone:
    """Take back one change of the visitor's own; the same press twice takes it back once.

    What cannot be taken back is passed by: the next press goes further back. Raises NotFound for a change of
    somebody else or of another meeting.
    """
    meeting = get_to_build(visitor, meeting_id)
    change = db.session.get(AgendaChange, change_id, with_for_update=True, populate_existing=True)
    if change is None or change.meeting_id != meeting.id or change.person_id != visitor.person_id:
        raise NotFound
    touched = next((one["item"] for one in change.before if "item" in one), _mover(change))
    refusal = None
    if change.undone_at is None:
        try:
            _check_not_released(meeting, change)
            with db.session.begin_nested():
                _take_back(visitor, meeting, change)
        except Refused as error:
            refusal = error
        change.undone_at = utc_now()
        touch(meeting)
        record(visitor, "agenda.undo", "meeting", meeting.id, change=change.id, done=refusal is None)
    here = any(one.id == touched for one in meeting.items)
    return Undone(change.act, change.title, touched if here else None, refusal)


def _check_not_released(meeting: Meeting, change: AgendaChange) -> None:
    """Refuse what everybody reads by now: the page that offered to undo it was older than the release."""
    if meeting.published_at is not None and change.at <= meeting.published_at:
        raise Refused(N_("The agenda was published meanwhile, so this stays."))


def _mover(change: AgendaChange) -> int | None:
    return next((one["mover"] for one in change.after if "mover" in one), None)


def _take_back(visitor: Visitor, meeting: Meeting, change: AgendaChange) -> None:
    now = picture(meeting)
    was = {one["item"]: one for one in change.before if "item" in one}
    left = {one["item"]: one for one in change.after if "item" in one}
    for item_id, row in left.items():
        _check_untouched(now, item_id, row, change.title)
    windows = [one for one in change.after if "window" in one]
    for one in windows:
        if now.windows.get(one["window"], {"arrives": None, "leaves": None}) != _window(one):
            raise Refused(N_("Somebody else changed the official's times meanwhile, so they stay."))
    order = _order(now, change)
    items = {one.id: one for one in meeting.items}
    for item_id in left.keys() - was.keys():
        take_off(visitor, meeting, items.pop(item_id))
    for item_id in was.keys() - left.keys():
        items[item_id] = _bring_back(visitor, meeting, item_id, was[item_id]["row"])
    for item_id in was.keys() & left.keys():
        _put_fields(items[item_id], was[item_id]["fields"])
    for one in (one for one in change.before if "window" in one):
        _put_window(meeting, one)
    number_again([items[one] for one in order if one in items])
    db.session.flush()
    db.session.refresh(meeting, ["items"])


def _window(row: Row) -> Row:
    return {"arrives": row["arrives"], "leaves": row["leaves"]}


def _check_untouched(now: Picture, item_id: int, row: Row, title: str) -> None:
    stands = now.items.get(item_id)
    if stands is None:
        raise Refused(N_("“%(title)s” is no longer on the agenda, so this stays."), title=title)
    expected = row.get("row") or row["fields"]
    if any(stands[name] != value for name, value in expected.items()):
        raise Refused(
            N_("“%(title)s” has been changed again meanwhile, so this stays."), title=stands["title"]
        )


def _order(now: Picture, change: AgendaChange) -> list[int]:
    before = next((one["order"] for one in change.before if "order" in one), None)
    after = next((one["order"] for one in change.after if "order" in one), None)
    if before is None or after is None:
        return now.order
    order = order_back(now.order, before, after, _mover(change))
    if order is None:
        raise Refused(N_("“%(title)s” has been moved again meanwhile, so it stays."), title=change.title)
    return order


def _bring_back(visitor: Visitor, meeting: Meeting, item_id: int, row: Row) -> AgendaItem:
    """Put an item back with its own id; raise Refused where its topic has gone on to something else."""
    check_room(len(meeting.items))
    if row["topic_id"] is not None:
        _check_waits(meeting, row["topic_id"], row["title"])
        bring_topic(visitor, meeting, row["topic_id"])
    item = AgendaItem(id=item_id, kind=ItemKind(row["kind"]), minutes=row["minutes"], position=0)
    item.officials = []
    _put_fields(item, row)
    meeting.items.append(item)
    db.session.flush()
    return item


def _check_waits(meeting: Meeting, topic_id: int, title: str) -> None:
    topic = db.session.get(Topic, topic_id)
    last = db.session.scalar(
        select(TopicStep.act).where(TopicStep.topic_id == topic_id).order_by(TopicStep.id.desc()).limit(1)
    )
    rests = topic is not None and topic.state is TopicState.DISCUSSED and last is TopicAct.LET_REST
    if topic is None or not (topic.state in READY or rests) or topic.table_id != meeting.table_id:
        raise Refused(
            N_("The topic “%(title)s” has gone on meanwhile, so it does not come back."), title=title
        )


def _put_fields(item: AgendaItem, fields: Row) -> None:
    for name, value in fields.items():
        if name == "officials":
            people = db.session.scalars(select(Person).where(Person.id.in_(value)))
            item.officials = list(people) if value else []
        elif name == "kind":
            item.kind = ItemKind(value)
        elif name == "fixed_start":
            item.fixed_start = _time(value)
        elif name in MOMENTS:
            setattr(item, name, datetime.fromisoformat(value) if value else None)
        else:
            setattr(item, name, value)


def _put_window(meeting: Meeting, row: Row) -> None:
    window = db.session.scalars(
        select(AttendanceWindow).where(
            AttendanceWindow.meeting_id == meeting.id, AttendanceWindow.person_id == row["window"]
        )
    ).first()
    if row["arrives"] is None and row["leaves"] is None:
        if window is not None:
            db.session.delete(window)
        return
    if window is None:
        window = AttendanceWindow(meeting_id=meeting.id, person_id=row["window"])
        db.session.add(window)
    window.arrives, window.leaves = _time(row["arrives"]), _time(row["leaves"])


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None
