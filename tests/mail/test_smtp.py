"""Sending over SMTP: what a letter becomes on the other side, and what each failure is taken for."""

import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from app.mail.delivery import NotDelivered
from app.mail.smtp import SmtpTransport
from app.mail.transports import transport
from tests.mail.sending import BOUNCES, letter, refused
from tests.mail.servers import Postbox, free_port, running, scripted, until_data
from tests.mail.test_messages import read, text

# A server that takes the letter


def test_the_server_gets_the_letter_byte_for_byte_for_one_recipient() -> None:
    postbox, mail = Postbox(), letter(body="Hei!\n.\n..\nFrom minä\n")
    with running(postbox) as port:
        transport(f"smtp://127.0.0.1:{port}").deliver(mail, BOUNCES)
    (taken,) = postbox.envelopes
    assert taken.content == mail.as_bytes()
    assert (taken.mail_from, taken.rcpt_tos) == (BOUNCES, ["maija@example.fi"])
    assert isinstance(taken.content, bytes)
    assert text(read(taken.content)) == "Hei!\n.\n..\nFrom minä\n"


def test_bounces_can_go_nowhere() -> None:
    postbox = Postbox()
    with running(postbox) as port:
        transport(f"smtp://127.0.0.1:{port}").deliver(letter(), "")
    assert postbox.envelopes[0].mail_from == "<>"


def test_a_server_that_does_not_say_goodbye_has_taken_the_letter_all_the_same() -> None:
    def talk(visitor: socket.socket) -> None:
        until_data(visitor)
        visitor.sendall(b"250 Taken\r\n")

    with scripted(talk) as port:
        SmtpTransport("127.0.0.1", port, timeout=5).deliver(letter(), BOUNCES)


# A server that does not


@pytest.mark.parametrize(
    ("postbox", "permanent", "answer"),
    [
        (Postbox(rcpt="550 5.1.1 Tuntematon vastaanottaja"), True, "550 5.1.1 Tuntematon vastaanottaja"),
        (Postbox(rcpt="451 4.7.1 Greylisted, try later"), False, "451 4.7.1 Greylisted, try later"),
        (Postbox(rcpt="421 Too many connections"), False, "421 Too many connections"),
        (Postbox(mail="553 Sender refused"), True, "553 Sender refused"),
        (Postbox(mail="452 Disk full"), False, "452 Disk full"),
        (Postbox(data="554 Looks like spam"), True, "554 Looks like spam"),
        (Postbox(data="451 Come back later"), False, "451 Come back later"),
    ],
)
def test_the_answer_decides_and_is_kept_in_the_server_s_own_words(
    postbox: Postbox, permanent: bool, answer: str
) -> None:
    with running(postbox) as port:
        refusal = refused(port)
    assert (refusal.permanent, refusal.answer, refusal.unsure) == (permanent, answer, False)
    assert postbox.envelopes == []


def test_nobody_answers() -> None:
    refusal = refused(free_port())
    assert not refusal.permanent
    assert "refused" in refusal.answer


def test_the_name_of_the_server_is_unknown() -> None:
    with pytest.raises(NotDelivered) as refusal:
        SmtpTransport("mail.invalid", 25, timeout=5).deliver(letter(), BOUNCES)
    assert not refusal.value.permanent
    assert refusal.value.answer


@pytest.mark.parametrize("greeting", [b"554 No mail here\r\n", b"421 Closing\r\n"])
def test_a_server_that_is_closed_may_be_open_later(greeting: bytes) -> None:
    with scripted(lambda visitor: visitor.sendall(greeting)) as port:
        refusal = refused(port)
    assert not refusal.permanent
    assert refusal.answer == greeting.decode().strip()


def test_a_server_that_hangs_up_at_once() -> None:
    with scripted(lambda visitor: None) as port:
        assert not refused(port).permanent


