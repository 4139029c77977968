"""What is written to one reader of a release: the invitation, their own items, or what changed for them."""

from dataclasses import replace
from datetime import time

from app.domain.releases import Line
from app.extensions import site
from app.mail import letters
from app.mail.agenda_letters import Mine, Occasion
from app.mail.composing import Letter
from app.models import Meeting
from app.services.announcing import Own, Plan, Reader, Why
from app.services.outbox import signature


def letter_to(reader: Reader, meeting: Meeting, plan: Plan, comment: str = "") -> Letter:
    """Return the letter of a release to one reader, in the reader's language."""
    language = reader.language
    signed = signature(language)
    now = occasion(meeting, plan, language)
    yours = [_mine(one, language) for one in reader.own]
    if reader.why is Why.INVITED:
        return letters.agenda_published(
            now.table,
            now.day,
            now.starts,
            now.ends,
            now.place,
            now.remote_url,
            [(one.clock, one.title_in(language), one.minutes) for one in plan.new.lines],
            now.url,
            now.calendar_url,
            yours=[replace(one, before=None) for one in yours if one.now is not None],
            language=language,
            signed=signed,
        )
    if reader.why is Why.PART:
        return letters.official_invited(now, yours, language=language, signed=signed)
    if reader.why is Why.ON_AGENDA:
        return letters.topic_on_agenda(now, yours, language=language, signed=signed)
    return letters.agenda_changed(
        now, _earlier(now, plan), yours, comment=comment, language=language, signed=signed
    )


def occasion(meeting: Meeting, plan: Plan, language: str) -> Occasion:
    """Return when and where a meeting is now, as letters say it."""
    return Occasion(
        table=meeting.table.name_in(language),
        day=plan.new.day,
        starts=plan.new.starts,
        ends=plan.new.ends,
        url=site().meeting(meeting.id),
        calendar_url=site().meeting_calendar(meeting.id),
        place=plan.new.place,
        remote_url=plan.new.remote_url,
        heading=meeting.heading or "",
    )


def _earlier(now: Occasion, plan: Plan) -> Occasion | None:
    if plan.old is None or not plan.changes.details:
        return None
    return replace(
        now,
        day=plan.old.day,
        starts=plan.old.starts,
        ends=plan.old.ends,
        place=plan.old.place,
        remote_url=plan.old.remote_url,
    )


def _mine(one: Own, language: str) -> Mine:
    return Mine(
        title=one.line.title_in(language),
        now=_hours(one.new),
        before=_hours(one.old),
        number=one.number,
        url=one.url,
        waits=one.waits,
    )


def _hours(line: Line | None) -> tuple[time, time] | None:
    return (line.clock, line.ends) if line else None
