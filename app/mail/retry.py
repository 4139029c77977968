"""When a letter that did not go through is tried again, and when it is left for a person to look at."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)

# The server may have taken the letter though it did not say so: a quick second try would be a second copy
# (RFC 5321, 4.5.3.2.6).
UNSURE = timedelta(minutes=10)


def next_try(attempts: int, now: datetime, *, unsure: bool = False) -> datetime | None:
    """Return when to try again after `attempts` failed tries, the latest included; None parks the letter.

    `unsure` where the letter may have gone: then not before ten minutes.
    The first delays outlast a restart, the middle ones a greylisting server (RFC 6647), the last a night.
    """
    if attempts < 1:
        raise ValueError("There is a next try only after a first one.")
    if attempts > len(DELAYS):
        return None
    return now + max(DELAYS[attempts - 1], UNSURE if unsure else timedelta(0))