def test_a_server_that_hangs_up_before_its_answer_to_the_letter() -> None:
    with scripted(until_data) as port:
        refusal = refused(port)
    assert not refusal.permanent
    assert refusal.unsure  # it has the whole letter, and perhaps it keeps it


def test_a_server_that_does_not_answer_to_the_letter() -> None:
    def silent(visitor: socket.socket) -> None:
        until_data(visitor)
        visitor.recv(1)

    with scripted(silent) as port, pytest.raises(NotDelivered) as refusal:
        SmtpTransport("127.0.0.1", port, timeout=5, last_timeout=0.2).deliver(letter(), BOUNCES)
    assert not refusal.value.permanent
    assert refusal.value.unsure
    assert "timed out" in refusal.value.answer


def test_a_server_that_says_nothing_does_not_hold_up_the_rest() -> None:
    def silent(visitor: socket.socket) -> None:
        visitor.recv(1)

    with scripted(silent) as port:
        began = time.monotonic()
        refusal = refused(port, timeout=0.3)
        assert time.monotonic() - began < 3
    assert not refusal.permanent
    assert "timed out" in refusal.answer


def test_a_server_that_talks_nonsense() -> None:
    with scripted(lambda visitor: visitor.sendall(b"\xff\xfe\x00" * 100 + b"\r\n")) as port:
        refusal = refused(port)
    assert not refusal.permanent
    assert refusal.answer.isprintable()
    assert len(refusal.answer) <= 500


def test_a_server_s_words_of_several_lines_are_told_as_one() -> None:
    with running(Postbox(rcpt="550-No\r\n550 such \x1b[31m user")) as port:
        assert refused(port).answer == "550 No such [31m user"


# Signing in and encryption


def only_maija(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
    login, password = getattr(data, "login", b""), getattr(data, "password", b"")
    return AuthResult(success=(login, password) == (b"maija@kunta", b"s:a/l@a"), handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_a_user_and_a_password_with_special_characters() -> None:
    postbox = Postbox()
    settings = {"authenticator": only_maija, "auth_required": True, "auth_require_tls": False}
    with running(postbox, **settings) as port:
        transport(f"smtp://maija%40kunta:s%3Aa%2Fl%40a@127.0.0.1:{port}").deliver(letter(), BOUNCES)
        assert len(postbox.envelopes) == 1
        with pytest.raises(NotDelivered) as refusal:
            transport(f"smtp://maija:wrong@127.0.0.1:{port}").deliver(letter(), BOUNCES)
    # A wrong password is not the letter's fault: it waits until the setting is mended.
    assert not refusal.value.permanent
    assert refusal.value.answer.startswith("535")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("certificate")
    key, cert = folder / "key.pem", folder / "cert.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    try:
        subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        pytest.skip(f"openssl made no certificate: {fault}")
    return key, cert


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_connection_is_used_and_a_stranger_s_is_not(
    security: str, certificate: tuple[Path, Path]
) -> None:
    key, cert = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    postbox = Postbox()
    if security == "tls":
        server = running(postbox, ssl_context=context)
    else:
        server = running(postbox, tls_context=context, require_starttls=True)
    with server as port:
        trust = ssl.create_default_context(cafile=str(cert))
        known = SmtpTransport("127.0.0.1", port, security, timeout=5, trust=trust)
        known.deliver(letter(), BOUNCES)
        assert len(postbox.envelopes) == 1
        with pytest.raises(NotDelivered) as refusal:
            SmtpTransport("127.0.0.1", port, security, timeout=5).deliver(letter(), BOUNCES)
    assert not refusal.value.permanent
    assert "certificate" in refusal.value.answer.lower()


def test_a_server_without_encryption_does_not_get_the_letter_in_clear() -> None:
    postbox = Postbox()
    with running(postbox) as port, pytest.raises(NotDelivered) as refusal:
        transport(f"smtp://127.0.0.1:{port}?starttls=1").deliver(letter(), BOUNCES)
    assert not refusal.value.permanent
    assert postbox.envelopes == []
