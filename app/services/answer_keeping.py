"""Keeping an answer to an invitation, whichever way it came: in place of the one before, and in the log."""

from datetime import datetime

from app.domain.answers import AnswerChannel, Given
from app.domain.permissions import Visitor
from app.models import Invitation
from app.services.earlier_answers import ANSWERED as ANSWERED
from app.services.earlier_answers import shown
from app.services.invitation_page import find_invitation
from app.services.log import record
from app.services.transactions import get_to_change


def locked(invitation_id: int) -> Invitation:
    """Return an invitation locked until the act ends: of two answers at once the later finds the earlier."""
    get_to_change(Invitation, invitation_id)
    row = find_invitation(Invitation.id == invitation_id)
    assert row is not None  # noqa: S101 - it is locked
    return row


def keep(visitor: Visitor, row: Invitation, said: Given, channel: AnswerChannel, now: datetime) -> None:
    """Put an answer in place of the one before, and both into the log."""
    row.answer, row.answer_words, row.substitute = said.answer, said.words or None, said.substitute
    row.answered_at, row.answer_channel, row.answer_sequence = now, channel, row.sequence
    record(
        visitor,
        ANSWERED,
        "invitation",
        row.id,
        answer=said.answer,
        channel=channel,
        sequence=row.sequence,
        instead=said.sends_somebody,
        words=bool(said.words),
        shown=shown(row, channel),
    )
