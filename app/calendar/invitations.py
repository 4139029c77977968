"""An invitation that a calendar program can answer, and its cancelling (RFC 5546, RFC 6047)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import quote

from icalendar import vCalAddress, vText

from app.calendar.entries import Entry, check_aware, event, new_calendar
from app.calendar.wording import one_line

# One plain mailbox (RFC 5321, 4.1.2, its dot-atom), as app.mail.messages.address lets them in.
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
# A quote or a caret in a name is written in a way (RFC 6868) that Outlook shows as it stands, and some
# readers take a backslash for the beginning of a new line.
_MISREAD = str.maketrans("", "", '"^\\')


@dataclass(frozen=True, kw_only=True)
class Invite(Entry):
    """One meeting, or an official's part of it, for one reader, see `Entry`.

    `organizer` and `attendee` are (name, address): the table's mailbox where this reader's answers come in,
    and the reader alone: nobody's address stands in another's file. `stamp` is the moment of writing
    (aware); of two with the same `sequence` a calendar program believes the later.
    Raises ValueError also for a naive stamp, for what is no address, and where both addresses are one:
    a calendar program asks no answer of whom it takes for the organizer.
    """

    organizer: tuple[str, str]
    attendee: tuple[str, str]
    stamp: datetime

    def __post_init__(self) -> None:
        super().__post_init__()
        check_aware(self.stamp)
        for _, address in (self.organizer, self.attendee):
            if not _MAILBOX.fullmatch(address):
                raise ValueError("An invitation goes from one address to one address.")
        if self.organizer[1].casefold() == self.attendee[1].casefold():
            raise ValueError("Whoever invites cannot be the one who is invited.")


def request(invite: Invite) -> bytes:
    """Return the invitation or its update, METHOD:REQUEST (RFC 5546, 3.2.2).

    The part is text/calendar; charset=utf-8; method=REQUEST, and these bytes as they are.
    """
    return _message("REQUEST", invite)


def cancel(invite: Invite) -> bytes:
    """Return its cancelling, METHOD:CANCEL (RFC 5546, 3.2.5): the same `uid`, a greater `sequence`."""
    return _message("CANCEL", invite)


def _message(method: Literal["REQUEST", "CANCEL"], invite: Invite) -> bytes:
    asked = method == "REQUEST"
    calendar = new_calendar()
    calendar.add("method", method)
    made = event(invite, cancelled=not asked, stamp=invite.stamp)
    made.add("organizer", _mailbox(*invite.organizer))
    made.add("attendee", _attendee(invite, asked=asked))
    # Whoever comes is busy then; nobody is held by a meeting that is not.
    made.add("transp", "OPAQUE" if asked else "TRANSPARENT")
    calendar.add_component(made)
    return bytes(calendar.to_ical())


def _attendee(invite: Invite, *, asked: bool) -> vCalAddress:
    reader = _mailbox(*invite.attendee)
    reader.params["CUTYPE"] = vText("INDIVIDUAL")
    reader.params["ROLE"] = vText("REQ-PARTICIPANT")
    reader.params["PARTSTAT"] = vText("NEEDS-ACTION")
    if asked:  # a cancelling wants no answer
        reader.params["RSVP"] = vText("TRUE")
    return reader


def _mailbox(name: str, address: str) -> vCalAddress:
    """Return the address as a URI (RFC 6068, 2) with the name that calendars show beside it."""
    local, _, domain = address.rpartition("@")
    local = quote(local, safe="!$'*+")
    found = vCalAddress(f"mailto:{local}@{domain}")
    if shown := one_line(name.translate(_MISREAD)):
        found.params["CN"] = vText(shown)
    return found
