"""What a reader of calendar files says of an event; None where it does not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Somebody:
    """An organizer or attendee; the address without mailto:."""

    address: str
    name: str | None = None
    answer: str | None = None
    asked: bool | None = None


@dataclass(frozen=True)
class Seen:
    """One event as a reader sees it; `starts` and `ends` are instants in UTC."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    status: str
    sequence: int | None
    method: str | None
    organizer: Somebody | None
    attendees: tuple[Somebody, ...]

    @property
    def people(self) -> tuple[str | None, tuple[str, ...]]:
        """The addresses of the organizer and of the attendees: what every reader tells."""
        return self.organizer and self.organizer.address, tuple(one.address for one in self.attendees)


class Reader(Protocol):
    """A program that reads calendar files."""

    name: str
    tells_method: bool

    def missing(self) -> str | None:
        """Return in plain words why it cannot run here, None where it can."""

    def read(self, files: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        """Return the events of each file by their start; `folder` is an empty one to write in."""


def instant(seconds: float) -> datetime:
    """Return the moment of a Unix time."""
    return datetime.fromtimestamp(seconds, UTC)


def bare(address: str) -> str:
    """Return an address without mailto:."""
    return address.removeprefix("mailto:")


def written(files: Sequence[bytes], folder: Path) -> list[Path]:
    """Write the files one by one and return where they are."""
    paths = [folder / f"{number:04}.ics" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    return paths


def by_start(events: list[Seen]) -> list[Seen]:
    """Return the events by their start."""
    return sorted(events, key=lambda one: (one.starts, one.uid))
