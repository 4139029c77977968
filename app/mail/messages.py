"""A letter as an e-mail message to exactly one person."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from app.domain.errors import Invalid
from app.domain.words import N_
from app.mail.composing import Letter
from app.mail.content import CalendarPart, fill
from app.mail.headers import LETTER_POLICY
from app.mail.wording import header_text, subject_line

__all__ = ["CalendarPart", "Mailbox", "address", "message", "new_message_id"]

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, the angle brackets taken off
LONGEST_ID = 900  # with its field's name still one line (RFC 5322, 2.1.1)

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>")
_PAGE = re.compile(r"https?://[\x21\x23-\x3b\x3d\x3f-\x7e]+")


@dataclass(frozen=True)
class Mailbox:
    """A name that people see and one address; raises Invalid("email", …) where the address is not one."""

    name: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", header_text(self.name))
        object.__setattr__(self, "address", address(self.address))

    def header(self) -> Address:
        """Return the mailbox for a header field, its name quoted or encoded as needed."""
        return Address(display_name=self.name, addr_spec=self.address)


def address(text: str) -> str:
    """Return the one e-mail address in the text, its domain in lower case and ASCII (IDNA).

    Raises Invalid("email", …). Taken is what mail in the wild uses: a dot-atom, @ and a domain with a dot
    (RFC 5321, 4.1.2); no quoted local parts, no literals, no list, no control characters.
    """
    plain = text.strip(" \t\u00a0")
    if not plain:
        raise Invalid("email", N_("Write an e-mail address."))
    if "," in plain or ";" in plain or plain.count("@") > 1:
        raise Invalid("email", N_("Write only one e-mail address."))
    local, at, domain = plain.partition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        at = ""
    found = f"{local}@{domain}"
    if (
        not at
        or len(found) > LONGEST_ADDRESS
        or len(local) > 64
        or not _LOCAL.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise Invalid("email", N_("Check the e-mail address. It looks like this: name@example.fi"))
    return found


def new_message_id(domain: str) -> str:
    """Return a Message-ID that no other message has; made when the letter is queued, kept in every try."""
    return f"<{secrets.token_hex(16)}@{domain}>"


def message(
    letter: Letter,
    *,
    sender: Mailbox,
    to: str,
    message_id: str,
    date: datetime,
    reply_to: Mailbox | None = None,
    calendar: CalendarPart | None = None,
    in_reply_to: str | None = None,
    unsubscribe: str | None = None,
    home: str = "",
) -> EmailMessage:
    """Return the letter as a message to one address, with `date` (aware) as its moment of sending.

    It is plain text and the same as a page; with a calendar part that stands beside them, where programs
    look for it, and once more as a file (RFC 6047, 2.4). Links to `home` can be pressed. `in_reply_to` is
    the Message-ID of the letter that it belongs under, `unsubscribe` the address that one press in a mail
    program is sent to (RFC 8058, 3.1). The same values are the same bytes, try after try.

    It says that a machine wrote it (RFC 3834, 5), so that holiday replies and the like are not sent back.
    Raises Invalid("email", …) for `to`; ValueError for a wrong id, a wrong `unsubscribe`, a naive `date`
    or a calendar part whose method is another than it says.
    """
    if date.tzinfo is None:
        raise ValueError("A message has its moment: give an aware date.")
    mail = EmailMessage(policy=LETTER_POLICY)
    mail["From"] = sender.header()
    mail["To"] = Address(addr_spec=address(to))
    if reply_to:
        mail["Reply-To"] = reply_to.header()
    mail["Subject"] = subject_line(letter.subject)
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = _known_id(message_id)
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = _known_id(in_reply_to)
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{_address_of_a_page(unsubscribe)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    fill(mail, letter, calendar, home, message_id)
    return mail


def _known_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id) or len(message_id) > LONGEST_ID:
        raise ValueError("A Message-ID is <something@domain>.")
    return message_id


def _address_of_a_page(url: str) -> str:
    if not _PAGE.fullmatch(url) or len(url) > LONGEST_ID:
        raise ValueError("The page that stops letters has an http address without spaces.")
    return url
