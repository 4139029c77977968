"""What changed between two states of an agenda: which items are new, gone, elsewhere, or at another time."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class What(StrEnum):
    """What happened to one item."""

    NEW = "new"
    REMOVED = "removed"
    MOVED = "moved"
    RETIMED = "retimed"
    RENAMED = "renamed"
    PRESENTED = "presented"  # somebody else presents it


class Detail(StrEnum):
    """What may change of a meeting as a whole."""

    DAY = "day"
    CLOCK = "clock"
    PLACE = "place"
    REMOTE = "remote"


# Whoever brings an item is told of these; a corrected word moves nobody.
TOLD = frozenset({What.NEW, What.REMOVED, What.MOVED, What.RETIMED})


@dataclass(frozen=True)
class Line:
    """One item: `key` is the same as long as it is the same matter, `after` counts minutes from the start."""

    key: str
    title: str
    after: int
    clock: time
    minutes: int
    ends: time
    title_sv: str = ""
    presenter: str = ""

    def title_in(self, language: str) -> str:
        """Return the title in a language, Finnish where there is no other."""
        return self.title_sv if language == "sv" and self.title_sv else self.title


@dataclass(frozen=True)
class Agenda:
    """One state of an agenda: a release, what everybody reads now, or what is being built."""

    day: date
    starts: time
    ends: time
    place: str
    remote_url: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Changed:
    """One item that changed: `old` is None for a new one, `new` None for one that was taken off."""

    what: frozenset[What]
    old: Line | None
    new: Line | None

    @property
    def line(self) -> Line:
        """The item as it is now, or as it was where it is gone."""
        line = self.new or self.old
        assert line is not None  # noqa: S101 - one of them is always there
        return line

    @property
    def tells(self) -> bool:
        """Whether those who bring the item are told."""
        return bool(self.what & TOLD)


@dataclass(frozen=True)
class Changes:
    """What changed from one state to another: details, then items in their new order, then those gone."""

    details: frozenset[Detail] = frozenset()
    lines: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.details or self.lines)

    def of(self, key: str) -> Changed | None:
        """Return what happened to one item, None where it is as it was."""
        return next((one for one in self.lines if one.line.key == key), None)

    def with_(self, what: What) -> list[Changed]:
        """Return the items to which this happened."""
        return [one for one in self.lines if what in one.what]


def matter(topic_id: int | None, item_id: int) -> str:
    """Return the key of an item: its topic's where it has one, so that it may leave and come back."""
    return f"item:{item_id}" if topic_id is None else f"topic:{topic_id}"


def changes(old: Agenda, new: Agenda) -> Changes:
    """Return what changed.

    An item is moved where it is no longer in the same order among the others: as few as can be are called
    so. It has another time where its minutes changed, or its clock time did and the start of the meeting
    does not say it already.
    """
    before = {one.key: one for one in old.lines}
    after = {one.key: one for one in new.lines}
    stays = _in_order(
        [one.key for one in old.lines if one.key in after],
        [one.key for one in new.lines if one.key in before],
    )
    found = []
    for line in new.lines:
        was = before.get(line.key)
        what = {What.NEW} if was is None else _compared(was, line)
        if was is not None and line.key not in stays:
            what.add(What.MOVED)
        if what:
            found.append(Changed(frozenset(what), was, line))
    found += [Changed(frozenset({What.REMOVED}), one, None) for one in old.lines if one.key not in after]
    return Changes(_details(old, new), tuple(found))


def _compared(old: Line, new: Line) -> set[What]:
    what = set()
    if old.minutes != new.minutes or (old.clock != new.clock and old.after != new.after):
        what.add(What.RETIMED)
    if (old.title, old.title_sv) != (new.title, new.title_sv):
        what.add(What.RENAMED)
    if old.presenter != new.presenter:
        what.add(What.PRESENTED)
    return what


def _details(old: Agenda, new: Agenda) -> frozenset[Detail]:
    same = {
        Detail.DAY: old.day == new.day,
        Detail.CLOCK: (old.starts, old.ends) == (new.starts, new.ends),
        Detail.PLACE: old.place == new.place,
        Detail.REMOTE: old.remote_url == new.remote_url,
    }
    return frozenset(one for one, unchanged in same.items() if not unchanged)


def _in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the longest run of items that are in the same order in both; both hold the same items."""
    places = {key: place for place, key in enumerate(old)}
    ends: list[int] = []  # the smallest last place of a run of each length
    lengths = []
    for key in new:
        length = bisect_left(ends, places[key])
        ends[length : length + 1] = [places[key]]
        lengths.append(length)
    kept: set[str] = set()
    wanted, below = len(ends) - 1, len(old)
    for key, length in zip(reversed(new), reversed(lengths), strict=True):
        if length == wanted and places[key] < below:
            kept.add(key)
            wanted, below = wanted - 1, places[key]
    return kept
