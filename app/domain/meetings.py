"""The life of a meeting: drafted, agenda published, met, and its memo published."""

from datetime import date, time
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain.agenda import LONGEST_MEETING, SHORTEST_MEETING
from app.domain.clock import check_exists
from app.domain.errors import Invalid, Refused
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_
from app.domain.writing import check_line, check_prose

LONGEST_URL = 500
LONGEST_REASON = 1000
LONGEST_COMMENT = 1000


class MeetingState(StrEnum):
    """Where a meeting is; only the coordinator sees a draft."""

    DRAFT = "draft"
    PUBLISHED = "published"
    MEMO_PUBLISHED = "memo_published"
    CANCELLED = "cancelled"


STATE_WORDS = {
    MeetingState.DRAFT: N_("Draft"),
    MeetingState.PUBLISHED: N_("Agenda published"),
    MeetingState.MEMO_PUBLISHED: N_("Memo published"),
    MeetingState.CANCELLED: N_("Cancelled"),
}

PUBLIC_STATES = frozenset({MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED, MeetingState.CANCELLED})


class MeetingAct(StrEnum):
    """What can be done to a meeting as a whole."""

    CHANGE = "change"
    PUBLISH_AGENDA = "publish_agenda"
    CANCEL = "cancel"
    TAKE_NOTES = "take_notes"
    PUBLISH_MEMO = "publish_memo"
    REOPEN_MEMO = "reopen_memo"


_S = MeetingState

# act -> (states it may start from, state it leads to; None keeps the state)
LIFE: dict[MeetingAct, tuple[frozenset[MeetingState], MeetingState | None]] = {
    MeetingAct.CHANGE: (frozenset({_S.DRAFT, _S.PUBLISHED}), None),
    MeetingAct.PUBLISH_AGENDA: (frozenset({_S.DRAFT, _S.PUBLISHED}), _S.PUBLISHED),
    MeetingAct.CANCEL: (frozenset({_S.DRAFT, _S.PUBLISHED}), _S.CANCELLED),
    MeetingAct.TAKE_NOTES: (frozenset({_S.PUBLISHED}), None),
    MeetingAct.PUBLISH_MEMO: (frozenset({_S.PUBLISHED}), _S.MEMO_PUBLISHED),
    MeetingAct.REOPEN_MEMO: (frozenset({_S.MEMO_PUBLISHED}), _S.PUBLISHED),
}

REFUSALS = {
    MeetingAct.CHANGE: N_("The memo is out or the meeting is cancelled, so the agenda no longer changes."),
    MeetingAct.PUBLISH_AGENDA: N_(
        "The agenda can no longer be published: the memo is out or the meeting is cancelled."
    ),
    MeetingAct.CANCEL: N_("The meeting can no longer be cancelled."),
    MeetingAct.TAKE_NOTES: N_("Notes are open from publishing the agenda until the memo is out."),
    MeetingAct.PUBLISH_MEMO: N_(
        "The memo can be published once, after the agenda. Reopen it to correct something."
    ),
    MeetingAct.REOPEN_MEMO: N_("The memo has not been published, so there is nothing to reopen."),
}


def may_happen(act: MeetingAct, state: MeetingState) -> bool:
    """Whether the act fits the state."""
    return state in LIFE[act][0]


def check_happens(act: MeetingAct, state: MeetingState) -> MeetingState:
    """Return the state after the act; raise Refused with its sentence where it does not fit."""
    if not may_happen(act, state):
        raise Refused(REFUSALS[act])
    return LIFE[act][1] or state


def is_public(state: MeetingState, *, was_published: bool) -> bool:
    """Whether everybody may see the meeting; a draft that was cancelled stays as hidden as it was."""
    return state in PUBLIC_STATES and (state is not MeetingState.CANCELLED or was_published)


def check_remote_url(field: str, text: str) -> str:
    """Return the address of a remote meeting: http or https, "" where there is none."""
    text = check_line(field, text, LONGEST_URL)
    try:
        parts = urlsplit(text)
        good = not text or (parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text)
    except ValueError:
        good = False
    if not good:
        raise Invalid(field, N_("Paste the whole link. It begins with https://."))
    return text


def check_reason(text: str) -> str:
    """Return why a meeting is cancelled; those who were invited read it."""
    reason = check_prose("reason", text, LONGEST_REASON)
    if not reason:
        raise Invalid("reason", N_("Write why the meeting is cancelled."))
    return reason


def check_no_memo_yet(memo_published: bool) -> None:
    """Refuse to cancel or announce a meeting whose memo people have read, also while it is corrected."""
    if memo_published:
        raise Refused(N_("The memo of this meeting has been published. Correct the memo instead."))


def check_not_held(*, has_notes: bool, ended: bool) -> None:
    """Refuse to cancel a meeting that was held: its notes and follow-ups would be read by nobody.

    One whose clock was `ended` was held too, also where nobody wrote anything.
    """
    if has_notes:
        raise Refused(N_("The meeting has notes or follow-ups, so it was held. Publish its memo."))
    if ended:
        raise Refused(N_("The meeting was begun and ended, so it was held. Publish its memo."))


def check_times(day: date, starts: time, minutes: int, today: date, zone: str = DEFAULT_ZONE) -> None:
    """Refuse lengths outside 15 to 480 minutes, skipped clock times and years far from now."""
    if not SHORTEST_MEETING <= minutes <= LONGEST_MEETING:
        raise Invalid(
            "minutes",
            N_("A meeting takes from %(shortest)d to %(longest)d minutes."),
            shortest=SHORTEST_MEETING,
            longest=LONGEST_MEETING,
        )
    if abs(day.year - today.year) > 5:
        raise Invalid("day", N_("Check the year of the date."))
    check_exists("starts", day, starts, zone)
