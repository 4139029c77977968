"""Answers to invitations: by their link, as somebody told them, and all of one meeting together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.answers import Answer, AnswerChannel, Given, Tally, check_open, checked, tally
from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.permissions import ANYBODY, Act, Visitor
from app.models import Invitation, Meeting
from app.services.answer_keeping import ANSWERED, keep, locked
from app.services.earlier_answers import is_earlier, shown_to
from app.services.invitation_page import by_token as by_token
from app.services.invitation_page import door_of, find_invitation, given
from app.services.knocks import knock
from app.services.mailed_answers import answer_by_mail as answer_by_mail
from app.services.mailed_answers import ask_for_click as ask_for_click
from app.services.mailed_answers import invitation_for as invitation_for
from app.services.repeats import once
from app.services.told import address_of, rows_of
from app.services.transactions import act

ANSWERS_AN_HOUR = 30  # behind one link
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class AnswerLine:
    """One invitation as its coordinator sees it; `earlier` is an answer to another time or place.

    `by` is the invitation that the answer came to: another one of the same address, where there was none.
    """

    row: Invitation
    by: Invitation
    given: Given | None
    earlier: bool

    @property
    def waits(self) -> bool:
        """Whether an answer to the time and place of now is still to come."""
        return self.given is None or self.earlier


# By the link


@act
def answer_by_link(
    token: str,
    answer: Answer,
    words: str = "",
    substitute: str | None = None,
    key: str | None = None,
    *,
    visitor: Visitor = ANYBODY,
) -> int:
    """Keep what was answered behind a link, in place of an earlier answer; return the invitation's id.

    `substitute` is who comes instead ("" unnamed, None nobody). Raises NotFound, Invalid at a field, Refused
    where no answer is taken any more, TooMany for very many answers within an hour.
    """
    found = by_token(token).row.id

    def answered() -> int:
        row = locked(found)
        knock("invitation", str(row.id), ANSWERS_AN_HOUR, HOUR)
        _give(visitor, row, checked(answer, words, substitute), AnswerChannel.LINK)
        return row.id

    return once(key, ANSWERED, answered)


# As it was told


def get_invitation(visitor: Visitor, meeting_id: int, invitation_id: int) -> Invitation:
    """Return an invitation to a meeting of the visitor's own table; raise NotFound."""
    row = find_invitation(Invitation.id == invitation_id)
    if row is None or row.meeting_id != meeting_id:
        raise NotFound
    if not visitor.may(Act.BUILD_AGENDA, row.meeting.table_id):
        raise NotFound
    return row


@act
def write_down(
    visitor: Visitor,
    invitation_id: int,
    answer: Answer,
    words: str = "",
    substitute: str | None = None,
    key: str | None = None,
) -> int:
    """Write down what somebody answered by phone or in person; as answer_by_link()."""

    def written() -> int:
        row = locked(invitation_id)
        if not visitor.may(Act.BUILD_AGENDA, row.meeting.table_id):
            raise NotFound
        _give(visitor, row, checked(answer, words, substitute), AnswerChannel.TOLD)
        return row.id

    return once(key, "invitation.write_down", written)


def _give(visitor: Visitor, row: Invitation, said: Given, channel: AnswerChannel) -> None:
    now = utc_now()
    check_open(door_of(row, now))
    keep(visitor, row, said, channel, now)


# For those who build the agenda


def answers_of(meeting: Meeting) -> list[AnswerLine]:
    """Return every invitation to a meeting that was not taken back, with its answer; two queries.

    Several who read at one address get one letter with one link: an answer there stands for all who have
    given none of their own.
    """
    rows = [row for row in rows_of([meeting.id]) if row.withdrawn_at is None]
    at_address = {
        address_of(row): row for row in sorted(rows, key=_answered_at) if row.answer and address_of(row)
    }
    marks = shown_to(rows)
    found = []
    for row in rows:
        by = row if row.answer else at_address.get(address_of(row), row)
        found.append(AnswerLine(row, by, given(by), is_earlier(by, marks)))
    return found


def _answered_at(row: Invitation) -> datetime:
    return row.answered_at or row.created_at


def totals(lines: Iterable[AnswerLine | None]) -> Tally:
    """Count answers; None is somebody who is asked and has no invitation yet.

    Whoever answered before the time or the place changed has not answered.
    """
    return tally(one.given if one and not one.waits else None for one in lines)
