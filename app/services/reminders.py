"""Reminders of meetings: made from the table's usual ones, approved by one press, written in their time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.clock import local, utc_now
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.meetings import MeetingAct, MeetingState
from app.domain.outbox import UNSENT
from app.domain.permissions import SYSTEM, Visitor
from app.domain.reminders import (
    LONGEST,
    Standing,
    Told,
    check_offsets,
    due,
    from_stored,
    moment,
    standing,
    start_of,
)
from app.domain.words import N_
from app.extensions import db
from app.models import Meeting, OutgoingMail, Reminder
from app.services import reminder_letters
from app.services.log import record
from app.services.meetings import get_to_build
from app.services.releases import latest
from app.services.reminded import KIND, readers
from app.services.reminder_letters import batch_of, write
from app.services.repeats import once
from app.services.seen import mark
from app.services.transactions import Apart, act, get_to_change


@dataclass(frozen=True)
class ReminderLine:
    """One reminder as those who build the agenda see it; `goes_at` is an aware moment."""

    id: int
    minutes_before: int
    goes_at: datetime
    standing: Standing
    made_at: datetime | None


@dataclass(frozen=True)
class Reminders:
    """The reminders of one meeting, the first to go first, and how many letters each makes now.

    `open` says that they can still be changed; `mark` is that of what a press approves.
    """

    lines: tuple[ReminderLine, ...]
    letters: int
    open: bool

    @property
    def waiting(self) -> list[ReminderLine]:
        """Those that a press approves."""
        return [one for one in self.lines if one.standing is Standing.WAITING]

    @property
    def mark(self) -> str:
        """A mark of what a press approves, so that it can be told that it is as it was shown."""
        return mark([(one.id, one.goes_at.isoformat()) for one in self.waiting], self.letters)


def begin(meeting: Meeting) -> None:
    """Give a meeting its table's usual reminders when its agenda is first released; inside the act."""
    now = utc_now()
    if _rows([meeting.id]):
        return
    db.session.add_all(
        Reminder(meeting_id=meeting.id, minutes_before=one, created_at=now)
        for one in from_stored(meeting.table.reminders)
    )


