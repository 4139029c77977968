"""A meeting in people's own calendars: one file for one meeting, one feed that follows them all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Event, vDuration, vText

from app.calendar.entries import Entry, check_aware, event, new_calendar
from app.calendar.wording import link, one_line, paragraphs
from app.calendar.zone import ZONE

REFRESH = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class CalendarMeeting(Entry):
    """What a calendar shows of one meeting, see `Entry`; `changed` is the moment of its last change (aware).

    Its `sequence` grows with each change of time, place, state or agenda.
    """

    cancelled: bool
    changed: datetime

    def __post_init__(self) -> None:
        super().__post_init__()
        check_aware(self.changed)


def meeting_file(meeting: CalendarMeeting) -> bytes:
    """Return one meeting as a file to open (text/calendar; charset=utf-8).

    It has no name of a calendar: a file with one opens in Outlook as a new calendar, not as an event.
    """
    calendar = new_calendar()
    calendar.add_component(_published(meeting))
    return bytes(calendar.to_ical())


def feed(name: str, description: str, meetings: Iterable[CalendarMeeting], *, url: str) -> bytes:
    """Return a calendar to subscribe to (text/calendar; charset=utf-8); the same meetings, the same bytes.

    `url` is the page that tells of the table (RFC 7986, 5.5). There is no METHOD and no ORGANIZER: with
    them calendars take a publication for an invitation, and some answer it. Without meetings the feed is
    still valid, as the time zone is a component (RFC 5545, 3.6). How often a calendar program asks again
    is its own choice: both hints are given, and nothing is promised.
    """
    calendar = new_calendar()
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
        calendar.add_component(_published(meeting))
    return bytes(calendar.to_ical())


def etag(content: bytes) -> str:
    """Return the content's mark for If-None-Match, without quotes (RFC 9110, 8.8.3 adds them)."""
    return hashlib.sha256(content).hexdigest()[:32]


def _published(meeting: CalendarMeeting) -> Event:
    # A feed's stamp is that of the last change (RFC 5545, 3.8.7.2): a stamp of "now" looks like a change.
    return event(meeting, cancelled=meeting.cancelled, stamp=meeting.changed)
