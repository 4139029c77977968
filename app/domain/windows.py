"""Officials who come late or leave early: what they would miss, and the smallest change that cures it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.agenda import STEP

Windows = Mapping[int, tuple[int, int]]  # official: (comes, leaves) in minutes from the start of the meeting


@dataclass(frozen=True)
class Part:
    """One item as this search sees it; times in minutes from the start of the meeting.

    `fixed` is a start that it waits for, `needs` the officials without whom it is not held. An item that
    `stays` opens or closes the meeting, so it is not offered another place.
    """

    id: int
    minutes: int
    buffer: int = 0
    fixed: int | None = None
    needs: frozenset[int] = field(default_factory=frozenset)
    stays: bool = False


@dataclass(frozen=True)
class Clash:
    """An item that an official misses, or (with `official` None) one that misses its own fixed start.

    `early`: minutes by which it begins before the official comes. `late`: minutes by which it ends after the
    official has left, or begins after its fixed start. `starts` and `ends` are from the start of the meeting.
    """

    item: int
    official: int | None
    early: int
    late: int
    starts: int
    ends: int

    @property
    def key(self) -> tuple[int, int | None]:
        """What stays the same of a clash while minutes change."""
        return self.item, self.official


class CureKind(StrEnum):
    """How a clash is cured."""

    MOVE = "move"
    SWAP = "swap"
    SHORTEN = "shorten"


@dataclass(frozen=True)
class Cure:
    """One change of the agenda: the item goes to `place` (from 1), changes places with `other`, or the items
    in `minutes` take that long."""

    kind: CureKind
    item: int
    place: int = 0
    other: int = 0
    minutes: tuple[tuple[int, int], ...] = ()
    lost: int = 0  # minutes that items lose in all


def spans(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return when each item begins and ends, one after another."""
    gone, found = 0, []
    for part in parts:
        begins = gone if part.fixed is None else max(gone, part.fixed)
        found.append((begins, begins + part.minutes))
        gone = begins + part.minutes + part.buffer
    return found


def used(parts: Sequence[Part]) -> int:
    """Return the minutes that the items take from the start of the meeting, with what is kept free."""
    return spans(parts)[-1][1] + parts[-1].buffer if parts else 0


def clashes(parts: Sequence[Part], windows: Windows) -> list[Clash]:
    """Return what does not fit, in the agenda's order; an official without a window is there throughout."""
    found = []
    for part, (begins, ends) in zip(parts, spans(parts), strict=True):
        if part.fixed is not None and part.fixed >= 0 and begins > part.fixed:
            found.append(Clash(part.id, None, 0, begins - part.fixed, begins, ends))
        for official in sorted(part.needs & windows.keys()):
            comes, leaves = windows[official]
            early, late = max(0, comes - begins), max(0, ends - leaves)
            if early or late:
                found.append(Clash(part.id, official, early, late, begins, ends))
    return found


def cure(parts: Sequence[Part], windows: Windows, clash: Clash, length: int) -> Cure | None:
    """Return the smallest change that cures one clash, makes no other and lets the meeting end in time.

    Fewest items first, then fewest minutes taken from anybody, then fewest places; None where nothing helps.
    """
    before = {one.key for one in clashes(parts, windows)}
    limit = max(length, used(parts))

    def good(change: Cure) -> bool:
        new = changed(parts, change)
        keys = {one.key for one in clashes(new, windows)}
        return clash.key not in keys and keys <= before and used(new) <= limit

    return next((one for one in _changes(parts, clash) if good(one)), None)


def changed(parts: Sequence[Part], change: Cure) -> list[Part]:
    """Return the items as they are after a cure."""
    new = list(parts)
    places = {one.id: place for place, one in enumerate(new)}
    if change.kind is CureKind.MOVE:
        new.insert(change.place - 1, new.pop(places[change.item]))
    elif change.kind is CureKind.SWAP:
        here, there = places[change.item], places[change.other]
        new[here], new[there] = new[there], new[here]
    for item, minutes in change.minutes:
        new[places[item]] = replace(new[places[item]], minutes=minutes)
    return new


def _changes(parts: Sequence[Part], clash: Clash) -> Iterator[Cure]:
    """Yield every change worth trying, the smallest first."""
    here = next(place for place, one in enumerate(parts) if one.id == clash.item)
    places = _places(parts, here)
    for place in places:
        yield Cure(CureKind.MOVE, clash.item, place=place + 1)
    yield from _shorten_one(parts, here, clash)
    for place in places:
        if not parts[place].stays:
            yield Cure(CureKind.SWAP, clash.item, other=parts[place].id)
    yield from _shorten_many(parts, here, clash)


def _places(parts: Sequence[Part], here: int) -> list[int]:
    """Return the other places where an item may go, the nearest first."""
    if parts[here].stays:
        return []
    first, last = 0, len(parts) - 1
    while parts[first].stays:
        first += 1
    while parts[last].stays:
        last -= 1
    return sorted((one for one in range(first, last + 1) if one != here), key=lambda one: abs(one - here))


def _before(parts: Sequence[Part], here: int, clash: Clash) -> list[Part]:
    """Return the items whose minutes decide when the clashing one ends, the longest first."""
    begin, (times, gone) = 0, (spans(parts), 0)
    end = here if clash.official is None else here + 1
    for place in range(end):
        if parts[place].fixed is not None and times[place][0] > gone:
            begin = place  # it waits for its clock: what is before it makes nothing earlier
        gone = times[place][1] + parts[place].buffer
    nearest_first = list(parts[begin:end])[::-1]
    return sorted(nearest_first, key=lambda one: -one.minutes)


def keeps(part: Part) -> int:
    """Return the minutes that an item keeps at least: five, where it has more than that."""
    return STEP if part.minutes > STEP else 1


def _shorten_one(parts: Sequence[Part], here: int, clash: Clash) -> Iterator[Cure]:
    if not clash.late:
        return
    fives = -(-clash.late // STEP) * STEP
    some = _before(parts, here, clash)
    for lost in (fives, clash.late):
        for one in some:
            if one.minutes - lost >= (STEP if lost == fives else keeps(one)):
                yield _shorter(clash, [(one, lost)])


def _shorten_many(parts: Sequence[Part], here: int, clash: Clash) -> Iterator[Cure]:
    """Yield sets of items to shorten: first of the longest ones, then of those that move fewest others."""
    if not clash.late:
        return
    fives = -(-clash.late // STEP) * STEP
    longest = _before(parts, here, clash)
    own_first = sorted(longest, key=lambda one: one.id != clash.item)
    nearest = sorted(longest, key=lambda one: -parts.index(one))
    for lost, step in ((fives, STEP), (clash.late, 1)):
        for order in (longest, own_first, nearest):
            some, left = [], lost
            for one in order:
                least = STEP if step == STEP else keeps(one)
                gives = max(0, min(left, (one.minutes - least) // step * step))
                if gives:
                    some.append((one, gives))
                    left -= gives
            if not left:
                yield _shorter(clash, some)


def _shorter(clash: Clash, some: Sequence[tuple[Part, int]]) -> Cure:
    return Cure(
        CureKind.SHORTEN,
        clash.item,
        minutes=tuple((one.id, one.minutes - lost) for one, lost in some),
        lost=sum(lost for _, lost in some),
    )
