"""Meetings in calendars: what people's calendar programs are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from app.calendar.events import CalendarMeeting, etag, feed, meeting_file
from tests.calendar.golden import check_golden
from tests.calendar.nasty import NASTY
from tests.calendar.reading import lines, moment, names, value

PAGE = "https://kumppanuus.lehmijarvi.fi/tables/jappila"
MEETING = CalendarMeeting(
    uid="7b0c6f5e-5d1c-4e0a-9a63-5f3f1f1b2a10@kumppanuus.lehmijarvi.fi",
    starts=datetime(2027, 2, 11, 18, 0),  # noqa: DTZ001 - the wall clock
    minutes=90,
    summary="Jäppilän kumppanuuspöytä",
    location="Jäppilän koulu, Koulutie 2",
    description="18.05 Koulukyytien aikataulut\n18.20 Kylätien valaistus; välillä Kirkkotie–Rantala",
    url="https://kumppanuus.lehmijarvi.fi/meetings/14",
    sequence=3,
    cancelled=False,
    changed=datetime(2027, 1, 20, 9, 30, 15, tzinfo=UTC),
    language="fi",
)
SUMMER = replace(
    MEETING,
    uid="c1f2f9b4-0d7b-4a5e-8f0e-7f9d0f7b8c22@kumppanuus.lehmijarvi.fi",
    starts=datetime(2027, 8, 26, 17, 30),  # noqa: DTZ001 - a naive moment is the point
    location="Etänä",
    description="",
    url="https://kumppanuus.lehmijarvi.fi/meetings/15",
)


def jappila(*meetings: CalendarMeeting) -> bytes:
    return feed("Jäppilän kumppanuuspöytä", "Kylän ja kunnan yhteiset illat", meetings, url=PAGE)


# What the files look like as a whole


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("meeting-fi.ics", meeting_file(MEETING)),
        ("meeting-cancelled-sv.ics", meeting_file(replace(MEETING, cancelled=True, language="sv"))),
        ("feed.ics", jappila(MEETING, SUMMER)),
        ("feed-empty.ics", jappila()),
    ],
)
def test_the_file_is_byte_for_byte_the_one_that_was_read_and_approved(name: str, content: bytes) -> None:
    check_golden(name, content)


def test_a_publication_is_not_an_invitation() -> None:
    for content in (meeting_file(MEETING), jappila(MEETING, SUMMER)):
        assert not {"METHOD", "ORGANIZER", "ATTENDEE"} & {name.partition(";")[0] for name in names(content)}


def test_a_feed_asks_to_be_read_again_every_four_hours_and_has_its_name_in_both_ways() -> None:
    content = jappila(MEETING)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines(content)
    assert "X-PUBLISHED-TTL:PT4H" in lines(content)
    assert value(content, "NAME") == value(content, "X-WR-CALNAME") == "Jäppilän kumppanuuspöytä"
    assert value(content, "X-WR-TIMEZONE") == "Europe/Helsinki"


def test_one_meeting_as_a_file_does_not_open_as_a_new_calendar() -> None:
    assert not [name for name in names(meeting_file(MEETING)) if name in ("NAME", "X-WR-CALNAME")]


def test_a_feed_without_meetings_is_still_a_calendar() -> None:
    calendar = Calendar.from_ical(jappila())
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_stamp_and_last_change_are_the_same_moment_in_utc() -> None:
    helsinki_winter = timezone(timedelta(hours=2))
    changed = datetime(2027, 1, 20, 11, 30, 15, 999_999, tzinfo=helsinki_winter)
    content = meeting_file(replace(MEETING, changed=changed))
    assert value(content, "DTSTAMP") == value(content, "LAST-MODIFIED") == "20270120T093015Z"


def test_the_link_is_where_people_see_it_and_only_once() -> None:
    content = meeting_file(MEETING)
    assert value(content, "URL") == MEETING.url
    assert value(content, "DESCRIPTION").endswith(rf"\n\n{MEETING.url}")
    already = replace(MEETING, description=f"Lue lisää: {MEETING.url}")
    assert value(meeting_file(already), "DESCRIPTION") == f"Lue lisää: {MEETING.url}"


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("fi", "PERUTTU: Jäppilän kumppanuuspöytä"),
        ("sv", "INSTÄLLT: Jäppilän kumppanuuspöytä"),
        ("en", "CANCELLED: Jäppilän kumppanuuspöytä"),
    ],
)
def test_a_cancelled_meeting_says_so_in_words_and_keeps_its_id(language: str, summary: str) -> None:
    content = meeting_file(replace(MEETING, cancelled=True, language=language, sequence=4))
    assert value(content, "SUMMARY") == summary
    assert value(content, "STATUS") == "CANCELLED"
    assert value(content, "SEQUENCE") == "4"
    assert value(content, "UID") == MEETING.uid


# The same meetings make the same bytes; any change makes others


def test_the_order_in_which_meetings_are_given_does_not_matter() -> None:
    assert jappila(MEETING, SUMMER) == jappila(SUMMER, MEETING)


def test_the_mark_of_the_content_changes_with_the_content_only() -> None:
    assert etag(jappila(MEETING)) == etag(jappila(MEETING))
    assert etag(jappila(MEETING)) != etag(jappila(replace(MEETING, location="Etänä")))
    assert '"' not in etag(b"")


# The clock


@pytest.mark.parametrize(
    ("starts", "minutes", "dtstart", "dtend"),
    [
        # An ordinary winter and summer evening.
        (datetime(2027, 2, 11, 18, 0), 90, "20270211T180000", "20270211T193000"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 7, 1, 18, 0), 90, "20270701T180000", "20270701T193000"),  # noqa: DTZ001 - a naive moment is the point
        # The spring night: 03.00-04.00 does not exist.
        (datetime(2027, 3, 28, 2, 30), 90, "20270328T023000", "20270328T050000"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 3, 28, 3, 30), 30, "20270328T043000", "20270328T050000"),  # noqa: DTZ001 - a naive moment is the point
        # The autumn night: 03.00-04.00 comes twice; both times are told in UTC.
        (datetime(2027, 10, 31, 2, 30), 45, "20271031T023000", "20271031T001500Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 2, 30), 90, "20271031T023000", "20271031T010000Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 2, 30), 180, "20271031T023000", "20271031T043000"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 3, 15), 60, "20271031T001500Z", "20271031T011500Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 3, 15, fold=1), 30, "20271031T011500Z", "20271031T014500Z"),  # noqa: DTZ001 - a naive moment is the point
        # Over midnight.
        (datetime(2027, 12, 31, 23, 30), 60, "20271231T233000", "20280101T003000"),  # noqa: DTZ001 - a naive moment is the point
    ],
)
def test_a_meeting_ends_after_its_real_minutes(
    starts: datetime, minutes: int, dtstart: str, dtend: str
) -> None:
    content = meeting_file(replace(MEETING, starts=starts, minutes=minutes))
    assert (value(content, "DTSTART"), value(content, "DTEND")) == (dtstart, dtend)
    assert moment(dtend) - moment(dtstart) == timedelta(minutes=minutes)


def test_local_times_name_their_zone() -> None:
    assert {"DTSTART;TZID=Europe/Helsinki", "DTEND;TZID=Europe/Helsinki"} <= set(names(meeting_file(MEETING)))


# Text that people wrote cannot become a line of the file


FIELDS = ["summary", "location", "description", "url"]


def crowded(field: str, text: str) -> CalendarMeeting:
    return replace(MEETING, **{field: text})


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_the_file_has_the_properties_of_a_plain_one(field: str, text: str) -> None:
    content = meeting_file(crowded(field, text))
    plain = names(meeting_file(crowded(field, "ilta" if text.strip() else "")))
    assert names(content) == plain
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line == line.decode().encode() for line in content.split(b"\r\n")), "a letter was split"
    bare = content.replace(b"\r\n", b"")
    assert not [byte for byte in bare if byte < 0x20 or byte == 0x7F]
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
def test_the_name_of_a_feed_cannot_become_a_line_either(text: str) -> None:
    content = feed(text, text, [MEETING], url=PAGE)
    assert names(content) == names(feed("nimi", "kuvaus", [MEETING], url=PAGE))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = Calendar.from_ical(content)
    assert read["name"] == read["x-wr-calname"]


def test_what_was_meant_is_what_is_read() -> None:
    written = replace(MEETING, summary='Tie; "valot", \\ ja 👨‍👩‍👧', location="Sali 1\nKoulutie 2")
    event = Calendar.from_ical(meeting_file(written)).events[0]
    assert event["summary"] == 'Tie; "valot", \\ ja 👨‍👩‍👧'
    assert event["location"] == "Sali 1 Koulutie 2"
    assert event["description"] == f"{MEETING.description}\n\n{MEETING.url}"


# A wrong value is a fault of the caller and says what is wrong


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"starts": datetime(2027, 2, 11, 18, tzinfo=UTC)}, "naive"),
        ({"changed": datetime(2027, 2, 11, 18)}, "aware"),  # noqa: DTZ001 - a naive moment is the point
        ({"zone": "Europe/Stockholm"}, "Europe/Stockholm"),
        ({"minutes": 0}, "one minute"),
        ({"sequence": -1}, "sequence"),
        ({"uid": ""}, "id"),
        ({"uid": "a\nEND:VEVENT"}, "id"),
    ],
)
def test_a_value_that_would_make_a_wrong_file_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(MEETING, **change)
