"""Every letter that the partnership table sends, one function each.

Common to all: `language` is fi, sv or en (Finnish for any other), `signed` is who writes, and each `url`
is a full address. Text that people wrote stays text: one line where a line is due, else an indented block.
"""

from collections.abc import Sequence
from datetime import date, time

from app.mail.agenda_letters import Mine as Mine
from app.mail.agenda_letters import Occasion as Occasion
from app.mail.agenda_letters import agenda_changed as agenda_changed
from app.mail.agenda_letters import agenda_published as agenda_published
from app.mail.agenda_letters import official_invited as official_invited
from app.mail.agenda_letters import topic_on_agenda as topic_on_agenda
from app.mail.answer_letters import Answered as Answered
from app.mail.answer_letters import topics_answered as topics_answered
from app.mail.click_letters import answer_needs_click as answer_needs_click
from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import day_and_hours, long_day, short_day
from app.mail.digest_letters import Told as Told
from app.mail.digest_letters import digest as digest
from app.mail.reminder_letters import meeting_reminder as meeting_reminder
from app.mail.split_letters import SplitPart as SplitPart
from app.mail.split_letters import topic_split as topic_split
from app.mail.statement_letters import statement_answered as statement_answered
from app.mail.statement_letters import statement_asked as statement_asked
from app.mail.statement_letters import statement_reminder as statement_reminder
from app.mail.statement_letters import topic_body_answered as topic_body_answered
from app.mail.statement_letters import topic_handed_on as topic_handed_on
from app.mail.statement_letters import topic_handed_on_told as topic_handed_on_told


def sign_in_link(name: str, url: str, minutes: int, *, language: str, signed: Signature) -> Letter:
    """Let a known person in, once, within so many minutes."""
    return compose("sign_in_link", language, signed, name=name, url=url, minutes=minutes)


def topic_received(number: str, url: str, *, language: str, signed: Signature) -> Letter:
    """Tell that a topic came in. Nothing that the sender typed is repeated.

    The address is not verified yet: with a title or a name in it, anybody could make the municipality
    send their text to a stranger.
    """
    return compose("topic_received", language, signed, number=number, url=url)


def topic_accepted(
    number: str, title: str, url: str, *, reason: str = "", language: str, signed: Signature
) -> Letter:
    """Tell the proposer that the table takes the topic up; `reason` may be empty."""
    return compose("topic_accepted", language, signed, number=number, title=title, reason=reason, url=url)


def topic_asked(
    number: str, title: str, question: str, url: str, *, language: str, signed: Signature
) -> Letter:
    """Ask the proposer for more."""
    return compose("topic_asked", language, signed, number=number, title=title, question=question, url=url)


def topic_postponed(
    number: str, title: str, reason: str, url: str, *, language: str, signed: Signature
) -> Letter:
    """Tell the proposer that the topic waits for a later meeting, and why."""
    return compose("topic_postponed", language, signed, number=number, title=title, reason=reason, url=url)


def topic_declined(
    number: str, title: str, reason: str, url: str, *, language: str, signed: Signature
) -> Letter:
    """Tell the proposer that the topic does not come to the table, and why."""
    return compose("topic_declined", language, signed, number=number, title=title, reason=reason, url=url)


def topic_joined(
    number: str, title: str, other: str, url: str, *, language: str, signed: Signature
) -> Letter:
    """Tell the proposer that the topic goes on together with another: `other` is how everybody knows it.

    Its title may be known from a published agenda; else `other` is "", and nothing of it is told.
    """
    return compose("topic_joined", language, signed, number=number, title=title, other=other, url=url)


def topic_separated(number: str, title: str, url: str, *, language: str, signed: Signature) -> Letter:
    """Tell the proposer that the topic is a topic of its own again."""
    return compose("topic_separated", language, signed, number=number, title=title, url=url)


def topic_discussed(number: str, title: str, url: str, *, language: str, signed: Signature) -> Letter:
    """Tell the proposer where to read what was said of the topic."""
    return compose("topic_discussed", language, signed, number=number, title=title, url=url)


def meeting_cancelled(
    table: str,
    day: date,
    starts: time,
    ends: time,
    place: str,
    url: str,
    *,
    reason: str = "",
    called_off: bool = False,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell that a meeting is not held, and why if that was written.

    `called_off` says that the letter takes the meeting out of the reader's calendar.
    """
    language = known(language)
    return compose(
        "meeting_cancelled",
        language,
        signed,
        table=table,
        day=short_day(day, language),
        when=day_and_hours(day, starts, ends, language),
        place=place,
        reason=reason,
        called_off=called_off,
        url=url,
    )


def memo_published(table: str, day: date, url: str, *, language: str, signed: Signature) -> Letter:
    """Tell that the memo of the meeting held on `day` can be read."""
    language = known(language)
    return compose(
        "memo_published",
        language,
        signed,
        table=table,
        day=short_day(day, language),
        long_day=long_day(day, language),
        url=url,
    )


def follow_up_given(
    text: str,
    due: date | None,
    measures: Sequence[str],
    table: str,
    url: str,
    *,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell a person what was agreed for them to do, and which measures of the plan it carries out."""
    return compose(
        "follow_up_given",
        language,
        signed,
        text=text,
        due=short_day(due, known(language)) if due else "",
        measures=list(measures),
        table=table,
        url=url,
    )
