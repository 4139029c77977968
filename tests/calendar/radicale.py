"""A CalDAV server of its own for a test: Radicale on this machine alone, started and ended by the test."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

SETTINGS = """\
[server]
hosts = 127.0.0.1:{port}
ssl = False
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = {folder}/store
[web]
type = none
[logging]
level = warning
"""
CALENDAR = "/anni/evenings"
REPORT = """\
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""


def missing_radicale() -> str | None:
    """Return in plain words why no CalDAV server can run here, None where it can."""
    return None if shutil.which("radicale") else "invitations in a CalDAV calendar: no radicale here"


class CalDav:
    """One calendar on the server."""

    def __init__(self, port: int) -> None:
        self.port = port
        assert self.ask("MKCALENDAR", CALENDAR)[0] == 201

    def put(self, name: str, content: bytes) -> int:
        """Store an object under a name; return the server's status."""
        return self.ask("PUT", f"{CALENDAR}/{quote(name)}.ics", content, "text/calendar; charset=utf-8")[0]

    def delete(self, name: str) -> int:
        """Take an object away; return the server's status."""
        return self.ask("DELETE", f"{CALENDAR}/{quote(name)}.ics")[0]

    def objects(self) -> list[str]:
        """Return each event as the server gives it to a program that asks (RFC 4791, 7.8)."""
        status, body = self.ask("REPORT", CALENDAR, REPORT.encode(), "application/xml")
        assert status == 207
        return re.findall(r"BEGIN:VCALENDAR.*?END:VCALENDAR", body.decode(), re.DOTALL)

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> tuple[int, bytes]:
        """Send one request as Anni."""
        headers = {"Authorization": "Basic YW5uaTphbm5p", "Depth": "1"}
        if content_type:
            headers["Content-Type"] = content_type
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            return response.status, response.read()


@contextmanager
def running_radicale(folder: Path) -> Iterator[CalDav]:
    """Lend a server with one empty calendar; it ends with the test."""
    port = free_port()
    settings = folder / "settings"
    settings.write_text(SETTINGS.format(port=port, folder=folder))
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(["radicale", "-C", str(settings)], stdout=log, stderr=log)
        try:
            wait_until_it_answers(port, server, folder / "log")
            yield CalDav(port)
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    """Return a free port below those that the system hands out by itself."""
    for port in range(21_000 + os.getpid() % 9_000, 32_000):
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("No port is free.")


def wait_until_it_answers(port: int, server: subprocess.Popen, log: Path) -> None:
    """Return when the server takes connections; fail with its own words where it ends instead."""
    patience = time.monotonic() + 30
    while time.monotonic() < patience:
        assert server.poll() is None, log.read_text()
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Radicale does not answer: {log.read_text()}")
