"""A person's own feed behind a private link: the meetings and the own items that she is asked to."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import selectinload

from app.calendar.events import CalendarMeeting, feed
from app.domain.errors import NotFound
from app.domain.permissions import Visitor
from app.extensions import db, site
from app.mail.dates import clock
from app.models import Event, Invitation, Meeting, Person, Release
from app.services import calendars
from app.services.calendars import CalendarFile
from app.services.invited import ADD, ASKED_ROLES, PART
from app.services.log import record
from app.services.meetings import AgendaLine, ends
from app.services.releases import newest, public_lines_of
from app.services.transactions import act, get_to_change

NAMES = {
    "fi": "Omat kumppanuuspöydät",
    "sv": "Mina partnerskapsbord",
    "en": "My partnership tables",
}
WHOLE = {
    "fi": "Sinulle nämä kohdat. Koko kokous on kello {hours}.",
    "sv": "För dig de här punkterna. Hela mötet är kl. {hours}.",
    "en": "These items are for you. The whole meeting is at {hours}.",
}


@dataclass(frozen=True)
class _Asked:
    """How a person is asked to one meeting: to all of it, or to the items of these keys alone.

    `row` is the id of her invitation, None where her role alone asks her.
    """

    whole: bool
    keys: frozenset[str]
    row: int | None


@dataclass(frozen=True)
class _Latest:
    """The number and the moment of the release that everybody reads."""

    number: int
    at: datetime


def own_calendar(token: str) -> CalendarFile:
    """Return the feed behind a private link, in its person's language; raise NotFound for an old link.

    Where somebody is asked to own items alone, the entry covers those, with an id of its own: a program
    that follows the table too shows both. A bounded number of queries.
    """
    person = db.session.scalar(
        select(Person)
        .where(Person.calendar_token == token, Person.deactivated_at.is_(None))
        .options(selectinload(Person.roles))
    )
    if person is None:
        raise NotFound
    language = person.language if person.language in NAMES else "fi"
    meetings = calendars.followed(_may_ask(person))
    latest = _latest(meetings)
    asked = _asked(person, meetings, latest)
    meetings = [one for one in meetings if one.id in asked]
    agendas = public_lines_of(meetings, language)
    said = [
        entry
        for one in meetings
        for entry in _entries(
            one, asked[one.id], agendas[one.id], latest[one.id].number if one.id in latest else 1, language
        )
    ]
    about = or_(
        and_(Event.noun == "person", Event.noun_id == person.id),
        and_(Event.noun == "invitation", Event.noun_id.in_(_invitations_of(person))),
    )
    changed = calendars.last_change(meetings, about, _may_ask(person))
    return CalendarFile(feed(NAMES[language], "", said, url=site().home()), changed)


def link_of(visitor: Visitor) -> str | None:
    """Return the private address of the visitor's own feed, None where she has none."""
    person = db.session.get(Person, visitor.person_id) if visitor.person_id else None
    token = person.calendar_token if person else None
    return site().own_calendar(token) if token else None


@act
def make_link(visitor: Visitor) -> None:
    """Give the visitor a new private link; the one before stops working."""
    person = _self(visitor)
    again = person.calendar_token is not None
    person.calendar_token = secrets.token_urlsafe(24)
    record(visitor, "calendar.make_link", "person", person.id, again=again)


@act
def revoke_link(visitor: Visitor) -> None:
    """Take the visitor's private link away; pressing twice is the same."""
    person = _self(visitor)
    if person.calendar_token is not None:
        person.calendar_token = None
        record(visitor, "calendar.revoke_link", "person", person.id)


def _self(visitor: Visitor) -> Person:
    if visitor.person_id is None:
        raise NotFound
    return get_to_change(Person, visitor.person_id)


def _invitations_of(person: Person) -> Select[int]:
    return select(Invitation.id).where(Invitation.person_id == person.id)


def _may_ask(person: Person) -> ColumnElement[bool]:
    """Return the condition of meetings that her roles or an invitation may ask her to."""
    seats = [one.table_id for one in person.roles if one.role in ASKED_ROLES]
    invited = Meeting.id.in_(select(Invitation.meeting_id).where(Invitation.person_id == person.id))
    if None in seats:
        return or_(invited, Meeting.table_id.is_not(None))
    return or_(invited, Meeting.table_id.in_([one for one in seats if one is not None]))


