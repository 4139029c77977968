"""The evening as its note-takers see it: the agenda with its clock, and what each item has so far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import ItemKind, check_minutes, check_room, numbers, place_for_new
from app.domain.clock import local, utc_now
from app.domain.ending import Ways, ways_to_end
from app.domain.errors import Invalid, NotFound
from app.domain.held import Held, held, together
from app.domain.meetings import MeetingAct, MeetingState, check_happens
from app.domain.permissions import Act, Visitor, check_may
from app.domain.running import ItemState, Part, Phase, Running
from app.domain.timing import clock_times
from app.domain.words import N_
from app.domain.writing import check_line
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Note, Topic
from app.services.log import record
from app.services.meetings import touch
from app.services.repeats import once
from app.services.timekeeping import running_of
from app.services.transactions import act, get_to_change

OVER_RUNS = frozenset({Phase.DUE, Phase.GOING, Phase.BETWEEN})


@dataclass(frozen=True)
class EveningItem:
    """One item of the evening, with how many notes and follow-ups it has."""

    id: int
    number: int | None
    kind: ItemKind
    starts: datetime
    minutes: int
    title: str
    presenter: str
    notes: int
    follow_ups: int
    part: Part
    begins: datetime | None  # when it would begin as the evening goes; None unless it waits

    @property
    def state(self) -> ItemState:
        """What it is this evening."""
        return self.part.state

    @property
    def ends(self) -> datetime:
        """When it would end by the agenda."""
        return self.starts + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Evening:
    """One meeting while notes are taken."""

    meeting_id: int
    table_id: int
    table: str
    day: date
    items: tuple[EveningItem, ...]
    running: Running
    ways: Ways | None  # to end on time, where the evening would not

    def place_of(self, item_id: int) -> int:
        """Return the place of an item from 0; raise NotFound for another meeting's."""
        for place, one in enumerate(self.items):
            if one.id == item_id:
                return place
        raise NotFound

    def beside(self, item_id: int) -> tuple[EveningItem | None, EveningItem | None]:
        """Return the items before and after."""
        place = self.place_of(item_id)
        before = self.items[place - 1] if place else None
        return before, self.items[place + 1] if place + 1 < len(self.items) else None

    def item(self, part: Part | Held | None) -> EveningItem | None:
        """Return the item of a part of the clock."""
        return next((one for one in self.items if part and one.id == part.id), None)

    def title_of(self, item_id: int) -> str:
        """Return the title of an item."""
        return next((one.title for one in self.items if one.id == item_id), "")

    def time_of(self, item: EveningItem) -> datetime:
        """Return the local time beside an item: when it began, else when it would, else when it was to."""
        began = item.part.started_at
        return local(began, self.running.hours.zone) if began else item.begins or item.starts

    @property
    def begun(self) -> datetime:
        """When the first item began, on the local clock."""
        began = min(one.part.started_at for one in self.items if one.part.started_at)
        return local(began, self.running.hours.zone)

    def held(self) -> list[Held]:
        """Return planned beside actual minutes of each item."""
        return held([one.part for one in self.items], self.running.now)

    def held_total(self) -> Held:
        """Return planned beside actual minutes of all items together."""
        return together([one.part for one in self.items], self.running.now)

    @property
    def last(self) -> int:
        """The number of the last item."""
        return max((one.number or 0 for one in self.items), default=0)


def check_open(visitor: Visitor, meeting: Meeting, of: Act = Act.TAKE_NOTES) -> None:
    """Raise where the visitor may not take notes at this meeting (or run it), or notes are not open."""
    if meeting.state is MeetingState.DRAFT and not visitor.may(Act.BUILD_AGENDA, meeting.table_id):
        raise NotFound
    check_may(visitor, of, meeting.table_id)
    check_happens(MeetingAct.TAKE_NOTES, meeting.state)


def open_to_write(visitor: Visitor, meeting_id: int, of: Act = Act.TAKE_NOTES) -> Meeting:
    """Return the meeting, held until the act ends, so that no note slips in behind a published memo."""
    meeting = get_to_change(Meeting, meeting_id)
    check_open(visitor, meeting, of)
    return meeting


def get_item(meeting_id: int, item_id: int) -> AgendaItem:
    """Return an item of a meeting with its topic; raise NotFound for another meeting's."""
    item = db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.id == item_id, AgendaItem.meeting_id == meeting_id)
        .options(joinedload(AgendaItem.topic).joinedload(Topic.organisation))
    )
    if item is None:
        raise NotFound
    return item


def evening(visitor: Visitor, meeting_id: int, language: str) -> Evening:
    """Return the evening of a meeting, while it is open, to those who run it."""
    meeting = _load(meeting_id)
    check_open(visitor, meeting, Act.RUN_EVENING)
    return _evening(meeting, language)


def held_evening(visitor: Visitor, meeting_id: int, language: str) -> Evening | None:
    """Return an evening that was held by the clock, its memo out or not, to those who run it."""
    meeting = _load(meeting_id)
    if meeting.begun_at is None or not visitor.may(Act.RUN_EVENING, meeting.table_id):
        return None
    found = _evening(meeting, language)
    return found if found.running.is_over else None


def _load(meeting_id: int) -> Meeting:
    meeting = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(joinedload(Meeting.table), selectinload(Meeting.items))
    )
    if meeting is None:
        raise NotFound
    return meeting


def _evening(meeting: Meeting, language: str) -> Evening:
    notes = _counts(meeting.id, Note.agenda_item_id, Note.removed_at.is_(None))
    follow_ups = _counts(meeting.id, FollowUp.agenda_item_id)
    rows = meeting.items
    starts = clock_times(meeting.day, meeting.starts, [row.slot for row in rows], meeting.zone)
    running = running_of(meeting, utc_now())
    return Evening(
        meeting.id,
        meeting.table_id,
        meeting.table.name_in(language),
        meeting.day,
        tuple(
            EveningItem(
                row.id,
                number,
                row.kind,
                begins,
                row.minutes,
                row.title_in(language),
                row.presenter or "",
                notes.get(row.id, 0),
                follow_ups.get(row.id, 0),
                part,
                running.begins.get(row.id),
            )
            for row, number, begins, part in zip(
                rows, numbers([row.kind for row in rows]), starts, running.parts, strict=True
            )
        ),
        running,
        ways_to_end(running.rest) if running.phase in OVER_RUNS and running.late > 0 else None,
    )


def _counts(meeting_id: int, column: object, *where: object) -> dict[int, int]:
    query = (
        select(column, func.count())  # type: ignore[call-overload]  # a column of either table
        .join(AgendaItem, AgendaItem.id == column)
        .where(AgendaItem.meeting_id == meeting_id, *where)
        .group_by(column)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


@act
def add_item(visitor: Visitor, meeting_id: int, title: str, minutes: int, key: str | None = None) -> int:
    """Add what came up at the table, before the closing; return the item's id."""
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    title = check_line("title", title)
    if not title:
        raise Invalid("title", N_("Write what the item is about."))
    check_minutes("minutes", minutes)

    def do() -> int:
        rows = list(meeting.items)
        check_room(len(rows))
        place = place_for_new([(row.kind, row.standing) for row in rows], ItemKind.OTHER)
        new = AgendaItem(meeting_id=meeting.id, kind=ItemKind.OTHER, title=title, minutes=minutes, position=0)
        rows.insert(place, new)
        db.session.add(new)
        for position, row in enumerate(rows):
            row.position = position
        touch(meeting)
        db.session.flush()
        record(visitor, "evening.add_item", "agenda_item", new.id, meeting=meeting.id)
        return new.id

    return once(key, "evening.add_item", do)
