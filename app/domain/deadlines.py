"""Until when topics come in time for a meeting, and for which one a late topic is."""

from datetime import date, timedelta

from app.domain.errors import Invalid
from app.domain.words import N_

SUGGESTED = timedelta(days=10)  # before the meeting: an agenda goes out a week ahead


def suggested_until(day: date, today: date) -> date | None:
    """Return the last day for topics that we suggest, None where that day is gone."""
    return day - SUGGESTED if day - today >= SUGGESTED else None


def check_until(until: date | None, day: date) -> date | None:
    """Return the last day for topics of a meeting; refuse one after the meeting."""
    if until is not None and until > day:
        raise Invalid("topics_until", N_("The last day for topics must come before the meeting."))
    return until


def came_late(told: date, until: date | None) -> bool:
    """Whether a topic was told after the last day; that day itself is in time."""
    return until is not None and told > until
