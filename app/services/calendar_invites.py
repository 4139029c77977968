"""The calendar part of letters about a meeting: whom it asks, to how much of it, and by which number."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.calendar.invitations import Invite, cancel, request
from app.domain.addresses import MarkKind, new_mark
from app.domain.clock import after
from app.domain.releases import Agenda
from app.extensions import db, site
from app.mail.messages import CalendarPart
from app.models import Invitation, Meeting, Municipality
from app.models.invitation import CALLED_OFF
from app.services.announcing import Mailbox
from app.services.told import name_of


@dataclass(frozen=True)
class Attached:
    """A calendar part with the number and the mark of what it tells (see Invitation)."""

    part: CalendarPart
    sequence: int
    mark: str


Span = tuple[datetime, int]


def carrier(mailbox: Mailbox) -> Invitation | None:
    """Return the invitation that stands for all who read at an address, None where none is stored yet.

    One whose calendar entry is there stays, as a second one would make a second entry. Else it is the
    first one who is asked to the whole meeting, then an official, then a proposer.
    """
    asked = sorted(mailbox.asked, key=lambda one: one.official)
    ids = {topic.id for topic in mailbox.topics}
    rows = [one.row for one in asked if one.row] + [row for row in mailbox.rows if row.topic_id in ids]
    return next((row for row in rows if row.in_calendar), rows[0] if rows else None)


def own_span(mailbox: Mailbox, agenda: Agenda, meeting: Meeting) -> Span | None:
    """Return when the own items of an official begin (wall clock) and how many minutes they take together.

    None stands for the whole meeting: for all others, and where somebody else at the address is asked to it.
    """
    if not mailbox.asked or not all(one.official for one in mailbox.asked):
        return None
    mine = {item.key for one in mailbox.asked for item in one.items}
    lines = [line for line in agenda.lines if line.key in mine]
    if not lines:
        return None
    first = min(line.after for line in lines)
    last = max(line.after + line.minutes for line in lines)
    starts = after(meeting.day, meeting.starts, first, meeting.zone).replace(tzinfo=None)
    return starts, last - first


def prepare(invitation: Invitation, meeting: Meeting, *, whole: bool) -> None:
    """Give an invitation its id in calendars and the address for its answers; both stay for ever.

    Whoever is asked to the whole meeting has the id that feeds have too, an official's part has its own:
    in a calendar that follows the table it must not take the place of the meeting.
    """
    own = meeting.uid if whole else str(uuid.uuid4())
    invitation.uid = invitation.uid or f"{own}@{site().mail_domain}"
    invitation.reply_token = invitation.reply_token or new_mark()


def calendar_mark(meeting: Meeting, span: Span | None) -> str:
    """Return a mark of what counts in a calendar: another mark is another time or place."""
    starts, minutes = span or (datetime.combine(meeting.day, meeting.starts), meeting.minutes)
    said = (starts.isoformat(), minutes, meeting.place or "", meeting.remote_url or "", meeting.zone)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def invite_for(
    invitation: Invitation,
    meeting: Meeting,
    *,
    sequence: int,
    address: str,
    description: str,
    language: str,
    now: datetime,
    span: Span | None = None,
) -> Invite | None:
    """Return the invitation for a reader's calendar; None where nothing can invite: there is no address that
    answers could come to, or what is stored does not go into a calendar file.

    `span` is the reader's own part, None the whole meeting; `now` the moment of writing.
    """
    organizer = _organizer(invitation, meeting, address, language)
    starts, minutes = span or (datetime.combine(meeting.day, meeting.starts), meeting.minutes)
    name = meeting.table.name_in(language)
    if organizer is None or invitation.uid is None:
        return None
    try:
        return Invite(
            uid=invitation.uid,
            sequence=sequence,
            starts=starts,
            minutes=minutes,
            summary=f"{name}: {meeting.heading}" if meeting.heading else name,
            location=meeting.place or meeting.remote_url or "",
            description=description,
            url=site().meeting(meeting.id),
            organizer=organizer,
            attendee=(name_of(invitation, language), address),
            stamp=now,
            language=language,
            zone=meeting.zone,
        )
    except ValueError:
        return None


def attach_request(invite: Invite | None, mark: str) -> Attached | None:
    """Return the invitation as a part of a letter."""
    return Attached(request_part(invite), invite.sequence, mark) if invite else None


def attach_cancel(invite: Invite | None) -> Attached | None:
    """Return the cancelling as a part of a letter."""
    return Attached(cancel_part(invite), invite.sequence, CALLED_OFF) if invite else None


def request_part(invite: Invite) -> CalendarPart:
    """Return the part of a letter that invites, METHOD:REQUEST."""
    return CalendarPart("REQUEST", request(invite).decode())


def cancel_part(invite: Invite) -> CalendarPart:
    """Return the part of a letter that calls off, METHOD:CANCEL."""
    return CalendarPart("CANCEL", cancel(invite).decode())


def next_sequence(invitation: Invitation, mark: str, rows: Sequence[Invitation] = ()) -> int:
    """Return the number of the next invitation: one more only where something that counts is another.

    `rows` are all invitations of the address: where one of them put the same entry into its calendar, the
    count goes on from there. After a cancelling it always grows (RFC 5546, 2.1.4).
    """
    known = [row for row in (invitation, *rows) if row.uid == invitation.uid and row.calendar_mark]
    if not known:
        return invitation.sequence
    last = max(known, key=lambda row: row.sequence)
    return last.sequence + (last.calendar_mark != mark)


def to_call_off(rows: Sequence[Invitation]) -> Invitation | None:
    """Return the invitation whose entry is in the calendar of an address, the newest; None where none is."""
    there = [row for row in rows if row.in_calendar]
    return max(there, key=lambda row: (row.sequence, row.id), default=None)


def _organizer(
    invitation: Invitation, meeting: Meeting, address: str, language: str
) -> tuple[str, str] | None:
    """Return who invites: the table, at the first address that is read and is not the reader's own."""
    municipality = db.session.get(Municipality, 1)
    found = (
        site().marked(MarkKind.ANSWER, invitation.reply_token or ""),
        (municipality.email if municipality else None) or "",
        site().sender,
    )
    reachable = next((one for one in found if one and one.casefold() != address.casefold()), None)
    return (meeting.table.name_in(language), reachable) if reachable else None
