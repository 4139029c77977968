"""Days and clock times as a letter says them in Finnish, Swedish and English."""

from datetime import date, time

from app.domain.days import clock, short_day

__all__ = ["clock", "day_and_hours", "long_day", "short_day"]

_WEEKDAYS = {
    "fi": [
        "maanantaina",
        "tiistaina",
        "keskiviikkona",
        "torstaina",
        "perjantaina",
        "lauantaina",
        "sunnuntaina",
    ],
    "sv": ["måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def long_day(day: date, language: str) -> str:
    """Return perjantaina 12.2.2027, fredagen den 12.2.2027 or Friday 12 February 2027."""
    weekday = _WEEKDAYS[language][day.weekday()]
    return (
        f"{weekday} den {short_day(day, language)}"
        if language == "sv"
        else f"{weekday} {short_day(day, language)}"
    )


def day_and_hours(day: date, starts: time, ends: time, language: str) -> str:
    """Return perjantaina 12.2.2027 kello 18.00–19.30 and alike."""
    before = {"fi": " kello ", "sv": " kl. ", "en": ", "}[language]
    return f"{long_day(day, language)}{before}{clock(starts, language)}–{clock(ends, language)}"
