"""Finds the smallest set of topics that cannot all be taken, and says why."""

from collections.abc import Callable, Iterator
from itertools import combinations

from app.domain.composing.problem import Problem, Topic


def plan_with(problem: Problem, must: int, late: Callable[[], bool]) -> int | None:
    """Return the mask of some plan that has all of `must`, None where there is none (or it is too late)."""
    kinds: dict[tuple[int, int, int], list[Topic]] = {}
    musts = [topic for topic in problem.topics if topic.bit & must]
    for topic in problem.topics:
        if topic.possible and not topic.bit & must:
            kinds.setdefault((topic.minutes, topic.opens, topic.shuts), []).append(topic)
    musts.sort(key=lambda topic: (topic.shuts, topic.opens, -topic.minutes))
    fillers = sorted(kinds.values(), key=lambda alike: (alike[0].shuts, -alike[0].minutes))
    seen: set[int] = set()
    stack = [(0, 0)]
    while stack:
        mask, now = stack.pop()
        left = [topic for topic in musts if not topic.bit & mask]
        if not left:
            return mask
        if mask in seen or not _may_still(left, now):
            continue
        seen.add(mask)
        if late():
            return None
        steps = []
        for topic in left:
            if topic.opens <= now:
                steps.append(topic)
        for alike in fillers:
            free = next((topic for topic in alike if not topic.bit & mask), None)
            if free is not None and free.opens <= now and now + free.minutes <= free.shuts:
                steps.append(free)
        stack.extend((mask | topic.bit, now + topic.minutes) for topic in reversed(steps))
    return None


def _may_still(left: list[Topic], now: int) -> bool:
    """Whether nothing forbids yet that the topics (by the minute when they must have ended) still stand."""
    end = now
    for topic in left:
        end += topic.minutes
        if end > topic.shuts or topic.opens + topic.minutes > topic.shuts:
            return False
    return True


def smallest_clash(problem: Problem, late: Callable[[], bool]) -> int:
    """Return the smallest mask of musts that has no plan even when all the others may be left out.

    When it is too late to be sure of the smallest, a set is returned from which nothing can be spared.
    """
    musts = [topic for topic in problem.topics if topic.must]
    known: list[int] = []
    for size in range(1, len(musts) + 1):
        for group in _unlike(musts, size):
            mask = sum(topic.bit for topic in group)
            if any(not mask & ~plan for plan in known):
                continue
            if late():
                return _spare(problem, problem.must)
            plan = plan_with(problem, mask, late)
            if plan is None:
                return mask
            known.append(plan)
    return problem.must


def _unlike(musts: list[Topic], size: int) -> Iterator[tuple[Topic, ...]]:
    """Yield the groups of a size; of topics that are alike in time, those that come first."""
    kinds: dict[tuple[int, int, int], list[int]] = {}
    for topic in musts:
        kinds.setdefault((topic.minutes, topic.opens, topic.shuts), []).append(topic.bit)
    before = {bit: sum(alike[:place]) for alike in kinds.values() for place, bit in enumerate(alike)}
    for group in combinations(musts, size):
        mask = sum(topic.bit for topic in group)
        if all(not before[topic.bit] & ~mask for topic in group):
            yield group


def _spare(problem: Problem, mask: int) -> int:
    for topic in problem.topics:
        smaller = mask & ~topic.bit
        if topic.bit & mask and smaller and _surely_clash(problem, smaller):
            mask = smaller
    return mask


def _surely_clash(problem: Problem, mask: int) -> bool:
    left = sorted(problem.taken(mask), key=lambda topic: (topic.shuts, topic.opens))
    return not _may_still(left, 0)
