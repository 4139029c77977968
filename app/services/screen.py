"""The room's screen: what a wall shows of an evening.

Until the evening begins it has nothing that the released agenda has not; then it shows what the room does.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.agenda import numbers
from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.meetings import MeetingState
from app.domain.permissions import Act, Visitor
from app.domain.running import Part, Running
from app.extensions import db, site
from app.models import Meeting, ReleasedItem
from app.services import releases
from app.services.evening import open_to_write
from app.services.log import record
from app.services.timekeeping import running_of
from app.services.transactions import act

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when it is typed from paper
GROUPS, GROUP = 4, 5
NEXT = 2
SHOWN = frozenset({MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED})


@dataclass(frozen=True)
class ScreenItem:
    """One item as the room reads it; `number` None for a break."""

    part: Part
    number: int | None
    title: str
    presenter: str


@dataclass(frozen=True)
class Opened:
    """A screen that has been opened: its key, and the whole address to type."""

    key: str
    address: str


@dataclass(frozen=True)
class Room:
    """What the screen shows; `last` is the number of the last item."""

    meeting_id: int
    table: str
    running: Running
    items: tuple[ScreenItem, ...]
    memo_is_out: bool

    @property
    def going(self) -> ScreenItem | None:
        """The item that goes on."""
        here = self.running.going
        return next((one for one in self.items if here and one.part.id == here.id), None)

    @property
    def next(self) -> list[ScreenItem]:
        """The items that come next."""
        waiting = {one.id for one in self.running.rest.waiting}
        return [one for one in self.items if one.part.id in waiting][:NEXT]

    @property
    def last(self) -> int:
        """How many numbered items there are."""
        return max((one.number or 0 for one in self.items), default=0)

    @property
    def clock(self) -> datetime:
        """What the wall clock shows."""
        return self.running.clock


def room(visitor: Visitor, meeting_id: int, key: str, language: str) -> Room:
    """Return what the screen shows, to whoever has its key or runs the evening; else raise NotFound."""
    meeting = db.session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id, Meeting.state.in_(SHOWN))
        .options(joinedload(Meeting.table), selectinload(Meeting.items))
    )
    if meeting is None:
        raise NotFound
    if not _opens(meeting, key) and not visitor.may(Act.RUN_EVENING, meeting.table_id):
        raise NotFound
    told = _released(meeting)
    rows = [one for one in meeting.items if told is None or one.id in told]
    running = running_of(meeting, utc_now(), rows)
    said = [told[one.id] if told else one for one in rows]
    numbered = numbers([one.kind for one in rows])
    return Room(
        meeting.id,
        meeting.table.name_in(language),
        running,
        tuple(
            ScreenItem(part, number, one.title_in(language), one.presenter or "")
            for one, part, number in zip(said, running.parts, numbered, strict=True)
        ),
        meeting.state is MeetingState.MEMO_PUBLISHED,
    )


def _released(meeting: Meeting) -> dict[int, ReleasedItem] | None:
    """Return what everybody reads of each item before the evening begins; None from then on."""
    release = releases.latest(meeting.id) if meeting.begun_at is None else None
    return {one.item_id: one for one in release.items} if release else None


def _opens(meeting: Meeting, key: str) -> bool:
    typed = key.strip().lower().encode()
    return bool(meeting.screen_token) and hmac.compare_digest(typed, (meeting.screen_token or "").encode())


@act
def open_screen(visitor: Visitor, meeting_id: int, seen: str = "") -> None:
    """Give the screen an address; with `seen`, the key that the page showed, a new one so that the old stops.

    Pressed twice, or by two, it is done once.
    """
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    if (meeting.screen_token or "") != seen:
        return
    meeting.screen_token = new_key()
    record(visitor, "evening.open_screen", "meeting", meeting.id)


def new_key() -> str:
    """Return twenty random letters and digits (99 bits), in groups that can be typed."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def opened(visitor: Visitor, meeting_id: int) -> Opened | None:
    """Return the key and address to those who run the evening; None where it has not been opened."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not meeting.screen_token or not visitor.may(Act.RUN_EVENING, meeting.table_id):
        return None
    return Opened(meeting.screen_token, site().screen(meeting.id, meeting.screen_token))
