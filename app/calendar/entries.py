"""What every entry of a calendar says, whether it is published or sent to one reader as an invitation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from app.calendar.wording import link, one_line, paragraphs
from app.calendar.zone import ZONE, zone_component
from app.domain.clock import after

PRODUCT = "-//Kumppanuuspoyta//Kumppanuuspoyta//FI"
CANCELLED = {"fi": "PERUTTU: ", "sv": "INSTÄLLT: ", "en": "CANCELLED: "}
SEQUENCE_MAX = 2**31 - 1  # what calendar programs and databases keep in an integer (RFC 5545, 3.3.8)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event; `starts` is the wall clock in `zone`, `minutes` are real minutes.

    `uid` is made once for the event and never again; `sequence` grows with each change that matters, or
    some calendars keep the old version (RFC 5545, 3.8.7.4). `description` is plain text with its line
    breaks.
    Raises ValueError for what would make a wrong file: an aware start, another zone, no id.
    """

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    summary: str
    location: str
    description: str
    url: str
    language: str
    zone: str = ZONE

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None:
            raise ValueError("A meeting starts by the wall clock: give a naive datetime.")
        if self.zone != ZONE:
            raise ValueError(f"Calendar files know only the zone {ZONE}, not {self.zone}.")
        if self.minutes < 1:
            raise ValueError("A meeting lasts at least one minute.")
        if not 0 <= self.sequence <= SEQUENCE_MAX:
            raise ValueError("A sequence is counted from 0 and fits in 31 bits.")
        if not self.uid or one_line(self.uid) != self.uid:
            raise ValueError("A meeting’s calendar id is one line and not empty.")


def check_aware(moment: datetime) -> None:
    """Raise ValueError for a moment that does not say where its clock is."""
    if moment.utcoffset() is None:
        raise ValueError("A change has its moment: give an aware datetime.")


def new_calendar() -> Calendar:
    """Return a calendar with its time zone and without events."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(zone_component())
    return calendar


def event(entry: Entry, *, cancelled: bool, stamp: datetime) -> Event:
    """Return the event; `stamp` (aware) is both DTSTAMP and LAST-MODIFIED, told in UTC.

    There is no alarm: when to be reminded is the reader's own choice.
    """
    made = Event()
    made.add("uid", entry.uid)
    moment = stamp.astimezone(UTC).replace(microsecond=0)
    made.add("dtstamp", moment)
    made.add("last-modified", moment)
    made.add("sequence", entry.sequence)
    made.add("dtstart", _wall(entry, 0))
    made.add("dtend", _wall(entry, entry.minutes))
    mark = CANCELLED.get(entry.language, CANCELLED["fi"]) if cancelled else ""
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # Most calendars do not show URL, so the link is in the description too.
    url = link(entry.url)
    described = [paragraphs(entry.description)]
    if url not in described[0]:
        described.append(url)
    texts = {
        "summary": mark + one_line(entry.summary),
        "location": one_line(entry.location),
        "description": "\n\n".join(filter(None, described)),
        "url": url,
    }
    for name, text in texts.items():
        if text:  # libical takes a property without a value for a fault
            made.add(name, text)
    return made


def _wall(entry: Entry, minutes: int) -> datetime:
    """Return the moment so many real minutes from the start, as the file can say it."""
    moment = after(entry.starts.date(), entry.starts.time(), minutes, entry.zone)
    # A clock time that the autumn night shows twice means the first one in a calendar file (RFC 5545,
    # 3.3.5), but ical.js, libical and khal take it for the second. In UTC both are what they are.
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if twice else moment
