"""What the invited answer: coming, not coming, perhaps; by a link, by their calendar, or as they told."""

import contextlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain.clock import local, wall_moment
from app.domain.errors import Refused
from app.domain.meetings import MeetingState
from app.domain.tables import DEFAULT_ZONE
from app.domain.words import N_
from app.domain.writing import check_line, check_no_identity_code, check_prose

LONGEST_WORDS = 500
LONGEST_NAME = 200
CLOCKS_DIFFER = timedelta(days=1)  # a reply that says it is of a later moment says nothing of its order


class Answer(StrEnum):
    """An answer to an invitation (RFC 5545, 3.2.12: ACCEPTED, DECLINED, TENTATIVE)."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    PERHAPS = "perhaps"


ANSWER_WORDS = {
    Answer.COMING: N_("Comes"),
    Answer.NOT_COMING: N_("Does not come"),
    Answer.PERHAPS: N_("Perhaps comes"),
}


class AnswerChannel(StrEnum):
    """How an answer came."""

    LINK = "link"
    MAIL = "mail"
    TOLD = "told"  # by phone or in person; the coordinator wrote it down


class Door(StrEnum):
    """Whether an invitation still takes answers, and why not."""

    OPEN = "open"
    NOT_OUT = "not_out"  # nobody has heard of the meeting yet
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    BEGUN = "begun"


DOOR_WORDS = {
    Door.NOT_OUT: N_("The agenda has not been published yet, so nobody has been asked."),
    Door.CANCELLED: N_("The meeting is cancelled, so no answer is needed."),
    Door.WITHDRAWN: N_("This invitation was taken back, so no answer is needed."),
    Door.BEGUN: N_("The meeting has begun, so answers are no longer taken here."),
}


def door(
    state: MeetingState,
    *,
    day: date,
    starts: time,
    now: datetime,
    withdrawn: bool,
    begun_at: datetime | None = None,
    ended_at: datetime | None = None,
    zone: str = DEFAULT_ZONE,
) -> Door:
    """Return whether an invitation takes answers at `now` (aware); until the meeting begins it does.

    A clock that was only tried out on a day before has begun nothing.
    """
    if state is MeetingState.DRAFT:
        return Door.NOT_OUT
    if state is MeetingState.CANCELLED:
        return Door.CANCELLED
    if withdrawn:
        return Door.WITHDRAWN
    run = [one for one in (begun_at, ended_at) if one is not None and local(one, zone).date() >= day]
    if state is MeetingState.MEMO_PUBLISHED or run or now >= wall_moment(day, starts, zone):
        return Door.BEGUN
    return Door.OPEN


def check_open(found: Door) -> None:
    """Refuse an answer that is no longer taken, with its reason."""
    if found is not Door.OPEN:
        raise Refused(DOOR_WORDS[found])


@dataclass(frozen=True)
class Given:
    """An answer as somebody gave it; `substitute` is who comes instead, "" unnamed, None nobody."""

    answer: Answer
    words: str = ""
    substitute: str | None = None

    @property
    def sends_somebody(self) -> bool:
        """Whether somebody else comes instead."""
        return self.substitute is not None


def checked(answer: Answer, words: str, substitute: str | None) -> Given:
    """Return an answer as it is kept; raise Invalid at `words` or `substitute`.

    Whoever comes, or perhaps comes, sends nobody instead.
    """
    words = check_prose("words", words, LONGEST_WORDS)
    check_no_identity_code("words", words)
    name = check_line("substitute", substitute or "", LONGEST_NAME)
    check_no_identity_code("substitute", name)
    sends = answer is Answer.NOT_COMING and substitute is not None
    return Given(answer, words, name if sends else None)


def is_of_earlier(*, of: str | None, now: str, behind: bool, by_sequence: bool) -> bool:
    """Whether an answer is to another time or place than now.

    `of` and `now` are marks of what was shown when it was given and of what is so now; `of` None where that
    is not known. `behind` says that a newer invitation was sent since: that counts where nothing else is
    known, and `by_sequence` where the invitation itself was answered.
    """
    if of is None:
        return behind
    return of != now or (by_sequence and behind)


# What a calendar program replies (RFC 5546, 3.2.3)


class AnswerOutcome(StrEnum):
    """What became of a reply by mail; only `TAKEN` may change anything."""

    TAKEN = "taken"
    OLD = "old"  # of an earlier invitation, or given before the answer that is known
    STRANGER = "stranger"  # the personal address is known, the rest of the reply is not of it
    UNKNOWN = "unknown"  # no invitation has this personal address
    NEEDS_CLICK = "needs_click"  # true perhaps, but it cannot be told; a link asks
    CLOSED = "closed"  # the meeting has begun or is cancelled, or the invitation was taken back


@dataclass(frozen=True)
class Known:
    """The invitation that a reply's personal address belongs to, as far as a reply is judged by it."""

    uid: str | None
    address: str
    sequence: int
    door: Door
    answered_at: datetime | None = None
    channel: AnswerChannel | None = None
    stamp: datetime | None = None  # DTSTAMP of the reply taken last


