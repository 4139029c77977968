"""What was asked of departments and other bodies: read from the topic's page and from the body's own link."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.domain.clock import today
from app.domain.errors import NotFound
from app.domain.meetings import MeetingState
from app.domain.organisations import ANSWERING_KINDS
from app.domain.permissions import Act, Visitor
from app.domain.statements import (
    ASKABLE,
    WAITED_FOR,
    Contact,
    Standing,
    is_late,
    standing,
    without_contact,
)
from app.domain.topics import TopicAct, TopicState, may_happen
from app.extensions import db, site
from app.models import AgendaItem, Event, Meeting, Organisation, OutgoingMail, Statement, Topic

REMINDED = "statement.remind"  # in the log, which also tells when a body was last reminded


@dataclass(frozen=True)
class Line:
    """One question as the topic's page lists it; `url` is the answer page, for those who may give it away.

    `mailed` tells whether a letter took the question to the body.
    """

    row: Statement
    standing: Standing
    late: bool
    url: str | None
    reminded_at: datetime | None
    mailed: bool
    may_remind: bool

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.standing in WAITED_FOR and self.row.answer is None


@dataclass(frozen=True)
class Panel:
    """Everything about statements on a topic's page; answers are for those who run the meeting."""

    lines: list[Line]
    may_ask: bool
    may_hand_on: bool
    may_change: bool
    shows_answers: bool

    @property
    def late(self) -> list[Line]:
        """The questions whose day has gone without an answer."""
        return [line for line in self.lines if line.late]


@dataclass(frozen=True)
class AnswerPage:
    """What a body sees behind its link: the topic without its proposer, the question, and its own answer."""

    row: Statement
    standing: Standing
    number: str
    title: str
    text: str
    late: bool


def contact_of(topic: Topic) -> Contact:
    """Return how to reach the proposer, as far as she told."""
    return Contact(topic.contact_name or "", topic.contact_email or "", topic.contact_phone or "")


def cleaned(topic: Topic) -> tuple[str, str]:
    """Return (title, text) of a topic as others are sent them: without the proposer's contact details."""
    contact = contact_of(topic)
    return without_contact(topic.title, contact), without_contact(topic.text, contact)


def standing_of(row: Statement) -> Standing:
    """Return where a question stands now; that of a joined topic follows the other topic."""
    topic = row.topic
    if topic.state is TopicState.MERGED and topic.merged_into is not None:
        topic = topic.merged_into
    return standing(topic.state, handed_on=row.handed_on, taken_back=row.withdrawn_at is not None)


def answers_of(topic_ids: Collection[int]) -> dict[int, list[Statement]]:
    """Return the answers to each topic, in the order that they were asked, those of joined topics too.

    One query. For those who build the agenda and take the notes: answers are not published.
    """
    found: dict[int, list[Statement]] = defaultdict(list)
    wanted = set(topic_ids)
    rows = db.session.execute(
        select(Statement, Topic.id, Topic.merged_into_id)
        .join(Statement.topic)
        .where(
            or_(Topic.id.in_(topic_ids), Topic.merged_into_id.in_(topic_ids)), Statement.answer.is_not(None)
        )
        .options(joinedload(Statement.organisation))
        .order_by(Statement.id)
    )
    for row, topic_id, merged_into_id in rows:
        for one in wanted.intersection((topic_id, merged_into_id)):
            found[one].append(row)
    return dict(found)


def panel(visitor: Visitor, topic: Topic) -> Panel:
    """Return what a topic's page tells of statements; the page has checked who may read the topic."""
    may_change = visitor.may(Act.TRIAGE, topic.table_id)
    rows = _of_topic(topic.id)
    reminded, first = last_reminded(one.id for one in rows), mailed(rows)
    return Panel(
        lines=[_line(one, reminded.get(one.id), first.get(one.id), gives_link=may_change) for one in rows],
        may_ask=may_change and topic.state in ASKABLE,
        may_hand_on=may_change and may_happen(TopicAct.HAND_ON, topic.state),
        may_change=may_change,
        shows_answers=visitor.may(Act.TAKE_NOTES, topic.table_id),
    )


