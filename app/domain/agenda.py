"""The ninety minutes: how long each item takes, when it starts, and whether the evening fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.clock import after
from app.domain.errors import Invalid
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_

LONGEST_ITEM = 480
LONGEST_MEETING = 480
SHORTEST_MEETING = 15
DEFAULT_TOPIC_MINUTES = 10


class ItemKind(StrEnum):
    """What an item of the agenda is; only topics come from somebody's proposal."""

    OPENING = "opening"
    SINCE_LAST_TIME = "since_last_time"
    NEWS = "news"
    TOPIC = "topic"
    PRESENTATION = "presentation"
    DISCUSSION = "discussion"
    BREAK = "break"
    OTHER = "other"
    NEXT_MEETING = "next_meeting"
    CLOSING = "closing"


KIND_WORDS = {
    ItemKind.OPENING: N_("Opening"),
    ItemKind.SINCE_LAST_TIME: N_("What happened since last time"),
    ItemKind.NEWS: N_("News from the municipality"),
    ItemKind.TOPIC: N_("Topic"),
    ItemKind.PRESENTATION: N_("Presentation"),
    ItemKind.DISCUSSION: N_("Discussion together"),
    ItemKind.BREAK: N_("Break"),
    ItemKind.OTHER: N_("Other matters"),
    ItemKind.NEXT_MEETING: N_("Next meeting"),
    ItemKind.CLOSING: N_("Closing"),
}

FREE_KINDS = tuple(kind for kind in ItemKind if kind is not ItemKind.TOPIC)


def parse_minutes(field: str, text: str) -> int:
    """Read minutes as people write them: `90`, `90 min`, `1:30`, `1,5 h`, `1.5h`, `1 h 30 min`; 1 to 480."""
    said = text.strip().lower().replace("minuuttia", "min").replace("tuntia", "h").replace("tunti", "h")
    minutes: float | None = None
    if match := re.fullmatch(r"(\d{1,4})\s*(?:min|m|')?\.?", said):
        minutes = int(match[1])
    elif match := re.fullmatch(r"(\d{1,2}):([0-5]\d)", said):
        minutes = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:h|t)", said):
        minutes = float(f"{match[1]}.{match[2] or 0}") * 60
    elif match := re.fullmatch(r"(\d{1,2})\s*(?:h|t)\s*(\d{1,2})\s*(?:min|m)?", said):
        minutes = int(match[1]) * 60 + int(match[2])
    if minutes is None or minutes != int(minutes):
        raise Invalid(field, N_("Write the minutes as a number, for example 15."))
    return check_minutes(field, int(minutes))


def check_minutes(field: str, minutes: int) -> int:
    """Return the minutes of an item; raise Invalid outside 1 to 480."""
    if not 1 <= minutes <= LONGEST_ITEM:
        raise Invalid(field, N_("An item takes from 1 to %(longest)d minutes."), longest=LONGEST_ITEM)
    return minutes


@dataclass(frozen=True)
class Fit:
    """How an agenda fits: minutes used, the length, and the local moment when it would end."""

    used: int
    length: int
    ends: datetime

    @property
    def over(self) -> int:
        """Minutes too many, 0 when it fits."""
        return max(0, self.used - self.length)

    @property
    def left(self) -> int:
        """Minutes still free, 0 when it is full."""
        return max(0, self.length - self.used)


def clock_times(day: date, starts: time, minutes: Sequence[int], zone: str = DEFAULT_ZONE) -> list[datetime]:
    """Return the local start of each item, one after another from the start of the meeting."""
    gone = 0
    times = []
    for length in minutes:
        times.append(after(day, starts, gone, zone))
        gone += length
    return times


def fit(day: date, starts: time, minutes: Sequence[int], length: int, zone: str = DEFAULT_ZONE) -> Fit:
    """Return how the items fit a meeting of `length` minutes."""
    used = sum(minutes)
    return Fit(used, length, after(day, starts, used, zone))


def moved(order: Sequence[int], item: int, steps: int) -> list[int]:
    """Return the order with `item` moved by `steps` (-1 is up); it stops at both ends."""
    new = [one for one in order if one != item]
    place = min(max(order.index(item) + steps, 0), len(new))
    new.insert(place, item)
    return new
