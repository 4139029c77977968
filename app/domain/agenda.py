"""The ninety minutes: how long each item takes, when it starts, and whether the evening fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.domain.clock import check_exists
from app.domain.errors import Invalid, Refused
from app.domain.timing import minutes_from
from app.domain.words import N_

LONGEST_ITEM = 480
LONGEST_BUFFER = 120
MOST_ITEMS = 60
STEP = 5  # one press of minus or plus, in minutes
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
ENDING_KINDS = frozenset({ItemKind.NEXT_MEETING, ItemKind.CLOSING})


@dataclass(frozen=True)
class StandingItem:
    """An item that comes back at every meeting, with its title in the languages of tables."""

    kind: ItemKind
    minutes: int
    fi: str
    sv: str


# Suggested where a table has not met before: the frame that real memos share. The rest is for the villages.
FRAME = (
    StandingItem(ItemKind.OPENING, 5, "Avaus ja esittäytyminen", "Öppning och presentation"),
    StandingItem(ItemKind.SINCE_LAST_TIME, 10, "Mitä tapahtui edellisestä", "Vad har hänt sedan sist"),
    StandingItem(ItemKind.NEXT_MEETING, 5, "Seuraava tapaaminen ja päätteeksi", "Nästa träff och avslutning"),
)


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


def check_room(items: int) -> None:
    """Raise Refused where an agenda of so many items takes no more."""
    if items >= MOST_ITEMS:
        raise Refused(N_("An agenda holds at most %(most)d items."), most=MOST_ITEMS)


def parse_buffer(field: str, text: str) -> int:
    """Read the minutes kept free after an item; nothing and 0 both mean none, at most two hours."""
    if text.strip().lower() in ("", "0", "0 min", "-", "–"):
        return 0
    return check_buffer(field, parse_minutes(field, text))


def check_buffer(field: str, minutes: int) -> int:
    """Return the minutes kept free after an item; raise Invalid outside 0 to 120."""
    if not 0 <= minutes <= LONGEST_BUFFER:
        raise Invalid(field, N_("At most %(longest)d minutes can be kept free."), longest=LONGEST_BUFFER)
    return minutes


def check_during(field: str, clock: time, day: date, starts: time, minutes: int, zone: str) -> int:
    """Return how many minutes after the start of a meeting a clock time is; raise Invalid outside it."""
    after = minutes_from(day, starts, clock, zone)
    if not 0 <= after < minutes:
        raise Invalid(
            field,
            N_("The meeting begins at %(starts)s and takes %(minutes)d min. Write a time during it."),
            starts=plain_clock(starts),
            minutes=minutes,
        )
    if clock >= starts:  # after midnight it is another day, and no clock changes at an hour of meetings
        check_exists(field, day, clock, zone)
    return after


def plain_clock(clock: time) -> str:
    """Return a clock time as people type it: 18.00."""
    return f"{clock.hour}.{clock.minute:02d}"


def stepped(minutes: int, *, up: bool) -> int:
    """Return the next or the previous five minutes: 10 and 15 around 12; never under 1 or over 480."""
    new = (minutes // STEP + 1) * STEP if up else (minutes - 1) // STEP * STEP
    return min(max(new, 1), LONGEST_ITEM)


def moved(order: Sequence[int], item: int, steps: int) -> list[int]:
    """Return the order with `item` moved by `steps` (-1 is up); it stops at both ends."""
    new = [one for one in order if one != item]
    place = min(max(order.index(item) + steps, 0), len(new))
    new.insert(place, item)
    return new


def moved_to(order: Sequence[int], item: int, place: int) -> list[int]:
    """Return the order with `item` at a place counted from 1; places outside the list mean its ends."""
    return moved(order, item, place - 1 - order.index(item))


def parse_place(field: str, text: str) -> int:
    """Read a place in the order, counted from 1."""
    said = text.strip().rstrip(".")
    if not re.fullmatch(r"[0-9]{1,3}", said) or int(said) < 1:
        raise Invalid(field, N_("Write the place as a number, for example 3."))
    return int(said)


def place_for_new(items: Sequence[tuple[ItemKind, bool]], kind: ItemKind) -> int:
    """Return the index where a new item goes: last, but before the items that end the meeting.

    `items` are kinds, and whether each comes back at every meeting. A topic goes before the standing
    "other matters" too.
    """
    place = len(items)
    if kind in ENDING_KINDS:
        return place
    while place and (
        items[place - 1][0] in ENDING_KINDS
        or (kind is ItemKind.TOPIC and items[place - 1] == (ItemKind.OTHER, True))
    ):
        place -= 1
    return place


def numbers(kinds: Sequence[ItemKind]) -> list[int | None]:
    """Return each item's number as it is read aloud; a break has none."""
    count = 0
    found: list[int | None] = []
    for kind in kinds:
        count += kind is not ItemKind.BREAK
        found.append(None if kind is ItemKind.BREAK else count)
    return found
