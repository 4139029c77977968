"""Composes an agenda: looks for the best one as long as it may, and says whether there is none better."""

import time
from collections.abc import Callable

from app.domain.composing.clashes import plan_with, smallest_clash
from app.domain.composing.model import (
    Infeasible,
    Instance,
    LeftOut,
    Placed,
    Proposal,
    Why,
    WhyCode,
    check,
)
from app.domain.composing.problem import Problem, problem_of
from app.domain.composing.reasons import presence, why_left_out
from app.domain.composing.search import Found, Search

SECONDS = 2.0
WIDTHS = (300, 3_000, 30_000, 300_000, 3_000_000)


def compose(
    instance: Instance, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> Proposal | Infeasible:
    """Return the best agenda found within `seconds` of the clock, or why there is none.

    Best is, in this order: most organisations heard, most points, least waiting.
    Raises Invalid as `check` does.
    """
    check(instance)
    problem = problem_of(instance)
    ends = clock() + seconds

    def late() -> bool:
        return clock() >= ends

    found = None
    for width in WIDTHS:
        search = Search(problem, width, late)
        search.run()
        best = search.best()
        if best is not None and (found is None or best > found.worth or search.whole):
            found = search.least_waiting(best) or found
        if search.whole or late():
            break
    if found is None:
        return _clash(instance, problem, late)
    return _proposal(instance, problem, found)


def _proposal(instance: Instance, problem: Problem, found: Found) -> Proposal:
    now = instance.opening
    items = []
    for bit in found.order:
        one = instance.candidates[bit.bit_length() - 1]
        items.append(Placed(one.id, now, now + one.minutes))
        now += one.minutes
    placed = tuple(items)
    taken = {item.id for item in items}
    left_out = tuple(
        LeftOut(one.id, why_left_out(instance, one, placed))
        for one in instance.candidates
        if one.id not in taken
    )
    mask = sum(found.order)
    points = problem.points(mask)
    return Proposal(
        placed,
        left_out,
        problem.organisations(mask),
        points // problem.scale if points % problem.scale == 0 else points / problem.scale,
        found.waiting,
        found.whole,
    )


def _clash(instance: Instance, problem: Problem, late: Callable[[], bool]) -> Infeasible:
    mask = smallest_clash(problem, late)
    group = [one for index, one in enumerate(instance.candidates) if mask >> index & 1]
    ids = tuple(one.id for one in group)
    if len(group) == 1 and group[0].minutes <= instance.room:
        names, start, end = presence(instance, group[0])
        return Infeasible(
            ids,
            Why(
                WhyCode.CLASH_ALONE,
                {"needed": group[0].minutes, "names": ", ".join(names), "start": start, "end": end},
            ),
        )
    needed = sum(one.minutes for one in group)
    if needed > instance.room:
        return Infeasible(ids, Why(WhyCode.CLASH_TOTAL, {"needed": needed, "room": instance.room}))
    return Infeasible(ids, Why(WhyCode.CLASH_ORDER))


__all__ = ["SECONDS", "compose", "plan_with"]
