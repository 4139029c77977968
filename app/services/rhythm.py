"""The yearly rhythm: which tables have fewer meetings than they should, and what day would suit."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Meeting, PartnershipTable


@dataclass(frozen=True)
class OtherEvening:
    """A meeting of another table; name a draft's table only to those who may build it."""

    table_id: int
    name: str
    name_sv: str | None
    starts: time
    draft: bool

    def name_in(self, language: str) -> str:
        """Return the table's name in a language, Finnish where there is no other."""
        return self.name_sv if language == "sv" and self.name_sv else self.name


def other_evenings(day: date, table_id: int) -> list[OtherEvening]:
    """Return the meetings of all other tables on a day, drafts too, by starting time."""
    rows = db.session.execute(
        select(Meeting, PartnershipTable)
        .join(PartnershipTable, Meeting.table_id == PartnershipTable.id)
        .where(Meeting.day == day, Meeting.table_id != table_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts, Meeting.id)
    )
    return [
        OtherEvening(table.id, table.name, table.name_sv, meeting.starts, meeting.state is MeetingState.DRAFT)
        for meeting, table in rows
    ]
