"""More words for a topic came by mail: it stands first in the inbox until somebody has read them."""

from app.domain.errors import NotFound
from app.domain.permissions import Act, Visitor, check_may
from app.models import Topic
from app.services.log import record
from app.services.transactions import act, get_to_change


@act
def read_message(visitor: Visitor, topic_id: int) -> None:
    """Note that a topic's new messages have been read; pressed twice it is done once."""
    topic = get_to_change(Topic, topic_id)
    if not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, Act.TRIAGE, topic.table_id)
    if topic.unread_at is None:
        return
    topic.unread_at = None
    record(visitor, "topic.read_message", "topic", topic.id)
