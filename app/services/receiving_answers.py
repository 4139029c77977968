"""What calendars reply to our invitations: taken where it is the invited's own, and never a topic."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select

from app.calendar.replies import NotAReply, Reply, read_reply
from app.domain.addresses import MarkKind
from app.domain.answers import AnswerOutcome, same_address
from app.domain.errors import TooMany
from app.domain.incoming import Outcome, Why
from app.domain.writing import folded
from app.extensions import db, site
from app.mail.incoming import Incoming, Nature
from app.models import IncomingMail, Invitation, Meeting
from app.services.invitation_answers import answer_by_mail, ask_for_click, invitation_for
from app.services.knocks import knock

CLICKS = 3  # letters that ask one reader for a click, within a day
ASKED_OVER = timedelta(days=1)

ANSWERED = frozenset(
    {AnswerOutcome.TAKEN, AnswerOutcome.OLD, AnswerOutcome.CLOSED, AnswerOutcome.NEEDS_CLICK}
)


def take(row: IncomingMail, message: Incoming, now: datetime) -> None:
    """Give a calendar's reply to its invitation, inside the act that receives it (RFC 5546, 3.2.3).

    One that is not certain asks the invited for a click, where it was sent from their own address; a
    stranger's is set aside.
    One that cannot be read is held, where it came to an invitation's own address.
    """
    token = _token(message)
    try:
        reply = read_reply(message.calendar or b"")
    except NotAReply:
        invitation = _behind(token)
        row.outcome, row.why = Outcome.HELD if invitation else Outcome.SET_ASIDE, Why.UNREADABLE_ANSWER
        _tie(row, invitation)
        return
    outcome = answer_by_mail(reply, token, message.from_address, now)
    invitation = _named(reply, token, outcome)
    row.outcome = Outcome.ANSWER if outcome in ANSWERED else Outcome.SET_ASIDE
    row.why = outcome.value
    _tie(row, invitation)
    if outcome is AnswerOutcome.NEEDS_CLICK and invitation and message.nature is Nature.PERSON:
        _ask(invitation, reply, message, now)


def _ask(invitation: Invitation, reply: Reply, message: Incoming, now: datetime) -> None:
    """Ask the invited for a click where the message came in their own name, a few times a day at most."""
    if not same_address(message.from_address, reply.attendee):
        return
    with suppress(TooMany):
        knock("click", folded(reply.attendee), CLICKS, ASKED_OVER, now=now)
        ask_for_click(invitation)


def _token(message: Incoming) -> str:
    marks = (site().mark_in(one) for one in message.recipients)
    return next((mark[1] for mark in marks if mark and mark[0] is MarkKind.ANSWER), "")


def _behind(token: str) -> Invitation | None:
    return db.session.scalar(select(Invitation).where(Invitation.reply_token == token)) if token else None


def _named(reply: Reply, token: str, outcome: AnswerOutcome) -> Invitation | None:
    """Return the invitation that the reply came to, or that it names where it came to none."""
    if outcome is AnswerOutcome.UNKNOWN:
        return None
    return _behind(token) or invitation_for(reply)


def _tie(row: IncomingMail, invitation: Invitation | None) -> None:
    if invitation is None:
        return
    row.invitation_id = invitation.id
    row.table_id = db.session.scalar(select(Meeting.table_id).where(Meeting.id == invitation.meeting_id))
