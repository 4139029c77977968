"""Topics come in from anybody, are followed on a private page, and wait for a meeting."""

import secrets
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from app.domain.clock import today, utc_now, wall_moment
from app.domain.deadlines import came_late
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import (
    READY,
    Channel,
    Proposal,
    TopicAct,
    check_proposal,
    check_reply,
    parse_number,
    title_of,
)
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db, site
from app.mail import letters
from app.mail.messages import address
from app.models import Organisation, PartnershipTable, Topic, table_organisations
from app.services.coming import Deadline, deadlines, late_for
from app.services.knocks import knock
from app.services.log import record
from app.services.merging import separate_all
from app.services.outbox import queue, signature
from app.services.repeats import once
from app.services.topic_life import move
from app.services.transactions import act, get_to_change

__all__ = [
    "Proposal",
    "ask_for_link",
    "get_by_token",
    "propose",
    "reply",
    "send_receipt",
    "token_of",
    "waiting",
    "withdraw",
]

PROPOSALS_AN_HOUR = 20  # from one network: a village evening sends many from one house
SEARCHES_AN_HOUR = 20
HOUR = timedelta(hours=1)
NOON = time(12)
TOKEN_BYTES = 18
MOST_RIVALS = 200  # how many others may take a number before we get one


def organisations() -> list[Organisation]:
    """Return the villages, associations, departments and outside bodies of today, by name."""
    query = select(Organisation).where(Organisation.archived_at.is_(None)).order_by(Organisation.name)
    return list(db.session.scalars(query))


@act
def propose(visitor: Visitor, proposal: Proposal, key: str | None, network: str | None = None) -> int:
    """Store a topic under a new number, queue the receipt, and return the topic's id.

    The same `key` gives the first topic again. `network` is where the form came from: too many topics
    from one place within an hour raise TooMany.
    """
    proposal = check_proposal(proposal, today())
    if proposal.contact_email:
        proposal = replace(proposal, contact_email=folded(address(proposal.contact_email)))
    table = _table_for(proposal)
    if proposal.channel is not Channel.WEB:
        check_may(visitor, Act.ENTER_TOPIC, table.id)

    def store() -> int:
        if network is not None:
            knock("propose", network, PROPOSALS_AN_HOUR, HOUR)
        topic = stored(visitor, proposal, table.id)
        record(visitor, "topic.propose", "topic", topic.id, channel=topic.channel, table=table.id)
        if topic.contact_email:
            send_receipt(topic, f"topic_received:{topic.id}")
        return topic.id

    return once(key, "topic.propose", store)


def deadline_of(proposal: Proposal) -> Deadline | None:
    """Return until when topics of the proposal's table come in time, None where nothing limits them.

    `passed` goes by the day when the topic was told.
    """
    try:
        table_id = _table_for(proposal).id
    except Refused:  # there is no table yet: that is told when the topic is sent
        return None
    found = deadlines([table_id]).get(table_id)
    return found and replace(found, passed=came_late(proposal.told_on or today(), found.until))


def _table_for(proposal: Proposal) -> PartnershipTable:
    """Return the table asked for; without one the village's own table, else the first there is."""
    if proposal.organisation_id is not None:
        organisation = db.session.get(Organisation, proposal.organisation_id)
        if organisation is None or organisation.archived_at is not None:
            raise Invalid("organisation", N_("Choose from the list."))
    if proposal.table_id is not None:
        table = db.session.get(PartnershipTable, proposal.table_id)
        if table is None or table.archived_at is not None:
            raise Invalid("table", N_("Choose from the list."))
        return table
    tables = select(PartnershipTable).where(PartnershipTable.archived_at.is_(None))
    tables = tables.order_by(PartnershipTable.id).limit(1)
    of_village = tables.join(table_organisations).where(
        table_organisations.c.organisation_id == proposal.organisation_id
    )
    table = db.session.scalar(of_village) or db.session.scalar(tables)
    if table is None:
        raise Refused(N_("There is no partnership table yet. Call us, and we will write your topic down."))
    return table


