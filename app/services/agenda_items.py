"""Saving what was typed at the items of an agenda: minutes, titles, presenters, fixed starts, officials.

Each field is compared with what the person had seen, so that nobody's change is overwritten unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from app.domain.agenda import check_buffer, check_during, check_minutes, plain_clock
from app.domain.clock import parse_clock
from app.domain.errors import Invalid
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem, Meeting
from app.services.agenda_changes import remembered
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act
from app.services.windows import WindowEdit, need, put_windows

Done = TypeVar("Done")

FIELDS = ("minutes", "title", "title_sv", "presenter", "fixed_start", "buffer_minutes")


@dataclass(frozen=True)
class Edit:
    """What a person typed at one item: `new` and `seen` values by the names in FIELDS.

    `official` is a person whom the item needs from now on, besides those it needs already.
    """

    item_id: int
    new: dict[str, int | str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    official: int | None = None


@act
def save_items(
    visitor: Visitor,
    meeting_id: int,
    edits: Sequence[Edit],
    then: Callable[[], Done] | None = None,
    *,
    windows: Sequence[WindowEdit] = (),
) -> Done | None:
    """Save what was typed at the items and do one more thing, both or neither; return what that gave.

    A field is saved only where the person changed it. Where somebody else changed the same field meanwhile,
    Invalid names `item_id.field`. An item that was taken off meanwhile is passed by.
    """
    meeting = get_to_build(visitor, meeting_id)
    items = {one.id: one for one in meeting.items}
    edits = [one for one in edits if one.item_id in items and _says_something(one)]
    windows = [one for one in windows if one.new != one.seen]
    if edits or windows:
        with remembered(visitor, meeting, "save"):
            changed = sum(_edit(meeting, items[edit.item_id], edit) for edit in edits)
            changed += put_windows(meeting, windows)
        if changed:
            touch(meeting)
            record(visitor, "agenda.save", "meeting", meeting.id, fields=changed)
            db.session.flush()
    return then() if then else None


def shown(item: AgendaItem, name: str) -> str:
    """Return a field of an item as it stands in its box."""
    value = getattr(item, name)
    if isinstance(value, time):
        return plain_clock(value)
    return "" if value is None or (name == "buffer_minutes" and not value) else str(value)


def _says_something(edit: Edit) -> bool:
    typed = any(str(value) != edit.seen.get(name, "") for name, value in edit.new.items())
    return typed or edit.official is not None


def _edit(meeting: Meeting, item: AgendaItem, edit: Edit) -> int:
    changed = 0
    for name, value in edit.new.items():
        now, seen = shown(item, name), edit.seen.get(name, "")
        if str(value) in (seen, now):
            continue
        if now != seen:
            raise Invalid(
                f"{item.id}.{name}",
                N_("Somebody else changed this to “%(now)s” meanwhile. Check it and save again."),
                now=now,
            )
        _put(meeting, item, name, value)
        if name == "title" and "title_sv" not in edit.new:
            item.title_sv = None  # the Swedish words said the old title
        changed += 1
    if edit.official is not None:
        changed += need(meeting, item, edit.official)
    return changed


def _put(meeting: Meeting, item: AgendaItem, name: str, value: int | str) -> None:
    place = f"{item.id}.{name}"
    if name == "minutes":
        item.minutes = check_minutes(place, int(value))
    elif name == "buffer_minutes":
        item.buffer_minutes = check_buffer(place, int(value or 0))
    elif name == "fixed_start":
        clock = parse_clock(place, str(value)) if value else None
        if clock is not None:
            check_during(place, clock, meeting.day, meeting.starts, meeting.minutes, meeting.zone)
        item.fixed_start = clock
    else:
        line = check_line(place, str(value))
        if name == "title" and not line:
            raise Invalid(place, N_("Write what the item is called."))
        setattr(item, name, line or None)
