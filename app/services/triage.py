"""The inbox: the coordinator reads what came, answers each topic, and keeps its details right."""

from collections.abc import Container
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import ColumnElement, case, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import check_minutes
from app.domain.clock import local, utc_now
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.organisations import ANSWERING_KINDS, PROPOSING_KINDS, OrganisationKind
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import IN_ORDER, OPEN, TopicAct, TopicState, check_reason, check_title
from app.domain.words import N_
from app.extensions import db
from app.models import Meeting, Organisation, PartnershipTable, Topic, TopicStep
from app.services.coming import late_for, still_comes
from app.services.incoming_mail import move_along
from app.services.log import record
from app.services.proposers import followers
from app.services.repeats import once
from app.services.topic_letters import ANSWERS
from app.services.transactions import act, get_to_change
from app.services.untold import answered

PAGE = 50

_UNREAD = Topic.unread_at.is_not(None)  # told among the open ones too, whatever the topic's state
# Those with a new message first, then new ones, then in the order that work goes on.
_RANK = case(
    {state: rank for rank, state in enumerate(IN_ORDER)},
    value=Topic.state,
)


@dataclass(frozen=True)
class Found:
    """One page of the inbox: `page` counts from 1, `total` is all that match."""

    topics: list[Topic]
    page: int
    pages: int
    total: int

    def groups(self) -> list[list[Topic]]:
        """Return the topics with new messages, then those of each state together, as they were found."""
        found = groupby(self.topics, key=lambda topic: None if topic.unread_at else topic.state)
        return [list(group) for _, group in found]


@dataclass(frozen=True)
class Details:
    """What the coordinator may set right; `title` is what everybody reads on the agenda.

    `granted_minutes` is what she gives the topic; the proposer's own wish stays beside it. A `recurring`
    topic comes up at every meeting.
    """

    title: str
    granted_minutes: int | None = None
    organisation_id: int | None = None
    addressee_id: int | None = None
    table_id: int | None = None
    recurring: bool = False


def _of_visitor(visitor: Visitor) -> ColumnElement[bool] | None:
    tables = visitor.tables(Act.READ_INBOX)
    return None if tables is None else Topic.table_id.in_(tables)


