"""libical, which GNOME's and KDE's calendars read with; it judges each file by its method's rules too."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.calendar.readers.building import CannotBuild, built, run
from tests.calendar.readers.seen import Seen, Somebody, bare, by_start, instant, written

SOURCE = Path(__file__).parent / "read_libical.c"


class Libical:
    """A small program in C, compiled here; a file with a fault by RFC 5545 or RFC 5546 fails the test."""

    name = "libical"
    tells_method = True

    @cache  # noqa: B019 - one for the whole run
    def missing(self) -> str | None:
        if not shutil.which("gcc"):
            return "calendars read by libical: no gcc here"
        try:
            self._program()
        except CannotBuild as error:
            return f"calendars read by libical: {error}"
        return None

    def read(self, files: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        done = subprocess.run(
            [self._program(), *written(files, folder)], capture_output=True, text=True, check=True
        )
        # A field's line break, tab and backslash are escaped, so only "\n" ends a line.
        read = [_file(text) for text in re.split(r"^file\t", done.stdout, flags=re.MULTILINE)[1:]]
        assert len(read) == len(files)
        return read

    @cache  # noqa: B019 - one for the whole run
    def _program(self) -> Path:
        return built("libical", [SOURCE], _compile) / "read"


def _compile(folder: Path) -> None:
    run(["gcc", "-o", "read", SOURCE.name, "-lical"], folder, "it is not here to compile with (libical-dev)")


def _file(text: str) -> list[Seen]:
    head, *rows = text.rstrip("\n").split("\n")
    number, faults, method = head.split("\t")
    assert faults == "0", f"libical finds {faults} faults in file {number}"
    events: list[Seen] = []
    for kind, *fields in (row.split("\t") for row in rows):
        plain = [re.sub(r"\\x(..)", lambda found: chr(int(found[1], 16)), one) for one in fields]
        if kind == "event":
            events.append(_event(plain, method or None))
        else:
            events[-1] = _with(events[-1], kind, _somebody(plain))
    return by_start(events)


def _event(fields: list[str], method: str | None) -> Seen:
    uid, starts, ends, summary, status, sequence = fields
    return Seen(
        uid, instant(int(starts)), instant(int(ends)), summary, status, int(sequence), method, None, ()
    )


def _with(event: Seen, kind: str, somebody: Somebody) -> Seen:
    if kind == "organizer":
        return replace(event, organizer=somebody)
    return replace(event, attendees=(*event.attendees, somebody))


def _somebody(fields: list[str]) -> Somebody:
    address, name, answer, asked = fields
    return Somebody(bare(address), name or None, answer or None, asked == "TRUE")
