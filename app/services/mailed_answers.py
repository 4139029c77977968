"""Answers that calendars reply by mail, and asking for a click where it cannot be told whose they are."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.calendar.replies import Reply
from app.domain.answers import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Answer,
    AnswerChannel,
    AnswerOutcome,
    Door,
    Given,
    Known,
    judge,
    same_address,
)
from app.domain.clock import today, utc_now
from app.domain.errors import Invalid
from app.domain.permissions import SYSTEM
from app.domain.writing import check_line, check_no_identity_code, check_prose, printable
from app.extensions import db, site
from app.mail import letters
from app.models import Invitation, OutgoingMail
from app.services.answer_keeping import keep, locked
from app.services.invitation_page import address_of, door_of, find_invitation, given, is_earlier, language_to
from app.services.log import record
from app.services.meetings import ends
from app.services.outbox import queue, signature
from app.services.transactions import act

CLICK = "answer_needs_click"


@act
def answer_by_mail(
    reply: Reply,
    reply_token: str,
    from_address: str,  # noqa: ARG001 - it proves nothing, so nothing is asked of it
    now: datetime | None = None,
) -> AnswerOutcome:
    """Take a calendar's reply where it is the invited's own and newer than what is known; raise nothing.

    `reply_token` is the mark of the address that the reply came to, "" where it had none. `from_address`
    proves nothing (RFC 6047, 4): it is not asked.
    """
    now = now or utc_now()
    if reply_token:
        row = find_invitation(Invitation.reply_token == reply_token.casefold())
    else:
        row = invitation_for(reply)
    if row is not None:
        row = locked(row.id)
    outcome = judge(
        _known(row, now) if row else None,
        marked=bool(reply_token),
        uid=reply.uid,
        attendee=reply.attendee,
        sequence=reply.sequence,
        stamp=reply.stamp,
        now=now,
    )
    if row is not None and outcome is AnswerOutcome.TAKEN:
        _take(row, reply, now)
    return outcome


def invitation_for(reply: Reply) -> Invitation | None:
    """Return the invitation that a reply names by its UID and attendee; that it is theirs is not known."""
    if not reply.uid:
        return None
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.uid == reply.uid)
        .options(
            joinedload(Invitation.person),
            joinedload(Invitation.organisation),
            joinedload(Invitation.topic),
        )
        .order_by(Invitation.id)
    )
    theirs = [one for one in rows if same_address(reply.attendee, address_of(one))]
    return next((one for one in theirs if one.in_calendar), theirs[0] if theirs else None)


def _known(row: Invitation, now: datetime) -> Known:
    return Known(
        uid=row.uid,
        address=address_of(row),
        sequence=row.sequence,
        door=door_of(row, now),
        answered_at=row.answered_at,
        channel=row.answer_channel,
        stamp=row.answer_stamp,
    )


def _take(row: Invitation, reply: Reply, now: datetime) -> None:
    """Keep a reply; the same one once more changes nothing."""
    words = _words(reply.comment)
    named = _name(reply.delegated_to) if reply.delegated_to else None
    said = Given(Answer.NOT_COMING if named is not None else reply.answer, words, named)
    again = row.answer_channel is AnswerChannel.MAIL and given(row) == said and not is_earlier(row)
    stamp = min(reply.stamp, now) if reply.stamp else None
    if again:
        row.answer_stamp = stamp or row.answer_stamp
        return
    keep(SYSTEM, row, said, AnswerChannel.MAIL, now)
    row.answer_stamp = stamp


def _words(comment: str) -> str:
    """Return the words that came with a reply, as far as they can be kept."""
    try:
        words = check_prose("words", printable(comment), len(comment) + 1)
        check_no_identity_code("words", words)
    except Invalid:
        return ""
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1].rstrip()}…"


def _name(text: str) -> str:
    try:
        name = check_line("substitute", printable(text), len(text) + 1)
        check_no_identity_code("substitute", name)
    except Invalid:
        return ""
    return name[:LONGEST_NAME]


@act
def ask_for_click(invitation: Invitation, occasion: str = "") -> bool:
    """Ask the invited to answer by the link, as a reply of theirs could not be told from a forged one.

    One letter for an invitation and a day at most; it goes to the invited alone, never to whoever wrote.
    `occasion` names what the letter is sent with. Returns whether a letter was queued.
    """
    row = find_invitation(Invitation.id == invitation.id)
    if row is None or not address_of(row) or door_of(row) is not Door.OPEN:
        return False
    the_day = f"{CLICK}:{row.id}:{today()}"
    if db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == the_day)) is not None:
        return False
    language, meeting = language_to(row), row.meeting
    letter = letters.answer_needs_click(
        meeting.table.name_in(language),
        meeting.day,
        meeting.starts,
        ends(meeting).time(),
        site().answer(row.token),
        language=language,
        signed=signature(language),
    )
    queue(
        letter,
        address_of(row),
        the_day,
        person_id=row.person_id,
        topic_id=row.topic_id,
        meeting_id=row.meeting_id,
        invitation_id=row.id,
        batch=occasion[:120] or None,
    )
    record(SYSTEM, "invitation.ask_for_click", "invitation", row.id)
    return True