def of_meeting(meeting_id: int, now: datetime | None = None) -> Reminders:
    """Return the reminders of a meeting and how many letters each makes; raise NotFound."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    return _shown(meeting, now or utc_now())


@act
def add(visitor: Visitor, meeting_id: int, minutes_before: int, key: str | None = None) -> int:
    """Add a reminder, to be approved; raise Invalid at `before` for too many, one twice or one too late."""

    def do() -> int:
        meeting, now = _get_open(visitor, meeting_id), utc_now()
        rows = _rows([meeting.id])
        if any(one.minutes_before == minutes_before for one in rows):
            raise Invalid("before", N_("There is such a reminder already."))
        check_offsets("before", [minutes_before, *(one.minutes_before for one in rows)])
        if moment(meeting.day, meeting.starts, minutes_before, meeting.zone) <= now:
            raise Invalid("before", N_("That moment has gone already. Choose a later one."))
        row = Reminder(meeting_id=meeting.id, minutes_before=minutes_before, created_at=now)
        db.session.add(row)
        db.session.flush()
        record(visitor, "reminder.add", "meeting", meeting.id, minutes=minutes_before)
        return row.id

    return once(key, f"reminder.add:{meeting_id}", do)


@act
def remove(visitor: Visitor, meeting_id: int, reminder_id: int) -> None:
    """Take a reminder off with its letters that have not left; pressing twice is the same."""
    meeting = _get_open(visitor, meeting_id)
    row = db.session.scalar(
        select(Reminder).where(Reminder.id == reminder_id, Reminder.meeting_id == meeting.id)
    )
    if row is not None:
        letters = reminder_letters.waiting(meeting.id, batch_of(meeting, row.minutes_before))
        reminder_letters.take_back(visitor, meeting.id, letters)
        db.session.delete(row)
        record(visitor, "reminder.remove", "meeting", meeting.id, minutes=row.minutes_before)


@act
def approve(visitor: Visitor, meeting_id: int, seen: str | None = None, key: str | None = None) -> int:
    """Approve the reminders that wait, once for all readers; return how many. Nothing goes without this.

    `seen` is the mark of what the press restated (None asks nothing); raises Stale where that has changed.
    """

    def do() -> int:
        meeting, now = _get_open(visitor, meeting_id), utc_now()
        shown = _shown(meeting, now)
        if seen not in (None, shown.mark):
            raise Stale(
                N_("The reminders or their readers have changed meanwhile. Check them and press then.")
            )
        waiting = {one.id for one in shown.waiting}
        for row in _rows([meeting.id]):
            if row.id in waiting:
                row.approved_at, row.approved_by_id = now, visitor.person_id
        record(
            visitor, "reminder.approve", "meeting", meeting.id, reminders=len(waiting), letters=shown.letters
        )
        return len(waiting)

    return once(key, f"reminder.approve:{meeting_id}", do)


def make_due(now: datetime | None = None) -> int:
    """Queue the letters of reminders whose moment has come, and return how many.

    Called by the worker in each round; two at once make one letter. Letters that have not left and no
    longer hold, as their meeting moved, began or was called off, are taken back first. A fault in one
    meeting stops no other; it is raised at the end.
    """
    now, apart = now or utc_now(), Apart()
    for meeting in _with_letters():
        apart.do(_take_back, meeting, now)
    made = 0
    for meeting, theirs in _approved(now).items():
        made += apart.do(_make_due, meeting, theirs, now)
    apart.tell()
    return made


def _approved(now: datetime) -> dict[Meeting, list[Reminder]]:
    """Return the meetings that come soon with their approved reminders, as a look without a lock tells."""
    today = local(now).date()
    rows = db.session.scalars(
        select(Reminder)
        .join(Reminder.meeting)
        .where(
            Reminder.approved_at.is_not(None),
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.day >= today - timedelta(days=1),
            Meeting.day <= today + timedelta(minutes=LONGEST, days=1),
        )
        .options(joinedload(Reminder.meeting))
        .order_by(Meeting.day, Meeting.id)
    )
    of: dict[Meeting, list[Reminder]] = {}
    for row in rows:
        of.setdefault(row.meeting, []).append(row)
    return of


def _make_due(meeting: Meeting, theirs: list[Reminder], now: datetime) -> int:
    return _make(meeting.id, now) if _due(meeting, theirs, now)[0] is not None else 0


@act
def _make(meeting_id: int, now: datetime) -> int:
    meeting = get_to_change(Meeting, meeting_id)
    rows = {row.id: row for row in _rows([meeting.id])}
    one, passed = _due(meeting, rows.values(), now)
    release = latest(meeting.id)
    if one is None or release is None:
        return 0
    start = start_of(meeting.day, meeting.starts, meeting.zone)
    for other in passed:
        rows[other.id].made_for, rows[other.id].made_at = start, None
    row = rows[one.id]
    row.made_for, row.made_at = start, now
    letters = write(meeting, release, row, batch_of(meeting, row.minutes_before))
    record(SYSTEM, "reminder.make", "meeting", meeting.id, minutes=row.minutes_before, letters=letters)
    return letters


def _due(meeting: Meeting, rows: Iterable[Reminder], now: datetime) -> tuple[Told | None, list[Told]]:
    if meeting.state is not MeetingState.PUBLISHED or _has_begun(meeting):
        return None, []
    return due([_told(row) for row in rows], meeting.day, meeting.starts, now, meeting.zone)


def _with_letters() -> list[Meeting]:
    """Return the meetings with reminders that have not left."""
    ids = select(OutgoingMail.meeting_id).where(OutgoingMail.kind == KIND, OutgoingMail.state.in_(UNSENT))
    return list(db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.id)))


def _take_back(meeting: Meeting, now: datetime) -> int:
    letters = reminder_letters.waiting(meeting.id)
    if _is_open(meeting, now):
        of_now = reminder_letters.occasion(meeting)
        letters = {key: batch for key, batch in letters.items() if not batch.startswith(of_now)}
    return act(reminder_letters.take_back)(SYSTEM, meeting.id, letters) if letters else 0


def _has_begun(meeting: Meeting) -> bool:
    """Whether the evening has begun, and its clock was not only tried out on a day before."""
    return meeting.begun_at is not None and local(meeting.begun_at, meeting.zone).date() >= meeting.day


def _get_open(visitor: Visitor, meeting_id: int) -> Meeting:
    meeting = get_to_build(visitor, meeting_id, MeetingAct.CHANGE)
    if not _is_open(meeting, utc_now()):
        raise Refused(N_("Reminders can be changed from publishing the agenda until the meeting begins."))
    return meeting


def _is_open(meeting: Meeting, now: datetime) -> bool:
    coming = start_of(meeting.day, meeting.starts, meeting.zone) > now
    return meeting.state is MeetingState.PUBLISHED and coming and not _has_begun(meeting)


def _shown(meeting: Meeting, now: datetime) -> Reminders:
    start = start_of(meeting.day, meeting.starts, meeting.zone)
    lines = []
    for row in _rows([meeting.id]):
        goes_at = moment(meeting.day, meeting.starts, row.minutes_before, meeting.zone)
        state = standing(_told(row), goes_at, start, now)
        lines.append(
            ReminderLine(
                row.id,
                row.minutes_before,
                goes_at,
                state,
                row.made_at.astimezone(UTC) if row.made_at and state is Standing.MADE else None,
            )
        )
    release = latest(meeting.id)
    count = len(readers(meeting, release, told=False)) if release else 0
    return Reminders(tuple(lines), count, _is_open(meeting, now))


def _rows(meeting_ids: list[int]) -> list[Reminder]:
    return list(
        db.session.scalars(
            select(Reminder)
            .where(Reminder.meeting_id.in_(meeting_ids))
            .order_by(Reminder.meeting_id, Reminder.minutes_before.desc())
            .execution_options(populate_existing=True)
        )
    )


def _told(row: Reminder) -> Told:
    return Told(row.id, row.minutes_before, row.approved_at, row.made_for, row.made_at)
