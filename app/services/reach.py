"""Which letters a visitor sees and sends: those of her own tables, or all of them."""

from sqlalchemy import ColumnElement, true

from app.domain.errors import NotFound
from app.domain.permissions import Act, Visitor, check_may
from app.models import OutgoingMail
from app.services.transactions import get_to_change


def reach(visitor: Visitor) -> ColumnElement[bool]:
    """Return the condition for letters within a visitor's reach; raise Forbidden for none at all.

    A letter of no table is for those who coordinate the whole municipality.
    """
    check_may(visitor, Act.READ_OUTBOX)
    tables = visitor.tables(Act.READ_OUTBOX)
    return true() if tables is None else OutgoingMail.table_id.in_(tables)


def check_reach(visitor: Visitor, row: OutgoingMail | None) -> OutgoingMail:
    """Return the letter; raise NotFound where there is none for this visitor."""
    check_may(visitor, Act.READ_OUTBOX)
    tables = visitor.tables(Act.READ_OUTBOX)
    if row is None or (tables is not None and row.table_id not in tables):
        raise NotFound
    return row


def letter_to_change(visitor: Visitor, letter_id: int) -> OutgoingMail:
    """Return a letter locked until the act ends; raise NotFound."""
    return check_reach(visitor, get_to_change(OutgoingMail, letter_id))
