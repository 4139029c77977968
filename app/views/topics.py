"""A villager's pages: propose a topic, find it again, and see what happened to it."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.domain.clock import local, today
from app.domain.errors import DomainError, Invalid, Stale, TooMany
from app.domain.follow_ups import STATE_WORDS
from app.domain.journey import Journey, Step
from app.domain.permissions import Act
from app.domain.topics import ANSWERED_IN, TopicAct, check_happens, check_proposal
from app.extensions import site
from app.forms.base import HouseForm
from app.forms.topics import FindForm, ReplyForm, RewordForm, TopicForm
from app.services import journey as journeys
from app.services import meetings, own_topic, topics
from app.services.triage import revision
from app.views import deadlines
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.filters import clock, day
from app.views.languages import language
from app.views.network import network

bp = Blueprint("topics", __name__)


@bp.get("/topics")
@entry(Act.SEE_PUBLIC)
def index() -> ResponseReturnValue:
    """Lead to finding one's own topic: there is no public list of what people proposed."""
    return redirect(url_for("topics.find"))


@bp.route("/topics/propose", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def propose() -> ResponseReturnValue:
    """Ask, show what was typed, and store it when it is sent from there; changing keeps everything."""
    form = _topic_form()
    step = request.form.get("step")
    status = None
    if request.method == "POST" and step != "change" and form.validate():
        try:
            proposal = check_proposal(form.proposal(language()), today())
            if step != "send":
                until = deadlines.told(topics.deadline_of(proposal))
                return show("topics/check.html", form=form, rows=_check_rows(form), deadlines=until)
            topic_id = topics.propose(visitor(), proposal, form.key(), network())
            return done("topics.show_topic", token=topics.token_of(topic_id), new=1)
        except (Invalid, TooMany) as error:
            form.take(error)
            status = _status(error)
    return show("topics/propose.html", form=form, status=status, deadlines=_deadlines())


def _deadlines() -> list[str]:
    """Return until when topics come in time, for the table in the address or for every table."""
    tables = meetings.tables_that_meet()
    asked = [one for one in tables if one.slug == request.args.get("table")] or tables
    return deadlines.of_tables(asked)


def _status(error: DomainError) -> int:
    if isinstance(error, TooMany):
        return 429
    return 409 if isinstance(error, Stale) else 422


def _topic_form() -> TopicForm:
    tables = meetings.tables_that_meet()
    asked = request.args.get("table")
    wanted = next((str(one.id) for one in tables if one.slug == asked), "")
    form = TopicForm(table=wanted)
    form.offer(tables, topics.organisations(), language())
    return form


def _check_rows(form: TopicForm) -> list[tuple[str, str, str]]:
    """Return (field, question, answer) as the check page shows them."""
    labels = {
        field.name: next((str(choice.label) for choice in field.iter_choices() if choice.selected), "")
        for field in (form[name] for name in ("table", "organisation", "minutes") if name in form)
    }
    labels |= {name: form[name].data for name in ("name", "email", "phone")}
    none = gettext("Not given")
    return [(name, str(form[name].label.text), answer or none) for name, answer in labels.items()]


@bp.route("/topics/<token:token>", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def show_topic(token: str) -> ResponseReturnValue:
    """Show what happened to a topic, and take the answer to a question about it."""
    form = ReplyForm()
    if form.validate_on_submit():
        try:
            topics.reply(visitor(), token, form.words.data or "", form.key())
            return done("topics.show_topic", gettext("Thank you, we have your answer."), token=token)
        except Invalid as error:
            form.take(error)
    journey = journeys.of_token(token, language())
    return show(
        "topics/topic.html",
        form=form,
        journey=journey,
        steps=_shown(journey),
        state_words=STATE_WORDS,
        url=site().topic(token),
        token=token,
        may_reword=journey.may_withdraw and own_topic.untouched(token),
        new="new" in request.args,
        days=ANSWERED_IN,
    )


def _shown(journey: Journey) -> list[dict[str, Any]]:
    """Return the steps as the timeline shows them, in the reader's language."""
    return [
        {
            "state_word": gettext(step.word),
            "when": step.day or (local(step.at).date() if step.at else None),
            "text": _told(step),
            "done": step.done,
            "current": step.current,
            "stopped": step.stopped,
        }
        for step in journey.steps
    ]


def _told(step: Step) -> Markup | str:
    hearing = step.hearing
    if hearing is None:
        lines = (
            step.words.split("\n")
            if step.words
            else [gettext(step.sentence, **step.values) if step.sentence else ""]
        )
        return Markup("<br>").join(lines)
    words = {"table": hearing.table, "day": day(hearing.day), "clock": clock(hearing.clock)}
    if hearing.place:
        return str(
            gettext("%(table)s, %(day)s at %(clock)s. Place: %(place)s.", place=hearing.place, **words)
        )
    return str(gettext("%(table)s, %(day)s at %(clock)s.", **words))


@bp.route("/topics/<token:token>/edit", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def edit(token: str) -> ResponseReturnValue:
    """Change what was proposed, until somebody has worked on it; what was typed is never lost."""
    sent = request.method == "POST"
    topic = topics.get_by_token(token) if sent else own_topic.get_to_reword(token)
    form = RewordForm()
    form.offer(topics.organisations(), topic, language())
    if not sent:
        form.fill(topic)
        form.seen.data = revision(topic)
    status = None
    if form.validate_on_submit():
        try:
            seen = form.seen.data or ""
            own_topic.reword(visitor(), token, form.proposal(), seen=seen, key=form.key(), network=network())
            return done("topics.show_topic", gettext("Your changes are saved."), token=token)
        except (Invalid, Stale, TooMany) as error:
            form.take(error)
            status = _status(error)
            topic = topics.get_by_token(token)
            if isinstance(error, Stale):  # she reads now what it was changed to
                form.seen.data = revision(topic)
    return show(
        "topics/edit.html",
        form=form,
        status=status,
        changed_meanwhile=status == 409,
        topic=topic,
        kept=own_topic.kept_contacts(topic),
        token=token,
        language=language(),
    )


@bp.route("/topics/<token:token>/withdraw", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def withdraw(token: str) -> ResponseReturnValue:
    """Ask once more, then take the topic back."""
    form = HouseForm()
    if form.validate_on_submit():
        topics.withdraw(visitor(), token, form.key())
        return done("topics.show_topic", gettext("You have withdrawn the topic."), token=token)
    topic = topics.get_by_token(token)
    check_happens(TopicAct.WITHDRAW, topic.state)
    return show("topics/withdraw.html", form=form, topic=topic, token=token)


@bp.route("/topics/find", methods=["GET", "POST"])
@entry(Act.SEE_PUBLIC)
def find() -> ResponseReturnValue:
    """Send the private address to the topic's own e-mail address; the answer is the same for any other."""
    form = FindForm()
    status = None
    if form.validate_on_submit():
        try:
            topics.ask_for_link(form.number.data or "", form.email.data or "", network())
            return done(
                "topics.find",
                gettext("If the number and the address belong together, we sent the link to that address."),
            )
        except (Invalid, TooMany) as error:
            form.take(error)
            status = _status(error)
    return show("topics/find.html", form=form, status=status)
