"""How a day and a clock time are written in Finnish, Swedish and English."""

from datetime import date, datetime, time

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def short_day(day: date, language: str) -> str:
    """Return 12.2.2027 (fi, sv) or 12 February 2027 (en)."""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def clock(moment: time | datetime, language: str) -> str:
    """Return 18.05 (fi, sv) or 18:05 (en)."""
    return f"{moment.hour}:{moment.minute:02}" if language == "en" else f"{moment.hour}.{moment.minute:02}"
