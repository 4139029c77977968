"""The coordinator's inbox: read what came, answer it, and write down what was told by phone or on paper."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.agenda import DEFAULT_TOPIC_MINUTES
from app.domain.budget import agenda_minutes
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.permissions import Act
from app.domain.topics import (
    CHANNEL_WORDS,
    STATE_WORDS,
    TopicAct,
    TopicState,
    check_happens,
    may_happen,
)
from app.extensions import site
from app.forms.inbox import (
    LONGEST_FIRST,
    AcceptForm,
    AnswerForm,
    DecideForm,
    DetailsForm,
    EnterForm,
    FilterForm,
)
from app.models import PartnershipTable, Topic
from app.services import (
    budget,
    coming,
    experience,
    links,
    meetings,
    own_topic,
    reserve,
    statements,
    topics,
    triage,
    untold,
)
from app.services.budget import TableBudget
from app.services.reserve import Wait
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.inbox_words import ACT_WORDS, HAPPENED_WORDS
from app.views.languages import language

bp = Blueprint("inbox", __name__)

ANSWERS = (TopicAct.ASK, TopicAct.POSTPONE, TopicAct.DECLINE)
HANDED = (TopicAct.HAND_ON, TopicAct.ANSWER)
TOLD = frozenset({TopicAct.ACCEPT, *ANSWERS, TopicAct.MERGE, TopicAct.SEPARATE, *HANDED})
# Where the minutes of the next meeting matter to the answer.
BUDGETED = frozenset({TopicState.RECEIVED, TopicState.ASKED, TopicState.ACCEPTED, TopicState.POSTPONED})


def waited(wait: Wait) -> str:
    """Return how long a topic has waited, in words."""
    if wait.days == 0:
        return gettext("Came today")
    return ngettext("Has waited %(num)d day", "Has waited %(num)d days", wait.days)


def passed(wait: Wait) -> str:
    """Return over how many meetings a topic has been passed, in words; "" where it was none."""
    if wait.meetings == 0:
        return ""
    return ngettext("Passed over at %(num)d meeting", "Passed over at %(num)d meetings", wait.meetings)


def _budgets(tables: list[PartnershipTable], table_id: int | None) -> list[TableBudget]:
    """Return the minutes of the tables whose topics the visitor answers, of the chosen one alone if any."""
    return budget.of_tables(
        [
            one
            for one in tables
            if visitor().may(Act.TRIAGE, one.id) and (table_id is None or one.id == table_id)
        ]
    )


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
    table_id = filtered.table.number()
    longest_first = filtered.order.data == LONGEST_FIRST
    found = triage.inbox(visitor(), table_id, filtered.states(), _page(), longest_first=longest_first)
    here: dict[str, Any] = {
        one.name: one.data or "" for one in (filtered.table, filtered.state, filtered.order)
    }
    return show(
        "inbox/index.html",
        filtered=filtered,
        tables=tables,
        budgets=_budgets(tables, table_id),
        untold=untold.count(visitor()),
        found=found,
        groups=[found.topics] if longest_first else found.groups(),
        longest_first=longest_first,
        waits=reserve.waits(found.topics),
        waited=waited,
        passed=passed,
        late=coming.late_meetings(found.topics),
        may_triage={one.id for one in tables if visitor().may(Act.TRIAGE, one.id)},
        here=here,
        state_words=STATE_WORDS,
        channel_words=CHANNEL_WORDS,
        pages_url=url_for("inbox.index", page="__page__", **here),
    )


@bp.get("/inbox/<id:topic_id>")
@entry(Act.READ_INBOX)
def show_topic(topic_id: int) -> ResponseReturnValue:
    """Show one topic: its text, how to reach its proposer, what happened, and what can be done."""
    topic = triage.get_topic(visitor(), topic_id)
    may_answer = visitor().may(Act.TRIAGE, topic.table_id)
    last = next((one.act for one in reversed(topic.steps) if one.act is not TopicAct.WRITE), None)
    held = untold.waits(topic)
    answered = last in TOLD and not held and topic.state is not TopicState.MERGED
    return show(
        "inbox/topic.html",
        topic=topic,
        budget=budget.of_table(topic.table) if may_answer and topic.state in BUDGETED else None,
        minutes=experience.likely_minutes(topic),
        wait=reserve.waits([topic]).get(topic.id),
        waited=waited,
        passed=passed,
        late=coming.late_meetings([topic]).get(topic.id),
        may_join=may_answer and may_happen(TopicAct.MERGE, topic.state),
        acts=[act for act in ACT_WORDS if act in TOLD and may_answer and may_happen(act, topic.state)],
        may_answer=may_answer,
        may_link=visitor().may(Act.LINK_MEASURE, topic.table_id),
        held=held,
        untold=last in TOLD and not held and not topic.contact_email,
        untold_too=[one for one in topic.merged if not one.contact_email] if answered else [],
        measures=links.linked_to_topic(topic_id),
        statements=statements.panel(visitor(), topic),
        reworded=own_topic.reworded(topic_id),
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
    usual = experience.usual_minutes(topic.table_id, topic.id)
    form = _details_form(AcceptForm(), topic, usual.minutes if usual else None)
    status = None
    if form.validate_on_submit():
        try:
            words = form.reason.data or ""
            how: dict[str, Any] = {"seen": form.seen.data, "key": form.key(), "later": form.later()}
            triage.accept(visitor(), topic_id, form.details(), words, **how)
            waits = gettext("The topic waits for a meeting.")
            return _after(topic_id, _held() if form.later() else waits)
        except (Invalid, Refused) as error:
            form.take(error)
            status, topic = _again(form, topic_id, error)
    return show(
        "inbox/accept.html",
        form=form,
        topic=topic,
        status=status,
        budget=budget.of_table(topic.table),
        minutes=agenda_minutes(form.minutes.data, topic.wished_minutes),
        default_minutes=DEFAULT_TOPIC_MINUTES,
        usual=gettext(usual.message, **usual.values) if usual else "",
    )


@bp.route("/inbox/<id:topic_id>/<any(ask, postpone, decline):act>", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def answer(topic_id: int, act: str) -> ResponseReturnValue:
    """Ask for more, postpone or decline, with the reason that the proposer reads."""
    topic = _to_answer(topic_id, TopicAct(act))
    asks = act == TopicAct.ASK
    form = AnswerForm(seen=triage.revision(topic)) if asks else DecideForm(seen=triage.revision(topic))
    later = isinstance(form, DecideForm) and form.later()
    status = None
    if form.validate_on_submit():
        try:
            reason = form.reason.data or ""
            how: dict[str, Any] = {"seen": form.seen.data, "key": form.key(), "later": later}
            triage.answer(visitor(), topic_id, TopicAct(act), reason, **how)
            saved = gettext("The question is saved.") if asks else gettext("The answer is saved.")
            return _after(topic_id, _held() if later else saved)
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
    return show(
        "inbox/edit.html", form=form, topic=topic, status=status, default_minutes=DEFAULT_TOPIC_MINUTES
    )


@bp.post("/inbox/<id:topic_id>/admit")
@entry(Act.TRIAGE)
def admit(topic_id: int) -> ResponseReturnValue:
    """Take a late topic to the meeting all the same, and lead back to where the button was."""
    said = request.form.get("meeting", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise NotFound
    triage.admit(visitor(), topic_id, int(said))
    sentence = gettext("The topic is taken to this meeting all the same.")
    if request.form.get("back") == "inbox":
        here = {name: request.form.get(name, "") for name in ("table", "state", "order", "page")}
        return done("inbox.index", sentence, anchor=f"topic-{topic_id}", **here)
    return done("inbox.show_topic", sentence, topic_id=topic_id)


def _held() -> str:
    return gettext("The answer is saved. The proposer is not told yet.")


def _to_answer(topic_id: int, act: TopicAct) -> Topic:
    """Return the topic; say at once, before anybody writes a reason, that an answer no longer fits."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    if request.method == "GET":
        check_happens(act, topic.state)
    return topic


def _details_form(form: DetailsForm, topic: Topic, usual: int | None = None) -> DetailsForm:
    form.offer(meetings.tables_that_meet(), topics.organisations(), topic, language())
    if not form.is_submitted():
        form.fill(topic, usual)
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
