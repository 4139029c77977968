"""Meetings of a table, the items of each agenda, who was invited and who came."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.releases import matter
from app.domain.tables import DEFAULT_ZONE
from app.domain.timing import Slot
from app.models.base import Base, UTCDateTime, word
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.table import PartnershipTable
from app.models.topic import Topic

if TYPE_CHECKING:
    from app.models.presence import Presence


agenda_item_officials = Table(
    "agenda_item_officials",
    Base.metadata,
    Column("agenda_item_id", ForeignKey("agenda_items.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
)


class Meeting(Base):
    """One meeting: a local day and clock time in its zone, so that no change of law moves it."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_table_day", "table_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid.uuid4()))
    table_id: Mapped[int] = mapped_column(ForeignKey("partnership_tables.id"))
    state: Mapped[MeetingState] = mapped_column(word(MeetingState), default=MeetingState.DRAFT)
    day: Mapped[date]
    starts: Mapped[time]
    zone: Mapped[str] = mapped_column(String(40), default=DEFAULT_ZONE)
    minutes: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(200))
    remote_url: Mapped[str | None] = mapped_column(String(500))
    heading: Mapped[str | None] = mapped_column(String(200))
    topics_until: Mapped[date | None]  # the last day when a topic comes in time for this meeting
    screen_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    begun_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when the first item was begun
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1)  # grows with each change of the agenda
    sequence: Mapped[int] = mapped_column(
        default=0
    )  # RFC 5545, 3.8.7.4: grows with what matters in a calendar
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(1000))
    memo_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    memo_published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    table: Mapped[PartnershipTable] = relationship()
    items: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting",
        order_by="(AgendaItem.position, AgendaItem.id)",
        cascade="all, delete-orphan",
    )
    attendances: Mapped[list[Attendance]] = relationship(
        back_populates="meeting", order_by="Attendance.id", cascade="all, delete-orphan"
    )
    presences: Mapped[list[Presence]] = relationship(
        back_populates="meeting", order_by="Presence.id", cascade="all, delete-orphan"
    )


class AgendaItem(Base):
    """One item: a topic or a free item, with its minutes and its place in the order (from 0)."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "topic_id"),
        CheckConstraint("minutes >= 1", name="minutes_positive"),
        # An id is never used again: releases and undoing know an item that was taken off by its id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(word(ItemKind))
    title: Mapped[str] = mapped_column(String(200))
    title_sv: Mapped[str | None] = mapped_column(String(200))
    presenter: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[int]
    position: Mapped[int]
    standing: Mapped[bool] = mapped_column(default=False)
    fixed_start: Mapped[time | None]  # a local clock time that the item waits for
    buffer_minutes: Mapped[int] = mapped_column(default=0, server_default="0")  # kept free after the item
    planned_minutes: Mapped[int | None]  # as they were when the meeting began
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    resumed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # None while it is not going on
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    spent_seconds: Mapped[int] = mapped_column(default=0, server_default="0")  # before `resumed_at`
    put_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # left to the next meeting, that evening

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    topic: Mapped[Topic | None] = relationship()
    officials: Mapped[list[Person]] = relationship(secondary=agenda_item_officials, order_by=Person.name)

    @property
    def slot(self) -> Slot:
        """What the item asks of the clock."""
        return Slot(self.minutes, self.fixed_start, self.buffer_minutes or 0)

    @property
    def key(self) -> str:
        """What the item is compared by: a topic that left and came back is the same matter."""
        return matter(self.topic_id, self.id)

    def title_in(self, language: str) -> str:
        """Return the title in a language, Finnish where there is no other."""
        return self.title_sv if language == "sv" and self.title_sv else self.title


class Attendance(Base):
    """How many came from one organisation; the names stay inside."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "organisation_id"),
        CheckConstraint("count >= 1", name="count_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    count: Mapped[int]
    names: Mapped[str | None] = mapped_column(Text)

    meeting: Mapped[Meeting] = relationship(back_populates="attendances")
    organisation: Mapped[Organisation | None] = relationship()