def inbox(
    visitor: Visitor,
    table_id: int | None,
    states: tuple[TopicState, ...],
    page: int,
    *,
    longest_first: bool = False,
) -> Found:
    """Return one page of the visitor's topics in some states (none given: all), oldest first in each.

    With `longest_first` those that have waited longest come first, whatever their state.
    """
    check_may(visitor, Act.READ_INBOX)
    query = select(Topic)
    for condition in (
        _of_visitor(visitor),
        Topic.table_id == table_id if table_id is not None else None,
        Topic.state.in_(states) | (_UNREAD if states == OPEN else false()) if states else None,
    ):
        if condition is not None:
            query = query.where(condition)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.scalars(
        query.options(joinedload(Topic.organisation), joinedload(Topic.table))
        .order_by(*(() if longest_first else (_UNREAD.desc(), _RANK)), Topic.created_at, Topic.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Found(list(rows), page, pages, total)


def tables_of(visitor: Visitor, of: Act) -> list[PartnershipTable]:
    """Return the tables where the visitor may do an act, by name; those that no longer meet are left out."""
    ids = visitor.tables(of)
    query = select(PartnershipTable).where(PartnershipTable.archived_at.is_(None))
    if ids is not None:
        query = query.where(PartnershipTable.id.in_(ids))
    return list(db.session.scalars(query.order_by(PartnershipTable.name)))


def get_topic(visitor: Visitor, topic_id: int, of: Act = Act.READ_INBOX) -> Topic:
    """Return one topic with everything its page shows; raise NotFound for another's table."""
    topic = db.session.scalar(
        select(Topic)
        .where(Topic.id == topic_id)
        .options(
            joinedload(Topic.table),
            joinedload(Topic.organisation),
            joinedload(Topic.addressee),
            joinedload(Topic.entered_by),
            joinedload(Topic.merged_into),
            selectinload(Topic.merged).joinedload(Topic.organisation),
            selectinload(Topic.steps).joinedload(TopicStep.person),
        )
    )
    if topic is None or not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, of, topic.table_id)
    return topic


def may_read(visitor: Visitor, topic_id: int) -> bool:
    """Whether the topic is at one of the visitor's tables now."""
    table_id = db.session.scalar(select(Topic.table_id).where(Topic.id == topic_id))
    return table_id is not None and visitor.may(Act.READ_INBOX, table_id)


def _to_change(visitor: Visitor, topic_id: int, seen: str | None) -> Topic:
    topic = get_to_change(Topic, topic_id)
    if not visitor.may(Act.READ_INBOX, topic.table_id):
        raise NotFound
    check_may(visitor, Act.TRIAGE, topic.table_id)
    if seen is not None and seen != revision(topic):
        raise Stale(
            N_("Somebody else changed this topic meanwhile. Your text is here: check it and send again.")
        )
    return topic


def revision(topic: Topic) -> str:
    """Return what a page posts back, so that a change after it was read is noticed."""
    return topic.changed_at.strftime("%Y%m%d%H%M%S%f")


@act
def accept(
    visitor: Visitor,
    topic_id: int,
    details: Details,
    words: str,
    *,
    seen: str | None,
    key: str | None,
    later: bool = False,
) -> int:
    """Take a topic to its table, with its details set right; the proposer may read a few words.

    With `later` she is told when the coordinator tells it, together with other answers.
    """

    def take_up() -> int:
        topic = _to_change(visitor, topic_id, seen)
        reason = check_reason(TopicAct.ACCEPT, words)
        _set_right(topic, details)
        answered(visitor, topic, TopicAct.ACCEPT, reason, later=later)
        return topic_id

    return once(key, "topic.accept", take_up)


@act
def answer(
    visitor: Visitor,
    topic_id: int,
    act_: TopicAct,
    reason: str,
    *,
    seen: str | None,
    key: str | None,
    later: bool = False,
) -> int:
    """Ask for more, postpone or decline; the proposer reads the reason, at once or `later` with others."""
    if act_ not in ANSWERS:
        raise NotFound

    def give() -> int:
        topic = _to_change(visitor, topic_id, seen)
        answered(visitor, topic, act_, check_reason(act_, reason), later=later)
        return topic_id

    return once(key, f"topic.{act_}", give)


@act
def change_details(
    visitor: Visitor, topic_id: int, details: Details, *, seen: str | None, key: str | None
) -> int:
    """Set the title, minutes, village, addressee or table of a topic right.

    The page shows the wish where nothing was granted: sent back as it was, it grants nothing.
    """

    def change() -> int:
        topic = _to_change(visitor, topic_id, seen)
        only_wished = topic.granted_minutes is None and details.granted_minutes == topic.wished_minutes
        changed = _set_right(topic, replace(details, granted_minutes=None) if only_wished else details)
        topic.changed_at = utc_now()
        record(visitor, "topic.change", "topic", topic.id, fields=" ".join(changed), table=topic.table_id)
        return topic_id

    return once(key, "topic.change", change)


def _set_right(topic: Topic, details: Details) -> list[str]:
    """Put the details on the topic and return the names of those that changed."""
    if details.granted_minutes is not None:
        check_minutes("minutes", details.granted_minutes)
    wanted: dict[str, str | int | None] = {
        "title": check_title(details.title),
        "granted_minutes": details.granted_minutes,
        "organisation_id": details.organisation_id,
        "addressee_id": details.addressee_id,
        "table_id": details.table_id or topic.table_id,
        "recurring": details.recurring,
    }
    changed = [name for name, value in wanted.items() if getattr(topic, name) != value]
    if "organisation_id" in changed:
        _check_organisation("organisation", details.organisation_id)
    if "addressee_id" in changed:
        _check_organisation("addressee", details.addressee_id, ANSWERING_KINDS)
    if "table_id" in changed:
        _check_moves(topic, details.table_id)
    for name in changed:
        setattr(topic, name, wanted[name])
    if "table_id" in changed:
        _settle_at(topic)
    return changed


def _settle_at(topic: Topic) -> None:
    """Take those who follow the topic along to its new table, and ask there whether it came in time."""
    for one in followers(topic):
        one.table_id = topic.table_id
        one.late_for_id = late_for(topic.table_id, local(one.created_at).date())
        move_along(one.id, topic.table_id)


def _check_organisation(
    field: str, organisation_id: int | None, kinds: Container[OrganisationKind] = PROPOSING_KINDS
) -> None:
    if organisation_id is None:
        return
    found = db.session.get(Organisation, organisation_id)
    if found is None or found.archived_at is not None or found.kind not in kinds:
        raise Invalid(field, N_("Choose from the list."))


def _check_moves(topic: Topic, table_id: int | None) -> None:
    found = db.session.get(PartnershipTable, table_id)
    if found is None or found.archived_at is not None:
        raise Invalid("table", N_("Choose from the list."))
    if topic.state is TopicState.MERGED:
        raise Refused(N_("The topic has been joined to another one, and moves with that."))
    if topic.state in (TopicState.ON_AGENDA, TopicState.DISCUSSED):
        raise Refused(N_("The topic is on an agenda, so it can no longer move to another table."))


@act
def admit(visitor: Visitor, topic_id: int, meeting_id: int) -> None:
    """Take a topic that came too late to the meeting all the same; pressed twice it is done once."""
    topic = _to_change(visitor, topic_id, None)
    if topic.late_for_id is None:
        return
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or topic.late_for_id != meeting.id or topic.state not in OPEN:
        raise Refused(N_("The topic has moved on meanwhile, so this can no longer be done."))
    if not still_comes(meeting):
        raise Refused(N_("The meeting has been held or cancelled, so the topic waits for the next one."))
    topic.late_for_id = None
    record(visitor, "topic.admit", "topic", topic.id, meeting=meeting.id)
