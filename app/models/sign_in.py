"""Sign-in links and open sessions; only the fingerprints of their secrets are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UTCDateTime
from app.models.person import Person


class SignInLink(Base):
    """A link that signs one person in once, for the address that it was sent to."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    asked_from: Mapped[str | None] = mapped_column(String(64))  # fingerprint of the browser's cookie
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()


class SignInSession(Base):
    """One browser where a person has signed in; ending the row ends the session."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()


class Knock(Base):
    """One try at a door that counts its visitors (sign-in, proposing); `who` is a fingerprint."""

    __tablename__ = "knocks"
    __table_args__ = (Index("ix_knocks_door_who_at", "door", "who", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class RepeatKey(Base):
    """The key of a form that was sent: sending it twice gives the first answer again."""

    __tablename__ = "repeat_keys"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    noun_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
