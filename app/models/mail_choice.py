"""What the reader of one address wants to get, and how often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.letter_choices import Rhythm
from app.models.base import Base, UTCDateTime, word


class MailChoice(Base):
    """One address, case-folded; `token` opens the page of its choices without an account.

    `unwanted` are words of LetterGroup with a space between them; no row means that everything comes at once.
    """

    __tablename__ = "mail_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    unwanted: Mapped[str] = mapped_column(String(200), default="", server_default="")
    rhythm: Mapped[Rhythm] = mapped_column(word(Rhythm), default=Rhythm.AT_ONCE, server_default="at_once")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
