"""Letters on their way: written with the act that they tell of, sent afterwards by the worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.outbox import MailState
from app.models.base import Base, UTCDateTime, word


class OutgoingMail(Base):
    """One letter to one address; `message_id` is made once, so that a second try is not a second letter."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        Index("ix_outgoing_mail_state_due_at", "state", "due_at"),
        Index("ix_outgoing_mail_table_state", "table_id", "state"),
        # An id is never used again: a press that names a letter taken back meanwhile sends no other one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(
        String(200), unique=True
    )  # the same act never queues the same letter twice
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    to_address: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"))
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL"), index=True
    )
    batch: Mapped[str | None] = mapped_column(String(120), index=True)  # the occasion that it is sent with
    mark: Mapped[str | None] = mapped_column(
        String(32), unique=True
    )  # stands in its reply and bounce address
    in_reply_to: Mapped[str | None] = mapped_column(String(200))  # the letter that it belongs under
    calendar: Mapped[str | None] = mapped_column(Text)  # the whole text/calendar part
    calendar_method: Mapped[str | None] = mapped_column(String(10))  # REQUEST or CANCEL, as in `calendar`
    calendar_sequence: Mapped[int | None]  # as in `calendar`
    calendar_mark: Mapped[str | None] = mapped_column(String(64))  # of the time and place in `calendar`
    since_release: Mapped[int | None]  # the agenda that its reader knew before, 0 for none
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = mapped_column(word(MailState), default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_answer: Mapped[str | None] = mapped_column(String(1000))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")  # grows with each mending
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when somebody pressed to send it
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_mail.id"), index=True)
    bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when a server sent it back
