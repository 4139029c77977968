"""A stored meeting on the running clock: what the rules of app/domain/running need to know of it."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.running import Hours, Part, Running, running
from app.models import AgendaItem, Meeting


def hours_of(meeting: Meeting) -> Hours:
    """Return when a meeting is."""
    return Hours(meeting.day, meeting.starts, meeting.minutes, meeting.zone)


def part_of(item: AgendaItem) -> Part:
    """Return an item as the clock sees it."""
    return Part(
        id=item.id,
        kind=item.kind,
        minutes=item.minutes,
        fixed_start=item.fixed_start,
        buffer=item.buffer_minutes or 0,
        planned=item.planned_minutes,
        started_at=item.started_at,
        resumed_at=item.resumed_at,
        ended_at=item.ended_at,
        seconds=item.spent_seconds or 0,
        put_off_at=item.put_off_at,
        standing=item.standing,
    )


def running_of(meeting: Meeting, now: datetime, items: Sequence[AgendaItem] | None = None) -> Running:
    """Return how the evening of a meeting goes at a moment, of some of its items or of all."""
    parts = [part_of(item) for item in (meeting.items if items is None else items)]
    return running(hours_of(meeting), parts, now, meeting.ended_at)
