"""The addresses that letters, posters and calendars carry; they stay the same for years."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """Where the pages are, and who letters come from."""

    url: str
    sender: str = "kumppanuuspoyta@kumppanuuspoyta.invalid"

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

    def meeting(self, meeting_id: int) -> str:
        """The public agenda."""
        return f"{self.url}/meetings/{meeting_id}"

    def meeting_calendar(self, meeting_id: int) -> str:
        """The calendar file of one meeting."""
        return f"{self.url}/meetings/{meeting_id}.ics"

    def memo(self, meeting_id: int) -> str:
        """The memo of one meeting."""
        return f"{self.url}/meetings/{meeting_id}/memo"

    def screen(self, meeting_id: int, key: str) -> str:
        """The screen of the room, as it is typed on the room's computer."""
        return f"{self.url}/meetings/{meeting_id}/screen?key={key}"

    def measure(self, measure_id: int) -> str:
        """One measure of the welfare plan."""
        return f"{self.url}/measures/{measure_id}"

    def sign_in(self, token: str) -> str:
        """The page behind a sign-in link."""
        return f"{self.url}/sign-in/{token}"
