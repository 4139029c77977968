"""The presses of an evening: items are begun, ended, reopened, given minutes, skipped, left to the next time.

Several people may press at once. Each press names what the item becomes, so a second one changes nothing; a
press that begins something also says what its page showed as going on, so that an old page upsets nothing.
"""

from datetime import datetime

from app.domain.agenda import LONGEST_ITEM, STEP
from app.domain.clock import utc_now
from app.domain.errors import NotFound, Refused, Stale
from app.domain.permissions import Act, Visitor
from app.domain.running import ItemState, stopping_moment
from app.domain.words import N_
from app.models import AgendaItem, Meeting
from app.services.evening import open_to_write
from app.services.log import record
from app.services.meetings import touch
from app.services.timekeeping import hours_of, part_of
from app.services.transactions import act

GONE = N_("The item is no longer on the agenda.")


def find(visitor: Visitor, meeting_id: int, item_id: int) -> tuple[Meeting, AgendaItem]:
    """Return a meeting, held until the act ends, and its item; raise NotFound where it is gone."""
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    for item in meeting.items:
        if item.id == item_id:
            return meeting, item
    raise NotFound(GONE)


def _state(item: AgendaItem) -> ItemState:
    return part_of(item).state


def _going(meeting: Meeting) -> AgendaItem | None:
    return next((one for one in meeting.items if _state(one) is ItemState.GOING), None)


def _log(visitor: Visitor, press: str, meeting: Meeting, item: AgendaItem, **detail: int) -> None:
    record(visitor, f"evening.{press}", "agenda_item", item.id, meeting=meeting.id, **detail)


def stop(meeting: Meeting, item: AgendaItem, now: datetime) -> None:
    """Stop the clock of an item that goes on."""
    if item.resumed_at is None:
        return
    until = stopping_moment(hours_of(meeting), item.resumed_at, now)
    item.spent_seconds += int((until - item.resumed_at).total_seconds())
    item.resumed_at = None
    item.ended_at = until


def _resume_what_stopped(meeting: Meeting, moment: datetime | None, but: AgendaItem | None = None) -> None:
    """Let the item go on that was stopped by a press which is now taken back."""
    for one in meeting.items:
        if one is not but and moment is not None and one.started_at is not None and one.ended_at == moment:
            one.ended_at, one.resumed_at = None, moment
            return


@act
def begin(visitor: Visitor, meeting_id: int, item_id: int, seen: int | None = None) -> None:
    """Let an item go on: one that waits, was left out, or is reopened; the one that went on ends.

    `seen` is the item that the page showed as going on (0: none); raises Stale where another goes on by now.
    The first of the evening begins the meeting and keeps what was planned.
    """
    meeting, item = find(visitor, meeting_id, item_id)
    going = _going(meeting)
    if going is item:
        return
    if seen is not None and seen != (going.id if going else 0):
        if going is None:
            raise Stale(N_("Somebody else ended the item meanwhile. Look at the evening and press again."))
        raise Stale(
            N_("Somebody else pressed meanwhile: “%(title)s” goes on now. Look at it and press again."),
            title=going.title,
        )
    now = utc_now()
    if going is not None:
        stop(meeting, going, now)
    if meeting.begun_at is None:
        meeting.begun_at = now
        for one in meeting.items:
            one.planned_minutes = one.minutes
    again = item.started_at is not None
    item.started_at = item.started_at or now
    item.resumed_at, item.ended_at, item.put_off_at = now, None, None
    meeting.ended_at = None
    _log(visitor, "reopen" if again else "begin", meeting, item)


@act
def take_back_begin(visitor: Visitor, meeting_id: int, item_id: int) -> None:
    """Undo the last beginning of an item: it was pressed by mistake. What it had stopped goes on."""
    meeting, item = find(visitor, meeting_id, item_id)
    if _state(item) is not ItemState.GOING:
        return
    moment = item.resumed_at
    if item.started_at == moment:
        item.started_at = None
    else:
        item.ended_at = moment
    item.resumed_at = None
    _resume_what_stopped(meeting, moment, but=item)
    if not any(one.started_at for one in meeting.items):
        meeting.begun_at = None
        for one in meeting.items:
            one.planned_minutes = None
    _log(visitor, "take_back_begin", meeting, item)


