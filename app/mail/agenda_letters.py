"""Letters about one agenda: to the invited, to officials for their items, to proposers, and of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import clock, day_and_hours, short_day


@dataclass(frozen=True)
class Occasion:
    """When and where a meeting is; `heading`, `place` and `remote_url` may be "".

    `answer_url` is where the reader answers, "" for one who is not asked.
    """

    table: str
    day: date
    starts: time
    ends: time
    url: str
    calendar_url: str
    place: str = ""
    remote_url: str = ""
    heading: str = ""
    answer_url: str = ""


@dataclass(frozen=True)
class Mine:
    """One item of the reader: (begins, ends) now and before, each None where it is not on the agenda.

    `number` and `url` are a proposer's own; `waits` says that a topic taken off waits for another meeting,
    `stays` that the item is still on the agenda and only the reader is not asked to it any more.
    """

    title: str
    now: tuple[time, time] | None
    before: tuple[time, time] | None = None
    number: str = ""
    url: str = ""
    waits: bool = False
    stays: bool = False


def topic_on_agenda(meeting: Occasion, topics: Sequence[Mine], *, language: str, signed: Signature) -> Letter:
    """Invite a proposer: one topic or several are on the agenda."""
    language = known(language)
    return compose(
        "topic_on_agenda", language, signed, **said(meeting, language), topics=of_reader(topics, language)
    )


def official_invited(meeting: Occasion, parts: Sequence[Mine], *, language: str, signed: Signature) -> Letter:
    """Ask an official to their own items, with their clock times."""
    language = known(language)
    return compose(
        "official_invited", language, signed, **said(meeting, language), parts=of_reader(parts, language)
    )


def agenda_published(
    table: str,
    day: date,
    starts: time,
    ends: time,
    place: str,
    remote_url: str,
    items: Sequence[tuple[time, str, int]],
    url: str,
    calendar_url: str,
    *,
    yours: Sequence[Mine] = (),
    answer_url: str = "",
    language: str,
    signed: Signature,
) -> Letter:
    """Send the agenda; `items` are (clock, title, minutes) in their order, `yours` those of the reader.

    `answer_url` is where the reader answers, as in Occasion.
    """
    language = known(language)
    return compose(
        "agenda_published",
        language,
        signed,
        **said(
            Occasion(table, day, starts, ends, url, calendar_url, place, remote_url, answer_url=answer_url),
            language,
        ),
        items=[(clock(begins, language), title, minutes) for begins, title, minutes in items],
        yours=of_reader(yours, language),
    )


def agenda_changed(
    meeting: Occasion,
    earlier: Occasion | None,
    yours: Sequence[Mine],
    *,
    comment: str = "",
    unasked: bool = False,
    called_off: bool = False,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell what changed for this reader: when and where (`earlier`, None where that is as it was), own items.

    `comment` is what the coordinator wrote for everybody; `unasked` says that the reader was taken off the
    list, `called_off` that the letter takes the meeting out of the reader's calendar.
    """
    language = known(language)
    now = said(meeting, language)
    was = earlier_words(meeting, earlier, language)
    return compose(
        "agenda_changed",
        language,
        signed,
        **now,
        was=was,
        moved=any(was.values()),
        yours=of_reader(yours, language),
        comment=comment,
        unasked=unasked,
        called_off=called_off,
    )


def earlier_words(meeting: Occasion, earlier: Occasion | None, language: str) -> dict[str, str]:
    """Return when and where it was to be, each "" where that is as it was; None as `earlier` is no change."""
    now, before = said(meeting, language), said(earlier or meeting, language)
    return {
        name: before[name] if before[name] != now[name] else "" for name in ("when", "place", "remote_url")
    }


def said(meeting: Occasion, language: str) -> dict[str, str]:
    """Return when and where a meeting is as templates take it, in a language that letters are written in."""
    return {
        "table": meeting.table,
        "meeting": meeting.heading,
        "day": short_day(meeting.day, language),
        "when": day_and_hours(meeting.day, meeting.starts, meeting.ends, language),
        "place": meeting.place,
        "remote_url": meeting.remote_url,
        "url": meeting.url,
        "calendar_url": meeting.calendar_url,
        "answer_url": meeting.answer_url,
    }


def of_reader(items: Sequence[Mine], language: str) -> list[dict[str, str | bool]]:
    """Return items as templates take them."""
    return [
        {
            "title": one.title,
            "when": _hours(one.now, language),
            "was": _hours(one.before, language) if one.before != one.now else "",
            "gone": one.now is None,
            "new": one.before is None,
            "number": one.number,
            "url": one.url,
            "waits": one.waits,
            "stays": one.stays,
        }
        for one in items
    ]


def _hours(hours: tuple[time, time] | None, language: str) -> str:
    return f"{clock(hours[0], language)}–{clock(hours[1], language)}" if hours else ""
