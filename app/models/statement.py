"""What a department or another body was asked of a topic, and what it answered, without an account."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UTCDateTime
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.topic import Topic


class Statement(Base):
    """One question to one body; `token` opens its answer page.

    A statement is for the table. A topic that was handed on is answered to its proposer.
    """

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    handed_on: Mapped[bool] = mapped_column(default=False, server_default=false())
    question: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="fi")
    due_on: Mapped[date | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(200))  # the name that was typed
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")

    topic: Mapped[Topic] = relationship()
    organisation: Mapped[Organisation] = relationship()
    asked_by: Mapped[Person | None] = relationship()
