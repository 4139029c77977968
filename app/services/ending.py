"""Ending on time by one press: the way is counted anew when it is pressed, and can be taken back."""

from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.ending import Way, ways_to_end
from app.domain.errors import Refused
from app.domain.permissions import Act, Visitor
from app.domain.words import N_
from app.extensions import db
from app.models import AgendaChange, AgendaItem
from app.services.evening import OVER_RUNS, open_to_write
from app.services.log import record
from app.services.meetings import touch
from app.services.timekeeping import running_of
from app.services.transactions import act

ACT = "evening.end_on_time"
CHANGED = ("minutes", "buffer_minutes")


@act
def end_on_time(visitor: Visitor, meeting_id: int, key: str) -> Way | None:
    """Take one of the ways to end on time; return it, or None where the evening is on time already.

    `key` is the name of the way. Its minutes are those of this moment, not of when the page was made.
    Raises Refused where it would no longer end the evening on time.
    """
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    now = utc_now()
    running = running_of(meeting, now)
    if running.phase in OVER_RUNS and running.late <= 0:
        return None
    offered = ways_to_end(running.rest).offered if running.phase in OVER_RUNS else ()
    way = next((one for one in offered if one.key == key), None)
    if way is None:
        raise Refused(N_("The evening has gone on meanwhile. Look at what is possible now."))
    items = {one.id: one for one in meeting.items}
    before = [_stored(one) for one in items.values()]
    for item_id in way.free:
        items[item_id].buffer_minutes = 0
    for item_id, minutes in way.shorten:
        items[item_id].minutes = minutes
    for item_id in way.skip:
        items[item_id].ended_at = now
    for item_id in way.leave:
        items[item_id].put_off_at = now
    after = [_stored(one) for one in items.values()]
    changed = [place for place, old in enumerate(before) if old != after[place]]
    if changed:
        touch(meeting)
    db.session.add(
        AgendaChange(
            meeting_id=meeting.id,
            person_id=None,  # whoever runs the evening may take it back; a builder's own undo passes it by
            act=ACT,
            title=key[:200],
            before=[before[place] for place in changed],
            after=[after[place] for place in changed],
            at=now,
        )
    )
    counts = {"free": len(way.free), "shortened": len(way.shorten)}
    record(
        visitor, ACT, "meeting", meeting.id, skipped=len(way.skip), left=len(way.leave), by=way.by, **counts
    )
    return way


def _stored(item: AgendaItem) -> dict[str, int]:
    return {"id": item.id, **{name: getattr(item, name) or 0 for name in CHANGED}}


def last_way(meeting_id: int) -> AgendaChange | None:
    """Return the last way that was taken and not taken back; None where there is none."""
    return db.session.scalar(
        select(AgendaChange)
        .where(
            AgendaChange.meeting_id == meeting_id, AgendaChange.act == ACT, AgendaChange.undone_at.is_(None)
        )
        .order_by(AgendaChange.id.desc())
        .limit(1)
    )


@act
def take_back_way(visitor: Visitor, meeting_id: int, way_id: int) -> None:
    """Take back the last way: what nobody has changed or begun since is again as it was."""
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    way = last_way(meeting_id)
    if way is None or way.id != way_id:
        return  # pressed twice, or another way was taken since
    items = {one.id: one for one in meeting.items}
    for before, after in zip(way.before, way.after, strict=True):
        item = items.get(before["id"])
        for name in CHANGED if item is not None else ():
            if getattr(item, name) == after[name]:
                setattr(item, name, before[name])
    for item in items.values():
        _bring_back(item, way)
    way.undone_at = utc_now()
    touch(meeting)
    record(visitor, "evening.take_back_way", "meeting", meeting.id)


def _bring_back(item: AgendaItem, way: AgendaChange) -> None:
    if item.put_off_at == way.at:
        item.put_off_at = None
    if item.started_at is None and item.ended_at == way.at:
        item.ended_at = None
