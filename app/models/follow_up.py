"""Follow-ups with their owners and due dates, and the links of topics and follow-ups to measures."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.follow_ups import FollowUpState
from app.models.base import Base, UTCDateTime, word
from app.models.meeting import AgendaItem, Meeting
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.plan import Measure
from app.models.topic import Topic

follow_up_measures = Table(
    "follow_up_measures",
    Base.metadata,
    Column("follow_up_id", ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True),
    Column("measure_id", ForeignKey("measures.id"), primary_key=True, index=True),
)

topic_measures = Table(
    "topic_measures",
    Base.metadata,
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("measure_id", ForeignKey("measures.id"), primary_key=True, index=True),
)


class FollowUp(Base):
    """One follow-up action (jatkotoimi): an organisation answers for it, perhaps one of its people."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        CheckConstraint("owner_organisation_id IS NOT NULL OR owner_person_id IS NOT NULL", name="has_owner"),
        Index("ix_follow_ups_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    owner_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[FollowUpState] = mapped_column(word(FollowUpState), default=FollowUpState.OPEN)
    outcome: Mapped[str | None] = mapped_column(String(1000))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    owner_organisation: Mapped[Organisation | None] = relationship()
    owner_person: Mapped[Person | None] = relationship()
    measures: Mapped[list[Measure]] = relationship(secondary=follow_up_measures, order_by=Measure.id)
