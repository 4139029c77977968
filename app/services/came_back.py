"""Which addresses the letters of a meeting do not reach: a server sent the last one back or refused it."""

from sqlalchemy import or_, select

from app.domain.outbox import STOPPED, MailState
from app.extensions import db
from app.models import Meeting, OutgoingMail


def addresses(meeting: Meeting) -> frozenset[str]:
    """Return the addresses, case-folded, whose latest tried letter of a meeting came back; one query.

    One that a coordinator stopped has not been tried, and one that waits to be sent tells nothing yet.
    """
    tried = (
        select(OutgoingMail.to_address, OutgoingMail.state, OutgoingMail.bounced_at, OutgoingMail.last_answer)
        .where(
            OutgoingMail.meeting_id == meeting.id,
            or_(
                OutgoingMail.state.in_((MailState.SENT, MailState.PARKED)),
                OutgoingMail.bounced_at.is_not(None),
            ),
        )
        .order_by(OutgoingMail.id)
    )
    last: dict[str, bool] = {}
    for address, state, bounced_at, answer in db.session.execute(tried):
        if bounced_at is None and answer == STOPPED:
            continue
        refused = state is MailState.PARKED and bool(answer)
        last[address.casefold()] = bounced_at is not None or refused
    return frozenset(address for address, back in last.items() if back)
