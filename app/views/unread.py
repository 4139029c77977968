"""The coordinator has read what came by mail to a topic."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.permissions import Act
from app.services import unread
from app.views.access import entry, visitor
from app.views.answers import done

bp = Blueprint("unread", __name__)


@bp.post("/inbox/<id:topic_id>/read")
@entry(Act.TRIAGE)
def read(topic_id: int) -> ResponseReturnValue:
    """Take the mark of a new message off the topic, and lead back to it."""
    unread.read_message(visitor(), topic_id)
    return done("inbox.show_topic", gettext("The new message is marked as read."), topic_id=topic_id)
