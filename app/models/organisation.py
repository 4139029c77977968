"""Villages, associations, departments, and bodies outside the municipality."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.organisations import OrganisationKind
from app.models.base import Base, UTCDateTime, word


class Organisation(Base):
    """One body; a village association may have its village as `parent`."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind))
    name: Mapped[str] = mapped_column(String(200), unique=True)
    name_sv: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    parent: Mapped[Organisation | None] = relationship(remote_side=[id])

    def name_in(self, language: str) -> str:
        """Return the name in a language, Finnish where there is no other."""
        return self.name_sv if language == "sv" and self.name_sv else self.name
