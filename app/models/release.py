"""Numbered releases of an agenda: what everybody could read from which moment on."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.agenda import ItemKind
from app.domain.releases import matter
from app.models.base import Base, UTCDateTime, word
from app.models.meeting import Meeting
from app.models.person import Person


class Release(Base):
    """One release of one meeting's agenda, with when and where it was to be; never changed afterwards."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    number: Mapped[int]  # from 1
    comment: Mapped[str | None] = mapped_column(String(1000))
    day: Mapped[date]
    starts: Mapped[time]
    minutes: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(200))
    remote_url: Mapped[str | None] = mapped_column(String(500))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person | None] = relationship()
    items: Mapped[list[ReleasedItem]] = relationship(
        back_populates="release", order_by="ReleasedItem.position", cascade="all, delete-orphan"
    )


class ReleasedItem(Base):
    """One item as it was released; `item_id` lives on after the item was taken off, so it is no key."""

    __tablename__ = "released_items"
    __table_args__ = (UniqueConstraint("release_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id", ondelete="CASCADE"))
    item_id: Mapped[int]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(word(ItemKind))
    title: Mapped[str] = mapped_column(String(200))
    title_sv: Mapped[str | None] = mapped_column(String(200))
    presenter: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[int]
    starts_after: Mapped[int]  # minutes from the start of the meeting
    minutes: Mapped[int]

    release: Mapped[Release] = relationship(back_populates="items")

    @property
    def key(self) -> str:
        """What the item is compared by: a topic that left and came back is the same matter."""
        return matter(self.topic_id, self.item_id)

    def title_in(self, language: str) -> str:
        """Return the title in a language, Finnish where there is no other."""
        return self.title_sv if language == "sv" and self.title_sv else self.title
