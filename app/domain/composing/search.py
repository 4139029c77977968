"""Looks through the sets of topics minute by minute; a set ends at the same minute in any order."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.composing.problem import Problem, Topic

Level = dict[int, int]  # mask of topics that can stand before this minute -> its worth


class Late(Exception):
    """The time for searching is over."""


@dataclass(frozen=True)
class Found:
    """An order of topics (their bits, in turn) with its worth and the officials' waiting."""

    order: tuple[int, ...]
    worth: int
    waiting: int
    whole: bool


@dataclass(frozen=True)
class Worth:
    """What a topic adds: its points, and a bonus where none of its mates (same organisation) is taken yet."""

    topic: Topic
    points: int
    bonus: int
    mates: int


def worths(problem: Problem) -> list[Worth]:
    """Return what each possible topic adds, so that one organisation more outweighs all points."""
    more = sum(abs(topic.points) for topic in problem.topics) + 1
    everything = more * (len(problem.topics) + 1)
    found = []
    for topic in problem.topics:
        mates = sum(one.bit for one in problem.topics if one.organisation & topic.organisation)
        if topic.possible:
            points = topic.points + (everything if topic.must else 0)
            found.append(Worth(topic, points, more if topic.organisation else 0, mates))
    return found


class Search:
    """The levels of one look through: for each minute, the sets of topics that fill the time before it."""

    def __init__(self, problem: Problem, width: int, late: Callable[[], bool]) -> None:
        self.problem = problem
        self.width = width
        self.late = late
        self.whole = True
        self.worths = worths(problem)
        self.levels: list[Level] = [{} for _ in range(problem.room + 1)]
        self.levels[0][0] = 0
        self.usable = [
            [
                one
                for one in self.worths
                if one.topic.opens <= now and now + one.topic.minutes <= one.topic.shuts
            ]
            for now in range(problem.room + 1)
        ]

    def run(self) -> None:
        """Fill the levels; a level over the width keeps its worthiest sets, and `whole` is lost."""
        must = self.problem.must
        for now in range(self.problem.room + 1):
            gone = sum(
                topic.bit for topic in self.problem.topics if topic.must and topic.shuts - topic.minutes < now
            )
            level = self.levels[now]
            if len(level) > self.width:
                self.whole = False
                kept = heapq.nlargest(self.width, level.items(), key=lambda pair: (pair[1], -pair[0]))
                level = self.levels[now] = dict(kept)
            steps = [
                (one.topic.bit, self.levels[now + one.topic.minutes], one.points, one.bonus, one.mates)
                for one in self.usable[now]
            ]
            for count, (mask, worth) in enumerate(level.items()):
                if count % 256 == 255 and self.late():
                    self.whole = False
                    return
                if gone & ~mask:
                    continue
                for bit, later, points, bonus, mates in steps:
                    new = mask | bit
                    if new != mask and new not in later:
                        later[new] = worth + points + (0 if mask & mates else bonus)
        del must

    def best(self) -> int | None:
        """Return the best worth of a set with everything that must be there; None without one."""
        must = self.problem.must
        return max(
            (worth for level in self.levels for mask, worth in level.items() if not must & ~mask),
            default=None,
        )

    def leading(self, worth: int) -> tuple[set[int], set[int]]:
        """Return the sets of this worth, and all sets from which an order leads to one of them."""
        must = self.problem.must
        goals = set()
        leading: list[set[int]] = [set() for _ in self.levels]
        for now in range(self.problem.room, -1, -1):
            here = {mask for mask, found in self.levels[now].items() if found == worth and not must & ~mask}
            goals |= here
            leading[now] |= here
            for mask in leading[now]:
                for one in self.worths:
                    topic = one.topic
                    began = now - topic.minutes
                    if mask & topic.bit and began >= topic.opens and now <= topic.shuts and began >= 0:
                        before = mask ^ topic.bit
                        if before in self.levels[began]:
                            leading[began].add(before)
        return goals, set().union(*leading)

    def least_waiting(self, worth: int) -> Found | None:
        """Return an order of this worth with the least waiting, None if it is too late to find one."""
        goals, leading = self.leading(worth)
        if not goals:
            return None
        holders = self._holders()
        queue: list[tuple[int, int, int, int, int, tuple[int, ...]]] = [(0, 0, 0, 0, 0, ())]
        seen = set()
        while queue:
            waited, minus_now, mask, started, pending, order = heapq.heappop(queue)
            if (mask, pending) in seen:
                continue
            seen.add((mask, pending))
            if mask in goals and not pending:
                return Found(order, worth, waited, self.whole)
            now = -minus_now
            for one in self.usable[now]:
                topic = one.topic
                new = mask | topic.bit
                if new == mask or new not in leading or topic.officials & started & ~pending:
                    continue
                cost = waited + topic.minutes * (pending & ~topic.officials).bit_count()
                may_stay = topic.officials
                for official, topics in holders:
                    if may_stay & official and not topics & ~new:
                        may_stay ^= official
                rest = pending & ~topic.officials
                stay = may_stay
                while True:
                    heapq.heappush(
                        queue,
                        (
                            cost,
                            minus_now - topic.minutes,
                            new,
                            started | topic.officials,
                            rest | stay,
                            (*order, topic.bit),
                        ),
                    )
                    if not stay:
                        break
                    stay = (stay - 1) & may_stay
        return None

    def _holders(self) -> list[tuple[int, int]]:
        holders: dict[int, int] = {}
        for topic in self.problem.topics:
            left = topic.officials
            while left:
                official = left & -left
                left ^= official
                holders[official] = holders.get(official, 0) | topic.bit
        return list(holders.items())
