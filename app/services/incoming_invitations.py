"""Which invitation a message that came by mail is about: a calendar's answer, or words to its letter."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.permissions import Act, Visitor
from app.extensions import db
from app.models import IncomingMail, Invitation, OutgoingMail


def invitations_of(visitor: Visitor, mails: Iterable[IncomingMail]) -> dict[int, Invitation]:
    """Return the invitations behind some messages, by the id of the message; those of own tables alone."""
    named = func.coalesce(IncomingMail.invitation_id, OutgoingMail.invitation_id)
    query = select(IncomingMail.id, Invitation).select_from(IncomingMail)
    query = query.outerjoin(OutgoingMail, OutgoingMail.id == IncomingMail.outgoing_mail_id)
    query = query.join(Invitation, Invitation.id == named)
    query = query.where(IncomingMail.id.in_([one.id for one in mails]))
    query = query.options(
        joinedload(Invitation.meeting),
        joinedload(Invitation.person),
        joinedload(Invitation.organisation),
        joinedload(Invitation.topic),
    )
    theirs = visitor.tables(Act.READ_INBOX)
    return {
        mail_id: row
        for mail_id, row in db.session.execute(query)
        if theirs is None or row.meeting.table_id in theirs
    }
