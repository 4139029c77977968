"""Finds the smallest set of topics that cannot all be taken, and says why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.composing.model import Infeasible, Instance, Why, WhyCode
from app.domain.composing.problem import Problem, Topic
from app.domain.composing.reasons import presence, why_never


@dataclass(frozen=True)
class Plan:
    """An order of topics (as bits) with all that were asked for; None where there is none, if `sure`."""

    order: list[int] | None
    sure: bool


def plan_with(problem: Problem, must: int, late: Callable[[], bool]) -> Plan:
    """Return some order that has all topics of `must`, with others only to fill the time before them."""
    kinds: dict[tuple[int, int, int], list[Topic]] = {}
    musts = [topic for topic in problem.topics if topic.bit & must]
    for topic in problem.topics:
        if topic.possible and not topic.bit & must:
            kinds.setdefault((topic.minutes, topic.opens, topic.shuts), []).append(topic)
    musts.sort(key=lambda topic: (topic.shuts, topic.opens, -topic.minutes))
    fillers = sorted(kinds.values(), key=lambda alike: (alike[0].shuts, -alike[0].minutes))
    came: dict[int, int] = {}
    stack = [(0, 0, 0)]
    while stack:
        mask, now, last = stack.pop()
        if mask in came:
            continue
        left = [topic for topic in musts if not topic.bit & mask]
        if not _may_still(left, now):
            continue
        came[mask] = last
        if not left:
            return Plan(_way(came, mask), sure=True)
        if late():
            return Plan(None, sure=False)
        steps = [topic for topic in left if topic.opens <= now]
        for alike in fillers:
            free = next((topic for topic in alike if not topic.bit & mask), None)
            if free is not None and free.opens <= now and now + free.minutes <= free.shuts:
                steps.append(free)
        stack.extend((mask | topic.bit, now + topic.minutes, topic.bit) for topic in reversed(steps))
    return Plan(None, sure=True)


def _way(came: dict[int, int], mask: int) -> list[int]:
    order: list[int] = []
    while mask:
        order.insert(0, came[mask])
        mask ^= came[mask]
    return order


def _may_still(left: list[Topic], now: int) -> bool:
    """Whether nothing forbids yet that the topics (by the minute when they must have ended) still stand."""
    end = now
    for topic in left:
        end += topic.minutes
        if end > topic.shuts or topic.opens + topic.minutes > topic.shuts:
            return False
    return True


def why_clash(instance: Instance, problem: Problem, late: Callable[[], bool], *, sure: bool) -> Infeasible:
    """Return the smallest set of musts that clash, with the reason; unless `sure`, none may clash at all."""
    mask = smallest_clash(problem, late) if sure else problem.must
    group = [one for index, one in enumerate(instance.candidates) if mask >> index & 1]
    ids = tuple(one.id for one in group)
    needed = sum(one.minutes for one in group)
    if len(group) > 1 and needed > instance.room:
        return Infeasible(ids, Why(WhyCode.CLASH_TOTAL, {"needed": needed, "room": instance.room}))
    if not sure:
        return Infeasible(ids, Why(WhyCode.CLASH_NOT_FOUND))
    if len(group) > 1:
        return Infeasible(ids, Why(WhyCode.CLASH_ORDER))
    names, start, end = presence(instance, group[0])
    return Infeasible(
        ids,
        why_never(instance, group[0])
        or Why(WhyCode.CLASH_ALONE, {"names": ", ".join(names), "start": start, "end": end}),
    )


def smallest_clash(problem: Problem, late: Callable[[], bool]) -> int:
    """Return the smallest mask of musts that has no plan even when all the others may be left out.

    When it is too late to be sure of the smallest, a set is returned from which nothing was found to spare.
    """
    musts = [topic for topic in problem.topics if topic.must]
    total, enough = 0, 0
    for topic in sorted(musts, key=lambda topic: -topic.minutes):
        total += topic.minutes
        enough |= topic.bit
        if total > problem.room:
            break
    most = enough.bit_count() if total > problem.room else len(musts) + 1
    kinds: dict[tuple[int, int, int], list[int]] = {}
    for topic in musts:
        kinds.setdefault((topic.minutes, topic.opens, topic.shuts), []).append(topic.bit)
    bound = [alike for face, alike in kinds.items() if face[1] > 0 or face[2] < problem.room]
    loose = [alike for alike in kinds.values() if alike not in bound]
    known: list[int] = []
    for size in range(1, most):
        for mask in _groups(bound, loose, size):
            if late():
                return enough if most <= len(musts) else _spare(problem, problem.must)
            if any(not mask & ~plan for plan in known):
                continue
            plan = plan_with(problem, mask, late)
            if plan.order is not None:
                known.append(sum(plan.order))
            elif plan.sure:
                return mask
    return enough if most <= len(musts) else problem.must


def _groups(bound: list[list[int]], loose: list[list[int]], size: int) -> Iterator[int]:
    """Yield the groups of a size with a topic that is bound to a time; of topics alike, the first ones.

    Topics that may stand at any time clash among themselves only by taking too long together.
    """
    kinds = [*bound, *loose]

    def chosen(place: int, left: int, mask: int) -> Iterator[int]:
        if not left:
            yield mask
        elif place < len(bound) or (mask and place < len(kinds)):
            for count in range(min(left, len(kinds[place])), -1, -1):
                yield from chosen(place + 1, left - count, mask | sum(kinds[place][:count]))

    return chosen(0, size, 0)


def _spare(problem: Problem, mask: int) -> int:
    for topic in problem.topics:
        smaller = mask & ~topic.bit
        if topic.bit & mask and smaller and _surely_clash(problem, smaller):
            mask = smaller
    return mask


def _surely_clash(problem: Problem, mask: int) -> bool:
    left = sorted(problem.taken(mask), key=lambda topic: (topic.shuts, topic.opens))
    return not _may_still(left, 0)