def _of_topic(topic_id: int) -> list[Statement]:
    return list(
        db.session.scalars(
            select(Statement)
            .join(Statement.topic)
            .where(or_(Topic.id == topic_id, Topic.merged_into_id == topic_id))
            .options(
                joinedload(Statement.organisation),
                joinedload(Statement.topic).joinedload(Topic.merged_into),
            )
            .order_by(Statement.id)
        )
    )


def last_reminded(statement_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each body was last reminded, for those that were."""
    rows = db.session.execute(
        select(Event.noun_id, func.max(Event.at))
        .where(Event.act == REMINDED, Event.noun == "statement", Event.noun_id.in_(list(statement_ids)))
        .group_by(Event.noun_id)
    )
    return {noun_id: at for noun_id, at in rows if noun_id is not None}


def first_letter(row: Statement) -> str:
    """Return the occasion of the letter that takes a question to its body."""
    return f"{'topic_handed_on' if row.handed_on else 'statement_asked'}:{row.id}"


def mailed(rows: Iterable[Statement]) -> dict[int, datetime]:
    """Return when a letter took each question to its body, for those that one did."""
    occasions = {first_letter(row): row.id for row in rows}
    found = db.session.execute(
        select(OutgoingMail.once, OutgoingMail.created_at).where(OutgoingMail.once.in_(occasions))
    )
    return {occasions[occasion]: at for occasion, at in found}


def told_today(*letters: datetime | None) -> bool:
    """Whether one of these letters, those that were written, is of today."""
    return today() in {today(one) for one in letters if one is not None}


def _line(
    row: Statement, reminded_at: datetime | None, mailed_at: datetime | None, *, gives_link: bool
) -> Line:
    where = standing_of(row)
    return Line(
        row=row,
        standing=where,
        late=is_late(where, row.due_on, today(), answered=row.answer is not None),
        url=site().statement(row.token) if gives_link else None,
        reminded_at=reminded_at,
        mailed=mailed_at is not None,
        may_remind=(
            gives_link
            and where in WAITED_FOR
            and row.answer is None
            and bool(row.organisation.email)
            and row.organisation.archived_at is None
            and not told_today(reminded_at, mailed_at)
        ),
    )


def get_statement(visitor: Visitor, topic_id: int, statement_id: int) -> Statement:
    """Return a question about a topic of the visitor's own tables; raise NotFound for any other."""
    row = db.session.get(
        Statement, statement_id, options=[joinedload(Statement.organisation), joinedload(Statement.topic)]
    )
    if row is None or row.topic_id != topic_id or not visitor.may(Act.TRIAGE, row.topic.table_id):
        raise NotFound
    return row


def get_page(token: str) -> AnswerPage:
    """Return what stands behind a body's link; raise NotFound."""
    row = db.session.scalar(
        select(Statement)
        .where(Statement.token == token)
        .options(
            joinedload(Statement.organisation),
            joinedload(Statement.topic).options(joinedload(Topic.merged_into), joinedload(Topic.table)),
        )
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    where = standing_of(row)
    title, text = cleaned(row.topic)
    late = is_late(where, row.due_on, today(), answered=row.answer is not None)
    return AnswerPage(row, where, str(row.topic.number), title, text, late)


def bodies() -> list[Organisation]:
    """Return the departments and outside bodies of today, by name."""
    query = select(Organisation).where(
        Organisation.archived_at.is_(None), Organisation.kind.in_(ANSWERING_KINDS)
    )
    return sorted(db.session.scalars(query), key=lambda one: one.name.casefold())


def next_meeting_day(topic: Topic) -> date | None:
    """Return the day of the meeting that has the topic on its agenda, else of the table's next meeting."""
    coming = select(func.min(Meeting.day)).where(
        Meeting.state.in_((MeetingState.DRAFT, MeetingState.PUBLISHED)), Meeting.day >= today()
    )
    with_topic = coming.join(AgendaItem).where(AgendaItem.topic_id == topic.id)
    return db.session.scalar(with_topic) or db.session.scalar(
        coming.where(Meeting.table_id == topic.table_id)
    )
