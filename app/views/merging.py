"""One matter that came twice: the coordinator finds the other topic, looks at both, and joins them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Stale
from app.domain.permissions import Act
from app.domain.topics import STATE_WORDS
from app.domain.writing import LINE
from app.forms.inbox import JoinForm, SearchForm
from app.services import merging, triage
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("merging", __name__)


@bp.get("/inbox/<id:topic_id>/join")
@entry(Act.TRIAGE)
def choose(topic_id: int) -> ResponseReturnValue:
    """List the topics that this one may be joined to, the likeliest first."""
    searched = SearchForm(request.args)
    query = (searched.words.data or "")[:LINE]
    found = merging.candidates(visitor(), topic_id, query)
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    return show(
        "inbox/join.html", topic=topic, searched=searched, query=query, found=found, state_words=STATE_WORDS
    )


@bp.route("/inbox/<id:topic_id>/join/<id:other_id>", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def join(topic_id: int, other_id: int) -> ResponseReturnValue:
    """Show both topics and what their proposers will read, then join them."""
    form = JoinForm()
    status = None
    if form.validate_on_submit():
        try:
            merging.join(visitor(), topic_id, other_id, seen=form.seen.data, key=form.key())
            sentence = gettext("The topics are joined. You can separate them again below.")
            return done("inbox.show_topic", sentence, topic_id=other_id)
        except Stale as error:
            form.take(error)
            status = 409
    topic, other = merging.pair(visitor(), topic_id, other_id)
    form.seen.data = merging.mark_of(topic, other)
    return show(
        "inbox/join_check.html",
        form=form,
        status=status,
        topic=topic,
        other=other,
        title=merging.public_title(other.id),
        state_words=STATE_WORDS,
    )


@bp.post("/inbox/<id:topic_id>/separate")
@entry(Act.TRIAGE)
def separate(topic_id: int) -> ResponseReturnValue:
    """Undo a joining: the topic is a topic of its own again."""
    merging.separate(visitor(), topic_id)
    return done("inbox.show_topic", gettext("The topic is a topic of its own again."), topic_id=topic_id)
