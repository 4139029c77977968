"""The letter that reminds of a meeting, some days or hours before it."""

from collections.abc import Sequence

from app.mail.agenda_letters import Mine, Occasion
from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import clock, day_and_hours, long_day


def meeting_reminder(
    meeting: Occasion,
    parts: Sequence[Mine],
    answer_url: str,
    *,
    comes: bool = False,
    language: str,
    signed: Signature,
) -> Letter:
    """Remind one who was invited; `parts` are the reader's own items, `comes` that she answered so."""
    language = known(language)
    return compose(
        "meeting_reminder",
        language,
        signed,
        table=meeting.table,
        meeting=meeting.heading,
        day=long_day(meeting.day, language),
        when=day_and_hours(meeting.day, meeting.starts, meeting.ends, language),
        place=meeting.place,
        remote_url=meeting.remote_url,
        parts=[
            (f"{clock(one.now[0], language)}–{clock(one.now[1], language)}", one.title)
            for one in parts
            if one.now
        ],
        comes=comes,
        answer_url=answer_url,
        url=meeting.url,
    )