def judge(
    known: Known | None,
    *,
    marked: bool,
    uid: str,
    attendee: str,
    sequence: int,
    stamp: datetime | None,
    now: datetime,
) -> AnswerOutcome:
    """Return what becomes of a reply; moments are aware.

    `known` is the invitation of the personal address that the reply came to; where the address had no mark
    (`marked` false) it is one with the same UID and attendee. From proves nothing, so it is not asked.
    """
    if known is None:
        return AnswerOutcome.UNKNOWN
    if not known.uid or uid != known.uid or not same_address(attendee, known.address):
        return AnswerOutcome.STRANGER
    if known.door is not Door.OPEN:
        return AnswerOutcome.CLOSED
    if sequence < known.sequence:
        return AnswerOutcome.OLD
    if not marked:
        return AnswerOutcome.NEEDS_CLICK
    if stamp is None or stamp > now + CLOCKS_DIFFER:  # it cannot be put in order with what is known
        return AnswerOutcome.TAKEN if known.answered_at is None else AnswerOutcome.NEEDS_CLICK
    if known.stamp is not None and stamp < known.stamp:
        return AnswerOutcome.OLD
    by_other_way = known.channel is not None and known.channel is not AnswerChannel.MAIL
    # A DTSTAMP has whole seconds.
    if by_other_way and known.answered_at and known.answered_at.replace(microsecond=0) > stamp:
        return AnswerOutcome.OLD
    return AnswerOutcome.TAKEN


def same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are the same: case, and how a domain with ä is written, do not matter."""
    return bool(one.strip()) and _plain(one) == _plain(other)


def _plain(address: str) -> tuple[str, str]:
    text = unicodedata.normalize("NFC", address).strip().casefold().removeprefix("mailto:")
    local_part, _, domain = text.rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii").lower()
    return local_part, domain


# All answers to one meeting


@dataclass(frozen=True)
class Tally:
    """How many gave each answer; `sends` are those who send somebody instead, `waiting` have not answered."""

    comes: int = 0
    sends: int = 0
    does_not: int = 0
    perhaps: int = 0
    waiting: int = 0

    @property
    def answered(self) -> int:
        """How many have answered."""
        return self.comes + self.sends + self.does_not + self.perhaps


def tally(answers: Iterable[Given | None]) -> Tally:
    """Count answers; None is somebody who has not answered."""
    found = list(answers)

    def count(answer: Answer) -> int:
        return sum(1 for one in found if one and one.answer is answer and not one.sends_somebody)

    return Tally(
        comes=count(Answer.COMING),
        sends=sum(1 for one in found if one and one.sends_somebody),
        does_not=count(Answer.NOT_COMING),
        perhaps=count(Answer.PERHAPS),
        waiting=sum(1 for one in found if one is None),
    )
