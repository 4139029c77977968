"""vobject, which Radicale and many small tools read calendars with."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import vobject
from vobject.base import Component, ContentLine

from tests.calendar.readers.seen import Seen, Somebody, bare, by_start


class Vobject:
    """A library of the development environment: it is there wherever the tests are."""

    name = "vobject"
    tells_method = True

    def missing(self) -> str | None:
        return None

    def read(self, files: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        return [_file(content) for content in files]


def _file(content: bytes) -> list[Seen]:
    calendar = vobject.readOne(content.decode("utf-8"))
    method = calendar.contents["method"][0].value if "method" in calendar.contents else None
    return by_start([_seen(event, method) for event in calendar.contents.get("vevent", [])])


def _seen(event: Component, method: str | None) -> Seen:
    organizers = [_somebody(line) for line in event.contents.get("organizer", [])]
    return Seen(
        uid=event.uid.value,
        starts=event.dtstart.value.astimezone(UTC),
        ends=event.dtend.value.astimezone(UTC),
        summary=event.summary.value,
        status=event.status.value,
        sequence=int(event.sequence.value),
        method=method,
        organizer=organizers[0] if organizers else None,
        attendees=tuple(_somebody(line) for line in event.contents.get("attendee", [])),
    )


def _somebody(line: ContentLine) -> Somebody:
    def parameter(name: str) -> str | None:
        return next(iter(line.params.get(name, [])), None)

    return Somebody(bare(line.value), parameter("CN"), parameter("PARTSTAT"), parameter("RSVP") == "TRUE")
