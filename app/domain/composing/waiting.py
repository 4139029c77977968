"""Puts the topics of an agenda into the order in which officials wait least between their own."""

import heapq
from collections.abc import Callable, Sequence

from app.domain.composing.problem import Problem, Topic

BREATH = 64
WIDTHS = (200, 20_000)


def waited(problem: Problem, order: Sequence[int]) -> int:
    """Return the minutes that officials wait: last end - first start - own minutes, for each of them."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    own: dict[int, int] = {}
    now = 0
    for bit in order:
        topic = problem.topics[bit.bit_length() - 1]
        for official in _each(topic.officials):
            first.setdefault(official, now)
            last[official] = now + topic.minutes
            own[official] = own.get(official, 0) + topic.minutes
        now += topic.minutes
    return sum(last[official] - first[official] - own[official] for official in first)


class Orders:
    """The orders of one set of topics, minute by minute: what was waited before each part of the set."""

    def __init__(self, problem: Problem, mask: int, late: Callable[[], bool]) -> None:
        self.topics = problem.taken(mask)
        self.mask = mask
        self.late = late
        self.by_end = sorted(self.topics, key=lambda topic: (topic.shuts, topic.opens))
        needed = 0
        for topic in self.topics:
            needed |= topic.officials
        parts = [
            (official, sum(topic.bit for topic in self.topics if topic.officials & official))
            for official in _each(needed)
        ]
        self.parts = [(official, part) for official, part in parts if part.bit_count() > 1]
        self.before = {topic.bit: self._alike_before(topic) for topic in self.topics}

    def _alike_before(self, topic: Topic) -> int:
        """The topics that could change places with this one; they stand before it in every order."""
        face = (topic.minutes, topic.opens, topic.shuts, topic.officials)
        return sum(
            one.bit
            for one in self.topics
            if one.bit < topic.bit and (one.minutes, one.opens, one.shuts, one.officials) == face
        )

    def least(self, below: int, width: int) -> tuple[list[int] | None, bool]:
        """Return an order with the least waiting under `below`, and whether all orders were looked at."""
        end = sum(topic.minutes for topic in self.topics)
        levels: list[dict[int, tuple[int, int]]] = [{} for _ in range(end + 1)]
        levels[0][0] = (0, 0)
        whole = True
        for now, level in enumerate(levels[:end]):
            if len(level) > width:
                whole = False
                kept = heapq.nsmallest(width, level.items(), key=lambda pair: (pair[1][0], pair[0]))
                level = dict(kept)
            for count, (mask, (cost, _)) in enumerate(level.items()):
                if count % BREATH == BREATH - 1 and self.late():
                    return None, False
                if not self._may_go_on(mask, now):
                    continue
                pending = 0
                for official, part in self.parts:
                    if part & mask and part & ~mask:
                        pending |= official
                for topic in self.topics:
                    bit = topic.bit
                    if mask & bit or topic.opens > now or self.before[bit] & ~mask:
                        continue
                    then = now + topic.minutes
                    more = cost + topic.minutes * (pending & ~topic.officials).bit_count()
                    if then > topic.shuts or more >= below:
                        continue
                    seen = levels[then].get(mask | bit)
                    if seen is None or more < seen[0]:
                        levels[then][mask | bit] = (more, bit)
        if self.mask not in levels[end]:
            return None, whole
        order: list[int] = []
        mask, now = self.mask, end
        while mask:
            bit = levels[now][mask][1]
            order.insert(0, bit)
            mask ^= bit
            now -= next(topic.minutes for topic in self.topics if topic.bit == bit)
        return order, whole

    def _may_go_on(self, mask: int, now: int) -> bool:
        for topic in self.by_end:
            if not topic.bit & mask:
                now += topic.minutes
                if now > topic.shuts:
                    return False
        return True


def least_waiting(
    problem: Problem, sets: Sequence[int], order: list[int], late: Callable[[], bool]
) -> tuple[list[int], bool]:
    """Return the order with the least waiting among all orders of `sets`, and whether that is proven.

    `order` is one that is known already.
    """
    best, least = order, waited(problem, order)
    orders = [Orders(problem, mask, late) for mask in sets[:BREATH]]
    for one in orders if least else ():  # nobody waits: often possible, and quick to see
        found, _ = one.least(1, WIDTHS[0])
        if found is not None:
            return found, True
    whole = True
    for place, mask in enumerate(sets if least else ()):
        one = orders[place] if place < len(orders) else Orders(problem, mask, late)
        for width in WIDTHS:
            found, all_seen = one.least(least, width)
            if found is not None:
                best, least = found, waited(problem, found)
            if least == 0:
                return best, True
            if all_seen or late():
                break
        whole = whole and all_seen
        if late():
            return best, False
    return best, whole


def _each(officials: int) -> list[int]:
    found = []
    while officials:
        found.append(officials & -officials)
        officials &= officials - 1
    return found
