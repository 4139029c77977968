"""When a digest is due: in the morning, each day or each Monday, by the clock on the wall."""

from datetime import datetime, time, timedelta

from app.domain.clock import local, wall_moment
from app.domain.letter_choices import Rhythm
from app.domain.tables import DEFAULT_ZONE

HOUR = time(8)
MONDAY = 0


def last_round(rhythm: Rhythm, now: datetime, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the latest moment, `now` or before it, when digests of a rhythm were due.

    A letter that was gathered before that moment goes; one gathered after it waits for the next. A worker
    that was away thus makes up for the round that it missed, once. Whoever wants all at once is always due.
    """
    if rhythm is Rhythm.AT_ONCE:
        return now
    here = local(now, zone)
    day = here.date() - timedelta(days=here.weekday() - MONDAY if rhythm is Rhythm.WEEKLY else 0)
    due = wall_moment(day, HOUR, zone)
    if due > here:
        due = wall_moment(day - timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1), HOUR, zone)
    return due
