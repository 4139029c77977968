"""Saving what was typed at the items of an agenda: minutes, titles, presenters.

Each field is compared with what the person had seen, so that nobody's change is overwritten unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.agenda import check_minutes
from app.domain.errors import Invalid
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.transactions import act

Done = TypeVar("Done")

FIELDS = ("minutes", "title", "title_sv", "presenter")


@dataclass(frozen=True)
class Edit:
    """What a person typed at one item: `new` and `seen` values by the names in FIELDS."""

    item_id: int
    new: dict[str, int | str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)


@act
def save_items(
    visitor: Visitor,
    meeting_id: int,
    edits: Sequence[Edit],
    then: Callable[[], Done] | None = None,
) -> Done | None:
    """Save what was typed at the items and do one more thing, both or neither; return what that gave.

    A field is saved only where the person changed it. Where somebody else changed the same field meanwhile,
    Invalid names `item_id.field`. An item that was taken off meanwhile is passed by.
    """
    meeting = get_to_build(visitor, meeting_id)
    items = {one.id: one for one in meeting.items}
    changed = sum(_edit(items[edit.item_id], edit) for edit in edits if edit.item_id in items)
    if changed:
        touch(meeting)
        record(visitor, "agenda.save", "meeting", meeting.id, fields=changed)
        db.session.flush()
    return then() if then else None


def shown(item: AgendaItem, name: str) -> str:
    """Return a field of an item as it stands in its box."""
    value = getattr(item, name)
    return "" if value is None else str(value)


def _edit(item: AgendaItem, edit: Edit) -> int:
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
        _put(item, name, value)
        if name == "title" and "title_sv" not in edit.new:
            item.title_sv = None  # the Swedish words said the old title
        changed += 1
    return changed


def _put(item: AgendaItem, name: str, value: int | str) -> None:
    if name == "minutes":
        item.minutes = check_minutes(f"{item.id}.minutes", int(value))
        return
    line = check_line(f"{item.id}.{name}", str(value))
    if name == "title" and not line:
        raise Invalid(f"{item.id}.title", N_("Write what the item is called."))
    setattr(item, name, line or None)
