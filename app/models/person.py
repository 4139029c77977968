"""People who sign in or are invited, and what each is at which table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.permissions import Role
from app.models.base import Base, UTCDateTime, word
from app.models.organisation import Organisation
from app.models.table import PartnershipTable


class Person(Base):
    """A person known by name; `email` is kept case-folded."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    calendar_token: Mapped[str | None] = mapped_column(String(64), unique=True)  # opens her own feed
    deactivated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation | None] = relationship()
    roles: Mapped[list[PersonRole]] = relationship(back_populates="person", cascade="all, delete-orphan")


class PersonRole(Base):
    """One role of one person; without a table it holds at every table."""

    __tablename__ = "person_roles"
    __table_args__ = (
        UniqueConstraint("person_id", "table_id", "role"),
        Index(
            "uq_person_roles_everywhere",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("table_id IS NULL"),
            postgresql_where=text("table_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))

    person: Mapped[Person] = relationship(back_populates="roles")
    table: Mapped[PartnershipTable | None] = relationship()
