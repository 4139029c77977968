"""What a letter carries: its text, the same as a page, and an invitation for the reader's calendar."""

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

from app.mail.composing import Letter
from app.mail.html import html_of

FILE_NAME = "invite.ics"

_METHOD = re.compile(r"^METHOD:([A-Z-]+)\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class CalendarPart:
    """An invitation or its cancelling with a letter; `method` is that in the text (RFC 6047, 2.4)."""

    method: Literal["REQUEST", "CANCEL"]
    text: str


def fill(mail: EmailMessage, letter: Letter, calendar: CalendarPart | None, home: str, seed: str) -> None:
    """Put the parts of a letter into a message that has its header fields.

    alternative[plain, html], or with a calendar part mixed[alternative[plain, html, calendar], file]. The
    lines between the parts are made from `seed`, so that a second try is the same message byte for byte.
    Raises ValueError where the calendar text names another method than the part.
    """
    # Never 8bit: a server on the way could recode it and break the signature (DKIM).
    mail.set_content(letter.body, cte="quoted-printable")
    mail.add_alternative(html_of(letter, home), subtype="html", cte="quoted-printable")
    if calendar:
        _add_calendar(mail, calendar)
    for part in mail.walk():
        if part is not mail:
            del part["MIME-Version"]  # the message alone says it (RFC 2045, 4)
    for number, part in enumerate(one for one in mail.walk() if one.is_multipart()):
        # "=_" stands in neither quoted-printable nor base64 text (RFC 2045, 6.7).
        part.set_boundary(f"=_{number}_{hashlib.sha256(seed.encode()).hexdigest()[:32]}")
    mail["Content-Language"] = letter.language  # last: making parts takes older Content- fields into them


def _add_calendar(mail: EmailMessage, calendar: CalendarPart) -> None:
    if _METHOD.findall(calendar.text) != [calendar.method]:
        raise ValueError("The calendar part names another method than its text.")
    # Bytes in base64: their line ends and every character arrive as they were made.
    content, said = calendar.text.encode(), {"charset": "utf-8", "method": calendar.method}
    mail.add_alternative(content, maintype="text", subtype="calendar", cte="base64", params=said)
    mail.add_attachment(
        content,
        maintype="application",
        subtype="ics",
        cte="base64",
        filename=FILE_NAME,
        params={**said, "name": FILE_NAME},
    )
