"""Who is asked to which meeting, and when officials can be there."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.answers import Answer, AnswerChannel
from app.models.base import Base, UTCDateTime, word
from app.models.meeting import Meeting
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.topic import Topic

CALLED_OFF = "called off"  # the mark of an invitation that was cancelled last

ONE_INVITED = " + ".join(
    f"(CASE WHEN {one} IS NULL THEN 0 ELSE 1 END)" for one in ("person_id", "organisation_id", "topic_id")
)
ONE_INVITED = f"{ONE_INVITED} = 1"


class Invitation(Base):
    """A person, an organisation or a topic's proposer asked to one meeting.

    `token` opens the answer page without an account.

    `told_at` is None until somebody pressed to send a letter of it; `withdrawn_at` keeps somebody off the
    list who would be on it. `uid`, `sequence` and `calendar_mark` are those of the invitation that was let
    go last (RFC 5546, 2.1.4), not of drafts; `reply_token` stands in the address that a calendar program
    answers to.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        UniqueConstraint("meeting_id", "organisation_id"),
        UniqueConstraint("meeting_id", "topic_id"),
        CheckConstraint(ONE_INVITED, name="one_invited"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    uid: Mapped[str | None] = mapped_column(String(120), index=True)
    reply_token: Mapped[str | None] = mapped_column(String(32), unique=True)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    calendar_mark: Mapped[str | None] = mapped_column(String(64))  # of the time and place that were sent
    first_message_id: Mapped[str | None] = mapped_column(String(200))  # later letters belong under it
    answer: Mapped[Answer | None] = mapped_column(word(Answer))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer_words: Mapped[str | None] = mapped_column(String(1000))
    answer_channel: Mapped[AnswerChannel | None] = mapped_column(word(AnswerChannel))
    answer_sequence: Mapped[int | None]  # of the invitation that was answered
    answer_stamp: Mapped[datetime | None] = mapped_column(UTCDateTime)  # DTSTAMP of the reply taken last
    substitute: Mapped[str | None] = mapped_column(String(200))  # who comes instead

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    topic: Mapped[Topic | None] = relationship()

    @property
    def in_calendar(self) -> bool:
        """Whether the meeting was sent to the reader's calendar, and not called off there since."""
        return self.calendar_mark not in (None, CALLED_OFF)


class AttendanceWindow(Base):
    """When one official can be at one meeting, in local clock time; None means throughout."""

    __tablename__ = "attendance_windows"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    arrives: Mapped[time | None]
    leaves: Mapped[time | None]

    person: Mapped[Person] = relationship()
