"""Remembers what each builder did to an agenda: how it was before, and how it was left."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, or_, select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import AgendaChange, AgendaItem, AttendanceWindow, Meeting
from app.models.meeting import agenda_item_officials

MOST_CHANGES = 100  # of one person at one meeting
MOMENTS = ("started_at", "resumed_at", "ended_at", "put_off_at")  # of an item that has been begun
FIELDS = (
    *("topic_id", "kind", "title", "title_sv", "presenter", "minutes", "standing"),
    *("fixed_start", "buffer_minutes", "planned_minutes", "spent_seconds", *MOMENTS),
)
_REMEMBERING = "remembering_an_agenda"

Row = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """An agenda as plain values: the order of ids, each item's fields, each official's window."""

    order: list[int]
    items: dict[int, Row]
    windows: dict[int, Row]


def picture(meeting: Meeting) -> Picture:
    """Return the agenda as it is stored now."""
    db.session.flush()
    items = sorted(meeting.items, key=lambda one: (one.position, one.id))
    officials: dict[int, list[int]] = {one.id: [] for one in items}
    needed = select(agenda_item_officials).where(agenda_item_officials.c.agenda_item_id.in_(officials))
    for item_id, person_id in db.session.execute(needed):
        officials[item_id].append(person_id)
    windows = select(AttendanceWindow).where(AttendanceWindow.meeting_id == meeting.id)
    return Picture(
        [one.id for one in items],
        {one.id: _row(one, sorted(officials[one.id])) for one in items},
        {
            one.person_id: {"arrives": _plain(one.arrives), "leaves": _plain(one.leaves)}
            for one in db.session.scalars(windows)
        },
    )


def _row(item: AgendaItem, officials: list[int]) -> Row:
    return {name: _plain(getattr(item, name)) for name in FIELDS} | {"officials": officials}


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, ItemKind) else value


@contextmanager
def remembered(
    visitor: Visitor, meeting: Meeting, what: str, item: AgendaItem | None = None
) -> Iterator[None]:
    """Remember what is done to an agenda inside, as one change that its maker can undo.

    `item` is the one that the act is about. What is done inside another remembered act belongs to that.
    """
    session = db.session()
    if session.info.get(_REMEMBERING):
        yield
        return
    title, item_id = (item.title, item.id) if item is not None else ("", None)
    before = picture(meeting)
    session.info[_REMEMBERING] = True
    try:
        yield
    finally:
        session.info.pop(_REMEMBERING, None)
    after = picture(meeting)
    was, left = _differences(before, after)
    if was or left:
        touched = [one["item"] for one in (*was, *left) if "item" in one]
        if not title and len(set(touched)) == 1:
            title = (after.items.get(touched[0]) or before.items[touched[0]])["title"]
        change = AgendaChange(
            meeting_id=meeting.id, person_id=visitor.person_id, act=what, title=title, at=utc_now()
        )
        change.before, change.after = was, [*left, {"mover": item_id}] if item_id else left
        db.session.add(change)
        _prune(visitor, meeting)


def _differences(before: Picture, after: Picture) -> tuple[list[Row], list[Row]]:
    was: list[Row] = []
    left: list[Row] = []
    if before.order != after.order:
        was.append({"order": before.order})
        left.append({"order": after.order})
    for item_id in sorted({*before.items, *after.items}):
        old, new = before.items.get(item_id), after.items.get(item_id)
        if old is None or new is None:
            was += [{"item": item_id, "row": old}] if old else []
            left += [{"item": item_id, "row": new}] if new else []
        elif names := [name for name in old if old[name] != new[name]]:
            was.append({"item": item_id, "fields": {name: old[name] for name in names}})
            left.append({"item": item_id, "fields": {name: new[name] for name in names}})
    nothing = {"arrives": None, "leaves": None}
    for person_id in sorted({*before.windows, *after.windows}):
        earlier, later = before.windows.get(person_id, nothing), after.windows.get(person_id, nothing)
        if earlier != later:
            was.append({"window": person_id, **earlier})
            left.append({"window": person_id, **later})
    return was, left


def latest(visitor: Visitor, meeting: Meeting) -> AgendaChange | None:
    """Return the change that the visitor may undo now: the latest since the agenda was last released."""
    query = select(AgendaChange).where(
        AgendaChange.meeting_id == meeting.id,
        AgendaChange.person_id == visitor.person_id,
        AgendaChange.undone_at.is_(None),
    )
    if meeting.published_at is not None:
        query = query.where(AgendaChange.at > meeting.published_at)
    return db.session.scalars(query.order_by(AgendaChange.id.desc()).limit(1)).first()


def _prune(visitor: Visitor, meeting: Meeting) -> None:
    """Forget what was done before the last release, and all but the latest hundred."""
    mine = (AgendaChange.meeting_id == meeting.id, AgendaChange.person_id == visitor.person_id)
    db.session.flush()
    oldest = db.session.scalar(
        select(AgendaChange.id).where(*mine).order_by(AgendaChange.id.desc()).offset(MOST_CHANGES).limit(1)
    )
    old = [AgendaChange.id <= oldest] if oldest is not None else []
    if meeting.published_at is not None:
        old.append(AgendaChange.at <= meeting.published_at)
    if old:
        db.session.execute(delete(AgendaChange).where(*mine, or_(*old)))
