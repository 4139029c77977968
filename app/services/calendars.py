"""Meetings for people's own calendars: one table's feed, everybody's feed, and one meeting as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.calendar.events import CalendarMeeting, feed, meeting_file
from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY
from app.extensions import db, site
from app.mail.dates import clock
from app.models import Meeting
from app.services import municipality
from app.services.meetings import AgendaLine, everybody_sees, get_meeting, get_table
from app.services.releases import public_lines, public_lines_of

PAST = timedelta(days=365)
# Some calendars hide a cancelled meeting and some strike it through: it stays long enough to be seen by all.
CANCELLED_STAYS = timedelta(days=30)


@dataclass(frozen=True)
class CalendarFile:
    """Bytes of text/calendar, and the moment of the last change (None where there is no meeting)."""

    content: bytes
    changed: datetime | None


def table_calendar(slug: str, language: str) -> CalendarFile:
    """Return the feed of one table; raise NotFound where there is none."""
    table = get_table(slug)
    return _feed(table.name_in(language), site().table(slug), _followed(table.id), language)


def whole_calendar(language: str) -> CalendarFile:
    """Return the feed of all tables."""
    return _feed(municipality.shown(language).name, site().home(), _followed(), language)


def meeting_calendar(meeting_id: int, language: str) -> CalendarFile:
    """Return one meeting as a file; raise NotFound for a draft, to its builder too."""
    meeting = get_meeting(ANYBODY, meeting_id)
    said = _said(meeting, public_lines(meeting, language), language)
    return CalendarFile(meeting_file(said), meeting.changed_at)


def _followed(table_id: int | None = None) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(
            everybody_sees(),
            Meeting.day >= today() - PAST,
            or_(Meeting.state != MeetingState.CANCELLED, Meeting.cancelled_at >= utc_now() - CANCELLED_STAYS),
        )
        .options(joinedload(Meeting.table))
        .order_by(Meeting.day, Meeting.id)
    )
    return list(db.session.scalars(query if table_id is None else query.where(Meeting.table_id == table_id)))


def _feed(name: str, url: str, meetings: Iterable[Meeting], language: str) -> CalendarFile:
    meetings = list(meetings)
    agendas = public_lines_of(meetings, language)
    content = feed(name, "", [_said(one, agendas[one.id], language) for one in meetings], url=url)
    return CalendarFile(content, max((one.changed_at for one in meetings), default=None))


def _said(meeting: Meeting, lines: Iterable[AgendaLine], language: str) -> CalendarMeeting:
    name = meeting.table.name_in(language)
    agenda = "\n".join(f"{clock(one.starts.time(), language)} {one.title}" for one in lines)
    parts = (meeting.cancel_reason or "", meeting.remote_url or "", agenda)
    return CalendarMeeting(
        uid=f"{meeting.uid}@{site().mail_domain}",
        starts=datetime.combine(meeting.day, meeting.starts),
        minutes=meeting.minutes,
        summary=f"{name}: {meeting.heading}" if meeting.heading else name,
        location=meeting.place or meeting.remote_url or "",
        description="\n\n".join(part for part in parts if part),
        url=site().meeting(meeting.id),
        sequence=meeting.sequence,
        cancelled=meeting.state is MeetingState.CANCELLED,
        changed=meeting.changed_at,
        language=language,
        zone=meeting.zone,
    )
