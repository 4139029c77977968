"""Suggests an agenda for a meeting out of the topics that wait; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.agenda import ENDING_KINDS, ItemKind
from app.domain.budget import agenda_minutes
from app.domain.carrying import Why as WhyCarried
from app.domain.clock import after
from app.domain.composing import Candidate, Infeasible, Instance, Proposal, Why, compose
from app.domain.keeping import Kept, sorted_out, times, whole
from app.domain.topics import READY
from app.domain.windows import Part
from app.domain.worth import Worth
from app.extensions import db
from app.models import AgendaItem, Meeting, Person, Topic
from app.services.advice import Advice
from app.services.carry_over import carried_over
from app.services.windows import stored_windows
from app.services.worth import worth_of

AT_THE_END = ENDING_KINDS | {ItemKind.OTHER}
MOST_TOPICS = 60  # compared at once
MOST_READ = 500
SECONDS = 1.5  # that a person waits for the page at most


class How(StrEnum):
    """What the coordinator wants of a topic this time."""

    MAY = "may"
    MUST = "must"
    OUT = "out"


@dataclass(frozen=True)
class Wish:
    """What was chosen for one topic; None where nothing was."""

    how: How | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Choice:
    """One topic that is compared: its minutes, its points, and what is wanted of it this time."""

    topic: Topic
    how: How
    minutes: int
    worth: Worth
    item: AgendaItem | None = None
    carried: WhyCarried | None = None
    late: bool = False


@dataclass(frozen=True)
class Line:
    """One item of the suggested agenda; `choice` is None for what is kept."""

    title: str
    starts: datetime
    minutes: int
    choice: Choice | None = None


@dataclass(frozen=True)
class Take:
    """One topic of a suggestion that is put into use."""

    topic_id: int
    minutes: int


@dataclass
class Suggestion:
    """What the page shows; `proposal` and `clash` are both None where there is no room for topics."""

    meeting: Meeting
    kept: list[AgendaItem]
    room: int
    choices: list[Choice]
    more: int  # topics that wait and are not among the choices
    windows: Mapping[str, tuple[int, int]]
    proposal: Proposal | None = None
    clash: Infeasible | None = None
    lines: list[Line] = field(default_factory=list)

    def clock(self, minutes: int) -> datetime:
        """Return the local moment so many minutes after the start."""
        return after(self.meeting.day, self.meeting.starts, minutes, self.meeting.zone)

    def choice(self, topic_id: int) -> Choice:
        """Return one of the topics."""
        return next(one for one in self.choices if one.topic.id == topic_id)

    @property
    def takes(self) -> list[Take]:
        """The topics in the order that is suggested."""
        return [Take(one.choice.topic.id, one.minutes) for one in self.lines if one.choice]

    @property
    def left_out(self) -> list[tuple[Choice, Why | None]]:
        """The topics that are not taken with the reason, None for those that were not wanted."""
        found = {int(one.id): one.why for one in self.proposal.left_out} if self.proposal else {}
        taken = {one.topic_id for one in self.takes}
        return [(one, found.get(one.topic.id)) for one in self.choices if one.topic.id not in taken]

    def heard(self, language: str, *, among_all: bool = False) -> list[str]:
        """Return the organisations whose topics are taken, or of all topics that were compared."""
        taken = {one.topic_id for one in self.takes}
        bodies = {
            one.topic.organisation.name_in(language)
            for one in self.choices
            if one.topic.organisation and (among_all or one.topic.id in taken)
        }
        return sorted(bodies)


def suggest(meeting: Meeting, wishes: Mapping[int, Wish], *, seconds: float = SECONDS) -> Suggestion:
    """Return the best agenda that is found in the time there is; nothing is stored.

    `meeting` comes with its items, their officials and topics. `wishes` are by topic; without one, what is on
    the agenda must stay, what came late is left out, and any other topic may be taken.
    """
    advice = Advice(meeting, stored_windows(meeting.id))
    kept = kept_of(meeting, advice)
    choices, more = _choices(meeting, wishes)
    names = _names([one for item in meeting.items for one in item.officials])
    windows = {
        names[one]: (comes, max(comes, leaves))
        for one, (comes, leaves) in advice.windows.items()
        if one in names
    }
    stays = {one.id for one in (*kept.before, *kept.between, *kept.end)}
    found = Suggestion(
        meeting,
        [one for one in advice.items if one.id in stays],
        kept.room(meeting.minutes),
        choices,
        more,
        windows,
    )
    if found.room:
        answer = compose(_instance(meeting, kept, found, names), seconds=seconds)
        if isinstance(answer, Proposal):
            found.proposal = answer
            found.lines = _lines(meeting, advice, kept, found)
        else:
            found.clash = answer
    return found


def is_free(item: AgendaItem) -> bool:
    """Whether an item is a topic that a suggestion may move; one with a start of its own is kept there."""
    return item.topic_id is not None and item.fixed_start is None


def kept_of(meeting: Meeting, advice: Advice) -> Kept:
    """Return what stays of an agenda when its topics are chosen anew."""
    topics = frozenset(one.id for one in meeting.items if is_free(one))
    return sorted_out(advice.parts, topics, _ending(advice.items))


def _ending(items: Sequence[AgendaItem]) -> frozenset[int]:
    """Return the ids of what ends the meeting, with “other matters” that stand right before that."""
    last = [*takewhile(lambda one: one.kind in AT_THE_END, reversed(items))]
    return frozenset(one.id for one in (*last, *(one for one in items if one.kind in ENDING_KINDS)))


def _choices(meeting: Meeting, wishes: Mapping[int, Wish]) -> tuple[list[Choice], int]:
    on_it = {one.topic_id: one for one in meeting.items if is_free(one)}
    carried = {one.topic.id: one for one in carried_over(meeting)}
    waiting = db.session.scalars(
        select(Topic)
        .where(Topic.table_id == meeting.table_id, Topic.state.in_(READY))
        .options(joinedload(Topic.organisation))
        .order_by(Topic.created_at, Topic.id)
        .limit(MOST_READ)
    )
    topics = {one.id: one for one in waiting}
    topics |= {one.topic.id: one.topic for one in carried.values()}
    mine = select(Topic).where(Topic.id.in_(list(on_it))).options(joinedload(Topic.organisation))
    topics |= {one.id: one for one in db.session.scalars(mine)} if on_it else {}
    worths = worth_of(list(topics.values()))
    first = {*on_it, *(one for one, wish in wishes.items() if wish.how is How.MUST)}
    order = sorted(
        topics.values(),
        key=lambda one: (one.id not in on_it, -worths[one.id].points, one.created_at, one.id),
    )
    compared = {one.id for one in sorted(order, key=lambda one: one.id not in first)[:MOST_TOPICS]}
    found = []
    for topic in (one for one in order if one.id in compared):
        item = on_it.get(topic.id)
        late = topic.late_for_id == meeting.id
        wish = wishes.get(topic.id, Wish())
        usual = How.MUST if item else How.OUT if late else How.MAY
        minutes = item.minutes if item else agenda_minutes(topic.granted_minutes, topic.wished_minutes)
        why = carried[topic.id].why if topic.id in carried else None
        found.append(
            Choice(topic, wish.how or usual, wish.minutes or minutes, worths[topic.id], item, why, late)
        )
    return found, len(order) - len(found)


def _names(people: Sequence[Person]) -> dict[int, str]:
    """Return how officials are called in reasons; two of the same name are told apart by their titles."""
    known: dict[int, str] = {}
    for one in people:
        name = one.name
        if name in known.values() and one.id not in known:
            name = f"{one.name} ({one.title or one.id})"
        known.setdefault(one.id, name)
    return known


def _instance(meeting: Meeting, kept: Kept, found: Suggestion, names: Mapping[int, str]) -> Instance:
    return Instance(
        tuple(
            Candidate(
                one.topic.id,
                one.minutes + _buffer(one),
                one.worth.points,
                one.topic.organisation_id,
                tuple(names[person.id] for person in one.item.officials) if one.item else (),
                must=one.how is How.MUST,
            )
            for one in found.choices
            if one.how is not How.OUT
        ),
        meeting.minutes,
        kept.opening,
        kept.closing(meeting.minutes),
        found.windows,
    )


def _buffer(choice: Choice) -> int:
    return (choice.item.buffer_minutes or 0) if choice.item else 0


def _part(choice: Choice) -> Part:
    """Return a topic as a part; its id is below zero, for it may have no item yet."""
    needs = frozenset(one.id for one in choice.item.officials) if choice.item else frozenset()
    return Part(-choice.topic.id, choice.minutes, _buffer(choice), None, needs)


def _lines(meeting: Meeting, advice: Advice, kept: Kept, found: Suggestion) -> list[Line]:
    taken = [found.choice(int(one.id)) for one in found.proposal.items] if found.proposal else []
    agenda = whole(kept, [_part(one) for one in taken], advice.windows, meeting.minutes)
    starts = times(agenda)
    topics = {-one.topic.id: one for one in taken}
    items = {one.id: one for one in meeting.items}
    return [
        Line(
            topics[one.id].topic.title if one.id in topics else items[one.id].title,
            after(meeting.day, meeting.starts, starts[one.id], meeting.zone),
            one.minutes,
            topics.get(one.id),
        )
        for one in agenda
    ]
