"""The mailbox where messages arrive: read by IMAP one at a time, and put away once they are stored."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.utils import encode_folder

from app.domain.words import N_

SECONDS = 30.0  # to wait for any answer of the server
DONE = "Käsitelty"  # where messages go that were received
UNREAD = "Ei luettu"  # where those go that cannot be received
KEYWORD = "Kumppanuuspoyta"  # marks what was received and could not be moved
IMAP, IMAPS = 143, 993

WRONG_LOGIN = N_("The mail server did not accept the name or the password of the mailbox.")
NO_FOLDER = N_("The mail server has no such folder.")
NO_ANSWER = N_("The mail server did not answer.")

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_FAULTS = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError)  # ssl's and time-outs are OSErrors


class NotReached(Exception):
    """The mailbox could not be read; `args[0]` is a sentence of ours, without any secret."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a mailbox is; `secure` is "tls" from the start, "starttls", or "" on a wire of one's own."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    secure: str = "tls"


def whereabouts(url: str) -> Whereabouts:
    """Read `imaps://user:password@host:port/folder`, or `imap://…` with `?starttls=1`; raise ValueError."""
    parts = urlsplit(url)
    tls = parts.scheme == "imaps"
    asked = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError("a scheme, a host and a user are needed")
    if asked and (tls or asked != {"starttls": ["1"]}):
        raise ValueError("only ?starttls=1 is known, and only for imap://")
    return Whereabouts(
        host=parts.hostname,
        port=parts.port or (IMAPS if tls else IMAP),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        secure="tls" if tls else "starttls" if asked else "",
    )


class ArrivalBox:
    """One open mailbox; everything raises NotReached where the server does not do its part."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        self._client = box.client
        # What a server can do it often tells only after the login (RFC 3501, 6.1.1).
        with _in_a_sentence():
            said = self._client.capability()[1][0] or b""
        self._can = set(said.decode("ascii", "replace").upper().split())
        self._folders: dict[str, str | None] = {}

    def waiting(self) -> list[str]:
        """Return the UIDs of the messages that were not received yet, the oldest first."""
        said = self._client.untagged_responses.get("PERMANENTFLAGS", [])
        flags = b" ".join(one for one in said if isinstance(one, bytes))
        # Where the server keeps no keywords, what has been received is known by having been seen.
        keeps = b"\\*" in flags or KEYWORD.lower().encode() in flags.lower()
        with _in_a_sentence():
            return self._box.uids(f"UNDELETED {f'UNKEYWORD {KEYWORD}' if keeps else 'UNSEEN'}", charset=None)

    def size(self, uid: str) -> int | None:
        """Return the size of a message in bytes, None where it is no longer there."""
        found = _SIZE.search(b" ".join(_flat(self._fetch(uid, "(RFC822.SIZE)"))))
        return int(found[1]) if found else None

    def read(self, uid: str, *, head_only: bool = False) -> bytes | None:
        """Return a message as it came, or its head alone, without marking it; None where it is gone."""
        part = "(BODY.PEEK[HEADER])" if head_only else "(BODY.PEEK[])"
        return next((one[1] for one in self._fetch(uid, part) if isinstance(one, tuple)), None)

    def put_away(self, uid: str, folder: str) -> None:
        """Move a message to a folder of ours, made where it is missing; else mark it where it stands."""
        with suppress(NotReached), _in_a_sentence():
            there = self._folder(folder)
            if there is not None and self._moved(uid, there):
                return
        with _in_a_sentence():
            self._store(uid, r"(\Seen)")
        with suppress(NotReached), _in_a_sentence():
            self._store(uid, f"({KEYWORD})")

    def _fetch(self, uid: str, what: str) -> list[bytes | tuple[bytes, bytes]]:
        with _in_a_sentence():
            status, found = self._client.uid("FETCH", uid, what)
            if status != "OK":
                raise NotReached(NO_ANSWER)
            return [one for one in found if isinstance(one, bytes | tuple)]

    def _moved(self, uid: str, folder: str) -> bool:
        name = encode_folder(folder).decode("ascii")
        if "MOVE" in self._can:
            return bool(self._client.uid("MOVE", uid, name)[0] == "OK")
        if self._client.uid("COPY", uid, name)[0] != "OK":
            return False
        self._store(uid, r"(\Deleted)")
        if "UIDPLUS" in self._can:  # a plain EXPUNGE would take what others have marked
            self._client.uid("EXPUNGE", uid)
        return True

    def _store(self, uid: str, flags: str) -> None:
        if self._client.uid("STORE", uid, "+FLAGS.SILENT", flags)[0] != "OK":
            raise NotReached(NO_ANSWER)

    def _folder(self, name: str) -> str | None:
        """Return the full name of a folder of ours, made where it is missing; None where none can be."""
        if name not in self._folders:
            self._folders[name] = next((one for one in self._names(name) if self._is_there(one)), None)
        return self._folders[name]

    def _names(self, name: str) -> list[str]:
        """Return what the folder may be called: some servers keep every folder below the inbox."""
        roots = self._box.folder.list("", "INBOX")
        delimiter = next((one.delim for one in roots if one.delim), ".")
        return [name, f"INBOX{delimiter}{name}"]

    def _is_there(self, name: str) -> bool:
        if self._box.folder.exists(name):
            return True
        try:
            self._box.folder.create(name)
        except ImapToolsError:
            return False
        return True


@contextmanager
def opened(url: str) -> Iterator[ArrivalBox]:
    """Open the mailbox that an address names; raise NotReached, and close it at the end."""
    where = whereabouts(url)
    with _in_a_sentence():
        box = _connected(where)
    try:
        _login(box, where)
        yield ArrivalBox(box)
    finally:
        with suppress(*_FAULTS):
            box.client.logout()


def _connected(where: Whereabouts) -> BaseMailBox:
    if where.secure == "tls":
        # Without a context of our own the server's certificate is not looked at.
        return MailBox(where.host, where.port, SECONDS, ssl_context=ssl.create_default_context())
    if where.secure == "starttls":
        return MailBoxStartTls(where.host, where.port, SECONDS, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(where.host, where.port, SECONDS)


def _login(box: BaseMailBox, where: Whereabouts) -> None:
    try:
        plain = (where.user + where.password).isascii()
        (box.login if plain else box.login_utf8)(where.user, where.password, initial_folder=None)
    except (imaplib.IMAP4.abort, OSError, EOFError) as fault:
        raise NotReached(NO_ANSWER) from fault
    except (ImapToolsError, imaplib.IMAP4.error):
        raise NotReached(WRONG_LOGIN) from None  # what the server said may repeat what it was told
    try:
        box.folder.set(where.folder)
    except ImapToolsError:
        raise NotReached(NO_FOLDER) from None


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise NotReached(NO_ANSWER) from fault


def _flat(parts: list[bytes | tuple[bytes, bytes]]) -> Iterator[bytes]:
    for one in parts:
        yield from one if isinstance(one, tuple) else (one,)
