"""When the worker last did each of its rounds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UTCDateTime


class Heartbeat(Base):
    """One kind of round ("post", "fetch"); `answer` is what went wrong in the last one, if anything did."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the last round without a fault
    answer: Mapped[str | None] = mapped_column(String(1000))
