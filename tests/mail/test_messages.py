"""A letter on its way: headers, encodings, and one recipient."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.mail.composing import Letter
from app.mail.delivery import NotDelivered, written
from app.mail.messages import Mailbox, address, message, new_message_id
from app.mail.wording import subject_line
from tests.mail.examples import EXAMPLES, SIGNED
from tests.mail.golden import check_golden

LETTER = EXAMPLES["topic_on_agenda"]("fi", SIGNED["fi"])
SENDER = Mailbox("Lehmijärven kumppanuuspöytä", "poyta@lehmijarvi.fi")
ID = "<0123456789abcdef0123456789abcdef@kumppanuus.lehmijarvi.fi>"
HOME = "https://kumppanuus.lehmijarvi.fi"
NOW = datetime(2027, 1, 20, 9, 30, tzinfo=UTC)


def sent(
    letter: Letter = LETTER,
    *,
    sender: Mailbox = SENDER,
    to: str = "maija@example.fi",
    message_id: str = ID,
    reply_to: Mailbox | None = None,
) -> bytes:
    return message(
        letter, sender=sender, to=to, message_id=message_id, date=NOW, reply_to=reply_to, home=HOME
    ).as_bytes()


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def text(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content()).replace("\r\n", "\n")


def older(content: bytes, name: str) -> str:
    """Read a field with the older reader: the newer one of this Python leaves spaces into long names."""
    return str(make_header(decode_header(message_from_bytes(content)[name])))


def test_the_message_is_the_one_that_was_read_and_approved() -> None:
    reply_to = Mailbox("Koordinaattori", "koordinaattori@lehmijarvi.fi")
    check_golden("topic_on_agenda.eml", sent(reply_to=reply_to))


def test_what_was_written_is_what_is_read() -> None:
    mail = read(sent())
    assert mail["Subject"] == LETTER.subject
    assert text(mail) == LETTER.body
    assert [one.get_content_type() for one in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert {one.get_content_charset() for one in mail.iter_parts()} == {"utf-8"}
    assert mail["Content-Language"] == "fi"
    assert mail["Message-ID"] == ID
    assert mail["Date"].datetime == NOW
    assert str(mail["From"].addresses[0].display_name) == SENDER.name
    assert mail["Reply-To"] is None


def test_holiday_replies_stay_away() -> None:
    mail = read(sent())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


# Lines and encoded words as the standards want them, which the library alone does not keep


def test_a_long_letter_has_short_lines_of_ascii() -> None:
    long = Letter("x", "fi", "Pöytä " * 25, "Pitkä kappale öljystä ja äänestä. " * 100 + "\n.\nFrom minä\n")
    content = sent(long)
    assert content.isascii()
    head, _, body = content.partition(b"\r\n\r\n")
    assert all(len(line) <= 76 for line in body.split(b"\r\n"))  # RFC 2045, 6.7
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S+\?=", head))  # RFC 2047, 2
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert text(read(content)) == long.body
    assert read(content)["Subject"] == long.subject.strip()


HEADERS = read(sent()).keys()
WORDS = st.lists(
    st.sampled_from(
        ["Pöytä", "ja", "kylätie", "–", "👨‍👩‍👧", "a" * 90, "äö" * 40, "(x),", '"y"', "=?utf-8?q?x?="]
    )
)


@settings(deadline=None)  # a busy machine is not a fault
@given(words=WORDS)
@example(words=["=?utf-8?q?x?="] * 5)
@example(words=["ja", *["=?utf-8?q?x?="] * 5])
def test_whatever_the_words_the_subject_is_read_as_it_was_written(words: list[str]) -> None:
    subject = subject_line(" ".join(words))
    content = sent(Letter("x", "fi", subject, "x\n"))
    head = content.partition(b"\r\n\r\n")[0]
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\S+\?=", head))
    assert read(content)["Subject"] == subject
    assert older(content, "Subject") == subject


@settings(deadline=None)  # a busy machine is not a fault
@given(words=WORDS)
def test_whatever_the_words_the_sender_is_one_and_is_read_as_written(words: list[str]) -> None:
    content = sent(sender=Mailbox(" ".join(words), "poyta@lehmijarvi.fi"))
    assert [each.addr_spec for each in read(content)["From"].addresses] == ["poyta@lehmijarvi.fi"]
    assert read(content).keys() == HEADERS
    shown = older(content, "From").removesuffix("<poyta@lehmijarvi.fi>").removesuffix("poyta@lehmijarvi.fi")
    assert re.sub(r'[\\" ]', "", shown) == re.sub('[" ]', "", "".join(words))


def test_the_longest_address_is_not_encoded_away() -> None:
    longest = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example.fi"
    content = sent(to=longest, sender=Mailbox("Pöytä", longest), reply_to=Mailbox("", longest))
    assert f"\r\nTo: {longest}\r\n".encode() in content
    for name in ("From", "Reply-To"):
        assert [each.addr_spec for each in read(content)[name].addresses] == [longest]


def test_a_long_message_id_is_not_encoded_away() -> None:
    long = f"<{'a' * 90}@kumppanuus.lehmijarvi.fi>"
    assert f"\r\nMessage-ID: {long}\r\n".encode() in sent(message_id=long)


# Nothing that people typed becomes a header or a second recipient

BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r\n ", "\x00"]


@pytest.mark.parametrize("end", BREAKS)
def test_a_subject_with_a_break_adds_no_header(end: str) -> None:
    mail = read(sent(Letter("x", "fi", f"Valot{end}Bcc: joku@example.org", "x\n")))
    assert mail.keys() == HEADERS
    assert mail["Subject"].replace(" ", "") == "ValotBcc:joku@example.org"


ENCODED = "=?utf-8?q?Valot=0D=0ABcc:_joku@example.org?="


@pytest.mark.parametrize("text", [ENCODED, f"Pöytä {ENCODED}", f"{ENCODED} {ENCODED}", "==??utf-8?b?eA==?="])
def test_encoded_words_that_somebody_types_stay_text(text: str) -> None:
    for content in (sent(Letter("x", "fi", text, "x\n")), sent(sender=Mailbox(text, "poyta@lehmijarvi.fi"))):
        assert read(content).keys() == HEADERS
        assert b"\nBcc" not in content
    assert "=" in read(sent(Letter("x", "fi", text, "x\n")))["Subject"]


def test_a_field_that_would_begin_another_is_not_written() -> None:
    mail = message(LETTER, sender=SENDER, to="a@b.fi", message_id=ID, date=NOW)
    del mail["Subject"]
    mail["Subject"] = ENCODED  # decoded by the library as it is set
    with pytest.raises(ValueError, match="Subject has a line break"):
        mail.as_bytes()
    with pytest.raises(NotDelivered) as refusal:
        written(mail)
    assert refusal.value.permanent


@pytest.mark.parametrize("end", BREAKS)
def test_a_name_with_a_break_adds_no_header(end: str) -> None:
    mail = read(sent(sender=Mailbox(f"Pöytä{end}Bcc: joku@example.org", "poyta@lehmijarvi.fi")))
    assert mail.keys() == HEADERS
    assert [each.addr_spec for each in mail["From"].addresses] == ["poyta@lehmijarvi.fi"]


@pytest.mark.parametrize("end", BREAKS)
@pytest.mark.parametrize("place", ["{}maija@example.fi", "mai{}ja@example.fi", "maija@example.fi{}"])
def test_an_address_with_a_break_is_refused(end: str, place: str) -> None:
    for text in (place.format(end), place.format(f"{end}Bcc: joku@example.org{end}")):
        with pytest.raises(Invalid):
            sent(to=text)
        with pytest.raises(Invalid):
            Mailbox("Pöytä", text)


@pytest.mark.parametrize("end", BREAKS)
def test_a_message_id_with_a_break_is_refused(end: str) -> None:
    with pytest.raises(ValueError):
        sent(message_id=f"<a{end}b@lehmijarvi.fi>")


@pytest.mark.parametrize(
    "name",
    [
        "Kumppanuuspöytä, Pieksämäki",
        'Pöytä "kylä" <a@b.fi>',
        "a@b.fi",
        "Pöytä; ja (muut)",
        "Ä" * 200,
        "Jäppilän, Virtasalmen ja Naarajärven kumppanuuspöytä, koordinaattori",
        "",
    ],
)
def test_any_name_makes_one_sender(name: str) -> None:
    content = sent(sender=Mailbox(name, "poyta@lehmijarvi.fi"))
    (mailbox,) = read(content)["From"].addresses
    assert mailbox.addr_spec == "poyta@lehmijarvi.fi"
    shown = f"{name} <poyta@lehmijarvi.fi>" if name else "poyta@lehmijarvi.fi"
    assert re.sub(r'[\\"]', "", older(content, "From")) == shown.replace('"', "")


# Addresses


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("maija@example.fi", "maija@example.fi"),
        ("  maija@example.fi\t", "maija@example.fi"),
        ("Maija.Koivu+kyla@Example.FI", "Maija.Koivu+kyla@example.fi"),
        ("o'brien_1@sub.example.co.uk", "o'brien_1@sub.example.co.uk"),
        ("seppo@mäntyharju.fi", "seppo@xn--mntyharju-v2a.fi"),
        (f"{'a' * 64}@example.fi", f"{'a' * 64}@example.fi"),
    ],
)
def test_an_address_is_taken(text: str, taken: str) -> None:
    assert address(text) == taken


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write an e-mail address."),
        ("   ", "Write an e-mail address."),
        ("a@example.fi, b@example.fi", "only one"),
        ("a@example.fi;b@example.fi", "only one"),
        ("a@b@example.fi", "only one"),
        ("maija", "looks like this"),
        ("maija@", "looks like this"),
        ("@example.fi", "looks like this"),
        ("maija@localhost", "looks like this"),
        ("maija@[127.0.0.1]", "looks like this"),
        ("maija@127.0.0.1", "looks like this"),
        ("maija koivu@example.fi", "looks like this"),
        ("Maija <maija@example.fi>", "looks like this"),
        ('"maija"@example.fi', "looks like this"),
        (".maija@example.fi", "looks like this"),
        ("mai..ja@example.fi", "looks like this"),
        ("maija@example..fi", "looks like this"),
        ("maija@-example.fi", "looks like this"),
        ("maija@example.fi.", "looks like this"),
        ("maija(kylä)@example.fi", "looks like this"),
        ("mäijä@example.fi", "looks like this"),
        ("maija@exam\u2028ple.fi", "looks like this"),
        ("\udcff@example.fi", "looks like this"),
        ("maija@\udcff.fi", "looks like this"),
        (f"{'a' * 65}@example.fi", "looks like this"),
        (f"a@{'b' * 64}.fi", "looks like this"),
        (f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.fi", "looks like this"),
    ],
)
def test_what_is_not_one_address_is_refused_at_its_field(text: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refusal:
        address(text)
    assert refusal.value.field == "email"


# Message-IDs and moments


def test_every_message_has_an_id_of_its_own_that_can_be_sent() -> None:
    first, second = (new_message_id("kumppanuus.lehmijarvi.fi") for _ in range(2))
    assert first != second
    assert read(sent(message_id=first))["Message-ID"] == first


@pytest.mark.parametrize(
    "wrong", ["", "a@b.fi", "<>", "<a>", "<a b@c.fi>", "<a@b@c.fi>", f"<{'a' * 1000}@b.fi>"]
)
def test_a_wrong_id_is_a_fault(wrong: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        sent(message_id=wrong)


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="aware"):
        message(LETTER, sender=SENDER, to="a@b.fi", message_id=ID, date=datetime(2027, 1, 1))  # noqa: DTZ001 - a naive moment is the point