def _asked(person: Person, meetings: Sequence[Meeting], latest: Mapping[int, _Latest]) -> dict[int, _Asked]:
    """Return how the person is asked to meetings, by the meeting's id; those not asking her are left out.

    What counts is what was released: who is put to an item, or added, waits for the next release.
    """
    rows = {
        row.meeting_id: row
        for row in db.session.scalars(
            select(Invitation).where(
                Invitation.person_id == person.id, Invitation.meeting_id.in_([one.id for one in meetings])
            )
        )
    }
    parts, ever, added = _logged(rows.values(), latest)
    seats = {one.table_id for one in person.roles if one.role in ASKED_ROLES}
    asked: dict[int, _Asked] = {}
    for meeting in meetings:
        row = rows.get(meeting.id)
        if row is not None and row.withdrawn_at is not None:
            continue
        by_role = None in seats or meeting.table_id in seats
        keys = parts.get(row.id, frozenset()) if row else frozenset()
        by_hand = row is not None and (row.id in added or (row.id not in ever and row.told_at is not None))
        if by_role or by_hand or keys:
            asked[meeting.id] = _Asked(by_role or by_hand, keys, row.id if row else None)
    return asked


def _logged(
    rows: Iterable[Invitation], latest: Mapping[int, _Latest]
) -> tuple[dict[int, frozenset[str]], set[int], set[int]]:
    """Return what the log says of invitations, by their ids.

    That is the keys of own items in the latest release; those who ever had own items; and those who were
    added by hand before that release.
    """
    release_of = {row.id: latest[row.meeting_id] for row in rows if row.meeting_id in latest}
    events = db.session.execute(
        select(Event.act, Event.noun_id, Event.at, Event.detail).where(
            Event.noun == "invitation", Event.noun_id.in_(list(release_of)), Event.act.in_((ADD, PART))
        )
    ).all()
    parts: dict[int, frozenset[str]] = {}
    ever, added = set(), set()
    for what, row_id, at, detail in events:
        release = release_of[row_id]
        if what == ADD:
            added |= {row_id} if at <= release.at else set()
            continue
        ever.add(row_id)
        if int(detail["release"]) == release.number:
            parts[row_id] = parts.get(row_id, frozenset()) | {str(detail["key"])}
    return parts, ever, added


def _latest(meetings: Iterable[Meeting]) -> dict[int, _Latest]:
    rows = db.session.execute(
        select(Release.meeting_id, Release.number, Release.at).where(
            Release.meeting_id.in_([one.id for one in meetings]), Release.id.in_(newest())
        )
    )
    return {meeting_id: _Latest(number, at) for meeting_id, number, at in rows}


def _entries(
    meeting: Meeting, asked: _Asked, lines: Sequence[AgendaLine], release: int, language: str
) -> Iterable[CalendarMeeting]:
    """Give the entry of one meeting; none where all her own items have left the agenda."""
    whole = calendars.whole_meeting(meeting, lines, language)
    if asked.whole:
        yield whole
        return
    own = [one for one in lines if one.key in asked.keys]
    if not own:
        return
    begins = min(one.starts for one in own)
    until = max(one.starts.astimezone(UTC) + timedelta(minutes=one.minutes) for one in own)
    titles = "; ".join(one.title for one in own)
    yield replace(
        whole,
        uid=f"{meeting.uid}-{asked.row}@{site().mail_domain}",
        starts=begins.replace(tzinfo=None),  # its fold stays: the second 3.30 of the autumn night
        minutes=int((until - begins.astimezone(UTC)).total_seconds()) // 60,
        summary=f"{whole.summary}: {titles}",
        description=_described(meeting, own, language),
        # Her items move by a release, or with the meeting: both counts only grow, so their sum does.
        sequence=meeting.sequence + release - 1,
    )


def _described(meeting: Meeting, own: Sequence[AgendaLine], language: str) -> str:
    hours = f"{clock(meeting.starts, language)}–{clock(ends(meeting), language)}"
    agenda = "\n".join(f"{clock(one.starts, language)} {one.title}" for one in own)
    parts = (meeting.cancel_reason, meeting.remote_url, agenda, WHOLE[language].format(hours=hours))
    return "\n\n".join(part for part in parts if part)
