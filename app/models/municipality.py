"""The municipality itself: its name, its languages, and how to reach a person there."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Municipality(Base):
    """One row: whose partnership tables these are."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_sv: Mapped[str | None] = mapped_column(String(200))
    languages: Mapped[str] = mapped_column(String(40), default="fi")
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(254))
    # how long a letter about a change waits for further changes before it leaves
    fold_minutes: Mapped[int] = mapped_column(default=5, server_default="5")
    demo: Mapped[bool] = mapped_column(default=False)
