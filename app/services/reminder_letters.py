"""What is written to the readers of one reminder: when and where, their own items, and where to answer."""

from collections.abc import Collection
from datetime import time

from sqlalchemy import delete, select

from app.domain.clock import after
from app.domain.outbox import UNSENT
from app.domain.permissions import Visitor
from app.domain.reminders import start_of
from app.extensions import db, site
from app.mail import letters
from app.mail.agenda_letters import Mine, Occasion
from app.mail.composing import Letter
from app.models import Meeting, OutgoingMail, Release, Reminder
from app.services.log import record
from app.services.meetings import AgendaLine, ends
from app.services.outbox import queue, signature
from app.services.releases import lines_of
from app.services.reminded import KIND, Reader, readers


def write(meeting: Meeting, release: Release, reminder: Reminder, batch: str) -> int:
    """Queue the letters of one reminder, inside the act, and return how many; each address gets one."""
    count = 0
    for reader in readers(meeting, release):
        letter = queue(
            letter_to(reader, meeting, release),
            reader.address,
            f"{batch}:{reader.row.id}",
            person_id=reader.row.person_id,
            topic_id=reader.row.topic_id,
            meeting_id=meeting.id,
            invitation_id=reader.row.id,
            batch=batch,
            in_reply_to=reader.row.first_message_id,
        )
        if letter is not None:
            # Its press came before.
            letter.approved_at, letter.approved_by_id = reminder.approved_at, reminder.approved_by_id
            count += 1
    return count


def occasion(meeting: Meeting) -> str:
    """Return what all reminders of one start have in common: another start is another occasion."""
    start = start_of(meeting.day, meeting.starts, meeting.zone)
    return f"reminder:{meeting.id}:{start:%Y%m%dT%H%M}:"


def batch_of(meeting: Meeting, minutes_before: int) -> str:
    """Return the name under which the letters of one reminder are sent together."""
    return f"{occasion(meeting)}{minutes_before}"


def waiting(meeting_id: int, batch: str | None = None) -> dict[int, str]:
    """Return the batches of a meeting's reminders that have not left, of one or of all, by their ids."""
    query = select(OutgoingMail.id, OutgoingMail.batch).where(
        OutgoingMail.meeting_id == meeting_id, OutgoingMail.kind == KIND, OutgoingMail.state.in_(UNSENT)
    )
    rows = db.session.execute(query if batch is None else query.where(OutgoingMail.batch == batch))
    return {row.id: row.batch or "" for row in rows}


def take_back(visitor: Visitor, meeting_id: int, letter_ids: Collection[int]) -> int:
    """Delete those of some letters that have not left, inside an act, and return how many."""
    if not letter_ids:
        return 0
    gone = db.session.scalars(
        delete(OutgoingMail)
        .where(OutgoingMail.id.in_(letter_ids), OutgoingMail.state.in_(UNSENT))
        .returning(OutgoingMail.id)
    ).all()
    record(visitor, "reminder.take_back", "meeting", meeting_id, letters=len(gone))
    return len(gone)


def letter_to(reader: Reader, meeting: Meeting, release: Release) -> Letter:
    """Return the reminder to one reader, in the reader's language, with the items that were released."""
    language = reader.language
    return letters.meeting_reminder(
        Occasion(
            table=meeting.table.name_in(language),
            day=meeting.day,
            starts=meeting.starts,
            ends=ends(meeting).time(),
            url=site().meeting(meeting.id),
            calendar_url=site().meeting_calendar(meeting.id),
            place=meeting.place or "",
            remote_url=meeting.remote_url or "",
            heading=meeting.heading or "",
        ),
        [
            Mine(one.title, (one.starts.time(), _end(one, meeting.zone)))
            for one in lines_of(meeting, release, language)
            if one.key in reader.keys
        ],
        site().answer(reader.row.token),
        comes=reader.comes,
        language=language,
        signed=signature(language),
    )


def _end(line: AgendaLine, zone: str) -> time:
    return after(line.starts.date(), line.starts.timetz().replace(tzinfo=None), line.minutes, zone).time()
