"""Meetings for people's own calendars: feeds of a table, an organisation and all; one meeting as a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.calendar.events import CalendarMeeting, feed, meeting_file
from app.domain.clock import today, utc_now, wall_moment
from app.domain.errors import NotFound
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY
from app.extensions import db, site
from app.mail.dates import clock
from app.models import Event, Meeting, Organisation, Release, ReleasedItem, Topic, table_organisations
from app.services import municipality, releases
from app.services.meetings import AgendaLine, everybody_sees, get_meeting, get_table

PAST = timedelta(days=365)
# Some calendars hide a cancelled meeting and some strike it through: it stays long enough to be seen by all.
CANCELLED_STAYS = timedelta(days=30)


@dataclass(frozen=True)
class CalendarFile:
    """Bytes of text/calendar, and the moment of the last change (None where there never was a meeting)."""

    content: bytes
    changed: datetime | None


def table_calendar(slug: str, language: str) -> CalendarFile:
    """Return the feed of one table; raise NotFound where there is none."""
    table = get_table(slug)
    return _feed(
        table.name_in(language),
        site().table(slug),
        language,
        Meeting.table_id == table.id,
        about=_about("table", table.id),
    )


def whole_calendar(language: str) -> CalendarFile:
    """Return the feed of all tables."""
    name = municipality.shown(language).name
    return _feed(name, site().home(), language, about=Event.noun.in_(("table", "municipality")))


def organisation_calendar(organisation_id: int, language: str) -> CalendarFile:
    """Return the feed of one organisation: the meetings of its tables, and those that take up its topics.

    Only what everybody reads decides: the released agenda. Raises NotFound for one that is not in use.
    """
    body = db.session.get(Organisation, organisation_id)
    if body is None or body.archived_at is not None:
        raise NotFound
    return _feed(
        body.name_in(language),
        site().home(),
        language,
        or_(
            Meeting.table_id.in_(
                select(table_organisations.c.table_id).where(table_organisations.c.organisation_id == body.id)
            ),
            Meeting.id.in_(_with_topics_of(body.id)),
        ),
        about=or_(_about("organisation", body.id), Event.noun == "table"),
    )


def meeting_calendar(meeting_id: int, language: str) -> CalendarFile:
    """Return one meeting as a file; raise NotFound for a draft, to its builder too."""
    meeting = get_meeting(ANYBODY, meeting_id)
    said = whole_meeting(meeting, releases.public_lines(meeting, language), language)
    return CalendarFile(meeting_file(said), meeting.changed_at)


def followed(*where: ColumnElement[bool]) -> list[Meeting]:
    """Return the public meetings that a feed holds, with tables: a year back, cancelled ones a month."""
    query = (
        select(Meeting)
        .where(
            everybody_sees(),
            Meeting.day >= today() - PAST,
            or_(Meeting.state != MeetingState.CANCELLED, Meeting.cancelled_at >= utc_now() - CANCELLED_STAYS),
            *where,
        )
        .options(joinedload(Meeting.table))
        .order_by(Meeting.day, Meeting.id)
    )
    return list(db.session.scalars(query))


def last_change(
    meetings: Iterable[Meeting], about: ColumnElement[bool], *where: ColumnElement[bool]
) -> datetime | None:
    """Return when a feed became what it is: by a change of a meeting, or of what the feed is about, or as
    a meeting left it; `where` are the conditions of its meetings.

    A program that asks by the date alone (RFC 9110, 13.1.3) is else never told that a meeting is gone.
    """
    gone = _last_gone(*where)
    shown = [one.changed_at for one in meetings]
    if not shown and gone is None:
        return None
    set_up = db.session.scalar(select(func.max(Event.at)).where(about))
    return max(one for one in (*shown, gone, set_up) if one is not None)


def whole_meeting(meeting: Meeting, lines: Iterable[AgendaLine], language: str) -> CalendarMeeting:
    """Return a meeting as calendars show it, with the agenda that everybody reads."""
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


def _feed(
    name: str, url: str, language: str, *where: ColumnElement[bool], about: ColumnElement[bool]
) -> CalendarFile:
    meetings = followed(*where)
    agendas: Mapping[int, Sequence[AgendaLine]] = releases.public_lines_of(meetings, language)
    said = [whole_meeting(one, agendas[one.id], language) for one in meetings]
    return CalendarFile(feed(name, "", said, url=url), last_change(meetings, about, *where))


def _about(noun: str, noun_id: int) -> ColumnElement[bool]:
    return and_(Event.noun == noun, Event.noun_id == noun_id)


def _with_topics_of(organisation_id: int) -> Select[int]:
    """Return the ids of meetings whose latest release has a topic of an organisation, or one joined to it."""
    own = select(func.coalesce(Topic.merged_into_id, Topic.id)).where(
        Topic.organisation_id == organisation_id
    )
    return (
        select(Release.meeting_id)
        .join(Release.items)
        .where(Release.id.in_(releases.newest()), ReleasedItem.topic_id.in_(own))
    )


def _last_gone(*where: ColumnElement[bool]) -> datetime | None:
    """Return when a meeting last left a feed because its time was over."""
    cancelled, oldest = db.session.execute(
        select(
            func.max(Meeting.cancelled_at).filter(Meeting.cancelled_at < utc_now() - CANCELLED_STAYS),
            func.max(Meeting.day).filter(Meeting.day < today() - PAST),
        ).where(everybody_sees(), *where)
    ).one()
    gone = [cancelled + CANCELLED_STAYS] if cancelled else []
    if oldest:
        gone.append(wall_moment(oldest + PAST + timedelta(days=1), time(0)))
    return max(gone, default=None)
