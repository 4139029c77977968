"""Ending on time: the ways to do it when the evening would run over, the least harmful first."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.agenda import ENDING_KINDS, ItemKind
from app.domain.running import Part, Rest

SHORTEST_SHORTENED = 3  # minutes: nothing is shortened below this
MOST_WAYS = 4
ENOUGH_WAYS = 2
_KEEPS_ITS_MINUTES = ENDING_KINDS | {ItemKind.BREAK}


@dataclass(frozen=True)
class Way:
    """One way to end on time: what is done, each by item ids, and the local moment when the evening ends."""

    ends: datetime
    free: tuple[int, ...] = ()  # the minutes kept after these are used
    skip: tuple[int, ...] = ()  # breaks left out
    shorten: tuple[tuple[int, int], ...] = ()  # items with their new minutes
    by: int = 0  # the most minutes that any of them loses
    evenly: bool = True  # each of them loses as many
    leave: tuple[int, ...] = ()  # left to the next meeting

    @property
    def key(self) -> str:
        """Its name on a button. Minutes are not part of it: they are counted anew when it is pressed."""
        parts = ["free"] if self.free else []
        parts += ["-".join(["skip", *map(str, self.skip)])] if self.skip else []
        parts += ["shorten"] if self.shorten else []
        parts += ["-".join(["leave", *map(str, self.leave)])] if self.leave else []
        return ".".join(parts)


@dataclass(frozen=True)
class Ways:
    """What is offered; `earliest` is the soonest end that is possible at all, on the local clock."""

    offered: tuple[Way, ...]
    earliest: datetime


@dataclass(frozen=True)
class _Done:
    """What remains after some steps, and the steps."""

    rest: Rest
    way: Way


_Step = Callable[[_Done], _Done]


def ways_to_end(rest: Rest) -> Ways:
    """Return the ways to end by the fixed end; none where the evening is on time or cannot be any more."""
    start = _Done(rest, Way(rest.hours.due))
    everything = _leave_all(_shortened_fully(_skip_all(_free(start))))
    earliest = rest.hours.at(everything.rest.ends_after())
    if rest.on_time():
        return Ways((), earliest)
    found: dict[str, Way] = {}
    for done in _simple(start):
        _keep(found, done)
    for done in _joined(start):
        if len(found) >= ENOUGH_WAYS:
            break
        _keep(found, done)
    return Ways(tuple(found.values())[:MOST_WAYS], earliest)


def _keep(found: dict[str, Way], done: _Done) -> None:
    if done.rest.on_time() and done.way.key:
        way = replace(done.way, ends=done.rest.hours.at(done.rest.ends_after()))
        found.setdefault(way.key, way)


def _simple(start: _Done) -> Iterator[_Done]:
    """One kind of step each, the least harmful first."""
    yield _spare(start, _free(start))
    yield _shorten(start)
    yield _skip_fewest(start)
    yield from _leave_one(start)


def _joined(start: _Done) -> Iterator[_Done]:
    """Several kinds of steps together, where one is not enough; the last does all that can be done."""
    freed, skipped = _free(start), _skip_all(start)
    both = _skip_all(freed)
    yield _shorten(freed)
    yield _shorten(skipped)
    yield both
    yield _shorten(both)
    yield _leave_fewest(start)
    yield _leave_fewest(freed)
    yield _leave_fewest(both)
    yield _shorten(_leave_fewest(_shortened_fully(both), both))


# Steps


def _free(done: _Done) -> _Done:
    """Use every minute that is kept free after an item."""
    parts = [one for one in (done.rest.going, *done.rest.waiting) if one is not None and one.buffer]
    return _freed(done, parts)


def _freed(done: _Done, parts: Sequence[Part]) -> _Done:
    way = replace(done.way, free=tuple(one.id for one in parts))
    return _Done(done.rest.with_({one.id: replace(one, buffer=0) for one in parts}), way)


def _spare(start: _Done, freed: _Done) -> _Done:
    """Keep the free minutes that are not needed for ending on time."""
    if not freed.rest.on_time():
        return freed
    parts = [one for one in (start.rest.going, *start.rest.waiting) if one is not None and one.buffer]
    for one in list(parts):
        fewer = [other for other in parts if other is not one]
        if _freed(start, fewer).rest.on_time():
            parts = fewer
    return _freed(start, parts)


def _skip_all(done: _Done) -> _Done:
    return _skipped(done, [one for one in done.rest.waiting if one.kind is ItemKind.BREAK])


def _skip_fewest(done: _Done) -> _Done:
    """Leave out the shortest break that is enough; all of them where one is not."""
    breaks = sorted(
        (one for one in done.rest.waiting if one.kind is ItemKind.BREAK), key=lambda one: one.minutes
    )
    for one in breaks:
        tried = _skipped(done, [one])
        if tried.rest.on_time():
            return tried
    return _skip_all(done)


def _skipped(done: _Done, parts: Sequence[Part]) -> _Done:
    way = replace(done.way, skip=tuple(one.id for one in parts))
    return _Done(done.rest.with_(dict.fromkeys(one.id for one in parts)), way)


def _shorten(done: _Done) -> _Done:
    """Take the same number of minutes from every item that can spare them, as few as are enough."""
    parts = [one for one in done.rest.waiting if _spares(one)]
    if done.rest.on_time() or not parts:
        return done
    most = max(map(_spares, parts))
    # The more is taken, the sooner it ends: so the least that is enough is found by halving.
    by = 1 + bisect_left(range(1, most), True, key=lambda n: _shortened(done, parts, n).rest.on_time())
    # Nothing is gained by hurrying before an item that waits for its clock; short items are spared first.
    for one in sorted(parts, key=lambda part: part.minutes):
        fewer = [other for other in parts if other is not one]
        if fewer and _shortened(done, fewer, by).rest.on_time():
            parts = fewer
    return _shortened(done, parts, by)


def _shortened_fully(done: _Done) -> _Done:
    parts = [one for one in done.rest.waiting if _spares(one)]
    return _shortened(done, parts, max(map(_spares, parts))) if parts else done


def _shortened(done: _Done, parts: Sequence[Part], by: int) -> _Done:
    new = {one.id: replace(one, minutes=one.minutes - min(by, _spares(one))) for one in parts}
    way = replace(
        done.way,
        shorten=tuple((one.id, one.minutes) for one in new.values()),
        by=by,
        evenly=all(_spares(one) >= by for one in parts),
    )
    return _Done(done.rest.with_(new), way)


def _spares(part: Part) -> int:
    """Return the minutes that an item can lose."""
    return 0 if part.kind in _KEEPS_ITS_MINUTES else max(0, part.minutes - SHORTEST_SHORTENED)


def _leave_one(done: _Done) -> Iterator[_Done]:
    """Leave one item to the next meeting: the shortest that is enough, and the next such.

    What was added this evening comes after all others: somebody wanted to talk about it tonight.
    """
    enough = [one for one in _leavable(done.rest) if _left(done, [one]).rest.on_time()]
    places = {one.id: place for place, one in enumerate(done.rest.waiting)}
    for one in sorted(enough, key=lambda part: (_added(part), part.minutes, -places[part.id]))[:ENOUGH_WAYS]:
        yield _left(done, [one])


def _leave_fewest(measured: _Done, really: _Done | None = None) -> _Done:
    """Leave items from the end of the evening until it is enough, then take back those that need not be.

    What was added this evening is left last, and taken back first.
    `measured` tells whether it is enough; the items leave `really` (default: the same).
    """
    gone: list[Part] = []
    last_first = list(reversed(_leavable(measured.rest)))
    for one in sorted(last_first, key=_added):
        if _left(measured, gone).rest.on_time():
            break
        gone.append(one)
    for one in sorted(gone, key=lambda part: (not _added(part), -part.minutes)):
        fewer = [other for other in gone if other is not one]
        if _left(measured, fewer).rest.on_time():
            gone = fewer
    really = really or measured
    ids = {one.id for one in gone}
    return _left(really, [one for one in really.rest.waiting if one.id in ids])


def _leave_all(done: _Done) -> _Done:
    return _left(done, _leavable(done.rest))


def _leavable(rest: Rest) -> list[Part]:
    return [one for one in rest.waiting if one.may_wait]


def _added(part: Part) -> bool:
    """Whether it came up this evening; before anything has begun this is so of all, and none comes first."""
    return part.planned is None


def _left(done: _Done, parts: Sequence[Part]) -> _Done:
    way = replace(done.way, leave=tuple(one.id for one in parts))
    return _Done(done.rest.with_(dict.fromkeys(one.id for one in parts)), way)
