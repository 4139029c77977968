"""The minutes of a table's next meeting: what its agenda holds, what is promised, and what is left."""

from dataclasses import dataclass

from app.domain.agenda import DEFAULT_TOPIC_MINUTES, LONGEST_ITEM


def agenda_minutes(granted: int | None, wished: int | None) -> int:
    """Return the minutes that a topic takes on an agenda: as granted, else as wished, else the usual ten."""
    return min(granted or wished or DEFAULT_TOPIC_MINUTES, LONGEST_ITEM)


@dataclass(frozen=True)
class Budget:
    """Minutes of one meeting: `granted` stand on its agenda, `reserved` are of topics taken to the table."""

    length: int
    granted: int = 0
    reserved: int = 0

    @property
    def taken(self) -> int:
        """Minutes that are spoken for."""
        return self.granted + self.reserved

    @property
    def left(self) -> int:
        """Minutes still free; below zero when there are too many."""
        return self.length - self.taken

    @property
    def over(self) -> int:
        """Minutes too many, 0 when they fit."""
        return max(0, -self.left)

    def left_with(self, minutes: int) -> int:
        """Return what would be left with so many minutes more."""
        return self.left - minutes
