"""The coordinator's inbox: read what came, answer it, and write down what was told by phone or on paper."""

from datetime import date

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.clock import local, today
from app.domain.errors import Invalid, Refused, Stale
from app.domain.journey import WORDS
from app.domain.permissions import Act
from app.domain.topics import (
    ANSWERED_IN,
    CHANNEL_WORDS,
    STATE_WORDS,
    TopicAct,
    TopicState,
    check_happens,
    may_happen,
)
from app.domain.words import N_
from app.extensions import site
from app.forms.inbox import AcceptForm, AnswerForm, DetailsForm, EnterForm, FilterForm
from app.models import Topic
from app.services import links, meetings, statements, topics, triage
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("inbox", __name__)

ACT_WORDS = {
    TopicAct.ACCEPT: N_("Take to the table"),
    TopicAct.ASK: N_("Ask for more"),
    TopicAct.POSTPONE: N_("Postpone"),
    TopicAct.DECLINE: N_("Do not take to the table"),
}
HAPPENED_WORDS = {
    **WORDS,
    TopicAct.REPLY: N_("The proposer answered"),
    TopicAct.WITHDRAW: N_("The proposer withdrew the topic"),
    TopicAct.PUT_ON_AGENDA: N_("Put on an agenda"),
    TopicAct.TAKE_OFF_AGENDA: N_("Taken off an agenda"),
    TopicAct.DISCUSS: N_("Discussed"),
    TopicAct.RETURN: N_("Back on the agenda"),
}
ANSWERS = (TopicAct.ASK, TopicAct.POSTPONE, TopicAct.DECLINE)
TOLD = frozenset({TopicAct.ACCEPT, *ANSWERS})


def waited(topic: Topic, now: date) -> tuple[str, bool]:
    """Return how long a new topic has waited, in words, and whether that is too long."""
    days = (now - local(topic.created_at).date()).days
    if days <= 0:
        return gettext("Came today"), False
    return ngettext("Has waited %(num)d day", "Has waited %(num)d days", days), days > ANSWERED_IN


