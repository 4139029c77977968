"""Advice to the one who builds an agenda: what does not fit, what would cure it, and doing just that."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from app.domain.agenda import ENDING_KINDS, ItemKind
from app.domain.errors import Stale
from app.domain.fitting import Way, ways
from app.domain.permissions import Visitor
from app.domain.timing import minutes_from
from app.domain.windows import Clash, Cure, CureKind, Part, clashes, cure
from app.domain.words import N_
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting
from app.services.agenda import Placed, find, number_again, placed, take_off
from app.services.agenda_changes import remembered
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act
from app.services.windows import minutes_of, stored_windows

STAYS = ENDING_KINDS | {ItemKind.OPENING}
MOST_CURES = 8  # worked out for one page; the others are told without


@dataclass(frozen=True)
class Remedy:
    """One clash and what cures it (None where nothing does); `code` stands for the cure on its button."""

    clash: Clash
    cure: Cure | None
    code: int


class Advice:
    """What an agenda and the windows of its officials ask for."""

    def __init__(self, meeting: Meeting, windows: Mapping[int, AttendanceWindow]) -> None:
        self.length = meeting.minutes
        self.items = sorted(meeting.items, key=lambda one: (one.position, one.id))
        self.windows = {one: minutes_of(meeting, window) for one, window in windows.items()}
        self.parts = [_part(meeting, one) for one in self.items]

    @cached_property
    def remedies(self) -> list[Remedy]:
        """What does not fit, in the order of the agenda, each with its cure."""
        found = []
        for number, clash in enumerate(clashes(self.parts, self.windows)):
            change = cure(self.parts, self.windows, clash, self.length) if number < MOST_CURES else None
            found.append(Remedy(clash, change, code_of(change)))
        return found

    def remedy(self, item_id: int, official: int | None) -> Remedy | None:
        """Return the clash of one item and official (None: its fixed start), None where there is none."""
        for clash in clashes(self.parts, self.windows):
            if clash.key == (item_id, official):
                change = cure(self.parts, self.windows, clash, self.length)
                return Remedy(clash, change, code_of(change))
        return None

    @cached_property
    def ways(self) -> list[tuple[Way, int]]:
        """Ways to fit an agenda that is too long, each with the code of its button."""
        topics = {one.id for one in self.items if one.topic_id is not None}
        return [(one, code_of(one)) for one in ways(self.parts, self.length, topics)]


def _part(meeting: Meeting, item: AgendaItem) -> Part:
    fixed = None
    if item.fixed_start is not None:
        fixed = minutes_from(meeting.day, meeting.starts, item.fixed_start, meeting.zone)
    return Part(
        item.id,
        item.minutes,
        item.buffer_minutes or 0,
        fixed,
        frozenset(one.id for one in item.officials),
        item.kind in STAYS,
    )


def code_of(change: Cure | Way | None) -> int:
    """Return a number that stands for a change, so that a button does what was read on it, or nothing."""
    return crc32(repr(change).encode()) % 10**9


@act
def follow_cure(visitor: Visitor, meeting_id: int, item_id: int, official: int | None, code: int) -> Placed:
    """Do what the page advised for one clash, worked out anew from the agenda as it is.

    Where the clash is gone already nothing is done. Raises Stale where the advice is no longer the same.
    """
    meeting, item = find(visitor, meeting_id, item_id)
    advice = Advice(meeting, stored_windows(meeting.id))
    remedy = advice.remedy(item_id, official)
    if remedy is None:
        return placed(meeting, item)
    if remedy.cure is None or remedy.code != code:
        raise Stale(N_("The agenda has changed meanwhile. Read the advice again."))
    with remembered(visitor, meeting, "cure", item):
        _do(meeting, remedy.cure)
    touch(meeting)
    record(visitor, "agenda.cure", "meeting", meeting.id, item=item.id, how=remedy.cure.kind)
    return placed(meeting, item)


def _do(meeting: Meeting, change: Cure) -> None:
    items = sorted(meeting.items, key=lambda one: (one.position, one.id))
    places = {one.id: place for place, one in enumerate(items)}
    if change.kind is CureKind.MOVE:
        items.insert(change.place - 1, items.pop(places[change.item]))
    elif change.kind is CureKind.SWAP:
        here, there = places[change.item], places[change.other]
        items[here], items[there] = items[there], items[here]
    number_again(items)
    _shorten(meeting, change.minutes)


def _shorten(meeting: Meeting, minutes: tuple[tuple[int, int], ...]) -> None:
    items = {one.id: one for one in meeting.items}
    for item_id, new in minutes:
        items[item_id].minutes = new


@act
def follow_way(visitor: Visitor, meeting_id: int, code: int) -> None:
    """Do one of the ways to fit that the page offered, worked out anew from the agenda as it is.

    Where the agenda fits already nothing is done. Raises Stale where the way is no longer offered, Refused
    where an item to be taken off has notes.
    """
    meeting = get_to_build(visitor, meeting_id)
    offered = Advice(meeting, stored_windows(meeting.id)).ways
    if not offered:
        return
    way = next((one for one, its_code in offered if its_code == code), None)
    if way is None:
        raise Stale(N_("The agenda has changed meanwhile. Read the advice again."))
    items = {one.id: one for one in meeting.items}
    with remembered(visitor, meeting, "fit"):
        _shorten(meeting, way.minutes)
        for item_id in way.off:
            take_off(visitor, meeting, items[item_id])
    db.session.flush()
    touch(meeting)
    record(visitor, "agenda.fit", "meeting", meeting.id, shorter=len(way.minutes), off=len(way.off))
