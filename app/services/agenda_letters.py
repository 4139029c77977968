"""What is written to one reader of a release: the invitation, their own items, or what changed for them."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from app.domain.releases import Agenda, Line
from app.extensions import site
from app.mail import letters
from app.mail.agenda_letters import Mine, Occasion
from app.mail.calendar_texts import called_off_text, invitation_text
from app.mail.composing import Letter
from app.models import Invitation, Meeting
from app.services import calendar_invites
from app.services.announcing import Mailbox, Own, Plan, Reader, Who, Why
from app.services.calendar_invites import Attached, Span
from app.services.outbox import signature


@dataclass(frozen=True)
class Written:
    """A letter and what it puts into or takes out of the reader's calendar, by which invitation."""

    letter: Letter
    invitation: Invitation | None
    attached: Attached | None


def write(
    reader: Reader, meeting: Meeting, plan: Plan, invitation: Invitation | None, now: datetime, comment: str
) -> Written:
    """Return the letter of a release to one reader with its calendar part, in an act that stores both.

    `invitation` stands for those who are asked at the address (see `carrier`), None where nobody is any more:
    then the letter calls off what was sent to their calendar before.
    """
    mailbox = plan.mailbox(reader.address)
    if invitation is None:
        off = calendar_invites.to_call_off(mailbox.rows)
        gone = _off(reader, meeting, off, now) if off else None
        letter = letter_to(reader, meeting, plan, comment, called_off=gone is not None)
        return Written(letter, off, gone)
    letter = letter_to(reader, meeting, plan, comment, answer_url=site().answer(invitation.token))
    return Written(letter, invitation, _asking(reader, meeting, plan, mailbox, invitation, now))


def letter_to(
    reader: Reader,
    meeting: Meeting,
    plan: Plan,
    comment: str = "",
    *,
    answer_url: str = "",
    called_off: bool = False,
) -> Letter:
    """Return the letter of a release to one reader, in the reader's language."""
    language = reader.language
    signed = signature(language)
    now = occasion(meeting, plan, language, answer_url)
    yours = [_mine(one, plan.new, language) for one in reader.own]
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
            answer_url=answer_url,
            language=language,
            signed=signed,
        )
    if reader.why is Why.PART:
        return letters.official_invited(now, yours, language=language, signed=signed)
    if reader.why is Why.ON_AGENDA:
        return letters.topic_on_agenda(now, yours, language=language, signed=signed)
    unasked = reader.why is Why.UNASKED
    return letters.agenda_changed(
        now,
        None if unasked else _earlier(now, reader),
        yours,
        comment=comment,
        unasked=unasked,
        called_off=called_off,
        language=language,
        signed=signed,
    )


def occasion(meeting: Meeting, plan: Plan, language: str, answer_url: str = "") -> Occasion:
    """Return when and where a meeting is now, as letters say it."""
    return Occasion(
        table=meeting.table.name_in(language),
        day=plan.new.day,
        starts=plan.new.starts,
        ends=plan.new.ends,
        url=site().meeting(meeting.id, language),
        calendar_url=site().meeting_calendar(meeting.id),
        place=plan.new.place,
        remote_url=plan.new.remote_url,
        heading=meeting.heading or "",
        answer_url=answer_url,
    )


def _asking(
    reader: Reader, meeting: Meeting, plan: Plan, mailbox: Mailbox, invitation: Invitation, now: datetime
) -> Attached | None:
    span = calendar_invites.own_span(mailbox, plan.new, meeting)
    calendar_invites.prepare(invitation, meeting, whole=span is None)
    mark = calendar_invites.calendar_mark(meeting, span)
    when = occasion(meeting, plan, reader.language, site().answer(invitation.token))
    invite = calendar_invites.invite_for(
        invitation,
        meeting,
        sequence=calendar_invites.next_sequence(invitation, mark, mailbox.rows),
        address=reader.address or "",
        description=invitation_text(
            when,
            [(one.clock, one.title_in(reader.language), one.minutes) for one in plan.new.lines],
            yours=_lines(mailbox, plan.new, reader.language),
            part=span is not None,
            earlier=_earlier(when, reader),
            changed=_changed(reader),
            language=reader.language,
        ),
        language=reader.language,
        now=now,
        span=span,
    )
    return calendar_invites.attach_request(invite, mark)


def _off(reader: Reader, meeting: Meeting, invitation: Invitation, now: datetime) -> Attached | None:
    return calendar_invites.attach_cancel(
        calendar_invites.invite_for(
            invitation,
            meeting,
            sequence=invitation.sequence + 1,
            address=reader.address or "",
            description=called_off_text(
                site().meeting(meeting.id),
                held=True,
                topic=reader.who is Who.PROPOSER,
                language=reader.language,
            ),
            language=reader.language,
            now=now,
            span=_earlier_span(reader),
        )
    )


def _earlier_span(reader: Reader) -> Span | None:
    """Return when the own items were to be of an official who has none any more, None for all others."""
    lines = [one.old for one in reader.own if one.old is not None]
    old = reader.before.agenda
    if old is None or not lines or not all(one.left for one in reader.asked) or not reader.asked:
        return None
    first = min(lines, key=lambda one: one.after)
    minutes = max(one.after + one.minutes for one in lines) - first.after
    return datetime.combine(old.day, first.clock), minutes


def _earlier(now: Occasion, reader: Reader) -> Occasion | None:
    old = reader.before.agenda
    if old is None or not reader.before.changes.details:
        return None
    return replace(
        now, day=old.day, starts=old.starts, ends=old.ends, place=old.place, remote_url=old.remote_url
    )


def _changed(reader: Reader) -> list[Mine]:
    """Return what is new, gone or at another time since what the reader knew, whoever brings it."""
    return [
        Mine(one.line.title_in(reader.language), _hours(one.new), _hours(one.old))
        for one in reader.before.changes.lines
        if one.tells
    ]


def _lines(mailbox: Mailbox, agenda: Agenda, language: str) -> list[Mine]:
    """Return all own items of those who read at an address, in their order, changed or not."""
    keys = {item.key for one in mailbox.asked for item in one.items}
    keys |= _keys_of(mailbox)
    return [Mine(one.title_in(language), _hours(one)) for one in agenda.lines if one.key in keys]


def _keys_of(mailbox: Mailbox) -> set[str]:
    return {f"topic:{topic.merged_into_id or topic.id}" for topic in mailbox.topics}


def _mine(one: Own, agenda: Agenda, language: str) -> Mine:
    return Mine(
        title=one.line.title_in(language),
        now=_hours(one.new),
        before=_hours(one.old),
        number=one.number,
        url=one.url,
        waits=one.waits,
        stays=one.new is None and any(line.key == one.line.key for line in agenda.lines),
    )


def _hours(line: Line | None) -> tuple[time, time] | None:
    return (line.clock, line.ends) if line else None
