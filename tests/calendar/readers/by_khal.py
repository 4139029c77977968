"""khal, a whole calendar program: it takes files in by their ids and lists what is in its calendars."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.calendar.readers.seen import Seen, Somebody, by_start, written

BETWEEN, END = "\x1f", "\x1e"
FIELDS = ["calendar", "uid", "start-long-full", "end-long-full", "title", "status", "organizer", "attendees"]
MEMORY = "/dev/shm"  # khal waits for the disk after each event
# What is imported; more is laid in as programs that fetch calendars do, as importing takes its time.
FEW_FILES, FEW_EVENTS = 4, 50
SETTINGS = """\
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Etc/UTC
default_timezone = Etc/UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%S
longdatetimeformat = %Y-%m-%dT%H:%M:%S
[default]
highlight_event_days = False
[calendars]
"""


class Khal:
    """Runs with a home and settings of its own; it tells neither the method nor the sequence."""

    name = "khal"
    tells_method = False

    def missing(self) -> str | None:
        return None if shutil.which("khal") else "calendars read by khal: no khal here"

    def read(self, files: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        paths = written(files, folder)
        with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else folder) as quick:
            khal = KhalCalendars(Path(quick), [path.stem for path in paths])
            few = len(files) <= FEW_FILES and b"".join(files).count(b"BEGIN:VEVENT") <= FEW_EVENTS
            for path, content in zip(paths, files, strict=True):
                if few:
                    khal.take_in(path.stem, path)
                else:
                    khal.put(path.stem, apart(content))
            listed = khal.listed(years_of(files))
        return [by_start(listed[path.stem]) for path in paths]


def apart(calendar: bytes) -> list[bytes]:
    """Return each event as an object of its own with the time zone, as programs keep them (RFC 4791, 4.1)."""
    [zone] = re.findall(rb"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", calendar, re.DOTALL)
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//apart//EN\r\n" + zone
    events = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", calendar, re.DOTALL)
    return [head + event + b"END:VCALENDAR\r\n" for event in events]


def years_of(files: Sequence[bytes]) -> range:
    """Return the years that the events are in, one more at each end: khal looks at each day of them."""
    starts = rb"\nDTSTART;TZID[^:]*:(\d{4})"
    years = [int(year) for content in files for year in re.findall(starts, content)] or [2027]
    return range(min(years) - 1, max(years) + 2)


class KhalCalendars:
    """A user of khal with some calendars, which are folders of files."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder = folder
        self.names = list(names)
        calendars = "".join(f"[[{name}]]\npath = {self.path(name)}\n" for name in names)
        (folder / "settings").write_text(SETTINGS.format(folder=folder) + calendars)
        for name in names:
            self.path(name).mkdir(parents=True)

    def path(self, name: str) -> Path:
        """Return the folder of a calendar."""
        return self.folder / "calendars" / name

    def take_in(self, name: str, path: Path) -> None:
        """Import one file: an event with an id that is there takes the place of the older."""
        self._khal("import", "--batch", "-a", name, str(path))

    def put(self, name: str, objects: Sequence[bytes]) -> None:
        """Lay objects into a calendar's folder, as a program that fetches calendars does.

        Importing is the more common way, and takes a second for each hundred events.
        """
        for number, content in enumerate(objects):
            (self.path(name) / f"{number}.ics").write_bytes(content)

    def listed(self, years: range) -> dict[str, list[Seen]]:
        """Return what each calendar shows in these years."""
        line = BETWEEN.join(f"{{{field}}}" for field in FIELDS) + END
        said = self._khal("list", "-df", "", "-f", line, f"{years.start}-01-01", f"{years.stop}-01-01")
        found: dict[str, list[Seen]] = {name: [] for name in self.names}
        rows = (row.lstrip("\n") for row in said.split(END))
        for row in dict.fromkeys(filter(None, rows)):  # one past midnight is listed on both days
            name, *fields = row.split(BETWEEN)
            found[name].append(_seen(*fields))
        return found

    def _khal(self, *words: str) -> str:
        home = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "LANG": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run(
            ["khal", "-c", str(self.folder / "settings"), *words],
            env={"PATH": os.environ["PATH"], **home},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _seen(uid: str, starts: str, ends: str, title: str, status: str, organizer: str, attendees: str) -> Seen:
    return Seen(
        uid=uid,
        starts=datetime.fromisoformat(starts).replace(tzinfo=UTC),
        ends=datetime.fromisoformat(ends).replace(tzinfo=UTC),
        summary=title,
        status=status.strip(),
        sequence=None,
        method=None,
        organizer=_organizer(organizer),
        attendees=tuple(Somebody(one) for one in attendees.split(", ") if one),
    )


def _organizer(said: str) -> Somebody | None:
    named = re.fullmatch(r"(.*) \((.*)\)", said)
    if named:
        return Somebody(named[2], named[1])
    return Somebody(said) if said else None
