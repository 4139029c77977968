"""Partnership tables and the organisations that belong to each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.tables import DEFAULT_MINUTES, TableKind
from app.models.base import Base, UTCDateTime, word
from app.models.organisation import Organisation

table_organisations = Table(
    "table_organisations",
    Base.metadata,
    Column("table_id", ForeignKey("partnership_tables.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class PartnershipTable(Base):
    """One table: its own length in minutes, yearly rhythm, area and languages."""

    __tablename__ = "partnership_tables"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_sv: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[TableKind] = mapped_column(word(TableKind))
    minutes: Mapped[int] = mapped_column(default=DEFAULT_MINUTES)
    meetings_a_year: Mapped[int] = mapped_column(default=2)
    area: Mapped[str | None] = mapped_column(String(500))
    description: Mapped[str | None] = mapped_column(String(2000))
    place: Mapped[str | None] = mapped_column(String(200))
    languages: Mapped[str] = mapped_column(String(40), default="fi")
    # minutes before the start, with commas between them, that a new meeting of the table gets
    reminders: Mapped[str] = mapped_column(String(60), default="10080,1440", server_default="10080,1440")
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisations: Mapped[list[Organisation]] = relationship(
        secondary=table_organisations, order_by=Organisation.name
    )

    def name_in(self, language: str) -> str:
        """Return the name in a language, Finnish where there is no other."""
        return self.name_sv if language == "sv" and self.name_sv else self.name
