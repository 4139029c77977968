"""An agenda that is too long: what could be shortened or left to another meeting so that it fits."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from app.domain.agenda import STEP
from app.domain.windows import Part, used


@dataclass(frozen=True)
class Way:
    """One way to end in time: the items in `minutes` take that long, those in `off` leave the agenda."""

    minutes: tuple[tuple[int, int], ...] = ()
    off: tuple[int, ...] = ()


def ways(parts: Sequence[Part], length: int, topics: Container[int]) -> list[Way]:
    """Return up to three ways to fit: one item shorter, several a little shorter, topics left out.

    Only items in `topics` are offered to be left out. Each way is tried on the clock before it is offered, so
    items that wait for a fixed start are counted as they are.
    """
    over = used(parts) - length
    if over <= 0:
        return []
    offered = (_one_shorter(parts, over), *_many_shorter(parts, length), _left_out(parts, length, topics))
    good = [one for one in offered if one is not None and used(changed(parts, one)) <= length]
    return list(dict.fromkeys(good))[:3]


def changed(parts: Sequence[Part], way: Way) -> list[Part]:
    """Return the items as they are after a way to fit."""
    minutes = dict(way.minutes)
    return [replace(one, minutes=minutes.get(one.id, one.minutes)) for one in parts if one.id not in way.off]


def _one_shorter(parts: Sequence[Part], over: int) -> Way | None:
    lost = -(-over // STEP) * STEP
    longest = max(reversed(parts), key=lambda one: one.minutes)
    return Way(((longest.id, longest.minutes - lost),)) if longest.minutes - lost >= STEP else None


def _many_shorter(parts: Sequence[Part], length: int) -> list[Way]:
    """Take five minutes from the longest items, round by round, until the agenda fits."""
    minutes = {one.id: one.minutes for one in parts}
    shorter: dict[int, int] = {}
    while True:
        able = [one for one in parts if minutes[one.id] >= 2 * STEP]
        if not able:
            return []
        one = max(reversed(able), key=lambda item: (minutes[item.id], item.id not in shorter))
        minutes[one.id] = shorter[one.id] = minutes[one.id] - STEP
        way = Way(tuple(shorter.items()))
        if used(changed(parts, way)) <= length:
            return [way]


def _left_out(parts: Sequence[Part], length: int, topics: Container[int]) -> Way | None:
    """Leave out the one topic that frees enough with the fewest minutes, or as few topics as it takes."""
    leaving = [one for one in parts if one.id in topics]
    alone = [one for one in leaving if used(changed(parts, Way(off=(one.id,)))) <= length]
    if alone:
        return Way(off=(min(reversed(alone), key=lambda one: one.minutes + one.buffer).id,))
    off: tuple[int, ...] = ()
    leaving.reverse()  # of equal ones the later goes
    for one in sorted(leaving, key=lambda item: -(item.minutes + item.buffer)):
        off = (*off, one.id)
        if used(changed(parts, Way(off=off))) <= length:
            return Way(off=off)
    return None
