"""The mailbox is read by IMAP from a real server: each message once, and put away when it is stored."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from imap_tools.mailbox import BaseMailBox
from sqlalchemy.exc import OperationalError

from app.domain.incoming import LARGEST, MOST_TRIES, Outcome, Why
from app.extensions import db
from app.mail import fetching as mailbox
from app.mail.fetching import DONE, KEYWORD, NO_ANSWER, NO_FOLDER, UNREAD, WRONG_LOGIN, ArrivalBox
from app.models import Heartbeat, IncomingMail, Topic
from app.services import fetching
from app.services.fetching import fetch
from app.services.receiving import Received
from tests.cast import Cast
from tests.mail import dovecot
from tests.mail.dovecot import PASSWORD, Dovecot
from tests.mail.servers import free_port
from tests.receiving_stage import arrived, count, letters, mail, taking_mail, topics


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[None]:
    with taking_mail(app):
        yield


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot.running() as found:
        yield found


def heard() -> str | None:
    """Return what went wrong in the last round."""
    db.session.rollback()
    return db.session.get_one(Heartbeat, "fetch").answer


def test_what_came_is_received_and_put_away(cast: Cast, server: Dovecot) -> None:
    server.deliver(mail(subject="Kylätien valot"))
    server.deliver(mail("Silta on rikki.", subject="Silta"), to="aiheet+etela@lehmijarvi.example")
    assert fetch(server.url()) == 2
    assert [(one.title, one.table_id) for one in topics()] == [
        ("Kylätien valot", cast.north),
        ("Silta", cast.south),
    ]
    assert (server.subjects(), server.subjects(DONE)) == ([], ["Kylätien valot", "Silta"])
    assert heard() is None
    assert fetch(server.url()) == 0


def test_the_same_message_twice_is_one_topic(server: Dovecot) -> None:
    raw = mail()
    server.deliver(raw, raw)
    assert fetch(server.url()) == 2
    assert (count(Topic), len(letters()), len(server.subjects(DONE))) == (1, 1, 2)


def test_a_message_that_somebody_has_looked_at_is_received_too(server: Dovecot) -> None:
    server.deliver(mail())
    with server.opened() as box:
        box.flag(box.uids(), r"\Seen", value=True)
    assert fetch(server.url()) == 1


def test_a_folder_may_have_any_name(server: Dovecot) -> None:
    with server.opened() as box:
        box.folder.create("Pöytä & aiheet")
        box.append(mail(), "Pöytä & aiheet")
    assert fetch(server.url(folder="P%C3%B6yt%C3%A4%20%26%20aiheet")) == 1
    assert (server.subjects("Pöytä & aiheet"), len(server.subjects(DONE))) == ([], 1)


def test_folders_below_the_inbox_are_found() -> None:
    with dovecot.running(separator=".", prefix="INBOX.") as server:
        server.deliver(mail(), mail("Silta on rikki."))
        assert fetch(server.url()) == 2
        assert len(server.subjects(f"INBOX.{DONE}")) == 2


@pytest.mark.parametrize("again", [1, 2], ids=["first message", "second message"])
def test_a_worker_that_dies_between_storing_and_moving_makes_no_double(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    server.deliver(mail(), mail("Silta on rikki."))
    plain, tries = ArrivalBox.put_away, []

    def dies(box: ArrivalBox, uid: str, folder: str) -> None:
        tries.append(uid)
        if len(tries) == again:
            raise KeyboardInterrupt
        plain(box, uid, folder)

    monkeypatch.setattr(ArrivalBox, "put_away", dies)
    with pytest.raises(KeyboardInterrupt):
        fetch(server.url())
    assert count(Topic) == again
    assert fetch(server.url()) == 3 - again
    assert (count(IncomingMail), count(Topic), len(server.subjects(DONE))) == (2, 2, 2)


def test_a_lost_connection_goes_on_in_the_next_round(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(mail(), mail("Silta on rikki."), mail("Tie on kuopilla."))
    plain = fetching.receive

    def cut(raw: bytes, **how: Any) -> Received:
        found = plain(raw, **how)
        if count(Topic) == 2:
            boxes[-1]._client.sock.close()
            boxes[-1]._client.file.close()
        return found

    boxes: list[ArrivalBox] = []
    opening = ArrivalBox.__init__

    def remembered(self: ArrivalBox, box: BaseMailBox) -> None:
        opening(self, box)
        boxes.append(self)

    monkeypatch.setattr(ArrivalBox, "__init__", remembered)
    monkeypatch.setattr(fetching, "receive", cut)
    fetch(server.url())
    assert (count(Topic), heard()) == (2, NO_ANSWER)
    monkeypatch.setattr(fetching, "receive", plain)
    fetch(server.url())
    assert (count(Topic), count(IncomingMail), server.subjects(), heard()) == (3, 3, [], None)


def test_where_nothing_can_be_moved_messages_are_marked(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArrivalBox, "_folder", lambda _self, _name: None)
    server.deliver(mail())
    assert (fetch(server.url()), fetch(server.url())) == (1, 0)
    with server.opened() as box:
        (left,) = box.fetch(mark_seen=False)
    assert {r"\Seen", KEYWORD} <= set(left.flags)


def test_a_server_that_cannot_move_is_asked_to_copy(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = ArrivalBox.__init__

    def old(self: ArrivalBox, box: BaseMailBox) -> None:
        opening(self, box)
        self._can -= {"MOVE"}

    monkeypatch.setattr(ArrivalBox, "__init__", old)
    server.deliver(mail(), mail("Silta on rikki."))
    with server.opened() as box:
        box.append(mail(subject="Toisen poistama"), flag_set=[r"\Deleted"])
    assert fetch(server.url()) == 2
    assert (server.subjects(), len(server.subjects(DONE))) == (["Toisen poistama"], 2)


# What goes wrong


def test_a_message_that_cannot_be_received_does_not_stop_the_others(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(mail("Tämä on rikki.", subject="Rikki"), mail())
    plain = fetching.receive

    def fails(raw: bytes, **how: Any) -> Received:
        if b"Subject: Rikki" in raw:
            raise ValueError("nobody foresaw this")
        return plain(raw, **how)

    monkeypatch.setattr(fetching, "receive", fails)
    found = [fetch(server.url()) for _ in range(MOST_TRIES + 1)]
    assert found == [1, *[0] * MOST_TRIES]
    assert (server.subjects(), server.subjects(UNREAD)) == ([], ["Rikki"])
    held = [one for one in arrived() if one.outcome is Outcome.HELD]
    assert [one.why for one in held] == [Why.UNREADABLE]


def test_a_database_that_is_away_loses_nothing(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    server.deliver(mail())

    def away(*_raw: object, **_how: object) -> Received:
        raise OperationalError("", {}, Exception("gone"))

    plain = fetching.receive
    monkeypatch.setattr(fetching, "receive", away)
    for _ in range(MOST_TRIES + 1):
        with pytest.raises(OperationalError):
            fetch(server.url())
    assert len(server.subjects()) == 1
    monkeypatch.setattr(fetching, "receive", plain)
    assert fetch(server.url()) == 1


def test_of_a_message_that_is_too_large_the_head_alone_is_read(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 5_000)
    monkeypatch.setattr("app.services.receiving.LARGEST", 5_000)
    server.deliver(mail("Pitkä juttu. " * 1_000, subject="Suuri"))
    assert fetch(server.url()) == 1
    (row,) = arrived()
    assert (row.outcome, row.why, row.subject, row.text) == (Outcome.HELD, Why.TOO_LARGE, "Suuri", "")
    assert row.size > 10_000 > len(row.raw or b"")
    assert LARGEST == 25 * 1024 * 1024


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        ({"password": "väärä"}, WRONG_LOGIN),
        ({"password": "wrong"}, WRONG_LOGIN),
        ({"folder": "Puuttuu"}, NO_FOLDER),
    ],
)
def test_a_mailbox_that_does_not_open_is_told_in_a_sentence(
    server: Dovecot, how: dict[str, str], answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.deliver(mail())
    assert fetch(server.url(**how)) == 0
    assert heard() == answer
    assert PASSWORD not in caplog.text
    assert fetch(server.url()) == 1  # and all is well again when it is set right
    assert heard() is None


def test_a_server_that_is_not_there() -> None:
    assert fetch(f"imap://eeva:sala@127.0.0.1:{free_port()}/") == 0
    assert heard() == NO_ANSWER


def test_no_secret_is_shown() -> None:
    where = mailbox.whereabouts("imaps://eeva%40x.example:sala%2Fsana@mail.example")
    assert (where.user, where.password, where.port, where.folder) == (
        "eeva@x.example",
        "sala/sana",
        993,
        "INBOX",
    )
    assert "sala" not in repr(where)


def test_a_servers_certificate_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "only.pem"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    certificate.write_text((tmp_path / "only.pem").read_text() + (tmp_path / "key.pem").read_text())
    with dovecot.running(tls=certificate) as server:
        server.deliver(mail())
        tls = (
            server.url()
            .replace("imap://", "imaps://")
            .replace(f"127.0.0.1:{server.imap}", f"localhost:{server.imaps}")
        )
        start = server.url().replace("127.0.0.1", "localhost") + "?starttls=1"
        assert (fetch(tls), heard(), fetch(start), heard()) == (0, NO_ANSWER, 0, NO_ANSWER)
        trusting = ssl.create_default_context(cafile=str(tmp_path / "only.pem"))
        monkeypatch.setattr(mailbox.ssl, "create_default_context", lambda: trusting)
        assert (fetch(tls), heard()) == (1, None)
        server.deliver(mail("Silta on rikki."))
        assert (fetch(start), heard()) == (1, None)
