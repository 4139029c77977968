"""Topics as they were told, and what was answered to the one who told them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.topics import Channel, Number, TopicAct, TopicState
from app.models.base import Base, UTCDateTime, word
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.table import PartnershipTable


class Topic(Base):
    """One matter that somebody wants to talk about; contact details never leave the inside."""

    __tablename__ = "topics"
    __table_args__ = (
        UniqueConstraint("year", "running"),
        Index("ix_topics_table_state", "table_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    running: Mapped[int]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("partnership_tables.id"))
    state: Mapped[TopicState] = mapped_column(word(TopicState), default=TopicState.RECEIVED)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="fi")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    wished_minutes: Mapped[int | None]
    granted_minutes: Mapped[int | None]  # what the coordinator gives it; the wish stays beside it
    recurring: Mapped[bool] = mapped_column(default=False, server_default=false())
    # came after the day until which topics of this meeting were asked for; None once it is admitted
    late_for_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    channel: Mapped[Channel] = mapped_column(word(Channel), default=Channel.WEB)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    unread_at: Mapped[datetime | None] = mapped_column(
        UTCDateTime
    )  # when more came by mail, until it is read

    table: Mapped[PartnershipTable] = relationship()
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    addressee: Mapped[Organisation | None] = relationship(foreign_keys=[addressee_id])
    entered_by: Mapped[Person | None] = relationship()
    merged_into: Mapped[Topic | None] = relationship(
        remote_side=[id], foreign_keys=[merged_into_id], back_populates="merged"
    )
    merged: Mapped[list[Topic]] = relationship(
        back_populates="merged_into", foreign_keys="Topic.merged_into_id", order_by="Topic.id"
    )
    split_from: Mapped[Topic | None] = relationship(remote_side=[id], foreign_keys=[split_from_id])
    steps: Mapped[list[TopicStep]] = relationship(back_populates="topic", order_by="TopicStep.id")

    @property
    def number(self) -> Number:
        """The reference number that people quote."""
        return Number(self.year, self.running)


class TopicStep(Base):
    """One thing that happened to a topic, with the words that its proposer reads or wrote."""

    __tablename__ = "topic_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    act: Mapped[TopicAct] = mapped_column(word(TopicAct))
    words: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    # The state that the proposer knows, while an answer is decided and not told; None where it is told.
    held_from: Mapped[TopicState | None] = mapped_column(word(TopicState))
    # True of words that came by mail where it is not certain that the proposer wrote them.
    kept_inside: Mapped[bool] = mapped_column(default=False, server_default=false())
    incoming_mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("incoming_mail.id", ondelete="SET NULL"), index=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    topic: Mapped[Topic] = relationship(back_populates="steps")
    person: Mapped[Person | None] = relationship()
