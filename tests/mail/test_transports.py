"""The ways a letter leaves: what the settings say, a folder, and letters that no way takes."""

from pathlib import Path

import pytest

from app.mail.delivery import NotDelivered
from app.mail.folder import FolderTransport, MemoryTransport
from app.mail.smtp import SmtpTransport
from app.mail.transports import transport
from tests.mail.sending import BOUNCES, letter, refused
from tests.mail.servers import free_port
from tests.mail.test_messages import ID

# One poison message is its own trouble


def test_a_message_to_two_people_or_to_nobody_is_not_sent(tmp_path: Path) -> None:
    for to in ("a@example.fi, b@example.fi", ""):
        mail = letter()
        del mail["To"]
        if to:
            mail["To"] = to
        for way in (SmtpTransport("127.0.0.1", free_port()), FolderTransport(tmp_path), MemoryTransport()):
            with pytest.raises(NotDelivered) as refusal:
                way.deliver(mail, BOUNCES)
            assert refusal.value.permanent
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["a@example.fi>\r\nRCPT TO:<joku@example.org", "a b", "a@b.fi,c@d.fi"])
def test_a_wrong_envelope_is_not_sent(wrong: str) -> None:
    assert refused(free_port(), envelope_from=wrong).permanent


# A folder


def test_a_folder_has_one_whole_file_a_message(tmp_path: Path) -> None:
    way = transport(f"folder:{tmp_path}/lähtevät/posti")
    way.deliver(letter(), BOUNCES)
    way.deliver(letter(), BOUNCES)
    way.deliver(letter("<toinen@lehmijarvi.fi>"), BOUNCES)
    files = {path.name: path.read_bytes() for path in (tmp_path / "lähtevät" / "posti").iterdir()}
    assert files == {
        f"{ID.strip('<>')}.eml": letter().as_bytes(),
        "toinen@lehmijarvi.fi.eml": letter("<toinen@lehmijarvi.fi>").as_bytes(),
    }


def test_no_message_id_leaves_the_folder_or_hides_another(tmp_path: Path) -> None:
    ids = [
        "<../../x@a.fi>",
        "<.._.._x@a.fi>",
        "</etc/x@a.fi>",
        "<..@a.fi>",
        f"<{'a' * 700}@b.fi>",
        "<a|b@a.fi>",
    ]
    for each in ids:
        FolderTransport(tmp_path / "out").deliver(letter(each), BOUNCES)
    assert len(list((tmp_path / "out").glob("[!.]*.eml"))) == len(ids)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_written_may_be_mended(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotDelivered) as refusal:
        FolderTransport(tmp_path / "file").deliver(letter(), BOUNCES)
    assert not refusal.value.permanent


def test_a_list_for_tests() -> None:
    way = transport("memory:")
    assert isinstance(way, MemoryTransport)
    mail = letter()
    way.deliver(mail, BOUNCES)
    assert way.messages == [mail]
    assert transport("memory:") is not way


# What the settings say


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("smtp://mail.example.fi", SmtpTransport("mail.example.fi", 25)),
        ("smtp://mail.example.fi:2525/", SmtpTransport("mail.example.fi", 2525)),
        ("smtp://[::1]:25", SmtpTransport("::1", 25)),
        ("smtp://mail.example.fi?starttls=1", SmtpTransport("mail.example.fi", 587, "starttls")),
        ("smtp://mail.example.fi?starttls=0", SmtpTransport("mail.example.fi", 25)),
        ("SMTPS://u:p%20q@mail.example.fi", SmtpTransport("mail.example.fi", 465, "tls", "u", "p q")),
        ("folder:instance/mail", FolderTransport(Path("instance/mail"))),
        ("folder:/var/mail/out", FolderTransport(Path("/var/mail/out"))),
        (" memory: ", MemoryTransport()),
    ],
)
def test_a_setting_is_understood(url: str, way: object) -> None:
    assert transport(url) == way


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "must begin with"),
        ("mail.example.fi", "must begin with"),
        ("mail.example.fi:25", "must begin with"),
        ("http://mail.example.fi", "must begin with"),
        ("smtp://", "names no mail server"),
        ("smtp:mail.example.fi", "names no mail server"),
        ("smtp://:25", "names no mail server"),
        ("smtp://mail.example.fi:abc", "wrong port"),
        ("smtp://mail.example.fi:99999", "wrong port"),
        ("smtp://[::1", "wrong port or host"),
        ("smtp://salainen@mail.example.fi", "no password"),
        ("smtp://u:salainen/x@mail.example.fi", "wrong port"),
        ("smtp://u:salainen@mail.example.fi/inbox", "goes on"),
        ("smtp://u:salainen@mail.example.fi?tls=1", "one option"),
        ("smtp://u:salainen@mail.example.fi?starttls=yes", "one option"),
        ("smtps://u:salainen@mail.example.fi?starttls=1", "Take one"),
        ("folder:", "names no folder"),
    ],
)
def test_a_wrong_setting_is_told_in_words_and_without_its_password(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as fault:
        transport(url)
    assert "salainen" not in str(fault.value)


def test_a_password_is_not_printed() -> None:
    assert "salainen" not in repr(transport("smtp://u:salainen@mail.example.fi"))
