"""When a letter that did not go through is tried again, and when it is left for a person to look at."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` failed tries, the latest included; None parks the letter.

    The first delays outlast a restart, the middle ones a greylisting server (RFC 6647), the last a night.
    """
    if attempts < 1:
        raise ValueError("There is a next try only after a first one.")
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
