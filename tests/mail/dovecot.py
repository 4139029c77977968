"""A real mail server for the tests: Dovecot with a private configuration, run for one test by its pid."""

import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from imap_tools.mailbox import MailBoxUnencrypted

USER = "aiheet@lehmijarvi.example"
PASSWORD = "sala/sana@1"
SECONDS = 20
LOWEST, HIGHEST = 21_000, 32_000


def check_installed() -> None:
    """Leave the test out where there is no Dovecot; where everything must run that is a fault."""
    if shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return
    if os.environ.get("CI") == "true":
        pytest.fail("Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd")
    pytest.skip("Dovecot is not installed, so no mailbox was read")


def _free_port() -> int:
    for port in range(LOWEST + os.getpid() % 5000, HIGHEST):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


CONFIGURATION = """
base_dir = {base}/run
state_dir = {base}/state
instance_name = test
log_path = {base}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain
default_internal_user = {owner}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{base}/mail/%n
mail_home = {base}/mail/%n
mail_uid = {uid}
mail_gid = {gid}
lmtp_save_to_detail_mailbox = no
recipient_delimiter = +
postmaster_address = postmaster@lehmijarvi.example
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; `deliver` hands messages in as a mail server does, `folder` looks into one."""

    imap: int
    imaps: int
    lmtp: int
    log: Path
    certificate: Path | None = None

    def url(self, password: str = PASSWORD, folder: str = "INBOX") -> str:
        secret = password.replace("/", "%2F").replace("@", "%40")
        return f"imap://{USER.replace('@', '%40')}:{secret}@127.0.0.1:{self.imap}/{folder}"

    def deliver(self, *messages: bytes, to: str = USER) -> None:
        with smtplib.LMTP("127.0.0.1", self.lmtp) as way:
            for one in messages:
                way.sendmail("somebody@koivuranta.example", [to], one)

    @contextmanager
    def opened(self, folder: str = "INBOX") -> Iterator[MailBoxUnencrypted]:
        with MailBoxUnencrypted("127.0.0.1", self.imap, timeout=SECONDS).login(USER, PASSWORD, folder) as box:
            yield box

    def subjects(self, folder: str = "INBOX") -> list[str]:
        with self.opened() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return [one.subject for one in box.fetch(mark_seen=False, headers_only=True)]


@contextmanager
def running(*, tls: Path | None = None, separator: str = "/", prefix: str = "") -> Iterator[Dovecot]:
    """Run Dovecot in the foreground, with its mail in a folder of its own; all ends with the block.

    `tls` is a file with a certificate and its key. Where root runs the tests, mail belongs to nobody.
    """
    check_installed()
    with TemporaryDirectory(prefix="dovecot") as folder:  # short: a socket's whole path has 107 characters
        yield from _run(Path(folder), tls, separator, prefix)


def _run(base: Path, tls: Path | None, separator: str, prefix: str) -> Iterator[Dovecot]:
    owner = pwd.getpwuid(os.getuid())
    login = pwd.getpwnam("nobody") if owner.pw_uid == 0 else owner
    ports = []
    with socket.socket() as first, socket.socket() as second:
        for probe in (first, second):
            ports.append(_free_port())
            probe.bind(("127.0.0.1", ports[-1]))
        ports.append(_free_port())
    for folder in ("run", "state", "mail"):
        (base / folder).mkdir()
    base.chmod(0o755)
    os.chown(base / "mail", login.pw_uid, login.pw_gid)
    settings = base / "dovecot.conf"
    settings.write_text(
        CONFIGURATION.format(
            base=base,
            owner=owner.pw_name,
            login=login.pw_name,
            group=_group(owner.pw_gid),
            uid=login.pw_uid,
            gid=login.pw_gid,
            password=PASSWORD,
            separator=separator,
            prefix=prefix,
            imap=ports[0],
            imaps=ports[2] if tls else 0,
            lmtp=ports[1],
            ssl="yes" if tls else "no",
            certificate=f"ssl_cert = <{tls}\nssl_key = <{tls}" if tls else "",
        )
    )
    log = base / "dovecot.log"
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "dovecot"
    server = subprocess.Popen([program, "-F", "-c", str(settings)], stderr=subprocess.PIPE, text=True)
    try:
        for port in ports[: 3 if tls else 2]:
            _wait_for(server, port, log)
        yield Dovecot(*ports[:1], ports[2], ports[1], log, tls)
    finally:
        server.terminate()
        server.communicate(timeout=SECONDS)


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


def _wait_for(server: "subprocess.Popen[str]", port: int, log: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    said = log.read_text() if log.exists() else ""
    if server.poll() is not None and server.stderr:
        said += server.stderr.read()
    raise OSError(f"Dovecot does not answer at port {port}: {said}")
