"""ical.js, which Thunderbird and Nextcloud read calendars with."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.calendar.readers.building import CannotBuild, built, run
from tests.calendar.readers.seen import Seen, Somebody, bare, by_start, instant, written

HERE = Path(__file__).parent / "ical_js"
FETCH = [
    *("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
    *("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
]


class IcalJs:
    """Fetched by npm at the version and checksum of package-lock.json."""

    name = "ical.js"
    tells_method = True

    @cache  # noqa: B019 - one for the whole run
    def missing(self) -> str | None:
        if not shutil.which("node") or not shutil.which("npm"):
            return "calendars read by ical.js: no Node.js with npm here"
        try:
            self._program()
        except CannotBuild as error:
            return f"calendars read by ical.js: {error}"
        return None

    def read(self, files: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        command = ["node", self._program(), *written(files, folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [by_start([_seen(event) for event in events]) for events in json.loads(done.stdout)]

    @cache  # noqa: B019 - one for the whole run
    def _program(self) -> Path:
        sources = [HERE / name for name in ("package.json", "package-lock.json", "read.mjs")]
        return built("ical_js", sources, _fetch) / "read.mjs"


def _fetch(folder: Path) -> None:
    run(FETCH, folder, "npm could not fetch it")


def _seen(event: dict) -> Seen:
    return Seen(
        uid=event["uid"],
        starts=instant(event["starts"]),
        ends=instant(event["ends"]),
        summary=event["summary"],
        status=event["status"],
        sequence=event["sequence"],
        method=event["method"],
        organizer=event["organizer"] and _somebody(event["organizer"]),
        attendees=tuple(map(_somebody, event["attendees"])),
    )


def _somebody(one: dict) -> Somebody:
    return Somebody(bare(one["address"]), one["name"], one["status"], one["rsvp"] == "TRUE")
