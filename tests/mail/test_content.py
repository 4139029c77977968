"""A letter with an invitation: where its parts stand, and what keeps every byte of them."""

import re
from email.message import EmailMessage

import pytest

from app.domain.errors import Invalid
from app.mail.composing import Letter
from app.mail.messages import CalendarPart, Mailbox, message
from tests.mail.golden import check_golden
from tests.mail.test_messages import HOME, ID, LETTER, NOW, SENDER, read

REQUEST = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kumppanuuspöytä//FI",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:2f1c6a52-4a0e-4a5e-9a25-0c6a7b1f0c11@lehmijarvi.fi",
        "DTSTAMP:20270120T093000Z",
        "DTSTART:20270211T160000Z",
        "DTEND:20270211T173000Z",
        "SEQUENCE:0",
        "SUMMARY:Pohjoinen kumppanuuspöytä – kokous 👍",
        "ORGANIZER;CN=Lehmijärven kunta:mailto:poyta@lehmijarvi.fi",
        "ATTENDEE;CN=Maija;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:maija@example.fi",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)
BODY = f"""Hei!

Tervetuloa kokoukseen torstaina 11.2.2027 kello 18.00.

Asialista on täällä:
{HOME}/meetings/14

Terveisin
Lehmijärven kunta
"""
INVITATION = CalendarPart("REQUEST", REQUEST)
PARENT = "<fedcba9876543210fedcba9876543210@kumppanuus.lehmijarvi.fi>"
STOP = f"{HOME}/letters/{'t' * 43}/stop?group=meetings"


def sent(letter: Letter = LETTER, **fields: object) -> bytes:
    values = {"sender": SENDER, "to": "maija@example.fi", "message_id": ID, "date": NOW, "home": HOME}
    return message(letter, **{**values, **fields}).as_bytes()  # type: ignore[arg-type]  # on purpose


def tree(mail: EmailMessage) -> list[object]:
    """The types of a message, each with those inside it."""
    kind = mail.get_content_type()
    return [kind, *map(tree, mail.iter_parts())] if mail.is_multipart() else [kind]  # type: ignore[arg-type]  # on purpose


def part(mail: EmailMessage, kind: str) -> EmailMessage:
    (found,) = (one for one in mail.walk() if one.get_content_type() == kind)
    assert isinstance(found, EmailMessage)
    return found


def test_the_invitation_is_the_one_that_was_read_and_approved() -> None:
    letter = Letter("agenda_published", "fi", "Kutsu 11.2.2027: Pohjoinen kumppanuuspöytä", BODY)
    reply_to = Mailbox("Lehmijärven kunta", f"poyta+r-{'a' * 26}@lehmijarvi.fi")
    content = sent(letter, calendar=INVITATION, reply_to=reply_to, in_reply_to=PARENT, unsubscribe=STOP)
    check_golden("request.eml", content)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_programs_find_the_invitation_where_they_look_for_it() -> None:
    mail = read(sent(calendar=INVITATION))
    texts = ["multipart/alternative", ["text/plain"], ["text/html"], ["text/calendar"]]
    assert tree(mail) == ["multipart/mixed", texts, ["application/ics"]]
    assert tree(read(sent())) == ["multipart/alternative", ["text/plain"], ["text/html"]]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_method_is_one_in_the_text_and_in_both_parts(method: str) -> None:
    calendar = CalendarPart(method, REQUEST.replace("METHOD:REQUEST", f"METHOD:{method}"))  # type: ignore[arg-type]  # on purpose
    mail = read(sent(calendar=calendar))
    for kind in ("text/calendar", "application/ics"):
        found = part(mail, kind)
        assert found["Content-Type"].params["method"] == method
        assert found["Content-Type"].params["charset"] == "utf-8"
        assert found["Content-Transfer-Encoding"] == "base64"
        assert found.get_payload(decode=True) == calendar.text.encode()  # CRLF and all
    assert part(mail, "application/ics").get_filename() == "invite.ics"


@pytest.mark.parametrize(
    "text",
    [
        REQUEST.replace("METHOD:REQUEST", "METHOD:CANCEL"),
        REQUEST.replace("METHOD:REQUEST\r\n", ""),
        REQUEST.replace("METHOD:REQUEST", "METHOD:REQUEST\r\nMETHOD:CANCEL"),
        "",
    ],
)
def test_two_methods_never_leave_together(text: str) -> None:
    with pytest.raises(ValueError, match="another method"):
        sent(calendar=CalendarPart("REQUEST", text))


def test_a_second_try_is_the_same_message_byte_for_byte() -> None:
    one, other = (sent(calendar=INVITATION, in_reply_to=PARENT, unsubscribe=STOP) for _ in range(2))
    assert one == other
    assert sent(message_id=PARENT) != sent(message_id=ID)


def test_a_letter_belongs_under_the_first_one() -> None:
    mail = read(sent(in_reply_to=PARENT))
    assert (mail["In-Reply-To"], mail["References"]) == (PARENT, PARENT)
    assert "References" not in read(sent())


@pytest.mark.parametrize("length", [10, 60, 200, 700])
def test_the_address_that_stops_letters_stays_readable_however_long(length: int) -> None:
    url = f"{HOME}/letters/{'x' * length}/stop?group=meetings"
    content = sent(unsubscribe=url)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in content
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    assert b"List-Unsubscribe" not in sent()


# Eight kinds of a line's end in every field: no new field, and one reader

ENDS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
FIELDS = ["subject", "sender", "reply_to", "to", "message_id", "in_reply_to", "unsubscribe", "method"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("end", ENDS)
def test_no_line_end_in_any_field_makes_another_field_or_reader(field: str, end: str) -> None:
    evil = f"{end}Bcc: joku@paha.example{end}{end}Hei"
    values: dict[str, object] = {"in_reply_to": PARENT, "unsubscribe": STOP, "reply_to": SENDER}
    usual = sorted(read(sent(**values)).keys())
    letter = LETTER
    try:
        match field:
            case "subject":
                letter = Letter("x", "fi", f"Aihe{evil}", "Hei!\n")
            case "sender" | "reply_to":
                values[field] = Mailbox(f"Kunta{evil}", "poyta@lehmijarvi.fi")
            case "to":
                values["to"] = f"maija@example.fi{evil}"
            case "method":
                values["calendar"] = CalendarPart(f"REQUEST{evil}", REQUEST)  # type: ignore[arg-type]  # on purpose
            case _:
                inside = {"message_id": ID, "in_reply_to": PARENT, "unsubscribe": f"{STOP}>"}[field]
                values[field] = inside.replace(">", f"{evil}>")
        content = sent(letter, **values)
    except (Invalid, ValueError):
        return  # refused in words: nothing leaves
    mail = read(content)
    assert sorted(mail.keys()) == usual
    assert "Bcc" not in mail
    assert [one.addr_spec for one in mail["To"].addresses] == ["maija@example.fi"]
    assert not re.search(rb"[\r\n]Bcc", content.partition(b"\r\n\r\n")[0])
