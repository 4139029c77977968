"""One measure of the welfare plan with what came to it, and the choice of a topic's measures."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import Invalid
from app.domain.follow_ups import STATE_WORDS
from app.domain.permissions import Act
from app.forms.plans import LinkMeasuresForm
from app.services import links, measures, plans
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("measures", __name__)


@bp.get("/measures/<id:measure_id>")
@entry(Act.SEE_PUBLIC)
def show_measure(measure_id: int) -> ResponseReturnValue:
    """Show one measure: its words in the plan, and its topics and follow-ups from the tables."""
    return show(
        "measures/measure.html",
        measure=measures.get_measure(measure_id),
        topics=measures.topics_of(visitor(), measure_id, language()),
        follow_ups=measures.follow_ups_of(visitor(), measure_id, language()),
        state_words=STATE_WORDS,
    )


@bp.route("/inbox/<id:topic_id>/measures", methods=["GET", "POST"])
@entry(Act.LINK_MEASURE)
def link_topic(topic_id: int) -> ResponseReturnValue:
    """Choose the measures that a topic belongs to."""
    topic = links.get_topic(visitor(), topic_id)
    linked = links.linked_to_topic(topic_id)
    form = LinkMeasuresForm()
    form.measures.choices = plans.measure_choices()
    if form.validate_on_submit():
        try:
            links.link_topic(visitor(), topic_id, form.measures.data, form.seen_ids())
            return done("inbox.show_topic", gettext("The links are saved."), topic_id=topic_id)
        except Invalid as error:
            form.take(error)
            topic = links.get_topic(visitor(), topic_id)
    elif not form.is_submitted():
        form.measures.data = [one.measure_id for one in linked]
        form.seen.data = " ".join(str(one.measure_id) for one in linked)
    return show("measures/link.html", form=form, topic=topic)
