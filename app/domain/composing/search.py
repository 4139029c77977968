"""Looks through the sets of topics minute by minute; a set ends at the same minute in whatever order."""

import heapq
from collections.abc import Callable, Sequence

from app.domain.composing.prices import SCALE, Prices
from app.domain.composing.problem import Problem, Topic

Worth = tuple[int, int]  # organisations heard, points
BREATH = 128  # sets between two looks at the clock


class Look:
    """One look through all sets of topics that can still become worth `goal`, at most `width` for a minute.

    After `run`, `best` is the best worth of an agenda that was seen and `ends` are the sets that have it.
    `whole` says that no set was passed over, so that nothing worth `goal` is unseen.
    """

    def __init__(
        self, problem: Problem, prices: Prices, goal: int | None, width: int, late: Callable[[], bool]
    ) -> None:
        self.problem = problem
        self.prices = prices
        self.goal = goal
        self.width = width
        self.late = late
        self.whole = True
        self.best: Worth | None = None
        self.ends: list[int] = []
        self.levels: list[dict[int, int]] = [{} for _ in range(problem.room + 1)]
        self.levels[0][0] = 0
        self.fees = [
            (topic.bit, fee) for topic, fee in zip(problem.topics, prices.fees, strict=True) if fee > 0
        ]

    def run(self) -> "Look":
        """Fill the levels; a level over the width keeps the sets that promise most."""
        problem, prices = self.problem, self.prices
        possible = [topic for topic in problem.topics if topic.possible]
        after = in_turn(possible)
        mates = {
            topic.bit: sum(one.bit for one in possible if one.organisation & topic.organisation)
            for topic in possible
        }
        nothing = -(prices.bound + 1) * SCALE - sum(abs(gain) for gain in prices.gains)
        lowest = nothing if self.goal is None else self.goal * SCALE - prices.base
        for now, level in enumerate(self.levels):
            gone = sum(topic.bit for topic in possible if topic.shuts - topic.minutes < now)
            level = self.levels[now] = self._lasting(level, gone, lowest - prices.rest[now])
            steps = [
                (
                    topic.bit,
                    topic.bit | after[topic.bit],
                    mates[topic.bit],
                    prices.gains[topic.bit.bit_length() - 1],
                    prices.again[topic.bit.bit_length() - 1],
                    lowest - prices.rest[now + topic.minutes],
                    self.levels[now + topic.minutes],
                )
                for topic in possible
                if topic.opens <= now and now + topic.minutes <= topic.shuts
            ]
            for count, (mask, gained) in enumerate(level.items()):
                if count % BREATH == 0 and self.late():
                    self.whole = False
                    return self
                if gained >= lowest:
                    self._end(mask)
                for bit, barred, alike, gain, again, least, later in steps:
                    if not mask & barred:
                        more = gained + (again if mask & alike else gain)
                        if more >= least:
                            new = mask | bit
                            if new not in later:
                                later[new] = more
        return self

    def _lasting(self, level: dict[int, int], gone: int, least: int) -> dict[int, int]:
        """Return the sets of a level that can still become worth the goal, the most promising if too many.

        What can be gained counts on every topic with a fee; one that is gone and not taken loses its fee.
        """
        must = self.problem.must & gone
        lost = dict.fromkeys(level, 0)
        if must:
            lost = {mask: 0 for mask in level if not must & ~mask}
        feed = [(bit, fee) for bit, fee in self.fees if bit & gone]
        for mask in lost if feed else ():
            lost[mask] = sum(fee for bit, fee in feed if not bit & mask)
        kept = [(level[mask] - loss, mask) for mask, loss in lost.items() if level[mask] - loss >= least]
        if len(kept) > self.width:
            self.whole = False
            kept = heapq.nlargest(self.width, kept, key=lambda pair: (pair[0], -pair[1]))
        return {mask: level[mask] for _, mask in kept}

    def _end(self, mask: int) -> None:
        if self.problem.must & ~mask:
            return
        worth = self.problem.organisations(mask), self.problem.points(mask)
        if self.best is None or worth > self.best:
            self.best, self.ends = worth, []
        if worth == self.best:
            self.ends.append(mask)

    def order(self, mask: int) -> list[int]:
        """Return an order in which the topics of a seen set can stand, as bits."""
        now = sum(topic.minutes for topic in self.problem.taken(mask))
        order: list[int] = []
        while mask:
            topic = next(
                topic
                for topic in self.problem.taken(mask)
                if topic.opens <= now - topic.minutes
                and now <= topic.shuts
                and mask ^ topic.bit in self.levels[now - topic.minutes]
            )
            order.insert(0, topic.bit)
            mask ^= topic.bit
            now -= topic.minutes
        return order


def worth_of(problem: Problem, order: Sequence[int]) -> Worth:
    """Return what an order of topics is worth."""
    mask = sum(order)
    return problem.organisations(mask), problem.points(mask)


def stands(problem: Problem, order: Sequence[int]) -> bool:
    """Whether the topics stand back to back, each while its officials are there."""
    now = 0
    for bit in order:
        topic = problem.topics[bit.bit_length() - 1]
        if now < topic.opens or now + topic.minutes > min(topic.shuts, problem.room):
            return False
        now += topic.minutes
    return True


def in_turn(topics: Sequence[Topic]) -> dict[int, int]:
    """Return for each topic the mask of those that may not stand before it.

    Topics that are alike in time can change places, so that it is enough to look at them in one order.
    """
    after: dict[int, int] = {}
    for topic in topics:
        face = (topic.minutes, topic.opens, topic.shuts)
        after[topic.bit] = sum(
            one.bit for one in topics if one.bit > topic.bit and (one.minutes, one.opens, one.shuts) == face
        )
    return after
