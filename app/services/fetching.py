"""Fetches what came into the mailbox: each message is stored first and put away afterwards."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import InterfaceError, OperationalError

from app.domain.clock import utc_now
from app.domain.errors import TooMany
from app.domain.incoming import LARGEST, MOST_TRIES
from app.mail.fetching import DONE, UNREAD, ArrivalBox, NotReached, opened
from app.services.heartbeats import beat
from app.services.knocks import knock
from app.services.receiving import hold_unreadable, receive
from app.services.transactions import act

A_ROUND = 50
TRIED_OVER = timedelta(days=1)
ROUND = "fetch"


def fetch(url: str, now: Callable[[], datetime] = utc_now) -> int:
    """Receive what waits in a mailbox, at most fifty messages, and return how many were received.

    A mailbox that cannot be read is told by the heartbeat and tried again in the next round; a connection
    that is lost in the middle loses nothing and takes nothing twice. Raises where the database is away.
    """
    received, answer = 0, None
    try:
        with opened(url) as box:
            for uid in box.waiting()[:A_ROUND]:
                received += _taken(box, uid, now)
    except NotReached as fault:
        answer = str(fault)
    beat(ROUND, answer)
    return received


def _taken(box: ArrivalBox, uid: str, now: Callable[[], datetime]) -> bool:
    """Receive one message and put it away; whether it was received."""
    size = box.size(uid)
    raw = box.read(uid, head_only=size > LARGEST) if size is not None else None
    if size is None or raw is None:  # somebody else has moved it meanwhile
        return False
    try:
        receive(raw, size=size, now=now)
    except (OperationalError, InterfaceError):  # the database is away: that is not the message's fault
        raise
    except Exception:  # one message that nobody foresaw must not stop the others
        if _tried_enough(raw):
            hold_unreadable(raw, size, now())
            box.put_away(uid, UNREAD)
        return False
    box.put_away(uid, DONE)
    return True


@act
def _tried_enough(raw: bytes) -> bool:
    """Count a try that failed; whether the message has had all its tries."""
    try:
        knock("unreadable", hashlib.sha256(raw).hexdigest(), MOST_TRIES - 1, TRIED_OVER)
    except TooMany:
        return True
    return False
