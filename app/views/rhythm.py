"""The yearly rhythm in words: what a table lacks, the day proposed, and a word about a day chosen."""

from dataclasses import dataclass
from datetime import date, time

from flask import url_for
from flask_babel import gettext, ngettext

from app.domain.clock import parse_clock, parse_day
from app.domain.errors import Invalid
from app.domain.free_days import Values
from app.services import rhythm
from app.services.rhythm import TableRhythm
from app.views.access import visitor
from app.views.answers import note
from app.views.filters import clock, weekday_day
from app.views.languages import language


@dataclass(frozen=True)
class Told:
    """One table's rhythm as sentences; `address` opens a new meeting on `day`, both "" without one."""

    slug: str
    name: str
    often: str
    so_far: list[str]
    proposal: str
    reasons: list[str]
    skipped: list[tuple[str, str]]
    day: str
    address: str


def told(table_id: int | None = None) -> list[Told]:
    """Return the tables that lack meetings and that the visitor may build; only one with `table_id`."""
    return [_told(one) for one in rhythm.lacking(visitor(), language(), table_id)]


def warn(day: date, table_id: int) -> None:
    """Put a notice on the next page where something speaks against the day that was chosen."""
    blocks = rhythm.cautions_of(visitor(), day, table_id, language())
    if blocks:
        heading = gettext("Check the day: %(day)s.", day=weekday_day(day))
        sentences = [_say(one.sentence()) for one in blocks]
        note(" ".join([heading, *sentences, gettext("You can keep the day.")]), "notice")


def asked_day(text: str) -> date | None:
    """Return the day in an address, None where it is none."""
    try:
        return parse_day("day", text)
    except Invalid:
        return None


def asked_clock(text: str) -> time | None:
    """Return the clock time in an address, None where it is none."""
    try:
        return parse_clock("starts", text)
    except Invalid:
        return None


def _told(one: TableRhythm) -> Told:
    day = one.proposal.to_call
    return Told(
        slug=one.slug,
        name=one.name,
        often=ngettext(
            "The table meets %(num)d time a year.",
            "The table meets %(num)d times a year.",
            one.a_year,
        ),
        so_far=_so_far(one),
        proposal=_say(one.proposal.sentence()),
        reasons=[_say(reason) for reason in one.proposal.reasons()],
        skipped=[
            (_days(skipped.first, skipped.last), _say(skipped.block.sentence())) for skipped in one.nearby
        ],
        day=weekday_day(day) if day else "",
        address=url_for(
            "meetings.new",
            table=one.slug,
            day=day.isoformat(),
            starts=one.proposal.starts.strftime("%H.%M"),
        )
        if day
        else "",
    )


def _so_far(one: TableRhythm) -> list[str]:
    count, said = one.tally, []
    if one.founded and count.wanted < one.a_year:
        said.append(
            ngettext(
                "The table was added this year, so %(num)d meeting is enough.",
                "The table was added this year, so %(num)d meetings are enough.",
                count.wanted,
            )
        )
    said.append(gettext("This year: %(held)d held, %(called)d called.", held=count.held, called=count.called))
    if count.drafts:
        said.append(
            ngettext(
                "%(num)d of those called is still a draft.",
                "%(num)d of those called are still drafts.",
                count.drafts,
            )
        )
    return said


def _days(first: date, last: date) -> str:
    if first == last:
        return weekday_day(first)
    return f"{weekday_day(first)} – {weekday_day(last)}"


def _say(sentence: tuple[str, Values]) -> str:
    words, values = sentence
    return str(gettext(words, **{name: _written(value) for name, value in values.items()}))


def _written(value: object) -> object:
    if isinstance(value, date):
        return weekday_day(value)
    return clock(value) if isinstance(value, time) else value
