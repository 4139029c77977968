"""Letters into a folder instead of the network: for trying out, and for a machine that sends them on."""

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from app.mail.delivery import NotDelivered, written


@dataclass(frozen=True)
class FolderTransport:
    """A folder with one .eml file a message, named by its Message-ID: sent twice, it is there once."""

    path: Path

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:  # noqa: ARG002 - all ways out are called alike
        """Write the message; a reader of the folder sees all of it or nothing. Raises NotDelivered."""
        _, content = written(message)
        name = _file_name(str(message["Message-ID"]))
        unfinished = self.path / f".{name}.{os.getpid()}"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.path / name)
        except OSError as fault:
            with suppress(OSError):
                unfinished.unlink()
            raise NotDelivered(permanent=False, answer=str(fault)) from fault


@dataclass(frozen=True)
class MemoryTransport:
    """A list, for tests."""

    messages: list[EmailMessage] = field(default_factory=list)

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:  # noqa: ARG002 - all ways out are called alike
        """Keep the message; raises NotDelivered for one that could not be sent."""
        written(message)
        self.messages.append(message)


def _file_name(message_id: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9@._-]", "_", message_id.strip("<>")).lstrip(".")
    if plain != message_id.strip("<>") or not 1 <= len(plain) <= 200:
        # Two different ids must not become one name.
        plain = f"{plain[:120]}-{hashlib.sha256(message_id.encode()).hexdigest()[:16]}"
    return f"{plain}.eml"
