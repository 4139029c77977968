"""How days, clock times, minutes and long words look on a page, in the reader's language."""

import re
from datetime import date, datetime, time

from flask import Flask
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.domain import days
from app.domain.clock import local
from app.views.languages import language

WEEKDAYS = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
LONG_WORD = 14
SHY = "\u00ad"

_LONG = re.compile(rf"[^\W\d_-]{{{LONG_WORD},}}")
# Finnish divides a word before each consonant that a vowel follows. Three letters stay together at
# the beginning and four at the end: “ti-lannekatsaus” and “-dät” are hard to read.
_SYLLABLE = re.compile(r"(?<=[^\W\d_]{3})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö][^\W\d_]{2})", re.IGNORECASE)


def day(value: date | datetime) -> str:
    """Return 12.2.2027, or 12 February 2027 in English."""
    value = local(value).date() if isinstance(value, datetime) and value.tzinfo else value
    return days.short_day(value, language())


def weekday_day(value: date) -> str:
    """Return the weekday and the day: perjantai 12.2.2027."""
    name = WEEKDAYS[language()][value.weekday()]
    return f"{name} {day(value)}"


def clock(value: time | datetime) -> str:
    """Return 18.00, or 18:00 in English."""
    return days.clock(value, language())


def moment(value: datetime) -> str:
    """Return a moment on the local clock: 12.2.2027 kello 18.00."""
    here = local(value)
    return str(gettext("%(day)s at %(clock)s", day=day(here), clock=clock(here)))


def local_day(value: datetime) -> str:
    """Return the weekday and the day of a moment on the local clock: perjantai 12.2.2027."""
    return weekday_day(local(value).date())


def local_clock(value: datetime) -> str:
    """Return the time of a moment on the local clock: 18.00."""
    return clock(local(value))


def minutes(value: int) -> str:
    """Return 15 min."""
    return str(ngettext("%(num)d min", "%(num)d min", value))


def shy(text: str) -> Markup:
    """Put soft hyphens into long words, so that they break at a syllable on a narrow phone."""
    escaped = str(Markup.escape(text))
    return Markup(_LONG.sub(lambda word: _SYLLABLE.sub(SHY, word[0]), escaped))  # noqa: S704 - escaped above


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for made in (day, weekday_day, clock, moment, local_day, local_clock, minutes, shy):
        app.template_filter(made.__name__)(made)
