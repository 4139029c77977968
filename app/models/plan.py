"""The welfare plan: focus areas, objectives, measures, and the indicators that tell of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UTCDateTime
from app.models.organisation import Organisation


class Plan(Base):
    """One welfare plan of one council term, as its document said it."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    municipality: Mapped[str | None] = mapped_column(String(200))
    period: Mapped[str | None] = mapped_column(String(60))
    period_start: Mapped[int | None]
    period_end: Mapped[int | None]
    approved: Mapped[date | None]
    monitoring: Mapped[str | None] = mapped_column(Text)
    source_name: Mapped[str | None] = mapped_column(String(200))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)

    focus_areas: Mapped[list[FocusArea]] = relationship(
        back_populates="plan", order_by="FocusArea.position", cascade="all, delete-orphan"
    )
    indicators: Mapped[list[Indicator]] = relationship(
        order_by="Indicator.position", cascade="all, delete-orphan", overlaps="indicators"
    )


class FocusArea(Base):
    """One focus area (painopistealue); the same number may stand on two different ones."""

    __tablename__ = "focus_areas"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    label: Mapped[str | None] = mapped_column(String(500))

    plan: Mapped[Plan] = relationship(back_populates="focus_areas")
    objectives: Mapped[list[Objective]] = relationship(
        back_populates="focus_area", order_by="Objective.position", cascade="all, delete-orphan"
    )


class Objective(Base):
    """One objective (tavoite); without a title where the document has no such level."""

    __tablename__ = "objectives"
    __table_args__ = (UniqueConstraint("focus_area_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    focus_area_id: Mapped[int] = mapped_column(ForeignKey("focus_areas.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str | None] = mapped_column(Text)

    focus_area: Mapped[FocusArea] = relationship(back_populates="objectives")
    measures: Mapped[list[Measure]] = relationship(
        back_populates="objective", order_by="Measure.position", cascade="all, delete-orphan"
    )


class Measure(Base):
    """One measure (toimenpide) with the words of its row: indicators, schedule, responsible, monitoring."""

    __tablename__ = "measures"
    __table_args__ = (UniqueConstraint("objective_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objectives.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    indicators_text: Mapped[str | None] = mapped_column(Text)
    schedule: Mapped[str | None] = mapped_column(Text)
    responsible_text: Mapped[str | None] = mapped_column(Text)
    monitoring: Mapped[str | None] = mapped_column(Text)

    objective: Mapped[Objective] = relationship(back_populates="measures")
    indicators: Mapped[list[Indicator]] = relationship(
        order_by="Indicator.position", cascade="all, delete-orphan", overlaps="indicators"
    )
    responsible: Mapped[list[ResponsibleParty]] = relationship(
        order_by="ResponsibleParty.position", cascade="all, delete-orphan"
    )


class Indicator(Base):
    """One indicator (mittari), of a measure or of the whole plan."""

    __tablename__ = "indicators"
    __table_args__ = (CheckConstraint("(plan_id IS NULL) <> (measure_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class ResponsibleParty(Base):
    """Who answers for a measure, in the plan's words and, where known, as an organisation."""

    __tablename__ = "responsible_parties"
    __table_args__ = (UniqueConstraint("measure_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)

    organisation: Mapped[Organisation | None] = relationship()
