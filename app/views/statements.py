"""Statements: asked from a topic's page, answered behind a link without an account."""

from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.clock import today
from app.domain.errors import Invalid, Refused, Stale, TooMany
from app.domain.permissions import Act
from app.domain.statements import ANSWER_DAYS, HANDING_WORDS, QUESTIONS, Standing, check_askable, check_open
from app.domain.topics import TopicAct, check_happens
from app.forms.statements import AskForm, DueForm, HandOnForm, SettleForm, StatementForm
from app.models import Topic
from app.services import answering, asking, handing_on, statements, triage
from app.views.access import entry, visitor
from app.views.answers import done, note, show
from app.views.filters import day
from app.views.languages import language

bp = Blueprint("statements", __name__)


def _status(error: Invalid | Refused) -> int:
    if isinstance(error, Invalid):
        return 422
    return 429 if isinstance(error, TooMany) else 409


def _back(topic_id: int, sentence: str) -> ResponseReturnValue:
    return done("inbox.show_topic", sentence, topic_id=topic_id, anchor="statements")


# The topic's page


@bp.route("/inbox/<id:topic_id>/statements/ask", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def ask(topic_id: int) -> ResponseReturnValue:
    """Ask a department or another body about a topic."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    form = AskForm(words=QUESTIONS[asking.language_of(topic)], due_on=today() + ANSWER_DAYS)
    form.offer(statements.bodies(), language())
    status = None
    if not form.is_submitted():
        check_askable(topic.state)
    elif form.validate():
        try:
            asking.ask(visitor(), topic_id, form.question(), form.key())
            return _asked(topic_id, form.due_on.data)
        except (Invalid, Refused) as error:
            form.take(error)
            status = _status(error)
    return _form("statements/ask.html", form, topic_id, status)


def _asked(topic_id: int, due_on: date | None) -> ResponseReturnValue:
    """Lead back to the topic, and say where the answer may come too late."""
    meeting = statements.next_meeting_day(triage.get_topic(visitor(), topic_id))
    if meeting is not None and due_on is not None and due_on > meeting:
        note(gettext("Mind the day: the next meeting is before it, on %(day)s.", day=day(meeting)), "notice")
    return _back(topic_id, gettext("The question is saved."))


@bp.route("/inbox/<id:topic_id>/hand-on", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def hand_on(topic_id: int) -> ResponseReturnValue:
    """Hand a topic on to the right body at once, with words to the proposer and to the body."""
    topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    form = HandOnForm(
        words=HANDING_WORDS[asking.language_of(topic)],
        due_on=today() + ANSWER_DAYS,
        organisation=str(topic.addressee_id or ""),
        seen=triage.revision(topic),
    )
    form.offer(statements.bodies(), language())
    status = None
    if not form.is_submitted():
        check_happens(TopicAct.HAND_ON, topic.state)
    elif form.validate():
        try:
            handing_on.hand_on(visitor(), topic_id, form.handing(), seen=form.seen.data, key=form.key())
            return _back(topic_id, gettext("The topic is handed on."))
        except (Invalid, Refused) as error:
            form.take(error)
            status = _status(error)
            if isinstance(error, Stale):
                form.seen.data = triage.revision(triage.get_topic(visitor(), topic_id, Act.TRIAGE))
    return _form("statements/hand_on.html", form, topic_id, status)


def _form(template: str, form: AskForm, topic_id: int, status: int | None) -> ResponseReturnValue:
    topic: Topic = triage.get_topic(visitor(), topic_id, Act.TRIAGE)
    title, text = statements.cleaned(topic)
    return show(
        template,
        form=form,
        status=status,
        topic=topic,
        title=title,
        text=text,
        meeting_day=statements.next_meeting_day(topic),
    )


@bp.route("/inbox/<id:topic_id>/statements/<id:statement_id>/due", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def due(topic_id: int, statement_id: int) -> ResponseReturnValue:
    """Give a body more or less time."""
    row = statements.get_statement(visitor(), topic_id, statement_id)
    form = DueForm(due_on=row.due_on, seen=asking.due_mark(row))
    status = None
    if form.validate_on_submit():
        try:
            asking.change_due(visitor(), topic_id, statement_id, form.due_on.data, form.seen.data)
            return _asked(topic_id, form.due_on.data)
        except (Invalid, Refused) as error:
            form.take(error)
            status = _status(error)
    row = statements.get_statement(visitor(), topic_id, statement_id)
    if status == 409:
        form.seen.data = asking.due_mark(row)
    return show(
        "statements/due.html",
        form=form,
        status=status,
        row=row,
        meeting_day=statements.next_meeting_day(row.topic),
    )


@bp.route("/inbox/<id:topic_id>/statements/<id:statement_id>/answer", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def write_down(topic_id: int, statement_id: int) -> ResponseReturnValue:
    """Write down what a body answered by phone."""
    row = statements.get_statement(visitor(), topic_id, statement_id)
    form = StatementForm(text=row.answer, name=row.answered_by, revision=row.revision)
    status = None
    if not form.is_submitted():
        check_open(statements.standing_of(row))
    elif form.validate():
        text, name = form.text.data or "", form.name.data or ""
        try:
            answering.write_down(visitor(), topic_id, statement_id, text, name, form.seen(), form.key())
            return _back(topic_id, gettext("The answer is saved."))
        except (Invalid, Refused) as error:
            form.take(error)
            status = _status(error)
    row = statements.get_statement(visitor(), topic_id, statement_id)
    if status == 409:
        form.revision.data = row.revision
    for_proposer = statements.standing_of(row) is Standing.FOR_PROPOSER
    return show(
        "statements/write_down.html",
        form=form,
        status=status,
        row=row,
        for_proposer=for_proposer,
        saved=status == 409 and row.answer is not None,
    )


@bp.post("/inbox/<id:topic_id>/statements/<id:statement_id>/remind")
@entry(Act.TRIAGE)
def remind(topic_id: int, statement_id: int) -> ResponseReturnValue:
    """Send a body one more letter, once a day at most."""
    if asking.remind(visitor(), topic_id, statement_id):
        return _back(topic_id, gettext("The letter is on its way."))
    return _back(topic_id, gettext("A letter has gone today already. Remind again tomorrow."))


@bp.post("/inbox/<id:topic_id>/statements/<id:statement_id>/take-back")
@entry(Act.TRIAGE)
def take_back(topic_id: int, statement_id: int) -> ResponseReturnValue:
    """Say on the body's page that its answer is no longer needed."""
    asking.take_back(visitor(), topic_id, statement_id)
    return _back(topic_id, gettext("The body’s page tells now that no answer is needed."))


@bp.post("/inbox/<id:topic_id>/statements/<id:statement_id>/ask-again")
@entry(Act.TRIAGE)
def ask_again(topic_id: int, statement_id: int) -> ResponseReturnValue:
    """Ask for an answer after all."""
    asking.take_back(visitor(), topic_id, statement_id, back=False)
    return _back(topic_id, gettext("The question is open again."))


# The body's own page


@bp.route("/statements/<token:token>", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def answer(token: str) -> ResponseReturnValue:
    """Show a body what it is asked, and take its answer, without an account."""
    page = statements.get_page(token)
    form = StatementForm(text=page.row.answer, name=page.row.answered_by, revision=page.row.revision)
    status = None
    if form.validate_on_submit():
        text, name = form.text.data or "", form.name.data or ""
        try:
            answering.answer(visitor(), token, text, name, form.seen(), form.key())
            return done("statements.answer", gettext("Thank you! Your answer has arrived."), token=token)
        except (Invalid, TooMany) as error:
            form.take(error)
            status = _status(error)
        except Stale:
            return _both_texts(token, SettleForm(formdata=None, text=text, name=name))
    return show("statements/answer.html", form=form, status=status, page=page, token=token)


@bp.post("/statements/<token:token>/settle")
@entry(Act.HOLD_PRIVATE_LINK)
def settle(token: str) -> ResponseReturnValue:
    """End a conflict of two answers as its writer chose."""
    form = SettleForm()
    if form.validate_on_submit():
        text, name = form.text.data or "", form.name.data or ""
        try:
            answering.settle(visitor(), token, text, name, form.seen(), form.chosen())
            return done("statements.answer", gettext("Thank you! Your answer has arrived."), token=token)
        except (Invalid, TooMany, Stale) as error:
            form.take(error)
    return _both_texts(token, form)


def _both_texts(token: str, form: SettleForm) -> ResponseReturnValue:
    page = statements.get_page(token)
    form.revision.data = page.row.revision
    return show("statements/both_texts.html", form=form, status=409, page=page, token=token)
