"""The addresses that letters, posters and calendars carry; they stay the same for years."""

import base64
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

_MARK = re.compile(r"([rab])-([a-z2-7]{26})")


class MarkKind(StrEnum):
    """What a mark in an address of ours stands for."""

    REPLY = "r"  # a letter that somebody answers
    ANSWER = "a"  # an invitation that a calendar program answers
    BOUNCE = "b"  # a letter that a server sends back


def new_mark() -> str:
    """Return a mark that nobody guesses: 130 bits as 26 small letters and digits.

    Some servers change the case of an address on its way, so it has one case only.
    """
    return base64.b32encode(secrets.token_bytes(17)).decode().lower()[:26]


@dataclass(frozen=True)
class Site:
    """Where the pages are, and who letters come from."""

    url: str
    sender: str = "kumppanuuspoyta@kumppanuuspoyta.invalid"

    intake: str = ""
    separator: str = "+"

    @property
    def mail_domain(self) -> str:
        """The domain of message ids."""
        return self.sender.rpartition("@")[2]

    def home(self) -> str:
        """The first page."""
        return f"{self.url}/"

    def topic(self, token: str) -> str:
        """The proposer's own page."""
        return f"{self.url}/topics/{token}"

    def statement(self, token: str) -> str:
        """The page where a department or another body answers."""
        return f"{self.url}/statements/{token}"

    def propose(self, slug: str) -> str:
        """The form for a topic to one table."""
        return f"{self.url}/topics/propose?table={slug}"

    def table(self, slug: str) -> str:
        """One partnership table."""
        return f"{self.url}/tables/{slug}"

    def meeting(self, meeting_id: int, language: str = "fi") -> str:
        """The public agenda, in the language of the one who gets the address."""
        return f"{self.url}/meetings/{meeting_id}{_in(language)}"

    def meeting_calendar(self, meeting_id: int) -> str:
        """The calendar file of one meeting."""
        return f"{self.url}/meetings/{meeting_id}.ics"

    def memo(self, meeting_id: int, language: str = "fi") -> str:
        """The memo of one meeting, in the language of the one who gets the address."""
        return f"{self.url}/meetings/{meeting_id}/memo{_in(language)}"

    def screen(self, meeting_id: int, key: str) -> str:
        """The screen of the room, as it is typed on the room's computer."""
        return f"{self.url}/meetings/{meeting_id}/screen?key={key}"

    def measure(self, measure_id: int) -> str:
        """One measure of the welfare plan."""
        return f"{self.url}/measures/{measure_id}"

    def sign_in(self, token: str) -> str:
        """The page behind a sign-in link."""
        return f"{self.url}/sign-in/{token}"

    def answer(self, token: str) -> str:
        """The page where an invited person answers."""
        return f"{self.url}/invitations/{token}"

    def letter_choices(self, token: str) -> str:
        """The page where a reader chooses which letters to get."""
        return f"{self.url}/letters/{token}"

    def stop_letters(self, token: str, group: str) -> str:
        """Where one press in a mail program stops a group of letters (RFC 8058)."""
        return f"{self.url}/letters/{token}/stop?group={group}"

    def own_calendar(self, token: str) -> str:
        """An official's own feed."""
        return f"{self.url}/calendars/{token}.ics"

    def marked(self, kind: MarkKind, mark: str) -> str:
        """Return the address that a mark stands in; the plain one where the server knows no marks.

        "" where nothing is taken in by mail.
        """
        return self._mailbox(f"{kind}-{mark}")

    def table_mailbox(self, slug: str) -> str:
        """The address for topics to one table, as `marked`."""
        return self._mailbox(slug)

    def behind_separator(self, address: str) -> str | None:
        """Return what stands behind the separator of an address of ours, "" where nothing does; else None."""
        own_local, _, own_domain = self.intake.casefold().rpartition("@")
        local, _, domain = address.strip().casefold().rpartition("@")
        if not own_domain or domain != own_domain:
            return None
        if local == own_local:
            return ""
        start = own_local + self.separator
        return local.removeprefix(start) if self.separator and local.startswith(start) else None

    def mark_in(self, address: str) -> tuple[MarkKind, str] | None:
        """Return the mark in an address of ours, None where there is none."""
        found = _MARK.fullmatch(self.behind_separator(address) or "")
        return (MarkKind(found[1]), found[2]) if found else None

    def _mailbox(self, behind: str) -> str:
        local, _, domain = self.intake.rpartition("@")
        if not self.separator or not domain:
            return self.intake
        return f"{local}{self.separator}{behind}@{domain}"


def _in(language: str) -> str:
    """Return what makes a page speak a language; Finnish it speaks by itself."""
    return "" if language == "fi" else f"?lang={language}"
