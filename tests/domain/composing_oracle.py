"""The best agenda by trying every order of every set of topics: slow, and too simple to be wrong."""

from itertools import permutations

from app.domain.composing import Candidate, Infeasible, Instance, Proposal

Worth = tuple[int, float, int]  # organisations, points, minus the waiting


def waiting(order: tuple[Candidate, ...]) -> int:
    """Last end - first start - own minutes, summed over the officials."""
    starts = [sum(one.minutes for one in order[:place]) for place in range(len(order))]
    total = 0
    for official in {name for one in order for name in one.officials}:
        own = [(start, one) for start, one in zip(starts, order, strict=True) if official in one.officials]
        total += own[-1][0] + own[-1][1].minutes - own[0][0] - sum(one.minutes for _, one in own)
    return total


def stands(instance: Instance, order: tuple[Candidate, ...]) -> bool:
    """Whether the topics stand back to back in time, each while all its officials are there."""
    now = instance.opening
    for one in order:
        end = now + one.minutes
        for name in one.officials:
            start, until = instance.windows.get(name, (0, instance.minutes))
            if now < start or end > until:
                return False
        now = end
    return now <= instance.minutes - instance.closing


def worth(order: tuple[Candidate, ...]) -> Worth:
    """What an order is worth."""
    heard = {one.organisation for one in order} - {None, ""}
    return len(heard), sum(one.points for one in order), -waiting(order)


def best_worth(instance: Instance, musts: frozenset[object] | None = None) -> Worth | None:
    """The worth of the best agenda with all musts (or with those named), None where there is none."""
    if musts is None:
        musts = frozenset(one.id for one in instance.candidates if one.must)
    best = None
    for size in range(len(instance.candidates) + 1):
        for order in permutations(instance.candidates, size):
            if musts <= {one.id for one in order} and stands(instance, order):
                found = worth(order)
                best = found if best is None or found > best else best
    return best


def check_proposal(instance: Instance, answer: Proposal | Infeasible) -> Proposal:
    """Return the proposal, after comparing every number in it with what was asked for."""
    assert isinstance(answer, Proposal)
    by_id = {one.id: one for one in instance.candidates}
    order = tuple(by_id[item.id] for item in answer.items)
    assert len({item.id for item in answer.items}) == len(order)
    assert stands(instance, order)
    now = instance.opening
    for item, one in zip(answer.items, order, strict=True):
        assert (item.start, item.end) == (now, now + one.minutes)
        now = item.end
    assert worth(order) == (answer.organisations, answer.points, -answer.waiting)
    taken = {item.id for item in answer.items}
    assert [one.id for one in answer.left_out] == [
        one.id for one in instance.candidates if one.id not in taken
    ]
    assert all(one.id in taken for one in instance.candidates if one.must)
    return answer
