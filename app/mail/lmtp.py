"""A door for a mail server on the same machine: it hands messages in by LMTP (RFC 2033)."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.domain.incoming import LARGEST

TAKEN = "250 2.0.0 Taken"
LATER = "451 4.3.0 Not now, try again later"
TOO_LARGE = "552 5.3.4 The message is too large"
MOST_RECIPIENTS = 20
SLACK = 1024 * 1024  # a message a little over the limit is told so; one far over it is not even read

Take = Callable[[bytes, str], bool]


class _Door:
    """Takes messages one after the other; `take` answers whether a message is stored now."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="lmtp")

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        """Take every recipient: the mail server has decided already that the message is for us."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Answer once for each recipient (RFC 2033, 4.2)."""
        raw = envelope.original_content or b""
        if len(raw) > LARGEST:
            return "\r\n".join([TOO_LARGE] * len(envelope.rcpt_tos))
        loop = asyncio.get_running_loop()
        answers = []
        for to in envelope.rcpt_tos:
            taken = await loop.run_in_executor(self._one_at_a_time, self._take, raw, to)
            answers.append(TAKEN if taken else LATER)
        return "\r\n".join(answers)

    def close(self) -> None:
        """Let the message at hand be finished."""
        self._one_at_a_time.shutdown(wait=True)


class _Lmtp(LMTP):
    """LMTP that answers for each recipient also where a message is far too large.

    Many programs write lines that are longer than the 998 characters of RFC 5322, 2.1.1; they are taken.
    """

    line_length_limit = 1024 * 1024

    async def push(self, status: Any) -> None:
        text = status.decode("ascii", "replace") if isinstance(status, bytes) else str(status)
        recipients = len(self.envelope.rcpt_tos) if self.envelope else 0
        if text.startswith(("552", "500 Line too long")) and "\r\n" not in text and recipients > 1:
            status = "\r\n".join([text] * recipients)
        await super().push(status)


class _Listener(Controller):
    def factory(self) -> SMTP:
        """Return the protocol of one connection."""
        return _Lmtp(self.handler, data_size_limit=LARGEST + SLACK, ident="LMTP", timeout=120)


@contextmanager
def listening(take: Take, host: str, port: int) -> Iterator[int]:
    """Listen for messages until the block ends; gives the port, a free one for 0.

    `take(raw, recipient)` runs in one thread. Raises OSError where the port cannot be had.
    """
    if port == 0:
        with socket.create_server((host, 0)) as probe:
            port = int(probe.getsockname()[1])
    door = _Door(take)
    listener = _Listener(door, hostname=host, port=port)
    listener.start()
    try:
        yield port
    finally:
        listener.stop()
        door.close()
