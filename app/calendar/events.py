"""A meeting in people's own calendars: one file for one meeting, one feed that follows them all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

from app.calendar.wording import link, one_line, paragraphs
from app.calendar.zone import ZONE, zone_component
from app.domain.clock import after

PRODUCT = "-//Kumppanuuspoyta//Kumppanuuspoyta//FI"
REFRESH = timedelta(hours=4)
CANCELLED = {"fi": "PERUTTU: ", "sv": "INSTÄLLT: ", "en": "CANCELLED: "}


@dataclass(frozen=True, kw_only=True)
class CalendarMeeting:
    """What a calendar shows of one meeting; `starts` is the wall clock in `zone`, `changed` a moment.

    `uid` is made once for the meeting and never again; `sequence` grows with each change of time, place,
    state or agenda, or some calendars keep the old version (RFC 5545, 3.8.7.4).
    Raises ValueError for what would make a wrong file: an aware start, a naive change, another zone.
    """

    uid: str
    starts: datetime
    minutes: int
    summary: str
    location: str
    description: str
    url: str
    sequence: int
    cancelled: bool
    changed: datetime
    language: str
    zone: str = ZONE

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None:
            raise ValueError("A meeting starts by the wall clock: give a naive datetime.")
        if self.changed.tzinfo is None:
            raise ValueError("A change has its moment: give an aware datetime.")
        if self.zone != ZONE:
            raise ValueError(f"Calendar files know only the zone {ZONE}, not {self.zone}.")
        if self.minutes < 1:
            raise ValueError("A meeting lasts at least one minute.")
        if not self.uid or one_line(self.uid) != self.uid:
            raise ValueError("A meeting’s calendar id is one line and not empty.")


def meeting_file(meeting: CalendarMeeting) -> bytes:
    """Return one meeting as a file to open (text/calendar; charset=utf-8).

    It has no name of a calendar: a file with one opens in Outlook as a new calendar, not as an event.
    """
    calendar = _calendar()
    calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def feed(name: str, description: str, meetings: Iterable[CalendarMeeting], *, url: str) -> bytes:
    """Return a calendar to subscribe to (text/calendar; charset=utf-8); the same meetings, the same bytes.

    `url` is the page that tells of the table (RFC 7986, 5.5). There is no METHOD and no ORGANIZER: with
    them calendars take a publication for an invitation, and some answer it. Without meetings the feed is
    still valid, as the time zone is a component (RFC 5545, 3.6). How often a calendar program asks again
    is its own choice: both hints are given, and nothing is promised.
    """
    calendar = _calendar()
    # NAME and X- properties are not escaped by themselves; as text values they are.
    calendar.add("name", vText(one_line(name)))
    calendar.add("x-wr-calname", vText(one_line(name)))
    if described := paragraphs(description):
        calendar.add("description", vText(described))
        calendar.add("x-wr-caldesc", vText(described))
    calendar.add("x-wr-timezone", vText(ZONE))
    calendar.add("url", link(url))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for meeting in sorted(meetings, key=lambda each: (each.starts, each.uid)):
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def etag(content: bytes) -> str:
    """Return the content's mark for If-None-Match, without quotes (RFC 9110, 8.8.3 adds them)."""
    return hashlib.sha256(content).hexdigest()[:32]


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(zone_component())
    return calendar


def _event(meeting: CalendarMeeting) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    # A feed's stamp is that of the last change (RFC 5545, 3.8.7.2): a stamp of "now" looks like a change.
    changed = meeting.changed.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", _wall(meeting, 0))
    event.add("dtend", _wall(meeting, meeting.minutes))
    mark = CANCELLED.get(meeting.language, CANCELLED["fi"]) if meeting.cancelled else ""
    event.add("summary", mark + one_line(meeting.summary))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if location := one_line(meeting.location):
        event.add("location", location)
    # Most calendars do not show URL, so the link is in the description too.
    url = link(meeting.url)
    described = [paragraphs(meeting.description)]
    if url not in described[0]:
        described.append(url)
    event.add("description", "\n\n".join(filter(None, described)))
    if url:
        event.add("url", url)
    return event


def _wall(meeting: CalendarMeeting, minutes: int) -> datetime:
    """Return the moment so many real minutes from the start, as the file can say it."""
    moment = after(meeting.starts.date(), meeting.starts.time(), minutes, meeting.zone)
    # A clock time that the autumn night shows twice means the first one in a calendar file (RFC 5545,
    # 3.3.5). The second can only be said in UTC.
    return moment.astimezone(UTC) if moment.fold else moment
