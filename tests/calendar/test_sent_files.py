"""The files that one evening really sends and serves, from its publishing to its cancelling."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.services import convening, own_calendar
from tests import make
from tests.calendar.client import Client
from tests.calendar.readers.seen import Reader, Seen
from tests.calendar.reading import value
from tests.cast import gather
from tests.letter_stage import send
from tests.page import Browser
from tests.release_stage import EEVA, SOON, change, drafts, evening, person, publish

STAGES = ("invited", "moved", "cancelled")
WHOLE = {"invited": time(18), "moved": time(17, 30), "cancelled": time(17, 30)}
OWN_PART = {"invited": time(18, 5), "moved": time(17, 35), "cancelled": time(17, 35)}


@dataclass
class Story:
    """What each address was sent and what each page served, stage by stage."""

    official: str = ""
    sent: dict[str, dict[str, bytes]] = field(default_factory=dict)
    served: dict[str, dict[str, bytes]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story(standing: Flask) -> Story:
    """An evening at 18.00 is published, moved to 17.30, and cancelled; each time the letters leave."""
    cast = gather()
    meeting = evening(cast)
    own_calendar.make_link(make.visitor(cast.pekka))
    urls = [
        *("/calendar.ics", "/tables/pohjoinen/calendar.ics", f"/meetings/{meeting}.ics"),
        f"/calendars/{person(cast.pekka).calendar_token}.ics",
    ]
    told = Story(official=cast.pekka)
    for stage in STAGES:
        if stage == "moved":
            change(cast, meeting, starts=time(17, 30))
        if stage == "cancelled":
            convening.cancel(make.visitor(cast.maria), meeting, "Lumimyrsky")
        else:
            publish(cast, meeting)
        told.sent[stage] = {
            to: letter.calendar.encode() for to, letter in drafts().items() if letter.calendar
        }
        told.served[stage] = {url: Browser(standing, None).raw(url).data for url in urls}
        send()
    return told


def clocks(event: Seen) -> tuple[datetime, timedelta]:
    helsinki = event.starts.astimezone(ZoneInfo("Europe/Helsinki"))
    return helsinki.replace(tzinfo=None), event.ends - event.starts


def test_every_letter_is_read_alike(story: Story, reader: Reader, tmp_path: Path) -> None:
    letters = [(stage, to, content) for stage in STAGES for to, content in story.sent[stage].items()]
    assert all({EEVA, story.official} <= set(story.sent[stage]) for stage in STAGES)
    read = reader.read([content for _, _, content in letters], tmp_path)
    for (stage, to, content), events in zip(letters, read, strict=True):
        [event] = events
        starts, minutes = (OWN_PART, 20) if to == story.official else (WHOLE, 90)
        assert clocks(event) == (datetime.combine(SOON, starts[stage]), timedelta(minutes=minutes)), to
        assert event.status == ("CANCELLED" if stage == "cancelled" else "CONFIRMED")
        assert event.people == (value(content, "ORGANIZER").removeprefix("mailto:"), (to,))
        if reader.tells_method:
            assert event.method == ("CANCEL" if stage == "cancelled" else "REQUEST")
            assert event.sequence == STAGES.index(stage)


def test_every_feed_and_file_is_read_alike(story: Story, reader: Reader, tmp_path: Path) -> None:
    pages = [(stage, url, content) for stage in STAGES for url, content in story.served[stage].items()]
    read = reader.read([content for _, _, content in pages], tmp_path)
    for (stage, url, _), events in zip(pages, read, strict=True):
        [event] = events
        starts, minutes = (OWN_PART, 20) if url.startswith("/calendars/") else (WHOLE, 90)
        assert clocks(event) == (datetime.combine(SOON, starts[stage]), timedelta(minutes=minutes)), url
        assert event.status == ("CANCELLED" if stage == "cancelled" else "CONFIRMED")
        assert (event.method, event.people) == (None, (None, ()))


def test_whoever_was_invited_has_one_entry_and_then_none(story: Story) -> None:
    class Kept(dict[str, bytes]):
        """Entries by their ids."""

        def put(self, uid: str, entry: bytes) -> None:
            self[uid] = entry

        def drop(self, uid: str) -> None:
            del self[uid]

    for to in story.sent["invited"]:
        kept = Kept()
        program = Client(kept)
        for stage, entries in zip(STAGES, (1, 1, 0), strict=True):
            assert program.take(story.sent[stage][to])
            assert len(kept) == entries, (to, stage)


def test_what_is_sent_is_stamped_with_the_moment_of_its_making(story: Story) -> None:
    stamps = [value(story.sent[stage][EEVA], "DTSTAMP") for stage in STAGES]
    assert stamps == sorted(stamps)
    newest = datetime.strptime(stamps[-1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert timedelta(0) <= datetime.now(UTC) - newest < timedelta(hours=1)
