"""Letters to a mail server."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from app.domain.errors import Invalid
from app.mail.delivery import NotDelivered, written
from app.mail.messages import address

TIMEOUT = 60.0  # a slow server takes half a minute for each answer
# RFC 5321, 4.5.3.2.6 asks for ten minutes here; half of them keep one letter within a worker's time for it
TIMEOUT_AFTER_DATA = 300.0


def _trusting_the_system() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class SmtpTransport:
    """A mail server (RFC 5321), one connection a letter.

    `timeout` in seconds for each of its answers, `last_timeout` for the one after the whole letter.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT
    last_timeout: float = TIMEOUT_AFTER_DATA
    trust: ssl.SSLContext = field(default_factory=_trusting_the_system, repr=False, compare=False)

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:
        """Hand the message to the server; raises NotDelivered.

        Only an answer about this very letter (its sender, recipient or content) with a 5xx code is
        permanent. What goes wrong before that (no connection, a wrong password) is the installation's
        trouble: the letters wait until it is mended.
        """
        recipient, content = written(message)
        try:
            bounces = address(envelope_from) if envelope_from else ""
        except Invalid as fault:
            raise NotDelivered(permanent=True, answer=str(fault)) from fault
        server = self._connected()
        try:
            try:
                _ask(server.mail(bounces, _options(server, content)))
                _ask(server.rcpt(recipient))
            except (smtplib.SMTPException, OSError, ValueError) as fault:
                raise _unreached(fault) from fault
            self._hand_over(server, content)
        finally:
            _leave(server)

    def _hand_over(self, server: smtplib.SMTP, content: bytes) -> None:
        """Send the text of the letter; whatever goes wrong from here on leaves open whether it has gone."""
        try:
            if server.sock is not None:
                server.sock.settimeout(self.last_timeout)
            answer = server.data(content)
        except smtplib.SMTPDataError as refusal:  # instead of 354: the text has not been sent
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            raise _unreached(fault, unsure=True) from fault
        _ask(answer)

    def _connected(self) -> smtplib.SMTP:
        try:
            server = self._opened()
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            raise _unreached(fault) from fault
        try:
            if self.security == "starttls":
                server.starttls(context=self.trust)
            server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            _leave(server)
            raise _unreached(fault) from fault
        return server

    def _opened(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=self.trust)
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)


def _options(server: smtplib.SMTP, content: bytes) -> list[str]:
    return [f"size={len(content)}"] if server.has_extn("size") else []


def _ask(answer: tuple[int, bytes]) -> None:
    """Raise NotDelivered unless the server said yes."""
    code, words = answer
    if not 200 <= code <= 299:
        raise _refused(code, words)


def _refused(code: int, words: bytes | str) -> NotDelivered:
    return NotDelivered(permanent=500 <= code <= 599, answer=f"{code} {_text(words)}")


def _unreached(fault: Exception, *, unsure: bool = False) -> NotDelivered:
    answer = str(fault) or type(fault).__name__
    if isinstance(fault, smtplib.SMTPResponseException):
        answer = f"{fault.smtp_code} {_text(fault.smtp_error)}"
    return NotDelivered(permanent=False, answer=answer, unsure=unsure)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _leave(server: smtplib.SMTP) -> None:
    # The answer to the letter is known by now: a server that fails to say goodbye does not change it.
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
