"""A proposer changes her own topic by its private link, until somebody has worked on it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from app.domain.clock import today, utc_now
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Visitor
from app.domain.topics import Proposal, TopicState, check_may_reword, check_proposal, title_of
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.mail.messages import address
from app.models import Event, Organisation, Statement, Topic
from app.services.knocks import knock
from app.services.log import record
from app.services.repeats import once
from app.services.topics import get_by_token, send_receipt
from app.services.transactions import act, get_to_change
from app.services.triage import revision

REWORD = "topic.reword"
CHANGES_AN_HOUR = 20  # from one network: a change may send a letter to a new address
HOUR = timedelta(hours=1)
LATEST = 100  # lines of the log that are looked through
CHANGED = N_("The topic was changed meanwhile. What you typed is below: check it and save again.")

# What a proposer may change, by its column, as the inbox tells it.
WORDS = {
    "text": N_("Text"),
    "organisation_id": N_("Village or department"),
    "wished_minutes": N_("Minutes wished for"),
    "contact_name": N_("Name"),
    "contact_email": N_("E-mail address"),
    "contact_phone": N_("Phone number"),
}


@dataclass(frozen=True)
class Reworded:
    """What a proposer has changed of her topic, as names of its columns, and when she last did."""

    at: datetime
    fields: frozenset[str]

    def words(self) -> list[str]:
        """Return what has changed as source messages, in the order of the form."""
        return [word for name, word in WORDS.items() if name in self.fields]


def untouched(token: str) -> bool:
    """Whether the topic of a private page stands alone: nothing joined to it, no body asked about it."""
    topic_id = db.session.scalar(select(Topic.id).where(Topic.token == token))
    return topic_id is not None and _worked_on(topic_id) == (False, False)


def get_to_reword(token: str) -> Topic:
    """Return the topic of a private page; raise NotFound, or Refused where it can no longer be changed."""
    topic = get_by_token(token)
    _check_may(topic.id, topic.state)
    return topic


def _check_may(topic_id: int, state: TopicState) -> None:
    joined, asked_about = _worked_on(topic_id)
    check_may_reword(state, joined=joined, asked_about=asked_about)


def _worked_on(topic_id: int) -> tuple[bool, bool]:
    """Return whether another topic was joined to this one, and whether a body is asked about it."""
    joined = exists().where(Topic.merged_into_id == topic_id)
    asked = exists().where(Statement.topic_id == topic_id, Statement.withdrawn_at.is_(None))
    row = db.session.execute(select(joined, asked)).one()
    return bool(row[0]), bool(row[1])


def kept_contacts(topic: Topic) -> set[str]:
    """Return which ways to reach the proposer are kept (name, email, phone); what they are stays inside."""
    found = {"name": topic.contact_name, "email": topic.contact_email, "phone": topic.contact_phone}
    return {name for name, value in found.items() if value}


@act
def reword(
    visitor: Visitor,
    token: str,
    proposal: Proposal,
    *,
    seen: str | None,
    key: str | None = None,
    network: str | None = None,
) -> int:
    """Put the proposer's new words, wish, village and contact details on her topic, and return its id.

    A contact detail that is left empty stays as it was. `seen` is the revision of the page: Stale says that
    the topic has changed since. A new e-mail address gets the letter with the private address, once.
    """
    topic_id = get_by_token(token).id

    def change() -> int:
        topic = get_to_change(Topic, topic_id)
        _check_may(topic.id, topic.state)
        wanted = _wanted(check_proposal(proposal, today()))
        if seen is not None and seen != revision(topic):
            raise Stale(CHANGED)
        changed = [name for name, value in wanted.items() if getattr(topic, name) != value]
        if "organisation_id" in changed:
            _check_village(proposal.organisation_id)
        if not changed:
            return topic_id
        if network is not None:
            knock("reword", network, CHANGES_AN_HOUR, HOUR)
        named_by_us = topic.title != title_of(topic.text)
        for name in changed:
            setattr(topic, name, wanted[name])
        if not named_by_us:
            topic.title = title_of(topic.text)
        topic.changed_at = utc_now()
        record(visitor, REWORD, "topic", topic.id, fields=" ".join(changed))
        if "contact_email" in changed:
            send_receipt(topic, f"topic_followed:{topic.id}:{_fingerprint(topic.contact_email or '')}")
        return topic_id

    return once(key, REWORD, change)


def _wanted(proposal: Proposal) -> dict[str, str | int | None]:
    """Return the columns to set."""
    wanted: dict[str, str | int | None] = {
        "text": proposal.text,
        "wished_minutes": proposal.wished_minutes,
        "organisation_id": proposal.organisation_id,
    }
    email = proposal.contact_email and folded(address(proposal.contact_email))
    given = {
        "contact_name": proposal.contact_name,
        "contact_email": email,
        "contact_phone": proposal.contact_phone,
    }
    return wanted | {name: value for name, value in given.items() if value}


def _check_village(organisation_id: int | None) -> None:
    if organisation_id is None:
        return
    found = db.session.get(Organisation, organisation_id)
    if found is None or found.archived_at is not None:
        raise Invalid("organisation", N_("Choose from the list."))


def _fingerprint(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:16]


def reworded(topic_id: int) -> Reworded | None:
    """Return what the proposer has changed since she proposed the topic, None where nothing.

    The words that she took back are not kept: she may have written what nobody should read.
    """
    lines = db.session.scalars(
        select(Event)
        .where(Event.noun == "topic", Event.noun_id == topic_id, Event.act == REWORD)
        .order_by(Event.id.desc())
        .limit(LATEST)
    ).all()
    if not lines:
        return None
    fields = {name for one in lines for name in str(one.detail.get("fields", "")).split()}
    return Reworded(lines[0].at, frozenset(fields))
