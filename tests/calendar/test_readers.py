"""Four programs that are not ours read every calendar file of the product, and see the same evening."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.calendar.events import CalendarMeeting, feed, meeting_file
from app.calendar.invitations import Invite, cancel, request
from app.calendar.zone import ZONE
from tests.calendar.golden import FOLDER
from tests.calendar.nasty import NASTY
from tests.calendar.readers.seen import Reader, Seen
from tests.calendar.reading import moment, values
from tests.calendar.test_events import MEETING, PAGE, jappila
from tests.calendar.test_invitations import INVITE, dropped, updated

HELSINKI = ZoneInfo(ZONE)
YEARS = range(2026, 2030)


def instants(events: list[Seen]) -> list[tuple[str, datetime, datetime]]:
    return [(one.uid, one.starts, one.ends) for one in events]


def meant(meeting: CalendarMeeting | Invite) -> tuple[str, datetime, datetime]:
    """Return what every reader must see: the instants by the zone database, not by the file."""
    starts = meeting.starts.replace(tzinfo=HELSINKI).astimezone(UTC)
    return meeting.uid, starts, starts + timedelta(minutes=meeting.minutes)


# Every file


def test_each_golden_file_is_read_as_it_is_written(reader: Reader, tmp_path: Path) -> None:
    paths = sorted(FOLDER.glob("*.ics"))
    files = [path.read_bytes() for path in paths]
    for path, content, events in zip(paths, files, reader.read(files, tmp_path), strict=True):
        uids, summaries = values(content, "UID"), values(content, "SUMMARY")
        starts, ends = map(moment, values(content, "DTSTART")), map(moment, values(content, "DTEND"))
        assert instants(events) == list(zip(uids, starts, ends, strict=True)), path.name
        assert [one.summary for one in events] == summaries, path.name
        assert [one.status for one in events] == values(content, "STATUS"), path.name
        if reader.tells_method:
            assert [one.sequence for one in events] == [int(one) for one in values(content, "SEQUENCE")]
            assert {one.method for one in events} <= set(values(content, "METHOD") or [None])


def test_an_invitation_its_update_and_its_cancelling_are_seen_as_such(reader: Reader, tmp_path: Path) -> None:
    moved, off = updated(INVITE), dropped(INVITE)
    read = reader.read([request(INVITE), request(moved), cancel(off)], tmp_path)
    assert [instants(events) for events in read] == [[meant(one)] for one in (INVITE, moved, off)]
    seen = [events[0] for events in read]
    assert [one.status for one in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert {one.people for one in seen} == {(INVITE.organizer[1], (INVITE.attendee[1],))}
    assert {one.organizer and one.organizer.name for one in seen} == {"Jäppilän kumppanuuspöytä"}
    if reader.tells_method:
        assert [(one.method, one.sequence) for one in seen] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
        asked = [(one.attendees[0].answer, one.attendees[0].asked) for one in seen]
        assert asked == [("NEEDS-ACTION", True), ("NEEDS-ACTION", True), ("NEEDS-ACTION", False)]


def test_a_publication_asks_nobody_and_comes_from_nobody(reader: Reader, tmp_path: Path) -> None:
    off = replace(MEETING, cancelled=True, uid="another@kumppanuus.lehmijarvi.fi")
    shown, alone, empty = reader.read([jappila(MEETING, off), meeting_file(MEETING), jappila()], tmp_path)
    assert sorted(one.status for one in shown) == ["CANCELLED", "CONFIRMED"]
    assert instants(alone) == [meant(MEETING)]
    assert empty == []
    assert {(one.method, one.people) for one in shown + alone} == {(None, (None, ()))}


def test_nothing_that_people_type_makes_another_entry_or_attendee(reader: Reader, tmp_path: Path) -> None:
    """All fields carry each text at once; one feed and one invitation hold what the readers must not take."""
    texts = [text for text in NASTY if text.strip()]
    meetings = [
        replace(MEETING, uid=f"{number}@example.org", summary=text, location=text, description=text, url=text)
        for number, text in enumerate(texts)
    ]
    worst = texts[0]
    invite = replace(
        INVITE,
        **dict.fromkeys(("summary", "location", "description", "url"), worst),
        organizer=(worst, INVITE.organizer[1]),
        attendee=(worst, INVITE.attendee[1]),
    )
    shown, asked = reader.read([feed(worst, worst, meetings, url=PAGE), request(invite)], tmp_path)
    assert sorted(instants(shown)) == sorted(meant(one) for one in meetings)
    assert {one.people for one in shown} == {(None, ())}
    assert instants(asked) == [meant(invite)]
    assert asked[0].people == (INVITE.organizer[1], (INVITE.attendee[1],))


# Every day


def every_day() -> list[CalendarMeeting]:
    days = (date(YEARS.start, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1))
    return [at(datetime.combine(day, time(18))) for day in days]


def at(starts: datetime, minutes: int = 90) -> CalendarMeeting:
    uid = f"{starts:%Y%m%dT%H%M}-{starts.fold}-{minutes}@example.org"
    return replace(MEETING, uid=uid, starts=starts, minutes=minutes, description="", url="", location="")


def last_sunday(year: int, month: int) -> date:
    return max(day for day in (date(year, month, one) for one in range(25, 32)) if day.weekday() == 6)


def around_the_changes(years: range) -> list[CalendarMeeting]:
    """Return meetings before, in and after both nights, the hour that comes twice in both its showings."""
    made = []
    for year in years:
        spring, autumn = last_sunday(year, 3), last_sunday(year, 10)
        for night in (spring, autumn):
            made.append(at(datetime.combine(night - timedelta(days=1), time(23, 30)), 300))
            for clock in (time(0), time(2, 30), time(2, 59), time(4), time(4, 1), time(5), time(18)):
                made.append(at(datetime.combine(night, clock)))
        for clock in (time(3), time(3, 15), time(3, 59)):
            made += [at(datetime.combine(autumn, clock.replace(fold=fold)), 30) for fold in (0, 1)]
    return made


def test_a_meeting_at_six_is_at_six_on_every_day_of_four_years(reader: Reader, tmp_path: Path) -> None:
    meetings = every_day()
    [shown] = reader.read([jappila(*meetings)], tmp_path)
    assert instants(shown) == [meant(one) for one in meetings]
    on_the_wall = [one.starts.astimezone(HELSINKI).replace(tzinfo=None) for one in shown]
    assert on_the_wall == [one.starts for one in meetings]
    assert (len(shown), on_the_wall[0].year, on_the_wall[-1].year) == (1461, YEARS[0], YEARS[-1])


def test_both_nights_when_clocks_change_are_right_to_the_minute(reader: Reader, tmp_path: Path) -> None:
    meetings = around_the_changes(YEARS)
    [shown] = reader.read([jappila(*meetings)], tmp_path)
    assert sorted(instants(shown)) == sorted(meant(one) for one in meetings)


@pytest.mark.parametrize("fold", [0, 1])
def test_an_invitation_to_the_hour_that_comes_twice_is_to_the_right_one(
    reader: Reader, tmp_path: Path, fold: int
) -> None:
    invite = replace(
        INVITE, starts=datetime.combine(last_sunday(2027, 10), time(3, 15, fold=fold)), minutes=50
    )
    [shown] = reader.read([request(invite)], tmp_path)
    assert instants(shown) == [meant(invite)]


def test_the_zone_in_the_file_is_that_of_the_zone_database(reader: Reader, tmp_path: Path) -> None:
    """Under a name that no program knows, so that each must go by the rules that the file carries.

    Fails in the year when the law on summer time changes: then the constant must change too.
    """
    years = range(2020, 2038)
    months = [
        at(datetime.combine(date(year, month, 15), time(12))) for year in years for month in range(1, 13)
    ]
    meetings = months + around_the_changes(years)
    unknown = jappila(*meetings).replace(b"Europe/Helsinki", b"Kylan kello")
    [shown] = reader.read([unknown], tmp_path)
    assert sorted(instants(shown)) == sorted(meant(one) for one in meetings)