def stored(
    visitor: Visitor,
    proposal: Proposal,
    table_id: int,
    *,
    title: str | None = None,
    now: datetime | None = None,
) -> Topic:
    """Store a checked proposal under the year's next number, inside an act.

    Two proposals may count to the same number at once; the later one counts again.
    """
    now = now or utc_now()
    year = today(now).year
    for _ in range(MOST_RIVALS):
        last = db.session.scalar(select(func.max(Topic.running)).where(Topic.year == year)) or 0
        topic = Topic(
            year=year,
            running=last + 1,
            token=secrets.token_urlsafe(TOKEN_BYTES),
            table_id=table_id,
            title=title or title_of(proposal.text),
            text=proposal.text,
            language=proposal.language,
            organisation_id=proposal.organisation_id,
            wished_minutes=proposal.wished_minutes,
            channel=proposal.channel,
            entered_by_id=None if proposal.channel is Channel.WEB else visitor.person_id,
            contact_name=proposal.contact_name or None,
            contact_email=proposal.contact_email or None,
            contact_phone=proposal.contact_phone or None,
            late_for_id=late_for(table_id, proposal.told_on or today(now)),
            created_at=_told_at(proposal, now),
            changed_at=now,
        )
        try:
            with db.session.begin_nested():
                db.session.add(topic)
        except IntegrityError:
            continue
        return topic
    raise Refused(N_("Too many topics came at the same moment. Send yours again."))


def _told_at(proposal: Proposal, now: datetime) -> datetime:
    if proposal.told_on is None or proposal.told_on == today(now):
        return now
    return wall_moment(proposal.told_on, NOON)


def send_receipt(topic: Topic, occasion: str, *, in_reply_to: str | None = None) -> None:
    """Queue the letter with the number and the private address, inside an act; one letter an occasion.

    `in_reply_to` is the message that the topic came with.
    """
    letter = letters.topic_received(
        str(topic.number),
        site().topic(topic.token),
        language=topic.language,
        signed=signature(topic.language),
    )
    queue(letter, topic.contact_email or "", occasion, topic_id=topic.id, in_reply_to=in_reply_to)


def token_of(topic_id: int) -> str:
    """Return the key to a topic's private page, for the one who has just proposed it."""
    token = db.session.scalar(select(Topic.token).where(Topic.id == topic_id))
    if token is None:
        raise NotFound
    return token


def get_by_token(token: str) -> Topic:
    """Return the topic of a private page with its steps; raise NotFound."""
    topic = db.session.scalar(
        select(Topic)
        .where(Topic.token == token)
        .options(
            joinedload(Topic.table),
            joinedload(Topic.organisation),
            selectinload(Topic.steps),
            selectinload(Topic.merged),
            joinedload(Topic.merged_into).selectinload(Topic.steps),
        )
    )
    if topic is None:
        raise NotFound
    return topic


@act
def reply(visitor: Visitor, token: str, words: str, key: str | None = None) -> int:
    """Give the coordinator the answer that she asked for; the topic is then new to her again."""
    topic = get_to_change(Topic, get_by_token(token).id)

    def answer() -> int:
        move(visitor, topic, TopicAct.REPLY, check_reply(words))
        return topic.id

    return once(key, "topic.reply", answer)


@act
def withdraw(visitor: Visitor, token: str, key: str | None = None) -> int:
    """Take a topic back before it was taken up; afterwards Refused says to call.

    Topics that were joined to it are topics of their own again: their proposers did not withdraw anything.
    """
    topic = get_to_change(Topic, get_by_token(token).id)

    def take_back() -> int:
        move(visitor, topic, TopicAct.WITHDRAW)
        separate_all(visitor, topic)
        return topic.id

    return once(key, "topic.withdraw", take_back)


@act
def ask_for_link(number: str, email: str, network: str | None) -> None:
    """Send the address of a private page to the e-mail address that the topic was given.

    Nothing tells whether the two belong together. Each topic's link goes out once an hour at most.
    """
    wanted = parse_number("number", number)
    if network is not None:
        knock("find_topic", network, SEARCHES_AN_HOUR, HOUR)
    topic = db.session.scalar(
        select(Topic).where(
            Topic.year == wanted.year,
            Topic.running == wanted.running,
            Topic.contact_email == folded(email),
        )
    )
    if topic is not None:
        send_receipt(topic, f"topic_found:{topic.id}:{utc_now():%Y%m%d%H}")


def waiting(table_id: int) -> list[Topic]:
    """Return the topics of a table that may be put on an agenda, oldest first, each with its village."""
    return list(
        db.session.scalars(
            select(Topic)
            .where(Topic.table_id == table_id, Topic.state.in_(READY))
            .options(joinedload(Topic.organisation), joinedload(Topic.addressee))
            .order_by(Topic.created_at, Topic.id)
        )
    )
