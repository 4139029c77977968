"""What happened since the last meeting of a table: what was agreed and how it went, and what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.follow_ups import ENDED, FollowUpState, is_late


class How(StrEnum):
    """How a follow-up stands, in the order in which the table hears of it."""

    LATE = "late"
    OPEN = "open"
    NOT_PROGRESSED = "not_progressed"
    DONE = "done"


_ORDER = list(How)


@dataclass(frozen=True)
class Followed:
    """One follow-up: `who` is an organisation or a title, never a person's name."""

    id: int
    text: str
    who: str
    due_on: date
    state: FollowUpState
    outcome: str
    agreed_on: date  # the day of its meeting
    how: How
    days_late: int = 0


@dataclass(frozen=True)
class SinceLast:
    """What the first item of a meeting tells; `answered` and the like count topics since the last meeting."""

    last_id: int
    last_day: date
    follow_ups: tuple[Followed, ...] = ()
    more: int = 0  # follow-ups that are not among these
    answered: int = 0
    handed_on: int = 0
    declined: int = 0

    @property
    def tells(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.follow_ups or self.answered or self.handed_on or self.declined)


def how_it_stands(state: FollowUpState, due_on: date, today: date) -> How:
    """Return how a follow-up stands today."""
    if state is FollowUpState.DONE:
        return How.DONE
    if state is FollowUpState.NOT_PROGRESSED:
        return How.NOT_PROGRESSED
    return How.LATE if is_late(state, due_on, today) else How.OPEN


def belongs(*, of_last: bool, state: FollowUpState, ended_at: datetime | None, since: datetime) -> bool:
    """Whether a follow-up is told: those of the last meeting, and older ones that are open or ended since."""
    if of_last or state not in ENDED:
        return True
    return ended_at is not None and ended_at >= since


def in_order(follow_ups: Iterable[Followed]) -> list[Followed]:
    """Return follow-ups as they are told: the late first, the done last, by their due day."""
    return sorted(follow_ups, key=lambda one: (_ORDER.index(one.how), one.due_on, one.id))
