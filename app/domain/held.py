"""Planned beside actual minutes of an evening that was held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.running import ItemState, Part


@dataclass(frozen=True)
class Held:
    """Planned beside actual minutes of one item; `planned` None for one that came up that evening."""

    id: int
    planned: int | None
    taken: int
    state: ItemState

    @property
    def more(self) -> int:
        """Minutes more than planned; negative when less."""
        return self.taken - (self.planned or 0)


def held(parts: Sequence[Part], now: datetime) -> list[Held]:
    """Return what each item was planned to take and took, in whole minutes."""
    return [Held(one.id, one.planned, _nearest(one.used(now)), one.state) for one in parts]


def together(parts: Sequence[Part], now: datetime) -> Held:
    """Return what all items were planned to take and took; the seconds are added before they are rounded.

    What was left out or left to the next meeting is in neither, also where it had been begun.
    """
    counted = [one for one in parts if one.state not in (ItemState.SKIPPED, ItemState.PUT_OFF)]
    planned = sum(one.planned or 0 for one in counted)
    return Held(0, planned, _nearest(sum(one.used(now) for one in counted)), ItemState.DONE)


def _nearest(seconds: int) -> int:
    return max(1, (seconds + 30) // 60) if seconds else 0
