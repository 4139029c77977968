"""Reminders of a meeting: kept as a distance from its start, so that they move with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UTCDateTime
from app.models.meeting import Meeting


class Reminder(Base):
    """One reminder, so many minutes before the start; sent only after somebody pressed to approve it.

    `made_for` is the start (a moment) that its letters were made for: another start makes it due again.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("meeting_id", "minutes_before"),
        CheckConstraint("minutes_before >= 1", name="before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    minutes_before: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_for: Mapped[datetime | None] = mapped_column(UTCDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship()
