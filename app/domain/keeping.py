"""What stays on an agenda that is suggested anew: openings before the topics, endings after them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.windows import Part, Windows, clashes, spans, used


@dataclass(frozen=True)
class Kept:
    """The items that stay: `before` the topics, `between` them (breaks and the like), and those that `end`.

    `wished` says before how many topics each of `between` stood, so that it finds a place like its own again.
    """

    before: tuple[Part, ...] = ()
    between: tuple[Part, ...] = ()
    end: tuple[Part, ...] = ()
    wished: tuple[int, ...] = ()
    topics: int = 0  # on the agenda when it was kept

    @property
    def opening(self) -> int:
        """Minutes until the topics may begin."""
        return used(self.before)

    def closing(self, length: int) -> int:
        """Minutes of a meeting of this length that are left after the topics to what else is kept."""
        own = sum(one.minutes + one.buffer for one in (*self.between, *self.end))
        fixed = [one.fixed for one in self.end if one.fixed is not None]
        return max(own, length - min(fixed)) if fixed and min(fixed) < length else own

    def room(self, length: int) -> int:
        """Minutes left for topics; 0 where there are none."""
        return max(0, length - self.opening - self.closing(length))


def sorted_out(parts: Sequence[Part], topics: frozenset[int], ending: frozenset[int]) -> Kept:
    """Sort the items of an agenda: `topics` may be taken or left, `ending` are the ids of what ends it."""
    first = next((place for place, one in enumerate(parts) if one.id in topics), len(parts))
    before, between, end, wished, seen = [], [], [], [], 0
    for place, one in enumerate(parts):
        if one.id in topics:
            seen += 1
        elif one.id in ending:
            end.append(one)
        elif place < first:
            before.append(one)
        else:
            between.append(one)
            wished.append(seen)
    return Kept(tuple(before), tuple(between), tuple(end), tuple(wished), seen)


def whole(kept: Kept, topics: Sequence[Part], windows: Windows, length: int) -> list[Part]:
    """Return the agenda with these topics in their order; what was between topics finds the best place again.

    Best is where nobody misses an item and the meeting does not run over; then like where it was.
    """
    agenda = [*kept.before, *topics, *kept.end]
    for number, one in enumerate(kept.between):
        share = kept.wished[number] / kept.topics if kept.topics else 1.0
        like = len(kept.before) + round(share * len(topics)) + number

        def worse(place: int, one: Part = one, like: int = like) -> tuple[int, int, int]:
            new = [*agenda[:place], one, *agenda[place:]]
            return len(clashes(new, windows)), max(length, used(new)), abs(place - like)

        first, last = len(kept.before), len(agenda) - len(kept.end)
        place = min(range(first, last + 1), key=worse)
        agenda.insert(place, one)
    return agenda


def times(agenda: Sequence[Part]) -> dict[int, int]:
    """Return when each item begins, in minutes from the start of the meeting, by id."""
    return {part.id: begins for part, (begins, _) in zip(agenda, spans(agenda), strict=True)}
