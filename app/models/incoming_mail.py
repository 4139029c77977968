"""Messages that came by mail, and the files that came with them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.incoming import Outcome
from app.models.base import Base, UTCDateTime, word
from app.models.topic import Topic


class IncomingMail(Base):
    """One message; `key` is made of its Message-ID, or of its content: the same message is one row.

    `text` holds the new words alone, `whole` everything that can be read; `raw` is kept for some weeks.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (Index("ix_incoming_mail_outcome_received_at", "outcome", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    message_id: Mapped[str | None] = mapped_column(String(400))
    from_address: Mapped[str] = mapped_column(String(254), default="")
    from_name: Mapped[str] = mapped_column(String(200), default="")
    to_address: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    whole: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    outcome: Mapped[Outcome] = mapped_column(word(Outcome))
    why: Mapped[str] = mapped_column(String(60), default="")  # a word for the reason of the outcome
    table_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL"), index=True
    )
    outgoing_mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("outgoing_mail.id", ondelete="SET NULL"), index=True
    )
    size: Mapped[int]
    raw: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)

    topic: Mapped[Topic | None] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(
        back_populates="mail", order_by="Attachment.id", cascade="all, delete-orphan"
    )


class Attachment(Base):
    """One file that came with a topic; where only its name was kept, `refused` says why."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    incoming_mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("incoming_mail.id", ondelete="CASCADE"), index=True
    )
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    refused: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    mail: Mapped[IncomingMail | None] = relationship(back_populates="attachments")
    topic: Mapped[Topic | None] = relationship()
