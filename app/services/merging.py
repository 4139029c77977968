"""One matter that came twice: a topic is joined to another, and its proposer follows that one from then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import joinedload

from app.domain.errors import NotFound, Stale
from app.domain.likeness import Likeness, has_words, likenesses
from app.domain.merging import Joining, check_joins, check_may_join, longest_wish
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import OPEN, TopicAct, TopicState
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import OutgoingMail, Topic, topic_measures
from app.services.log import record
from app.services.outbox import queue, signature, take_back
from app.services.releases import public_topics
from app.services.repeats import once
from app.services.seen import mark
from app.services.topic_life import move
from app.services.transactions import act, get_to_change

SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """A topic that another may be joined to, with the words that both have."""

    topic: Topic
    words: tuple[str, ...]


@dataclass(frozen=True)
class Candidates:
    """Those shown, the likeliest first, and how many there are in all."""

    shown: list[Candidate]
    found: int


def candidates(visitor: Visitor, topic_id: int, query: str = "") -> Candidates:
    """Return open topics of the same table, the likeliest duplicates first; `query` looks in their words.

    Raises Refused where the topic cannot be joined to any.
    """
    topic = _to_read(visitor, topic_id)
    check_may_join(topic.state)
    rows = db.session.execute(
        select(Topic.id, Topic.year, Topic.running, Topic.title, Topic.text)
        .where(Topic.table_id == topic.table_id, Topic.id != topic.id, Topic.state.in_(OPEN))
        .order_by(Topic.created_at, Topic.id)
    ).all()
    texts = {one.id: f"{one.title}\n{one.text}" for one in rows}
    like = likenesses(f"{topic.title}\n{topic.text}", texts)
    found = [
        one.id
        for one in rows
        if not query.strip() or has_words(f"{one.year}-{one.running:03d} {texts[one.id]}", query)
    ]
    found.sort(key=lambda one: -like[one].score)
    return Candidates(_shown(found[:SHOWN], like), len(found))


def _shown(ids: Sequence[int], like: dict[int, Likeness]) -> list[Candidate]:
    loaded = select(Topic).where(Topic.id.in_(ids)).options(joinedload(Topic.organisation))
    topics = {one.id: one for one in db.session.scalars(loaded)}
    return [Candidate(topics[one], like[one].words) for one in ids if one in topics]


def pair(visitor: Visitor, topic_id: int, other_id: int) -> tuple[Topic, Topic]:
    """Return both topics to look at before they are joined; raise Refused where they cannot be."""
    topic, other = _to_read(visitor, topic_id), _to_read(visitor, other_id)
    check_joins(_side(topic), _side(other))
    return topic, other


def mark_of(topic: Topic, other: Topic) -> str:
    """Return a mark of both as a page shows them; another mark means that one has changed since."""
    return mark((topic.id, topic.changed_at, other.id, other.changed_at))


def public_title(topic_id: int) -> str | None:
    """Return the title of a topic on an agenda that everybody can read, None where it has been on none."""
    public = public_topics()
    query = select(public.c.title).where(public.c.topic_id == topic_id)
    return db.session.scalar(query.order_by(public.c.meeting_id.desc()).limit(1))


@act
def join(
    visitor: Visitor, topic_id: int, other_id: int, *, seen: str | None = None, key: str | None = None
) -> int:
    """Join a topic to another of its table, tell its proposers, and return the other's id.

    The other keeps its own words; it gets the longest wish and the measures of both. `seen` is the mark
    of what the coordinator looked at. Raises Refused in words where the two cannot be joined, and Stale.
    """

    def do() -> int:
        topic, other = _both_to_change(visitor, topic_id, other_id)
        if topic.merged_into_id == other.id and topic.state is TopicState.MERGED:
            return other.id  # somebody else did the same at the same moment
        check_joins(_side(topic), _side(other))
        if seen is not None and seen != mark_of(topic, other):
            raise Stale(N_("Somebody else changed one of the topics meanwhile. Look at both once more."))
        _join(visitor, topic, other)
        return other.id

    return once(key, "topic.join", do)


def _join(visitor: Visitor, topic: Topic, other: Topic) -> None:
    told = [topic, *_joined_to_change(topic)]
    step = move(visitor, topic, TopicAct.MERGE)
    for one in told:  # those joined to this topic earlier follow the other one too
        one.merged_into = other
    other.wished_minutes = longest_wish(other.wished_minutes, topic.wished_minutes)
    other.changed_at = topic.changed_at
    _unite_measures(topic.id, other.id)
    db.session.flush()
    record(visitor, "topic.joined", "topic", other.id, joined=topic.id, minutes=other.wished_minutes)
    title = public_title(other.id) or ""
    for one in told:
        if one.contact_email:
            letter = letters.topic_joined(
                str(one.number),
                one.title,
                title,
                site().topic(one.token),
                language=one.language,
                signed=signature(one.language),
            )
            queue(letter, one.contact_email, f"{_occasion(one)}{step.id}", topic_id=one.id)


def _joined_to_change(topic: Topic) -> list[Topic]:
    """Return those joined to a topic that is locked, locked too: one of them may be separated right now."""
    query = select(Topic).where(Topic.merged_into_id == topic.id).order_by(Topic.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _unite_measures(topic_id: int, other_id: int) -> None:
    def linked(to: int) -> set[int]:
        found = select(topic_measures.c.measure_id).where(topic_measures.c.topic_id == to)
        return set(db.session.scalars(found))

    new = sorted(linked(topic_id) - linked(other_id))
    if new:
        db.session.execute(insert(topic_measures), [{"topic_id": other_id, "measure_id": one} for one in new])


@act
def separate(visitor: Visitor, topic_id: int) -> None:
    """Make a joined topic a topic of its own again, new in the inbox; pressed twice it is done once.

    What the other got from it, minutes and measures, stays there: the coordinator may set it right.
    """
    topic = get_to_change(Topic, topic_id)
    _check_mine(visitor, topic)
    if topic.merged_into_id is None and topic.state is TopicState.RECEIVED:
        return
    _separate(visitor, topic)


def separate_all(visitor: Visitor, topic: Topic) -> None:
    """Make topics of their own again of all that were joined to a topic, inside the act that ends it."""
    for one in _joined_to_change(topic):
        _separate(visitor, one)


def _separate(visitor: Visitor, topic: Topic) -> None:
    before = max((one.at for one in topic.steps if one.act is TopicAct.SEPARATE), default=None)
    step = move(visitor, topic, TopicAct.SEPARATE)
    topic.merged_into = None
    db.session.flush()
    if not topic.contact_email or not _heard_of_it(topic, before):
        return
    letter = letters.topic_separated(
        str(topic.number),
        topic.title,
        site().topic(topic.token),
        language=topic.language,
        signed=signature(topic.language),
    )
    queue(letter, topic.contact_email, f"topic_separated:{step.id}", topic_id=topic.id)


def _occasion(topic: Topic) -> str:
    return f"topic_joined:{topic.id}:"


def _heard_of_it(topic: Topic, since: datetime | None) -> bool:
    """Take back letters of the joining that have not left; whether one had left, after `since`."""
    ours = OutgoingMail.once.startswith(_occasion(topic))
    take_back(_occasion(topic))
    last = db.session.scalar(select(func.max(OutgoingMail.created_at)).where(ours))
    return last is not None and (since is None or last > since)


def _side(topic: Topic) -> Joining:
    return Joining(topic.id, topic.table_id, topic.state)


def _check_mine(visitor: Visitor, topic: Topic) -> None:
    if not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, Act.TRIAGE, topic.table_id)


def _to_read(visitor: Visitor, topic_id: int) -> Topic:
    topic = db.session.get(Topic, topic_id, options=[joinedload(Topic.organisation)], populate_existing=True)
    if topic is None:
        raise NotFound
    _check_mine(visitor, topic)
    return topic


def _both_to_change(visitor: Visitor, topic_id: int, other_id: int) -> tuple[Topic, Topic]:
    """Return both topics locked, the lower id first, so that two who join them crosswise wait in turn."""
    locked = {one: get_to_change(Topic, one) for one in sorted({topic_id, other_id})}
    for one in locked.values():
        _check_mine(visitor, one)
    return locked[topic_id], locked[other_id]
