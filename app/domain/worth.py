"""How much a waiting topic is worth when an agenda is suggested: a few points, each with its reason.

Only the coordinator sees points. They choose between topics that do not all fit; which organisations are
heard counts before them.
"""

from dataclasses import dataclass
from enum import StrEnum

DAYS_OF_A_WEEK = 7
MOST_WEEKS = 20
PASSED_OVER = 5  # for each meeting that was held without the topic
PLANNED = 4
FOLLOWED = 4
RECURRING = 3
LEAST = 1


class Ground(StrEnum):
    """Why a topic has points."""

    WAITED = "waited"
    PASSED_OVER = "passed_over"
    PLANNED = "planned"
    FOLLOWED = "followed"
    RECURRING = "recurring"


@dataclass(frozen=True)
class Record:
    """What counts of a topic: days waited, meetings held without it, and what it is about.

    `planned`: it is linked to a measure of the welfare plan. `followed`: something that was agreed of it is
    still open.
    """

    days: int = 0
    passed_over: int = 0
    planned: bool = False
    followed: bool = False
    recurring: bool = False


@dataclass(frozen=True)
class Worth:
    """Points, and the grounds that gave some, each with how often: weeks waited, meetings, else 1."""

    points: int
    grounds: tuple[tuple[Ground, int], ...] = ()


def worth(record: Record) -> Worth:
    """Return the points of a topic: one for each full week, more for each other ground; at least one."""
    weeks = max(0, record.days) // DAYS_OF_A_WEEK
    counted = (
        (Ground.WAITED, weeks, min(weeks, MOST_WEEKS)),
        (Ground.PASSED_OVER, record.passed_over, record.passed_over * PASSED_OVER),
        (Ground.PLANNED, int(record.planned), PLANNED * record.planned),
        (Ground.FOLLOWED, int(record.followed), FOLLOWED * record.followed),
        (Ground.RECURRING, int(record.recurring), RECURRING * record.recurring),
    )
    points = sum(gained for _, _, gained in counted)
    return Worth(max(LEAST, points), tuple((ground, times) for ground, times, gained in counted if gained))
