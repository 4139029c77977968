"""Invitations: what a calendar program needs to ask for an answer, take an update and drop the evening."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from app.calendar.invitations import Invite, cancel, request
from tests.calendar.golden import check_golden
from tests.calendar.nasty import NASTY
from tests.calendar.reading import lines, moment, names, value

INVITE = Invite(
    uid="0d9e4b1c-35a8-4a51-8f2b-6f0a3b1f7c55@kumppanuus.lehmijarvi.fi",
    sequence=0,
    starts=datetime(2027, 8, 26, 17, 30),  # noqa: DTZ001 - the wall clock
    minutes=90,
    summary="Jäppilän kumppanuuspöytä",
    location="Jäppilän koulu, Koulutie 2",
    description="Asialista:\n17.35 Koulukyydit\n17.50 Kylätien valaistus; välillä Kirkkotie–Rantala",
    url="https://kumppanuus.lehmijarvi.fi/meetings/14",
    organizer=("Jäppilän kumppanuuspöytä", "poyta+a-mfrggzdfmztwq2lknnwg23tpoa@kumppanuus.lehmijarvi.fi"),
    attendee=("Anni Aho", "anni.aho@lehmijarvi.fi"),
    stamp=datetime(2027, 8, 2, 9, 30, 15, tzinfo=UTC),
    language="fi",
)
IN_WORDS = {
    "fi": INVITE,
    "sv": replace(
        INVITE,
        language="sv",
        summary="Partnerskapsbordet i Jäppilä",
        description="Ärendelista:\n17.35 Skolskjutsarna\n17.50 Belysningen längs byvägen",
        organizer=("Partnerskapsbordet i Jäppilä", INVITE.organizer[1]),
    ),
    "en": replace(
        INVITE,
        language="en",
        summary="Jäppilä partnership table",
        description="Agenda:\n17.35 School transport\n17.50 Lights on the village road",
        organizer=("Jäppilä partnership table", INVITE.organizer[1]),
    ),
}


def updated(invite: Invite) -> Invite:
    return replace(
        invite,
        sequence=1,
        starts=datetime(2027, 8, 26, 18, 0),  # noqa: DTZ001 - the wall clock
        location="https://etana.lehmijarvi.fi/jappila",
        stamp=datetime(2027, 8, 9, 12, 0, tzinfo=UTC),
    )


def dropped(invite: Invite) -> Invite:
    return replace(updated(invite), sequence=2, stamp=datetime(2027, 8, 16, 6, 0, tzinfo=UTC))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_files_are_byte_for_byte_those_that_were_read_and_approved(language: str) -> None:
    invite = IN_WORDS[language]
    check_golden(f"invitation-{language}.ics", request(invite))
    check_golden(f"update-{language}.ics", request(updated(invite)))
    check_golden(f"cancelling-{language}.ics", cancel(dropped(invite)))


# What makes the buttons appear


def test_an_invitation_asks_one_reader_for_an_answer() -> None:
    content = request(INVITE)
    assert value(content, "METHOD") == "REQUEST"
    assert value(content, "STATUS") == "CONFIRMED"
    assert value(content, "ATTENDEE") == "mailto:anni.aho@lehmijarvi.fi"
    [asked] = [name for name in names(content) if name.startswith("ATTENDEE")]
    assert set(asked.split(";")[1:]) == {
        'CN="Anni Aho"',
        "CUTYPE=INDIVIDUAL",
        "ROLE=REQ-PARTICIPANT",
        "PARTSTAT=NEEDS-ACTION",
        "RSVP=TRUE",
    }
    assert value(content, "ORGANIZER") == f"mailto:{INVITE.organizer[1]}"


def test_the_method_is_said_once_and_of_the_calendar_not_of_the_event() -> None:
    for content in (request(INVITE), cancel(INVITE)):
        assert names(content).count("METHOD") == 1
        assert "METHOD" not in Calendar.from_ical(content).events[0]


def test_nobody_else_stands_in_the_file_and_nothing_rings() -> None:
    for content in (request(INVITE), cancel(INVITE)):
        said = Counter(name.partition(";")[0] for name in names(content))
        assert said["ATTENDEE"] == said["ORGANIZER"] == 1
        assert "BEGIN:VALARM" not in lines(content)
        assert b"SENT-BY" not in content
        assert content.count(b"mailto:") == 2
        assert content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert content.endswith(b"END:VCALENDAR\r\n")


def test_whoever_is_invited_is_busy_until_it_is_cancelled() -> None:
    assert value(request(INVITE), "TRANSP") == "OPAQUE"
    assert value(cancel(INVITE), "TRANSP") == "TRANSPARENT"


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("fi", "PERUTTU: Jäppilän kumppanuuspöytä"),
        ("sv", "INSTÄLLT: Partnerskapsbordet i Jäppilä"),
        ("en", "CANCELLED: Jäppilä partnership table"),
    ],
)
def test_a_cancelling_is_for_the_same_entry_and_says_so_in_words(language: str, summary: str) -> None:
    content = cancel(dropped(IN_WORDS[language]))
    assert value(content, "METHOD") == "CANCEL"
    assert value(content, "STATUS") == "CANCELLED"
    assert value(content, "SUMMARY") == summary
    assert value(content, "UID") == INVITE.uid
    assert value(content, "SEQUENCE") == "2"
    assert value(content, "ATTENDEE") == "mailto:anni.aho@lehmijarvi.fi"
    assert b"RSVP" not in content.replace(b"\r\n ", b"")


def test_the_stamp_is_the_moment_of_writing_in_utc() -> None:
    helsinki_summer = timezone(timedelta(hours=3))
    stamp = datetime(2027, 8, 2, 12, 30, 15, 999_999, tzinfo=helsinki_summer)
    assert value(request(replace(INVITE, stamp=stamp)), "DTSTAMP") == "20270802T093015Z"


def test_the_place_and_the_link_are_where_people_look() -> None:
    content = request(updated(INVITE))
    assert value(content, "LOCATION") == "https://etana.lehmijarvi.fi/jappila"
    assert value(content, "DESCRIPTION").endswith(rf"\n\n{INVITE.url}")
    assert value(content, "URL") == INVITE.url


@pytest.mark.parametrize(
    ("starts", "minutes", "dtstart", "dtend"),
    [
        (datetime(2027, 10, 31, 3, 15), 30, "20271031T001500Z", "20271031T004500Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 3, 15, fold=1), 30, "20271031T011500Z", "20271031T014500Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 10, 31, 2, 30), 90, "20271031T023000", "20271031T010000Z"),  # noqa: DTZ001 - a naive moment is the point
        (datetime(2027, 3, 28, 2, 30), 90, "20270328T023000", "20270328T050000"),  # noqa: DTZ001 - a naive moment is the point
    ],
)
def test_the_nights_when_clocks_change(starts: datetime, minutes: int, dtstart: str, dtend: str) -> None:
    content = request(replace(INVITE, starts=starts, minutes=minutes))
    assert (value(content, "DTSTART"), value(content, "DTEND")) == (dtstart, dtend)
    assert moment(dtend) - moment(dtstart) == timedelta(minutes=minutes)


# Names beside addresses


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anni Aho", "Anni Aho"),
        ('Anni "Anu" Aho', "Anni Anu Aho"),
        ("Aho, Anni; kyläavustaja: Jäppilä", "Aho, Anni; kyläavustaja: Jäppilä"),
        ("Anni^nAho", "AnninAho"),
        ("Anni\r\nATTENDEE:mailto:joku@example.org", "Anni ATTENDEE:mailto:joku@example.org"),
        ("Anni\\nAho \x07\x1b\u202e", "AnninAho"),
        ("Åse Öberg 👩‍🌾", "Åse Öberg 👩‍🌾"),
    ],
)
def test_a_name_is_written_without_what_programs_misread(name: str, shown: str) -> None:
    event = Calendar.from_ical(request(replace(INVITE, attendee=(name, INVITE.attendee[1])))).events[0]
    assert event["attendee"].params["CN"] == shown
    assert event["attendee"] == "mailto:anni.aho@lehmijarvi.fi"


@pytest.mark.parametrize("nameless", ["", " \n ", '"'])
def test_without_a_name_there_is_the_address_alone(nameless: str) -> None:
    content = request(replace(INVITE, attendee=(nameless, INVITE.attendee[1])))
    assert b"CN" not in b"".join(line for line in content.split(b"\r\n") if line.startswith(b"ATTENDEE"))


def test_an_address_with_odd_signs_is_written_as_a_link_is() -> None:
    content = request(replace(INVITE, attendee=("", "aho/anni?%x+kylä@example.org".replace("ä", "a"))))
    assert value(content, "ATTENDEE") == "mailto:aho%2Fanni%3F%25x+kyla@example.org"


# Text that people wrote cannot become a line of the file (each field, each kind of line end)


def changed(field: str, text: str) -> Invite:
    mailbox = getattr(INVITE, field)
    return replace(INVITE, **{field: (text, mailbox[1]) if isinstance(mailbox, tuple) else text})


@pytest.mark.parametrize("field", ["summary", "location", "description", "url", "organizer", "attendee"])
@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_the_file_has_the_properties_of_a_plain_one(field: str, text: str) -> None:
    plain = changed(field, "ilta" if text.strip() else "")
    for write in (request, cancel):
        content = write(changed(field, text))
        assert [name.partition(";")[0] for name in names(content)] == [
            name.partition(";")[0] for name in names(write(plain))
        ]
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert all(line == line.decode().encode() for line in content.split(b"\r\n")), "a letter was split"
        assert not [byte for byte in content.replace(b"\r\n", b"") if byte < 0x20 or byte == 0x7F]
        [event] = Calendar.from_ical(content).walk("VEVENT")
        assert event["attendee"] == "mailto:anni.aho@lehmijarvi.fi"
        assert event["organizer"] == f"mailto:{INVITE.organizer[1]}"


# A wrong value is a fault of the caller and says what is wrong


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"starts": datetime(2027, 2, 11, 18, tzinfo=UTC)}, "naive"),
        ({"stamp": datetime(2027, 2, 11, 18)}, "aware"),  # noqa: DTZ001 - a naive moment is the point
        ({"zone": "Europe/Stockholm"}, "Europe/Stockholm"),
        ({"minutes": 0}, "one minute"),
        ({"sequence": -1}, "sequence"),
        ({"sequence": 2**31}, "sequence"),
        ({"uid": ""}, "id"),
        ({"uid": "a\rEND:VEVENT"}, "id"),
        ({"attendee": ("Pöytä", INVITE.organizer[1].upper())}, "invited"),
        ({"attendee": ("Anni", "")}, "address"),
        ({"attendee": ("Anni", "anni@example.org, joku@example.org")}, "address"),
        ({"attendee": ("Anni", "anni@example.org\nATTENDEE:mailto:joku@example.org")}, "address"),
        ({"organizer": ("Pöytä", "mailto:poyta@example.org")}, "address"),
        ({"organizer": ("Pöytä", "")}, "address"),
    ],
)
def test_a_value_that_would_make_a_wrong_file_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(INVITE, **change)
