"""The log of every change: who did what to what, and when; it only grows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UTCDateTime


class Event(Base):
    """One line of the log; triggers in the database refuse to change or delete it.

    `detail` holds names of fields and ids, never free text or personal data.
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_noun_noun_id", "noun", "noun_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[str] = mapped_column(String(60))
    noun: Mapped[str] = mapped_column(String(60))
    noun_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
