"""Messages that came by mail: what became of each, and those that wait for somebody to look."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from app.domain.answers import Door
from app.domain.attachments import REFUSED_WORDS
from app.domain.incoming import OUTCOME_WORDS, Outcome
from app.domain.permissions import Act
from app.domain.topics import Channel, TopicState
from app.forms.incoming import MailFilterForm
from app.models import IncomingMail, Invitation, Topic
from app.services import incoming_mail, incoming_tables, receiving, triage
from app.services.incoming_invitations import invitations_of
from app.services.invitation_page import door_of
from app.services.told import name_of
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.incoming_words import WHY_WORDS
from app.views.languages import language

bp = Blueprint("incoming", __name__)

TO_SORT = frozenset({Outcome.HELD, Outcome.SET_ASIDE})


@bp.app_template_global()
def mail_of(topic: Topic) -> list[IncomingMail]:
    """Return the messages that a topic came with; for the page of the topic."""
    return incoming_mail.of_topic(topic)


@bp.app_template_global()
def held_mail() -> int:
    """Return how many messages wait for somebody to look; for the inbox."""
    return incoming_mail.held(visitor())


@bp.app_template_global()
def may_be_no_topic(topic: Topic) -> bool:
    """Whether one press may tell that a message was no topic."""
    by_mail = topic.channel is Channel.EMAIL and topic.state is TopicState.RECEIVED
    return by_mail and visitor().may(Act.TRIAGE, topic.table_id)


@bp.app_template_global()
def table_is_guess(topic: Topic, mails: list[IncomingMail]) -> bool:
    """Whether nothing told which table a topic that came by mail belongs to."""
    return bool(mails) and incoming_tables.table_is_guess(topic, mails[0])


@bp.app_template_global()
def why_of(mail: IncomingMail) -> str:
    """Return why a message became what it became, in words; "" where there is nothing to add."""
    word = WHY_WORDS.get(mail.why)
    return gettext(word) if word else ""


@bp.app_template_global()
def refusal_of(refused: str) -> str:
    """Return why only the name of a file was kept."""
    return gettext(REFUSED_WORDS.get(refused, REFUSED_WORDS["type"]))


@bp.app_template_global()
def invited_name(row: Invitation) -> str:
    """Return who was invited: a name, or the number of the topic whose proposer gave none."""
    return name_of(row, language()) or (str(row.topic.number) if row.topic else gettext("Not given"))


@bp.app_template_filter()
def file_size(size: int) -> str:
    """Return how large a file is, in kB or MB."""
    if size < 1_000_000:
        return gettext("%(size)s kB", size=max(1, round(size / 1000)))
    return gettext("%(size)s MB", size=format_decimal(round(size / 1_000_000, 1)))


@bp.get("/inbox/mail")
@entry(Act.READ_INBOX)
def index() -> ResponseReturnValue:
    """List the messages of the visitor's tables by what became of them, those that wait first."""
    filtered = MailFilterForm(request.args)
    filtered.offer()
    said = request.args.get("page", "")
    page = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 1
    found = incoming_mail.messages(visitor(), filtered.outcomes(), page)
    return show(
        "incoming/list.html",
        filtered=filtered,
        found=found,
        invitations=invitations_of(visitor(), found.messages),
        outcome_words=OUTCOME_WORDS,
        pages_url=url_for("incoming.index", outcome=filtered.outcome.data, page="__page__"),
    )


@bp.get("/inbox/mail/<id:mail_id>")
@entry(Act.READ_INBOX)
def show_message(mail_id: int) -> ResponseReturnValue:
    """Show one message with everything that can be read of it."""
    mail = incoming_mail.get(visitor(), mail_id)
    invitation = invitations_of(visitor(), [mail]).get(mail.id)
    may_sort = visitor().tables(Act.ENTER_TOPIC) is None or visitor().may(Act.ENTER_TOPIC, mail.table_id or 0)
    return show(
        "incoming/message.html",
        mail=mail,
        invitation=invitation,
        open=invitation is not None and door_of(invitation) is Door.OPEN,
        outcome_words=OUTCOME_WORDS,
        may_make=may_sort and mail.outcome in TO_SORT,
        may_set_aside=may_sort and mail.outcome is Outcome.HELD,
        topic=mail.topic if mail.topic and visitor().may(Act.READ_INBOX, mail.topic.table_id) else None,
    )


@bp.post("/inbox/mail/<id:mail_id>/topic")
@entry(Act.ENTER_TOPIC)
def make_topic(mail_id: int) -> ResponseReturnValue:
    """Make a topic of a message that was held or set aside."""
    topic_id = receiving.make_topic(visitor(), mail_id)
    return done("inbox.show_topic", gettext("The message is a topic now."), topic_id=topic_id)


@bp.post("/inbox/mail/<id:mail_id>/set-aside")
@entry(Act.ENTER_TOPIC)
def set_aside(mail_id: int) -> ResponseReturnValue:
    """Put a message that waits aside."""
    receiving.set_aside(visitor(), mail_id)
    return done("incoming.index", gettext("The message is set aside. No answer is sent."))


@bp.post("/inbox/<id:topic_id>/not-a-topic")
@entry(Act.TRIAGE)
def not_a_topic(topic_id: int) -> ResponseReturnValue:
    """Tell that a message was no topic: thanks, or an advertisement."""
    incoming_mail.not_a_topic(visitor(), topic_id)
    sentence = gettext("This was not a topic. No other letter is sent. You can still take it to the table.")
    if triage.may_read(visitor(), topic_id):
        return done("inbox.show_topic", sentence, topic_id=topic_id)
    return done("inbox.index", sentence)
