"""What is written to the readers of one reminder: when and where, their own items, and where to answer."""

from datetime import time

from app.domain.clock import after
from app.extensions import site
from app.mail import letters
from app.mail.agenda_letters import Mine, Occasion
from app.mail.composing import Letter
from app.models import Meeting, Release, Reminder
from app.services.meetings import AgendaLine, ends
from app.services.outbox import queue, signature
from app.services.releases import lines_of
from app.services.reminded import Reader, readers


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
