"""The instance in small whole numbers, as the search works on it: topics are bits, minutes count from 0."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from app.domain.composing.model import Instance


@dataclass(frozen=True)
class Topic:
    """One candidate: it starts at `opens` or later, ends by `shuts`; organisation and officials are masks."""

    bit: int
    minutes: int
    points: int
    organisation: int
    officials: int
    opens: int
    shuts: int
    must: bool

    @property
    def possible(self) -> bool:
        """Whether there is any moment for it."""
        return self.opens + self.minutes <= self.shuts


@dataclass(frozen=True)
class Problem:
    """All candidates, in the order of the instance; `room` is the number of minutes for topics."""

    topics: tuple[Topic, ...]
    room: int
    scale: int

    @cached_property
    def must(self) -> int:
        """The mask of the topics that are taken in any case."""
        return sum(topic.bit for topic in self.topics if topic.must)

    def taken(self, mask: int) -> list[Topic]:
        """Return the topics of a mask."""
        found = []
        while mask:
            found.append(self.topics[(mask & -mask).bit_length() - 1])
            mask &= mask - 1
        return found

    def organisations(self, mask: int) -> int:
        """Return how many organisations are heard."""
        heard = 0
        for topic in self.taken(mask):
            heard |= topic.organisation
        return heard.bit_count()

    def points(self, mask: int) -> int:
        """Return the points of a mask, in whole units of 1/scale."""
        return sum(topic.points for topic in self.taken(mask))


def problem_of(instance: Instance) -> Problem:
    """Return the instance as a problem; points become whole numbers, exactly."""
    exact = [Fraction(str(one.points)) for one in instance.candidates]
    scale = _common(exact)
    organisations: dict[str, int] = {}
    officials: dict[str, int] = {}
    topics = []
    for index, one in enumerate(instance.candidates):
        opens, shuts, needed = 0, instance.room, 0
        for name in one.officials:
            needed |= officials.setdefault(name, 1 << len(officials))
            if name in instance.windows:
                start, end = instance.windows[name]
                opens = max(opens, start - instance.opening)
                shuts = min(shuts, end - instance.opening)
        whose = 0
        if one.organisation is not None and one.organisation != "":
            whose = organisations.setdefault(str(one.organisation), 1 << len(organisations))
        topics.append(
            Topic(1 << index, one.minutes, int(exact[index] * scale), whose, needed, opens, shuts, one.must)
        )
    return Problem(tuple(topics), instance.room, scale)


def _common(exact: list[Fraction]) -> int:
    scale = Fraction(1)
    for points in exact:
        scale = scale * (points * scale).denominator
    return int(scale)
