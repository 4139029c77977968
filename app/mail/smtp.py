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

TIMEOUT = 30.0


def _trusting_the_system() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class SmtpTransport:
    """A mail server (RFC 5321), one connection a letter; `timeout` in seconds for each of its answers."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT
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
            server.sendmail(bounces, [recipient], content)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(*refusal.recipients[recipient]) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            raise _unreached(fault) from fault
        finally:
            _leave(server)

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


def _refused(code: int, words: bytes | str) -> NotDelivered:
    return NotDelivered(permanent=500 <= code <= 599, answer=f"{code} {_text(words)}")


def _unreached(fault: Exception) -> NotDelivered:
    if isinstance(fault, smtplib.SMTPResponseException):
        return NotDelivered(permanent=False, answer=f"{fault.smtp_code} {_text(fault.smtp_error)}")
    return NotDelivered(permanent=False, answer=str(fault) or type(fault).__name__)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _leave(server: smtplib.SMTP) -> None:
    # The answer to the letter is known by now: a server that fails to say goodbye does not change it.
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