def _page() -> int:
    said = request.args.get("page", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1


@bp.get("/inbox")
@entry(Act.READ_INBOX)
def index() -> ResponseReturnValue:
    """List the topics of the visitor's tables, new ones first."""
    tables = triage.tables_of(visitor(), Act.READ_INBOX)
    filtered = FilterForm(request.args)
    filtered.offer(tables, language())
    filtered.settle()
    found = triage.inbox(visitor(), filtered.table.number(), filtered.states(), _page())
    now = today()
    return show(
        "inbox/index.html",
        filtered=filtered,
        tables=tables,
        found=found,
        waits={one.id: waited(one, now) for one in found.topics if one.state is TopicState.RECEIVED},
        state_words=STATE_WORDS,
        channel_words=CHANNEL_WORDS,
        pages_url=url_for(
            "inbox.index", table=filtered.table.data, state=filtered.state.data, page="__page__"
        ),
    )


@bp.get("/inbox/<id:topic_id>")
@entry(Act.READ_INBOX)
def show_topic(topic_id: int) -> ResponseReturnValue:
    """Show one topic: its text, how to reach its proposer, what happened, and what can be done."""
    topic = triage.get_topic(visitor(), topic_id)
    may_answer = visitor().may(Act.TRIAGE, topic.table_id)
    last = topic.steps[-1].act if topic.steps else None
    return show(
        "inbox/topic.html",
        topic=topic,
        acts=[act for act in ACT_WORDS if act in TOLD and may_answer and may_happen(act, topic.state)],
        may_answer=may_answer,
        may_link=visitor().may(Act.LINK_MEASURE, topic.table_id),
        untold=last in TOLD and not topic.contact_email,
        measures=links.linked_to_topic(topic_id),
        statements=statements.panel(visitor(), topic),
        url=site().topic(topic.token) if may_answer or topic.entered_by_id == visitor().person_id else None,
        new="new" in request.args,
        act_words=ACT_WORDS,
        happened_words=HAPPENED_WORDS,
        state_words=STATE_WORDS,
        channel_words=CHANNEL_WORDS,
    )


@bp.route("/inbox/<id:topic_id>/accept", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def accept(topic_id: int) -> ResponseReturnValue:
    """Take a topic to the table, its title and addressee set right on the way."""
    topic = _to_answer(topic_id, TopicAct.ACCEPT)
    form = _details_form(AcceptForm(), topic)
    status = None
    if form.validate_on_submit():
        try:
            words = form.reason.data or ""
            triage.accept(visitor(), topic_id, form.details(), words, seen=form.seen.data, key=form.key())
            return _after(topic_id, gettext("The topic waits for a meeting."))
        except (Invalid, Refused) as error:
            form.take(error)
            status, topic = _again(form, topic_id, error)
    return show("inbox/accept.html", form=form, topic=topic, status=status)


@bp.route("/inbox/<id:topic_id>/<any(ask, postpone, decline):act>", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def answer(topic_id: int, act: str) -> ResponseReturnValue:
    """Ask for more, postpone or decline, with the reason that the proposer reads."""
    topic = _to_answer(topic_id, TopicAct(act))
    form = AnswerForm(seen=triage.revision(topic))
    status = None
    if form.validate_on_submit():
        try:
            reason = form.reason.data or ""
            triage.answer(visitor(), topic_id, TopicAct(act), reason, seen=form.seen.data, key=form.key())
            asked = gettext("The question is saved.")
            return _after(topic_id, asked if act == TopicAct.ASK else gettext("The answer is saved."))
        except (Invalid, Refused) as error:
            form.take(error)
            status, topic = _again(form, topic_id, error)
    return show(
        "inbox/answer.html", form=form, topic=topic, act=TopicAct(act), act_words=ACT_WORDS, status=status
    )


@bp.route("/inbox/<id:topic_id>/edit", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def edit(topic_id: int) -> ResponseReturnValue:
    """Set the details of a topic right."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    form = _details_form(DetailsForm(), topic)
    status = None
    if form.validate_on_submit():
        try:
            triage.change_details(visitor(), topic_id, form.details(), seen=form.seen.data, key=form.key())
            return _after(topic_id, gettext("The topic is saved."))
        except (Invalid, Refused) as error:
            form.take(error)
            status, topic = _again(form, topic_id, error)
    return show("inbox/edit.html", form=form, topic=topic, status=status)


def _to_answer(topic_id: int, act: TopicAct) -> Topic:
    """Return the topic; say at once, before anybody writes a reason, that an answer no longer fits."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    if request.method == "GET":
        check_happens(act, topic.state)
    return topic


def _details_form(form: DetailsForm, topic: Topic) -> DetailsForm:
    form.offer(meetings.tables_that_meet(), topics.organisations(), topic, language())
    if not form.is_submitted():
        form.fill(topic)
        form.seen.data = triage.revision(topic)
    return form


def _again(form: AnswerForm | DetailsForm, topic_id: int, error: Invalid | Refused) -> tuple[int, Topic]:
    """Return the status and the topic as it is now; a form that was too old may be sent again."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    if isinstance(error, Stale):
        form.seen.data = triage.revision(topic)
    return 422 if isinstance(error, Invalid) else 409, topic


def _after(topic_id: int, sentence: str) -> ResponseReturnValue:
    """Lead back to the topic, or to the inbox where it moved to another's table."""
    if triage.may_read(visitor(), topic_id):
        return done("inbox.show_topic", sentence, topic_id=topic_id)
    return done("inbox.index", sentence)


@bp.route("/inbox/new", methods=["GET", "POST"])
@entry(Act.ENTER_TOPIC)
def enter() -> ResponseReturnValue:
    """Write a topic down for somebody, and show the number and the address to give."""
    form = EnterForm()
    form.offer(triage.tables_of(visitor(), Act.ENTER_TOPIC), topics.organisations(), language())
    if form.validate_on_submit():
        try:
            topic_id = topics.propose(visitor(), form.proposal(language()), form.key())
            return done("inbox.show_topic", topic_id=topic_id, new=1)
        except Invalid as error:
            form.take(error)
    return show("inbox/new.html", form=form)