@act
def end(visitor: Visitor, meeting_id: int, item_id: int) -> None:
    """End the item that goes on; the next one waits to be begun."""
    meeting, item = find(visitor, meeting_id, item_id)
    state = _state(item)
    if state is ItemState.WAITING:
        raise Refused(N_("This item has not been begun."))
    if state is ItemState.GOING:
        stop(meeting, item, utc_now())
        _log(visitor, "end", meeting, item)


@act
def skip(visitor: Visitor, meeting_id: int, item_id: int) -> None:
    """Leave out an item that waits."""
    meeting, item = find(visitor, meeting_id, item_id)
    state = _state(item)
    if state is ItemState.GOING:
        raise Refused(N_("This item goes on now. End it instead."))
    if state is ItemState.WAITING:
        item.ended_at = utc_now()
        _log(visitor, "skip", meeting, item)


@act
def put_off(visitor: Visitor, meeting_id: int, item_id: int) -> None:
    """Leave an item to the next meeting; one that goes on ends. Its topic waits once the memo is out."""
    meeting, item = find(visitor, meeting_id, item_id)
    if item.put_off_at is not None:
        return
    if not part_of(item).may_wait:
        raise Refused(N_("This item belongs to every meeting, so it is not left to the next one."))
    now = utc_now()
    stop(meeting, item, now)
    item.put_off_at = now
    _log(visitor, "put_off", meeting, item)


@act
def take_back(visitor: Visitor, meeting_id: int, item_id: int) -> None:
    """Bring back to this evening what was skipped or left to the next meeting."""
    meeting, item = find(visitor, meeting_id, item_id)
    state = _state(item)
    if state is ItemState.PUT_OFF:
        item.put_off_at = None
        if item.started_at is None:
            item.ended_at = None
    elif state is ItemState.SKIPPED:
        item.ended_at = None
    else:
        return
    _log(visitor, "take_back", meeting, item)


def _step(visitor: Visitor, meeting_id: int, item_id: int, seen: int, step: int) -> None:
    meeting, item = find(visitor, meeting_id, item_id)
    if _state(item) not in (ItemState.GOING, ItemState.WAITING):
        raise Refused(N_("This item has ended. Reopen it first."))
    if item.minutes != seen:
        return  # pressed twice, or by two: what was wanted has been done
    item.minutes = min(max(seen + step, 1), LONGEST_ITEM)
    touch(meeting)
    _log(visitor, "minutes", meeting, item, minutes=item.minutes)


@act
def more(visitor: Visitor, meeting_id: int, item_id: int, seen: int) -> None:
    """Give an item that had `seen` minutes five more."""
    _step(visitor, meeting_id, item_id, seen, STEP)


@act
def less(visitor: Visitor, meeting_id: int, item_id: int, seen: int) -> None:
    """Take five minutes from an item that had `seen`; one stays."""
    _step(visitor, meeting_id, item_id, seen, -STEP)


@act
def end_meeting(visitor: Visitor, meeting_id: int) -> None:
    """End the meeting, and the item that goes on."""
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    if meeting.ended_at is not None:
        return
    if meeting.begun_at is None:
        raise Refused(N_("The meeting has not been begun."))
    now = utc_now()
    going = _going(meeting)
    meeting.ended_at = stopping_moment(
        hours_of(meeting), (going and going.resumed_at) or meeting.begun_at, now
    )
    if going is not None:
        stop(meeting, going, now)
    record(visitor, "evening.end_meeting", "meeting", meeting.id)


@act
def go_on(visitor: Visitor, meeting_id: int) -> None:
    """Go on with a meeting that was ended; so does the item that ended with it."""
    meeting = open_to_write(visitor, meeting_id, Act.RUN_EVENING)
    if meeting.ended_at is None:
        return
    _resume_what_stopped(meeting, meeting.ended_at)
    meeting.ended_at = None
    record(visitor, "evening.go_on", "meeting", meeting.id)
