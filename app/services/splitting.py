"""One message with several matters: the coordinator makes a topic of each, and its proposer hears of all."""

from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.errors import NotFound, Stale
from app.domain.permissions import Act, Visitor, check_may
from app.domain.splitting import check_may_split, check_parts
from app.domain.topics import UNTRIAGED, Proposal, TopicAct, title_of
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import Topic, TopicStep
from app.services.log import record
from app.services.outbox import queue, signature
from app.services.repeats import once
from app.services.topic_life import move
from app.services.topics import stored
from app.services.transactions import act, get_to_change
from app.services.triage import get_topic, revision


def topic_to_split(visitor: Visitor, topic_id: int) -> Topic:
    """Return a topic that may be split; raise NotFound, Forbidden, or Refused in words."""
    topic = get_topic(visitor, topic_id, Act.TRIAGE)
    check_may_split(topic.state, joined=bool(topic.merged))
    return topic


def of_one_message(topic: Topic) -> list[Topic]:
    """Return the other topics that were made of the same message, by number."""
    first = topic.split_from_id or topic.id
    query = select(Topic).where((Topic.split_from_id == first) | (Topic.id == first), Topic.id != topic.id)
    return list(db.session.scalars(query.order_by(Topic.year, Topic.running)))


def may_split(visitor: Visitor, topic: Topic) -> bool:
    """Whether the visitor may split a topic now."""
    return visitor.may(Act.TRIAGE, topic.table_id) and topic.state in UNTRIAGED and not topic.merged


@act
def split(visitor: Visitor, topic_id: int, parts: list[str], *, seen: str | None, key: str | None) -> int:
    """Make each part a topic, the first of them this one, and return its id; one letter tells of all.

    The others get numbers and private pages of their own, and what the first has: its proposer, table,
    village, channel, language and day. The text as it was stays with the step. `seen` is the revision of
    the page: Stale says that the topic has changed since.
    """

    def do() -> int:
        topic = get_to_change(Topic, topic_id)
        if not visitor.may(Act.READ_INBOX, topic.table_id):
            raise NotFound
        check_may(visitor, Act.TRIAGE, topic.table_id)
        texts = check_parts(parts)
        if seen is not None and seen != revision(topic):
            raise Stale(
                N_("Somebody else changed this topic meanwhile. Your text is here: check it and send again.")
            )
        check_may_split(topic.state, joined=bool(topic.merged))
        step = move(visitor, topic, TopicAct.SPLIT, topic.text)
        # A title that somebody gave, as the subject of a message, is not reworded.
        own = topic.title if topic.title != title_of(topic.text) else title_of(texts[0])
        topic.text, topic.title = texts[0], own
        others = [_another(visitor, topic, text) for text in texts[1:]]
        db.session.flush()
        ids = ",".join(str(one.id) for one in others)
        record(visitor, "topic.split_into", "topic", topic.id, topics=ids, table=topic.table_id)
        _tell([topic, *others], step)
        return topic_id

    return once(key, "topic.split", do)


def _another(visitor: Visitor, topic: Topic, text: str) -> Topic:
    proposal = Proposal(
        text=text,
        table_id=topic.table_id,
        language=topic.language,
        organisation_id=topic.organisation_id,
        contact_name=topic.contact_name or "",
        contact_email=topic.contact_email or "",
        contact_phone=topic.contact_phone or "",
        channel=topic.channel,
    )
    other = stored(visitor, proposal, topic.table_id, now=utc_now())
    other.split_from_id = topic.id
    # It was told when the whole message was, and by the same hand.
    other.created_at, other.late_for_id = topic.created_at, topic.late_for_id
    other.entered_by_id = topic.entered_by_id
    record(visitor, "topic.propose", "topic", other.id, channel=other.channel, table=other.table_id)
    return other


def _tell(made: list[Topic], step: TopicStep) -> None:
    first = made[0]
    if not first.contact_email:
        return
    letter = letters.topic_split(
        [letters.SplitPart(str(one.number), one.title, site().topic(one.token)) for one in made],
        language=first.language,
        signed=signature(first.language),
    )
    queue(letter, first.contact_email, f"topic_split:{step.id}", topic_id=first.id)
