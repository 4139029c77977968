"""What a calendar program does with invitations by mail, where the tested ones leave it to the user.

khal imports and Radicale stores, but neither reads mail: an import of a cancelling is to khal an entry like
others. So this small client stands between, by the letter of RFC 5546 (2.1.5, 3.2.2 and 3.2.5).
"""

from pathlib import Path
from typing import Protocol

from tests.calendar.radicale import CalDav
from tests.calendar.readers.by_khal import KhalCalendars
from tests.calendar.readers.seen import Seen
from tests.calendar.reading import value


class Store(Protocol):
    """Where a program keeps entries by their ids."""

    def put(self, uid: str, entry: bytes) -> None:
        """Keep an entry in place of what has this id."""

    def drop(self, uid: str) -> None:
        """Forget the entry with this id."""


class Client:
    """Takes invitations for one person; `marks` keeps what is cancelled as an entry that says so."""

    def __init__(self, store: Store, *, marks: bool = False) -> None:
        self.store = store
        self.marks = marks
        self.newest: dict[str, tuple[int, str]] = {}

    def take(self, message: bytes) -> bool:
        """Do what a message says; return False for one that is older than what is known of its entry."""
        method, uid = value(message, "METHOD"), value(message, "UID")
        version = int(value(message, "SEQUENCE")), value(message, "DTSTAMP")
        if version < self.newest.get(uid, (0, "")):
            return False
        self.newest[uid] = version
        if method == "CANCEL" and not self.marks:
            self.store.drop(uid)
        else:
            # What is kept is no message any more (RFC 4791, 4.1).
            self.store.put(uid, message.replace(b"METHOD:" + method.encode() + b"\r\n", b""))
        return True


class KhalStore:
    """khal's one calendar: entries come in by `khal import` and go as files, as khal deletes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.khal = KhalCalendars(folder, ["evenings"])

    def put(self, uid: str, entry: bytes) -> None:
        path = self.folder / "entry.ics"
        path.write_bytes(entry)
        self.khal.take_in("evenings", path)

    def drop(self, uid: str) -> None:
        [path] = [path for path in self.khal.path("evenings").iterdir() if f"UID:{uid}" in path.read_text()]
        path.unlink()

    def entries(self) -> list[Seen]:
        """Return what khal lists."""
        return self.khal.listed(range(2027, 2029))["evenings"]


class CalDavStore:
    """A calendar on a server; each entry under a name made of its id."""

    def __init__(self, server: CalDav) -> None:
        self.server = server

    def put(self, uid: str, entry: bytes) -> None:
        assert self.server.put(uid, entry) in (201, 204)

    def drop(self, uid: str) -> None:
        assert self.server.delete(uid) in (200, 204)
