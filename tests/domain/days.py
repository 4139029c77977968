"""Meetings of a table by their days, for the tests of the yearly rhythm."""

from datetime import date, time

from app.domain.free_days import TableMeeting
from app.domain.meetings import MeetingState


def day(text: str) -> date:
    """Read 2027-02-11."""
    return date.fromisoformat(text)


def held(*days: str, starts: time = time(18)) -> list[TableMeeting]:
    return [TableMeeting(day(one), starts, MeetingState.MEMO_PUBLISHED) for one in days]


def called(*days: str, state: MeetingState = MeetingState.PUBLISHED) -> list[TableMeeting]:
    return [TableMeeting(day(one), time(18), state) for one in days]
