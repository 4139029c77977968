"""Who was there by name, for the inside: people of the table and guests of the evening."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.attendance import PresenceState
from app.models.base import Base, UTCDateTime, word
from app.models.meeting import Meeting
from app.models.organisation import Organisation
from app.models.person import Person


class Presence(Base):
    """One person at one meeting: somebody known, or a guest by the name that was given.

    Head counts where names are not taken are rows of `attendances`, beside these.
    """

    __tablename__ = "presences"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("(person_id IS NULL) <> (name IS NULL)", name="one_who"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    state: Mapped[PresenceState] = mapped_column(word(PresenceState))
    came_at: Mapped[time | None]  # local clock time, where she came late
    left_at: Mapped[time | None]  # and where she left early
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship(back_populates="presences")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
