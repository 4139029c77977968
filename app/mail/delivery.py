"""What every way of sending shares: one message, one recipient, and an honest answer when it fails."""

from email.message import EmailMessage
from typing import Protocol

from app.mail.wording import one_line


class NotDelivered(Exception):
    """The letter did not go; `answer` is the reason in the server's own words.

    `permanent` is True when trying again cannot help, as with an address that does not exist. `unsure` is
    True when the server was given the whole letter and did not say what became of it: it may have gone.
    """

    def __init__(self, *, permanent: bool, answer: str, unsure: bool = False) -> None:
        self.permanent = permanent
        self.unsure = unsure
        self.answer = one_line(answer)[:500]
        super().__init__(self.answer)


class Transport(Protocol):
    """A way to send a letter."""

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:
        """Send the message to the one address in its To; raises NotDelivered.

        `envelope_from` is where bounces go, "" for nowhere (RFC 5321, 4.5.5).
        """


def written(message: EmailMessage) -> tuple[str, bytes]:
    """Return (recipient, the message as bytes); raises NotDelivered for one that cannot be sent at all.

    Whatever the fault, it is that of one message and must not hold up the letters behind it.
    """
    try:
        addresses = message["To"].addresses
        if len(addresses) != 1 or not addresses[0].addr_spec.isascii():
            raise ValueError("a message goes to exactly one address")
        return addresses[0].addr_spec, message.as_bytes()
    except Exception as fault:
        answer = f"The message cannot be written: {fault or type(fault).__name__}"
        raise NotDelivered(permanent=True, answer=answer) from fault
