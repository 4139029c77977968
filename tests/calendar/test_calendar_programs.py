"""An evening in somebody's calendar: invited, moved twice, cancelled; one entry all the time, then none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.calendar.events import meeting_file
from app.calendar.invitations import cancel, request
from tests.calendar.client import CalDavStore, Client, KhalStore
from tests.calendar.conftest import missing
from tests.calendar.radicale import CalDav, missing_radicale, running_radicale
from tests.calendar.readers.by_khal import Khal
from tests.calendar.reading import value
from tests.calendar.test_events import MEETING
from tests.calendar.test_invitations import INVITE

INVITED = request(INVITE)
LATER = replace(
    INVITE,
    sequence=1,
    starts=datetime(2027, 8, 26, 18, 0),  # noqa: DTZ001 - the wall clock
    stamp=datetime(2027, 8, 9, 12, 0, tzinfo=UTC),
)
ELSEWHERE = replace(
    LATER, sequence=2, location="Jäppilän seurantalo", stamp=datetime(2027, 8, 12, 8, 0, tzinfo=UTC)
)
OFF = replace(ELSEWHERE, sequence=3, stamp=datetime(2027, 8, 16, 6, 0, tzinfo=UTC))


@pytest.fixture
def khal(tmp_path: Path) -> KhalStore:
    """A user of khal with an empty calendar."""
    if reason := Khal().missing():
        missing(reason)
    return KhalStore(tmp_path)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CalDav]:
    """A CalDAV server with an empty calendar."""
    if reason := missing_radicale():
        missing(reason)
    with running_radicale(tmp_path) as server:
        yield server


def as_file(content: str) -> bytes:
    return content.encode() + b"\r\n"


# khal


def test_in_khal_there_is_one_entry_and_after_the_cancelling_none(khal: KhalStore) -> None:
    anni = Client(khal)
    for message, starts in (
        (INVITED, datetime(2027, 8, 26, 14, 30, tzinfo=UTC)),
        (request(LATER), datetime(2027, 8, 26, 15, 0, tzinfo=UTC)),
        (request(ELSEWHERE), datetime(2027, 8, 26, 15, 0, tzinfo=UTC)),
    ):
        assert anni.take(message)
        [entry] = khal.entries()
        assert (entry.uid, entry.starts, entry.status) == (INVITE.uid, starts, "CONFIRMED")
    assert not anni.take(request(LATER)), "a letter that came late changes nothing"
    assert anni.take(cancel(OFF))
    assert khal.entries() == []


def test_khal_by_itself_keeps_what_is_cancelled_as_an_entry_that_says_so(khal: KhalStore) -> None:
    """khal 0.10 does not look at METHOD. Whoever reads it sees the word, and still only one entry."""
    for message in (INVITED, request(LATER), cancel(OFF)):
        khal.put(INVITE.uid, message)
    [entry] = khal.entries()
    assert (entry.status, entry.summary) == ("CANCELLED", "PERUTTU: Jäppilän kumppanuuspöytä")


# A CalDAV server


def test_on_a_server_there_is_one_entry_and_after_the_cancelling_none(server: CalDav) -> None:
    anni = Client(CalDavStore(server))
    for message in (INVITED, request(LATER), request(ELSEWHERE)):
        assert anni.take(message)
        [kept] = map(as_file, server.objects())
        assert value(kept, "SEQUENCE") == value(message, "SEQUENCE")
        assert value(kept, "DTSTART") == value(message, "DTSTART")
        assert b"METHOD" not in kept
    assert anni.take(cancel(OFF))
    assert server.objects() == []


def test_a_program_that_marks_what_is_cancelled_has_no_confirmed_entry_left(server: CalDav) -> None:
    anni = Client(CalDavStore(server), marks=True)
    for message in (INVITED, request(LATER), request(ELSEWHERE), cancel(OFF)):
        assert anni.take(message)
    [kept] = map(as_file, server.objects())
    assert value(kept, "STATUS") == "CANCELLED"
    assert value(kept, "SUMMARY") == "PERUTTU: Jäppilän kumppanuuspöytä"


def test_the_server_knows_an_update_for_the_same_entry_by_its_id(server: CalDav) -> None:
    """The server refuses a second object with the same id (RFC 4791, 5.3.2.1, no-uid-conflict)."""
    assert server.put("first", INVITED) == 201
    assert server.put("second", request(LATER)) == 409
    assert server.put("second", cancel(OFF)) == 409
    assert server.put("first", request(LATER)) == 201
    assert len(server.objects()) == 1


def test_an_invitation_to_ones_own_part_stands_beside_the_whole_evening(server: CalDav) -> None:
    """An official may also follow the feed: its entry has the meeting's id, the invitation one of its own."""
    assert server.put("evening", meeting_file(MEETING)) == 201
    assert server.put("own part", INVITED) == 201
    uids = {value(as_file(one), "UID") for one in server.objects()}
    assert uids == {MEETING.uid, INVITE.uid}
