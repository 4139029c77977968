"""How long a topic waits: in days from when it was told, and over how many meetings."""

from collections.abc import Iterable
from datetime import date

from app.domain.topics import ANSWERED_IN, TopicState

# Days until somebody should look: a table meets twice a year, so what it takes up is heard within half
# a year, and what was postponed within a year. On an agenda a topic waits for its evening only.
LATE_AFTER: dict[TopicState, int | None] = {
    TopicState.RECEIVED: ANSWERED_IN,
    TopicState.ASKED: 30,
    TopicState.ACCEPTED: 183,
    TopicState.POSTPONED: 366,
    TopicState.ON_AGENDA: None,
}


def days_waited(told: date, today: date) -> int:
    """Return the days since a topic was told; 0 on its own day, and for a day that is still to come."""
    return max(0, (today - told).days)


def waits_too_long(state: TopicState, days: int) -> bool:
    """Whether a topic has waited longer than its state should last."""
    limit = LATE_AFTER.get(state)
    return limit is not None and days > limit


def passed_over(taken: date | None, held: Iterable[date], today: date) -> int:
    """Return how many meetings were held without a topic since the day it was taken or postponed first.

    `held` are the days of the table's meetings; None for a topic that nobody has answered yet.
    """
    return 0 if taken is None else sum(taken < day < today for day in held)
