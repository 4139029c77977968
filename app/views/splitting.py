"""A message with several matters: its parts are proposed, mended, and made topics of their own."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid, Refused, Stale
from app.domain.permissions import Act
from app.domain.splitting import MOST, proposed_parts
from app.forms.incoming import SplitForm
from app.models import Topic
from app.services import splitting, triage
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("splitting", __name__)


@bp.app_template_global()
def of_one_message(topic: Topic) -> list[Topic]:
    """Return the other topics of a topic's message that the visitor may read; for its page."""
    found = splitting.of_one_message(topic)
    return [one for one in found if visitor().may(Act.READ_INBOX, one.table_id)]


@bp.app_template_global()
def may_split(topic: Topic) -> bool:
    """Whether the visitor may split a topic now; for its page."""
    return splitting.may_split(visitor(), topic)


@bp.route("/inbox/<id:topic_id>/split", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def split(topic_id: int) -> ResponseReturnValue:
    """Propose the parts of a topic, let one more be added, and make each a topic."""
    form = SplitForm()
    topic = splitting.topic_to_split(visitor(), topic_id) if not form.is_submitted() else None
    status = None
    if topic is not None:
        form.fill(proposed_parts(topic.text))
        form.seen.data = triage.revision(topic)
    elif request.form.get("more"):
        form.add()
    elif form.validate_on_submit():
        try:
            parts = [entry.data or "" for entry in form.parts.entries]
            splitting.split(visitor(), topic_id, parts, seen=form.seen.data, key=form.key())
            return done("inbox.show_topic", _told(topic_id), topic_id=topic_id)
        except (Invalid, Refused) as error:
            form.take(error)
            status = 422 if isinstance(error, Invalid) else 409
            if isinstance(error, Stale):
                form.seen.data = triage.revision(triage.get_topic(visitor(), topic_id, Act.TRIAGE))
    topic = topic or triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    full = len(form.parts.entries) >= MOST
    return show("incoming/split.html", form=form, topic=topic, status=status, full=full)


def _told(topic_id: int) -> str:
    """Return what was done, and how the proposer hears of it."""
    if triage.get_topic(visitor(), topic_id).contact_email:
        return gettext("The topics are made. A letter about them waits in the outbox.")
    return gettext("The topics are made. Tell the proposer yourself: there is no e-mail address.")
