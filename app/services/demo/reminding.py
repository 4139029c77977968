"""Reminders of meetings to come: those of the next one are approved, those of a later one wait for it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.reminders import from_stored
from app.extensions import db
from app.models import Meeting, PartnershipTable, Reminder
from app.services.demo.stage import Stage

PRESSED = timedelta(minutes=10)  # after publishing
WHO = "riikka"


def remind(stage: Stage, row: Meeting, published: datetime) -> None:
    """Give a meeting to come its table's usual reminders, as publishing does."""
    if row.day <= stage.today:
        return
    next_one = db.session.scalar(select(Reminder.id).limit(1)) is None  # they come in order of their days
    at = published + PRESSED if next_one else None
    table = db.session.get_one(PartnershipTable, row.table_id)
    found = [
        Reminder(
            meeting_id=row.id,
            minutes_before=one,
            created_at=published,
            approved_at=at,
            approved_by_id=stage.people[WHO].id if at else None,
        )
        for one in from_stored(table.reminders)
    ]
    db.session.add_all(found)
    if at:
        stage.log(at, WHO, "reminder.approve", "meeting", row.id, reminders=len(found))
