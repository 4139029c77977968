"""Taking back a change of an order that others may have changed meanwhile."""

from collections.abc import Sequence


def order_back(
    now: Sequence[int], before: Sequence[int], after: Sequence[int], mover: int | None = None
) -> list[int] | None:
    """Return the order that undoes a change from `before` to `after`, for the order as it is `now`.

    What others added since keeps its place; ids that stood `before` and are gone come back behind the one
    they followed. `mover` is the one that the change moved, where it was one. None where others moved it
    meanwhile.
    """
    both = set(now) & set(before) & set(after)
    held, left, old = ([one for one in order if one in both] for order in (now, after, before))
    new = list(now)
    if left != old:
        if held == left:
            turn = iter(old)
            new = [next(turn) if one in both else one for one in now]
        else:
            if mover is None or mover not in both or not _stands_as(held, left, mover):
                return None
            new.remove(mover)
            _put_behind(new, old, mover)
    added = set(after) - set(before)
    new = [one for one in new if one not in added]
    for one in before:
        if one not in new and one not in after:
            _put_behind(new, before, one)
    return new


def _stands_as(held: Sequence[int], left: Sequence[int], one: int) -> bool:
    """Whether an id still follows the one that it was put behind, or precedes the same."""

    def around(order: Sequence[int]) -> tuple[int | None, int | None]:
        place = order.index(one)
        return (
            order[place - 1] if place else None,
            order[place + 1] if place + 1 < len(order) else None,
        )

    return any(here == there for here, there in zip(around(held), around(left), strict=True))


def _put_behind(order: list[int], old: Sequence[int], one: int) -> None:
    """Put an id behind the nearest that it followed in the old order; first where there is none."""
    for other in reversed(old[: old.index(one)]):
        if other in order:
            order.insert(order.index(other) + 1, one)
            return
    order.insert(0, one)
