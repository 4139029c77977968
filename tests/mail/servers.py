"""Mail servers that behave and mail servers that do not."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


class Postbox:
    """An aiosmtpd handler that keeps what it takes and answers as told."""

    def __init__(self, *, mail: str = "", rcpt: str = "", data: str = "") -> None:
        self.mail, self.rcpt, self.data = mail, rcpt, data
        self.envelopes: list[Envelope] = []

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: Any, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library calls it so
        if self.data:
            return self.data
        self.envelopes.append(envelope)
        return "250 Taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(postbox: Postbox, **settings: Any) -> Iterator[int]:
    """Run a server of aiosmtpd; gives its port."""
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port(), **settings)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


@contextmanager
def scripted(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that says what `talk` says to its one visitor and hangs up; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                visitor, _ = listener.accept()
                with visitor:
                    talk(visitor)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def until_data(visitor: socket.socket) -> None:
    """Take a letter up to the dot that ends it, answering as a server does."""
    visitor.sendall(b"220 hei\r\n")
    lines = visitor.makefile("rb")
    for answer in (b"250 hei", b"250 OK", b"250 OK", b"354 kerro"):
        lines.readline()
        visitor.sendall(answer + b"\r\n")
    while lines.readline() not in (b".\r\n", b""):
        pass
    lines.close()
