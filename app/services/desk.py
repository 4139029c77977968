"""The coordinator's desk: everything that the page of the builder shows, in a bounded number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import numbers, stepped
from app.domain.clock import after, local, today
from app.domain.permissions import Visitor
from app.domain.timing import Fit, Timed, fit, minutes_from, timed
from app.domain.topics import TopicState
from app.domain.waiting import days_waited
from app.extensions import db
from app.models import AgendaChange, AgendaItem, AttendanceWindow, Meeting, Person, Statement, Topic
from app.services.advice import Advice, Remedy
from app.services.agenda_changes import latest
from app.services.carry_over import Carried
from app.services.meetings import ends, get_to_read
from app.services.pool import Pool, Sort, pool
from app.services.presenters import presenters_in
from app.services.statements import answers_of
from app.services.windows import minutes_of, officials_of, stored_windows

ON_IT = (TopicState.ON_AGENDA, TopicState.DISCUSSED)  # states in which a topic belongs on an agenda


@dataclass(frozen=True)
class Row:
    """One item as the builder reads it; `above` and `below` are its neighbours' ids.

    `outside`: its fixed start is not during the meeting; `gone`: its topic has left the agenda.
    """

    item: AgendaItem
    number: int | None
    place: int
    starts: datetime
    time: Timed
    presenter: str | None
    remedies: Sequence[Remedy]
    above: int | None
    below: int | None
    outside: bool
    gone: bool

    @property
    def less(self) -> int:
        """Minutes after a press of minus."""
        return stepped(self.item.minutes, up=False)

    @property
    def more(self) -> int:
        """Minutes after a press of plus."""
        return stepped(self.item.minutes, up=True)


@dataclass(frozen=True)
class Seat:
    """One official of this meeting: from when to when, in minutes within the meeting, and for which items."""

    person: Person
    window: AttendanceWindow | None
    comes: int
    leaves: int
    items: Sequence[AgendaItem]


@dataclass(frozen=True)
class Desk:
    """What the page shows of one meeting, besides its form."""

    meeting: Meeting
    rows: Sequence[Row]
    fits: Fit
    ends: datetime
    advice: Advice
    seats: Sequence[Seat]
    choices: Sequence[Person]
    change: AgendaChange | None
    people: dict[int, Person]

    def clock_after(self, minutes: int) -> datetime:
        """Return the local moment so many minutes after the start."""
        return after(self.meeting.day, self.meeting.starts, minutes, self.meeting.zone)

    def titles(self) -> dict[int, AgendaItem]:
        """Return the items by id."""
        return {row.item.id: row.item for row in self.rows}


def open_meeting(visitor: Visitor, meeting_id: int) -> Meeting:
    """Return a meeting to its builder with items, officials and topics; raise NotFound to everybody else."""
    meeting = get_to_read(visitor, meeting_id)
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    query = query.options(selectinload(AgendaItem.officials), joinedload(AgendaItem.topic))
    db.session.scalars(query.execution_options(populate_existing=True)).all()
    return meeting


def desk_of(
    visitor: Visitor, meeting: Meeting, language: str, windows: dict[int, AttendanceWindow] | None = None
) -> Desk:
    """Return what the page shows of a meeting that `open_meeting` gave."""
    stored = stored_windows(meeting.id) if windows is None else windows
    choices = officials_of(meeting.table_id)
    people = {one.id: one for one in choices}
    people |= {one.id: one for item in meeting.items for one in item.officials}
    advice = Advice(meeting, stored)
    slots = [one.slot for one in meeting.items]
    return Desk(
        meeting,
        _rows(meeting, advice, language),
        fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone),
        ends(meeting),
        advice,
        _seats(meeting, stored, people),
        choices,
        latest(visitor, meeting),
        people,
    )


def _rows(meeting: Meeting, advice: Advice, language: str) -> list[Row]:
    items = meeting.items
    times = timed(meeting.day, meeting.starts, [one.slot for one in items], meeting.zone)
    said = presenters_in(language, [one.presenter for one in items])
    counted = numbers([one.kind for one in items])
    rows = []
    for place, (item, when) in enumerate(zip(items, times, strict=True)):
        rows.append(
            Row(
                item,
                counted[place],
                place + 1,
                after(meeting.day, meeting.starts, when.starts_after, meeting.zone),
                when,
                said.get(item.presenter or "", item.presenter),
                [one for one in advice.remedies if one.clash.item == item.id],
                items[place - 1].id if place else None,
                items[place + 1].id if place + 1 < len(items) else None,
                _outside(meeting, item),
                item.topic is not None and item.topic.state not in ON_IT,
            )
        )
    return rows


def _outside(meeting: Meeting, item: AgendaItem) -> bool:
    if item.fixed_start is None:
        return False
    return (
        not 0 <= minutes_from(meeting.day, meeting.starts, item.fixed_start, meeting.zone) < meeting.minutes
    )


def _seats(meeting: Meeting, windows: dict[int, AttendanceWindow], people: dict[int, Person]) -> list[Seat]:
    needed: dict[int, list[AgendaItem]] = {one: [] for one in windows}
    for item in meeting.items:
        for person in item.officials:
            needed.setdefault(person.id, []).append(item)
    lost = [one for one in needed if one not in people]
    if lost:
        people |= {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(lost)))}
    seats = []
    for person_id, items in needed.items():
        window = windows.get(person_id)
        comes, leaves = minutes_of(meeting, window) if window else (0, meeting.minutes)
        comes, leaves = max(0, comes), min(meeting.minutes, leaves)
        seats.append(Seat(people[person_id], window, comes, max(comes, leaves), items))
    return sorted(seats, key=lambda one: (one.person.name, one.person.id))


@dataclass(frozen=True)
class Waiting:
    """One topic of the pool: days waited, its minutes, and what departments have answered."""

    topic: Topic
    days: int
    minutes: int | None
    granted: bool
    late: bool
    answers: Sequence[Statement]


def waiting(
    meeting: Meeting, query: str, sort: Sort, carried: Sequence[Carried] = ()
) -> tuple[Pool, list[Waiting]]:
    """Return the topics that wait for this meeting's table, as they are shown beside its agenda.

    Those that earlier meetings left to it stand above them, and here only for who searches.
    """
    found = pool(meeting.table_id, query, sort, [one.topic.id for one in carried])
    answers = answers_of([one.id for one in found.topics]) if found.topics else {}
    here = today()
    return found, [
        Waiting(
            one,
            days_waited(local(one.created_at).date(), here),
            one.granted_minutes or one.wished_minutes,
            one.granted_minutes is not None,
            one.late_for_id == meeting.id,
            answers.get(one.id, ()),
        )
        for one in found.topics
    ]
