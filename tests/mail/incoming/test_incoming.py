"""A message is read into values: its head, its words, its files; and nothing that is sent breaks it."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.attachments import CONTENT_TYPES, LARGEST, LONGEST_NAME, MOST
from app.mail.incoming import SMALL_PICTURE, Incoming, Nature, read
from tests.mail.incoming.corpus import BOX, corpus, raw_message
from tests.mail.incoming.files import JPEG, PDF, PNG, REFUSED, TAKEN

SUBJECTS = {
    "Tievalot": "Tievalot",
    "=?utf-8?Q?P=C3=B6yt=C3=A4_ja_tie?=": "Pöytä ja tie",
    "=?iso-8859-1?q?P=F6yt=E4?=": "Pöytä",
    "=?utf-8?B?UMO2eXTDpA==?=": "Pöytä",
    "=?utf-8?B?UMO2eXTDpA?=": "Pöytä",  # its padding is missing
    "=?utf-8?Q?P=C3?= =?utf-8?Q?=B6yt=C3=A4?=": "Pöytä",  # a character cut in two
    "=?utf-8?Q?P=C3=B6y?=\r\n =?utf-8?Q?t=C3=A4?=": "Pöytä",
    "VS:=?utf-8?Q?_P=C3=B6yt=C3=A4?=": "VS: Pöytä",  # glued to a word
    "=?us-ascii?Q?P=C3=B6yt=C3=A4?=": "Pöytä",  # a wrong label
    "=?x-outo?Q?P=F6yt=E4?=": "Pöytä",
    "=?utf-8?Q?Pöytä ja tie?=": "Pöytä ja tie",  # raw letters and spaces in an encoded word
    "Pöytä": "Pöytä",
    "Lasku\u202egnp.exe": "Laskugnp.exe",
    "a\x00b\x07c": "abc",
    "=?utf-8?Q?rivi=0D=0ABcc:_x@y.example?=": "rivi Bcc: x@y.example",
    "": "",
    "a" * 999: "a" * 300,
}


@pytest.mark.parametrize(("written", "subject"), SUBJECTS.items(), ids=lambda one: repr(one)[:40])
def test_a_subject_is_read_as_it_was_meant(written: str, subject: str) -> None:
    assert read(raw_message(1, b"Hei", subject=written)).subject == subject


def test_a_latin_1_subject_is_read_without_any_label() -> None:
    raw = raw_message(1, b"Hei", subject="XX").replace(b"XX", "Pöytä".encode("latin-1"))
    assert read(raw).subject == "Pöytä"


SENDERS = {
    "Aino Mäkelä <Aino@Kyla.Example>": ("Aino Mäkelä", "aino@kyla.example"),
    '"Mäkelä, Aino" <aino@kyla.example>': ("Mäkelä, Aino", "aino@kyla.example"),
    "aino@kyla.example": ("", "aino@kyla.example"),
    "<aino@kyla.example>": ("", "aino@kyla.example"),
    "aino@kyla.example (Aino)": ("Aino", "aino@kyla.example"),
    "pekka@kunta.example <vieras@paha.example>": ("pekka@kunta.example", "vieras@paha.example"),
    '"pekka@kunta.example" <vieras@paha.example>': ("pekka@kunta.example", "vieras@paha.example"),
    "=?utf-8?Q?M=C3=A4kel=C3=A4=2C_Aino?= <aino@kyla.example>": ("Mäkelä, Aino", "aino@kyla.example"),
    "Aino": ("Aino", ""),
    "": ("", ""),
    "(((((" * 5000: ("", ""),
}


@pytest.mark.parametrize(("written", "found"), SENDERS.items(), ids=lambda one: repr(one)[:40])
def test_a_sender_is_a_name_and_one_address(written: str, found: tuple[str, str]) -> None:
    raw = raw_message(1, b"Hei").replace(b"kylalainen1@kyla.example", written.encode(), 1)
    message = read(raw)
    assert message.from_address == found[1]
    assert message.from_name[:200] == found[0] or (found == ("", "") and "(" in message.from_name)


def test_the_head_tells_what_a_message_answers_and_when_it_was_sent() -> None:
    fields = ("In-Reply-To: <b@x>", "References: <a@x>\r\n <b@x>", "Date: Sun, 14 Feb 2027 09:12:00 +0200")
    message = read(raw_message(7, b"Hei", *fields, f"Delivered-To: {BOX.upper()}", "Cc: Aino <a@b.example>"))
    assert message.message_id == "<m7@kyla.example>"
    assert message.references == ("<b@x>", "<a@x>")
    assert message.sent_at == datetime(2027, 2, 14, 7, 12, tzinfo=UTC)
    assert message.recipients == (BOX, "a@b.example")


@pytest.mark.parametrize("written", ["<>", "", "<", "ilman", "<" + "a" * 500 + "@b>", "<a b@c>"])
def test_an_identifier_that_is_none_is_empty(written: str) -> None:
    raw = raw_message(1, b"Hei").replace(b"<m1@kyla.example>", written.encode())
    assert read(raw).message_id == ""


@pytest.mark.parametrize(
    "written", ["eilen", "", "Sun, 99 Feb 2027 25:61:00", "Mon, 1 Jan 99999999 00:00 +9999"]
)
def test_a_day_that_makes_no_sense_is_left_out(written: str) -> None:
    assert read(raw_message(1, b"Hei", f"Date: {written}")).sent_at is None


FLOWED = "Tämä on pitkä \r\nrivi.\r\n\r\n Toinen \r\nkappale.\r\n-- \r\nAino\r\n"


def test_flowed_lines_become_paragraphs() -> None:
    field = "Content-Type: text/plain; charset=utf-8; format=flowed"
    message = read(raw_message(1, FLOWED.encode(), field))
    assert message.text == "Tämä on pitkä rivi.\n\nToinen kappale."
    assert message.whole.endswith("--\nAino")


def _with(*files: tuple[str, bytes], inline: bool = False) -> Incoming:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "aino@kyla.example", "Kuvia"
    mail.set_content("Tässä kuvat.")
    for name, content in files:
        how = {"disposition": "inline", "cid": "<a@b>"} if inline else {}
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name, **how)
        if inline:
            mail.get_payload()[-1].set_type("image/png")  # type: ignore[union-attr, index]  # a list
    return read(mail.as_bytes())


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_of_people_is_kept(name: str) -> None:
    (kept,) = _with((name, TAKEN[name])).files
    assert (kept.name, kept.content, kept.refused) == (name, TAKEN[name], "")
    assert kept.content_type in CONTENT_TYPES


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_could_do_harm_is_named_only(name: str) -> None:
    (left,) = _with((name, REFUSED[name])).files
    assert (left.content, left.refused, left.size) == (None, "type", len(REFUSED[name]))
    assert "\u202e" not in left.name


def test_files_are_limited_in_size_number_and_together() -> None:
    assert [one.refused for one in _with(("a.pdf", PDF + bytes(LARGEST))).files] == ["size"]
    many = _with(*[(f"{n}.pdf", PDF) for n in range(MOST + 2)]).files
    assert [one.refused for one in many] == [""] * MOST + ["many"] * 2
    big = PDF + bytes(4_000_000)
    assert [one.refused for one in _with(*[(f"{n}.pdf", big) for n in range(4)]).files] == [
        "",
        "",
        "",
        "size",
    ]


NAMES = {
    "../../etc/kuva.jpg": "kuva.jpg",
    "C:\\Kuvat\\kuva.jpg": "kuva.jpg",
    "kuva\r\nX: y.jpg": "kuva X_ y.jpg",
    "näkymä – kylä.jpg": "näkymä – kylä.jpg",
    "a" * 300 + ".jpg": "a" * (LONGEST_NAME - 4) + ".jpg",
    "kuva": "kuva.jpg",
    ".jpg": "jpg.jpg",
    '"<kuva>?.jpg': "__kuva__.jpg",
}


@pytest.mark.parametrize(("given", "name"), NAMES.items(), ids=lambda one: repr(one)[:30])
def test_a_name_is_cleaned(given: str, name: str) -> None:
    field = "Content-Disposition: attachment; filename*=utf-8''" + "".join(
        f"%{byte:02X}" for byte in given.encode()
    )
    body = b"--b\r\n" + field.encode() + b"\r\n\r\n" + JPEG + b"\r\n--b--\r\n"
    (kept,) = read(raw_message(1, body, "Content-Type: multipart/mixed; boundary=b")).files
    assert kept.name == name


def test_a_small_picture_in_the_text_is_an_ornament_and_a_large_one_a_photograph() -> None:
    assert _with(("image001.png", PNG), inline=True).files == ()
    large = _with(("image001.png", PNG + bytes(SMALL_PICTURE)), inline=True).files
    assert [one.refused for one in large] == [""]


@pytest.mark.parametrize("kind", ["pkcs7-signature", "pgp-signature"])
def test_a_signed_message_is_read_and_its_signature_left_out(kind: str) -> None:
    signature = f"Content-Type: application/{kind}; name=smime.p7s\r\n\r\nxx"
    body = f"--b\r\n\r\nHei kylä\r\n--b\r\n{signature}\r\n--b--\r\n"
    message = read(raw_message(1, body.encode(), "Content-Type: multipart/signed; boundary=b"))
    assert (message.text, message.files) == ("Hei kylä", ())


def test_a_message_forwarded_as_a_file_is_read() -> None:
    body = (
        b"--b\r\n\r\nTiedoksi.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: eeva@kyla.example\r\n"
        b"Subject: Valot\r\n\r\nValot puuttuvat tielta.\r\n--b--\r\n"
    )
    message = read(raw_message(1, body, "Content-Type: multipart/mixed; boundary=b"))
    assert message.from_address == "kylalainen1@kyla.example"
    assert message.text == "Tiedoksi.\n\nFrom: eeva@kyla.example\nSubject: Valot\n\nValot puuttuvat tielta."
    assert message.files == ()


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_message_of_hardly_anything_is_read(size: int) -> None:
    message = read(b"a" * size)
    assert (message.nature, message.from_address, message.size) == (Nature.PERSON, "", size)


def _is_clean(message: Incoming) -> bool:
    texts = (
        message.text,
        message.whole,
        message.subject,
        message.from_name,
        *(one.name for one in message.files),
    )
    return all(
        not (character < " " and character not in "\n\t") and not "\ud800" <= character <= "\udfff"
        for text in texts
        for character in text
    )


PIECES = st.sampled_from(
    (
        *(
            b"\r\n",
            b"\n\n",
            b"--b\r\n",
            b"--b--",
            b"\x00",
            b"\xff",
            b"=?",
            b"?=",
            b"<",
            b">",
            b"(",
            b'"',
            b";",
        ),
        *(b"From: ", b"To: a@b.fi,", b"Subject: =?utf-8?b?", b"Message-ID: <>", b"Date: x", b"References: <"),
        *(
            b"Content-Type: multipart/mixed; boundary=b\r\n",
            b"Content-Type: multipart/alternative; boundary=b\r\n",
        ),
        *(b"Content-Type: text/html; charset=", b"utf-16", b"idna", b"Content-Type: message/rfc822\r\n"),
        *(b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n"),
        *(
            b"Content-Disposition: attachment; filename*0*=",
            b"utf-8''%FF",
            b"<div class=gmail_quote>",
            b"<table>",
        ),
        *(b"Content-Type: message/delivery-status\r\n", b"Content-Type: multipart/report; boundary=b\r\n"),
        *(b"kirjoitti:", b"> ", b"-- \n", b"14.2.2027 9.12", "ä".encode(), b"METHOD:REPLY", b"begin 644 a\n"),
    )
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=60))
def test_whatever_is_sent_is_read(pieces: list[bytes]) -> None:
    assert _is_clean(read(b"".join(pieces), own_domain="b", recipient="a@b.fi"))


CUT = [one.raw for one in corpus()[::25] if len(one.raw) < 100_000]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_message_cut_and_mixed_up_is_read(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(CUT)))
    for _ in range(data.draw(st.integers(0, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(raw) - 1))
    assert _is_clean(read(bytes(raw[start : start + data.draw(st.integers(1, 3000))])))
