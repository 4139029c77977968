"""What is no answer to an invitation, and what comes of broken and hostile files."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.calendar.replies import LARGEST, NotAReply, read_reply
from tests.calendar.answers import APPLE, ATTENDEE, COMES, EXCHANGE, GOOGLE, PLAIN, UID, sent


@pytest.mark.parametrize(
    "method", ["COUNTER", "REFRESH", "PUBLISH", "REQUEST", "CANCEL", "DECLINECOUNTER", ""]
)
def test_only_an_answer_is_one(method: str) -> None:
    with pytest.raises(NotAReply, match="METHOD"):
        read_reply(sent(PLAIN.replace("METHOD:REPLY", f"METHOD:{method}")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("METHOD:REPLY\n", ""),
        ("METHOD:REPLY\n", "METHOD:REPLY\nMETHOD:REPLY\n"),
        (f"UID:{UID}\n", ""),
        (f"UID:{UID}\n", "UID:\n"),
        (f"UID:{UID}\n", f"UID:{UID}\nUID:another\n"),
        (f"UID:{UID}\n", "UID:" + "a" * 256 + "\n"),
        (f"UID:{UID}\n", "UID:a\\nb\n"),
        (f"{ATTENDEE}\n", ""),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=NEEDS-ACTION"),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=COMPLETED"),
        (";PARTSTAT=ACCEPTED", ""),
        ("mailto:anni.aho@lehmijarvi.fi", "invalid:nomail"),
        ("mailto:anni.aho@lehmijarvi.fi", "mailto:anni"),
        ("mailto:anni.aho@lehmijarvi.fi", "mailto:a@b@example.org"),
        ("mailto:anni.aho@lehmijarvi.fi", "mailto:a%0D%0Ab@example.org"),
        ("mailto:anni.aho@lehmijarvi.fi", f"mailto:{'a' * 300}@example.org"),
        ("SEQUENCE:1", "SEQUENCE:-1"),
        ("SEQUENCE:1", "SEQUENCE:first"),
        ("SEQUENCE:1", "SEQUENCE:2147483648"),
        ("SEQUENCE:1", "SEQUENCE:1\nSEQUENCE:2"),
        ("DTSTAMP:20270803T061500Z", "DTSTAMP:20271303T061500Z"),
        ("DTSTAMP:20270803T061500Z", "DTSTAMP:yesterday"),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("END:VEVENT\n", ""),
        ("END:VCALENDAR\n", ""),
        ("BEGIN:VCALENDAR\n", ""),
        ("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:another\nEND:VEVENT\n"),
        ("END:VCALENDAR\n", f"END:VCALENDAR\n{PLAIN}"),
        ("UID", "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nUID"),
    ],
)
def test_what_cannot_be_understood_in_one_way_is_no_answer(old: str, new: str) -> None:
    assert old in PLAIN
    with pytest.raises(NotAReply):
        read_reply(sent(PLAIN.replace(old, new, 1)))


@pytest.mark.parametrize("text", ["", "Tulen!", "<html>", "BEGIN:VCALENDAR", "\x00" * 100, " " * 100])
def test_other_texts_are_no_answers(text: str) -> None:
    with pytest.raises(NotAReply):
        read_reply(sent(text))


def test_a_file_may_be_of_256_kilobytes_and_no_more() -> None:
    filled = sent(PLAIN) + b"X-FILL:" + b"a" * (LARGEST - len(sent(PLAIN)) - len("X-FILL:"))
    assert read_reply(filled) == COMES
    with pytest.raises(NotAReply, match="larger"):
        read_reply(filled + b"a")


def test_rules_in_the_file_are_not_worked_out() -> None:
    """A rule for each second since 1601 keeps whoever follows it busy; here it is a line among others."""
    endless = "RRULE:FREQ=SECONDLY\nRDATE:16010101T000000\nEXRULE:FREQ=SECONDLY;COUNT=999999999\n"
    rule = f"BEGIN:STANDARD\nDTSTART:16010101T000000\n{endless}END:STANDARD\n"
    zone = f"BEGIN:VTIMEZONE\nTZID:X\n{rule}END:VTIMEZONE\n"
    text = PLAIN.replace("BEGIN:VEVENT\n", f"{zone}BEGIN:VEVENT\nDTSTART;TZID=X:16010101T000000\n{endless}")
    before = datetime.now(UTC)
    assert read_reply(sent(text)) == COMES
    assert datetime.now(UTC) - before < timedelta(seconds=5)


# Nothing else than NotAReply comes out, whatever comes in

PIECES = [
    *(line.encode() for line in (GOOGLE + EXCHANGE + APPLE).split("\n")),
    *(b";", b":", b",", b'"', b"\\", b"^n", b"=", b" ", b"\r", b"\n", b"\r\n ", b"\xff", b"\x00", b"\xc3"),
    *(b"ATTENDEE", b"PARTSTAT=DELEGATED", b"DELEGATED-TO=", b"mailto:%ff%00@", b"SEQUENCE:", b"DTSTAMP:"),
]


def is_read_or_refused(content: bytes) -> None:
    try:
        reply = read_reply(content)
    except NotAReply:
        return
    assert "@" in reply.attendee
    assert reply.uid


@settings(deadline=None)
@given(some.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)


@settings(deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=60).map(b"\r\n".join))
def test_lines_in_any_order_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)


@settings(deadline=None, max_examples=200)
@given(
    some.sampled_from([GOOGLE, EXCHANGE, APPLE, PLAIN]).map(sent),
    some.integers(0, 1500),
    some.integers(0, 40),
    some.one_of(some.binary(max_size=12), some.sampled_from(PIECES)),
)
def test_an_answer_with_a_hole_is_read_or_refused(content: bytes, at: int, taken: int, put: bytes) -> None:
    is_read_or_refused(content[:at] + put + content[at + taken :])
