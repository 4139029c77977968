"""What the composer is given and what it answers: plain values, with every reason as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import Invalid
from app.domain.words import N_

DEFAULT_MINUTES = 90
DEFAULT_OPENING = 5
DEFAULT_CLOSING = 10
LONGEST = 1440  # minutes of a meeting or a topic: a day
LARGEST = 1_000_000_000  # points of one topic
MOST_CANDIDATES = 500

Id = int | str


@dataclass(frozen=True)
class Candidate:
    """A topic that may be taken: `minutes` whole and at least 1, `points` for how much it is wanted.

    `organisation` is whose topic it is; without one (None or "") nobody's voice is counted for it.
    `officials` have to be present throughout the topic; `must` says that it is taken in any case.
    """

    id: Id
    minutes: int
    points: float = 0
    organisation: Id | None = None
    officials: tuple[str, ...] = ()
    must: bool = False


@dataclass(frozen=True)
class Instance:
    """What an agenda is composed of; all times are minutes from the start of the meeting.

    Topics stand back to back from `opening` to at most `minutes - closing`. `windows` says from when to when
    an official is there; one without a window is there throughout.
    """

    candidates: tuple[Candidate, ...]
    minutes: int = DEFAULT_MINUTES
    opening: int = DEFAULT_OPENING
    closing: int = DEFAULT_CLOSING
    windows: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def ends(self) -> int:
        """The minute when the last topic must have ended."""
        return self.minutes - self.closing

    @property
    def room(self) -> int:
        """Minutes for topics, 0 where opening and closing take the whole meeting."""
        return max(0, self.ends - self.opening)


class WhyCode(StrEnum):
    """Why a topic was left out, or why the topics that must be taken clash."""

    TOO_LONG = "too_long"
    NEVER_THERE = "never_there"
    NEVER_TOGETHER = "never_together"
    WINDOW_TOO_SHORT = "window_too_short"
    WINDOW_FULL = "window_full"
    ORGANISATION_HEARD = "organisation_heard"
    NO_TIME_LEFT = "no_time_left"
    GAP = "gap"
    NO_PLACE = "no_place"
    ADDS_NOTHING = "adds_nothing"
    CLASH_ALONE = "clash_alone"
    CLASH_TOTAL = "clash_total"
    CLASH_ORDER = "clash_order"
    CLASH_NOT_FOUND = "clash_not_found"


WHY_WORDS = {
    WhyCode.TOO_LONG: N_("It takes %(needed)d min, longer than the whole time for topics (%(room)d min)."),
    WhyCode.NEVER_THERE: N_("%(names)s is not there at the time of the topics."),
    WhyCode.NEVER_TOGETHER: N_("These are never there at the same time during the topics: %(names)s."),
    WhyCode.WINDOW_TOO_SHORT: N_(
        "It takes %(needed)d min, but the time with %(names)s is only from minute %(start)d to %(end)d."
    ),
    WhyCode.WINDOW_FULL: N_(
        "The time with %(names)s is only from minute %(start)d to %(end)d, "
        "and topics that were taken need it."
    ),
    WhyCode.ORGANISATION_HEARD: N_(
        "There was no time left: it takes %(needed)d min, %(free)d min are free, "
        "and its organisation is heard with a topic of at least as many points."
    ),
    WhyCode.NO_TIME_LEFT: N_("There was no time left: it takes %(needed)d min and %(free)d min are free."),
    WhyCode.GAP: N_(
        "The other topics end at minute %(stop)d, "
        "and the time with %(names)s begins only at minute %(start)d."
    ),
    WhyCode.NO_PLACE: N_(
        "The time with %(names)s is only from minute %(start)d to %(end)d, "
        "and the topics that were taken leave no room in it."
    ),
    WhyCode.ADDS_NOTHING: N_("The agenda would not be better with it."),
    WhyCode.CLASH_ALONE: N_(
        "The time with %(names)s is from minute %(start)d to %(end)d, and no topics fill the time before it."
    ),
    WhyCode.CLASH_TOTAL: N_(
        "These topics take %(needed)d min together, and there are %(room)d min for topics."
    ),
    WhyCode.CLASH_ORDER: N_("These topics fit in no order in which each official is there."),
    WhyCode.CLASH_NOT_FOUND: N_("No agenda with all these topics was found in the time there was."),
}


@dataclass(frozen=True)
class Why:
    """A reason with the numbers and names of its sentence, so that pages can say it in their language."""

    code: WhyCode
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English source sentence, with places for the values."""
        return WHY_WORDS[self.code]

    @property
    def sentence(self) -> str:
        """The whole sentence in English."""
        return self.message % self.values


@dataclass(frozen=True)
class Placed:
    """A topic that was taken, from minute `start` to minute `end` of the meeting."""

    id: Id
    start: int
    end: int


@dataclass(frozen=True)
class LeftOut:
    """A topic that was not taken, and why."""

    id: Id
    why: Why


@dataclass(frozen=True)
class Proposal:
    """A proposed agenda; `proven` says that there is no better one."""

    items: tuple[Placed, ...]
    left_out: tuple[LeftOut, ...]
    organisations: int
    points: float
    waiting: int
    proven: bool


@dataclass(frozen=True)
class Infeasible:
    """No agenda has all the topics that must be taken; `conflict` is the smallest set that clashes."""

    conflict: tuple[Id, ...]
    why: Why


def check(instance: Instance) -> Instance:
    """Return the instance; raise Invalid for numbers and names that no agenda can be made of."""
    for name, value in (
        ("minutes", instance.minutes),
        ("opening", instance.opening),
        ("closing", instance.closing),
    ):
        if not 0 <= value <= LONGEST:
            raise Invalid(
                name, N_("%(name)s must be from 0 to %(longest)d minutes."), name=name, longest=LONGEST
            )
    if instance.opening + instance.closing > instance.minutes:
        raise Invalid("minutes", N_("Opening and closing are longer than the meeting."))
    if len(instance.candidates) > MOST_CANDIDATES:
        raise Invalid("candidates", N_("At most %(most)d topics can be compared."), most=MOST_CANDIDATES)
    seen = set()
    for one in instance.candidates:
        if one.id in seen:
            raise Invalid("candidates", N_("Two topics have the id %(id)s."), id=one.id)
        seen.add(one.id)
        if not 1 <= one.minutes <= LONGEST:
            raise Invalid(
                "candidates",
                N_("Topic %(id)s must take from 1 to %(longest)d minutes."),
                id=one.id,
                longest=LONGEST,
            )
        if not -LARGEST <= one.points <= LARGEST:  # refuses NaN too
            raise Invalid("candidates", N_("The points of topic %(id)s are too large."), id=one.id)
    for official, (start, end) in instance.windows.items():
        if end < start:
            raise Invalid("windows", N_("%(official)s would leave before coming."), official=official)
    return instance
