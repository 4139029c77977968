"""Composes an agenda: looks for the best one as long as it may, and says whether there is none better."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.composing.clashes import plan_with, why_clash
from app.domain.composing.model import Infeasible, Instance, LeftOut, Placed, Proposal, check
from app.domain.composing.prices import Aim, Prices, nothing_known, price
from app.domain.composing.problem import Problem, problem_of
from app.domain.composing.reasons import why_left_out
from app.domain.composing.search import Look, Worth, stands, worth_of
from app.domain.composing.waiting import least_waiting, waited

SECONDS = 2.0
WIDTHS = (200, 2_000, 20_000, 200_000)
FEW = 16  # so many topics can be looked through without any bound
MANY = 1_000_000
EAGER = ((0.05, 0.0), (0.2, 1.0))  # haste and voices of two first looks
FOR_HEARD = 0.45  # of the time goes at most to whether one organisation more could be heard
FOR_SETS = 0.75  # and so much to choosing topics in all; what is left goes to their order


@dataclass
class Best:
    """The best agenda so far: an order of topics (as bits), and what of it is proven."""

    order: list[int]
    worth: Worth
    sets: list[int]
    whole: bool = False


def compose(
    instance: Instance, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> Proposal | Infeasible:
    """Return the best agenda found within `seconds` of the clock, or why there is none.

    Best is, in this order: most organisations heard, most points, least waiting.
    Raises Invalid as `check` does.
    """
    check(instance)
    problem = problem_of(instance)
    began = clock()

    def after(part: float) -> Callable[[], bool]:
        return lambda: clock() - began >= seconds * part

    late = after(1.0)
    some = plan_with(problem, problem.must, late)
    if some.order is None:
        return why_clash(instance, problem, late, sure=some.sure)
    best = Best(some.order, worth_of(problem, some.order), [sum(some.order)])
    proven = choose(problem, best, after(FOR_SETS), after(FOR_HEARD))
    order, least = least_waiting(problem, best.sets, best.order, late)
    order = filled(problem, order)
    proven = proven and (waited(problem, order) == 0 or (best.whole and least))
    return _proposal(instance, problem, order, proven=proven)


def choose(problem: Problem, best: Best, late: Callable[[], bool], sooner: Callable[[], bool]) -> bool:
    """Make `best` the sets with most organisations and points; return whether that is proven.

    Whether one organisation more could be heard is looked into until `sooner`.
    """
    if len(problem.topics) <= FEW:
        look = Look(problem, nothing_known(problem), None, MANY, late).run()
        _keep(best, look)
        if look.whole:
            best.whole = True
            return True
    heard = price(problem, Aim(None), None, late)
    wanted = heard.bound
    points = _eagerly(problem, best, wanted, late)
    while best.worth[0] < wanted and not late():
        wanted -= 1
        points = _eagerly(problem, best, wanted, late)
    if best.worth < (wanted, points.bound):
        _wider(problem, points, best.worth[1], WIDTHS[1:2], best, sooner)
    sure = best.worth[0] >= heard.bound
    while not sure:
        goal = best.worth[0] + 1
        look = _wider(problem, heard, goal, WIDTHS[:3], best, sooner)
        sure = best.worth[0] >= heard.bound or (look.whole and best.worth[0] < goal)
        if best.worth[0] < goal and not look.whole:
            break
    if best.worth[1] < points.bound or best.worth[0] > wanted:
        points = _eagerly(problem, best, best.worth[0], late)
    look = _wider(problem, points, best.worth[1], WIDTHS, best, late)
    best.whole = look.whole
    return sure and (look.whole or best.worth[1] >= points.bound)


def _eagerly(problem: Problem, best: Best, wanted: int, late: Callable[[], bool]) -> Prices:
    """Look quickly for the most points with so many organisations; return the prices for it."""
    known = best.worth[1] if best.worth[0] >= wanted else None
    points = price(problem, Aim(wanted), known, late)
    for haste, voices in EAGER:
        if best.worth < (wanted, points.bound):
            _keep(best, Look(problem, points.eager(problem, haste, voices), None, WIDTHS[0], late).run())
    return points


def _wider(
    problem: Problem, prices: Prices, goal: int, widths: Sequence[int], best: Best, late: Callable[[], bool]
) -> Look:
    """Look for sets worth the goal, wider each time, until all were seen or it is late."""
    for width in widths:
        look = Look(problem, prices, goal, width, late).run()
        _keep(best, look)
        if look.whole or late():
            break
    return look


def filled(problem: Problem, order: list[int]) -> list[int]:
    """Return the order with what can simply be added: no topic stays out for nothing while there is room."""
    for topic in sorted(problem.topics, key=lambda topic: -topic.points):
        if topic.points >= 0 and not topic.bit & sum(order):
            for place in range(len(order), -1, -1):
                longer = [*order[:place], topic.bit, *order[place:]]
                better = worth_of(problem, longer) > worth_of(problem, order)
                if stands(problem, longer) and (better or waited(problem, longer) <= waited(problem, order)):
                    order = longer
                    break
    return order


def _keep(best: Best, look: Look) -> None:
    if look.best is not None and (look.best >= best.worth):
        best.worth, best.sets = look.best, look.ends
        best.order = look.order(look.ends[0])


def _proposal(instance: Instance, problem: Problem, order: list[int], *, proven: bool) -> Proposal:
    now = instance.opening
    items = []
    for bit in order:
        one = instance.candidates[bit.bit_length() - 1]
        items.append(Placed(one.id, now, now + one.minutes))
        now += one.minutes
    taken = {item.id for item in items}
    left_out = tuple(
        LeftOut(one.id, why_left_out(instance, one, items))
        for one in instance.candidates
        if one.id not in taken
    )
    mask = sum(order)
    points = problem.points(mask)
    whole, rest = divmod(points, problem.scale)
    return Proposal(
        tuple(items),
        left_out,
        problem.organisations(mask),
        points / problem.scale if rest else whole,
        waited(problem, order),
        proven,
    )
