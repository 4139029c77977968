"""The memo as one value: what was agreed, what was said item by item, and how many were there.

Every face of the memo (page, paper, file, letter) is made of this value. The public one has no names of
people in it at all, so no face can show them by mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.agenda import ItemKind
from app.domain.attendance import PresenceState, attendance_total
from app.domain.errors import Invalid, Refused
from app.domain.follow_ups import FollowUpState, days_late
from app.domain.words import N_
from app.domain.writing import check_no_identity_code

DIALOGUE = N_("Dialogue before decision-making: the table made no decisions.")

# Stored with the topic and read by its proposer, so each is in the proposer's own language.
NOT_REACHED = {
    "fi": "Aihetta ei ehditty käsitellä tällä kertaa. Se odottaa seuraavaa kokousta.",
    "sv": "Ämnet hann inte behandlas den här gången. Det väntar på nästa möte.",
    "en": "There was no time for the topic this time. It waits for the next meeting.",
}


class MemoState(StrEnum):
    """Whether the memo can be read by everybody."""

    DRAFT = "draft"
    PUBLISHED = "published"
    BEING_CORRECTED = "being_corrected"


class Correction(StrEnum):
    """Why a published memo is reopened."""

    WRONG = "wrong"
    MISSING = "missing"
    PERSONAL = "personal"


CORRECTION_WORDS = {
    Correction.WRONG: N_("Something in the memo is wrong"),
    Correction.MISSING: N_("Something is missing from the memo"),
    Correction.PERSONAL: N_("Personal data must be taken out"),
}


@dataclass(frozen=True)
class MemoMeasure:
    """A measure of the welfare plan that a follow-up carries out."""

    id: int
    text: str


@dataclass(frozen=True)
class MemoFollowUp:
    """What was agreed, who does it, and by when; `person` is empty in the public memo."""

    id: int
    text: str
    who: str
    person: str
    due_on: date
    state: FollowUpState
    outcome: str
    measures: tuple[MemoMeasure, ...]

    def days_late(self, today: date) -> int:
        """Return how many days late it is, 0 when it is not."""
        return days_late(self.state, self.due_on, today)


@dataclass(frozen=True)
class MemoNote:
    """One entry of the dialogue: safe HTML, its source, and the organisation that said it (or "")."""

    html: str
    text: str
    said_by: str


@dataclass(frozen=True)
class MemoItem:
    """One item; breaks have no number, and only topics have a topic number."""

    id: int
    number: int | None
    kind: ItemKind
    starts: datetime
    minutes: int
    title: str
    topic_number: str
    notes: tuple[MemoNote, ...]
    follow_ups: tuple[MemoFollowUp, ...]
    put_off: bool = False  # left to the next meeting that evening
    held: bool = False  # the clock of the evening was on it, and not by mistake

    @property
    def is_topic(self) -> bool:
        """Whether somebody proposed it."""
        return bool(self.topic_number)

    @property
    def was_discussed(self) -> bool:
        """Whether anything was written of it or agreed."""
        return bool(self.notes or self.follow_ups)

    @property
    def was_reached(self) -> bool:
        """Whether its topic was dealt with, also where nothing was written of it.

        One left to the next meeting waits, whatever was said.
        """
        return (self.was_discussed or self.held) and not self.put_off


@dataclass(frozen=True)
class MemoPerson:
    """One person by name, inside only: how she was there, and when she came late or left early."""

    name: str
    state: PresenceState = PresenceState.PRESENT
    came_at: time | None = None
    left_at: time | None = None


@dataclass(frozen=True)
class MemoPresent:
    """How many came from one organisation; without one they are other residents, or others who are `known`.

    `names` and `people` only inside.
    """

    organisation: str | None
    count: int
    names: str = ""
    people: tuple[MemoPerson, ...] = ()
    known: bool = False


@dataclass(frozen=True)
class Memo:
    """The memo of one meeting, in one language; `inside` tells whether it has names of people."""

    meeting_id: int
    table: str
    table_slug: str
    heading: str
    day: date
    starts: datetime
    ends: datetime
    place: str
    remote: bool
    state: MemoState
    published_at: datetime | None
    items: tuple[MemoItem, ...]
    present: tuple[MemoPresent, ...]
    inside: bool = False
    excused: tuple[MemoPerson, ...] = ()  # inside only

    @property
    def follow_ups(self) -> tuple[MemoFollowUp, ...]:
        """Everything that was agreed, in the order of the items."""
        return tuple(one for item in self.items for one in item.follow_ups)

    @property
    def total(self) -> int:
        """The number of attendances (osallistumiskerta)."""
        return attendance_total(self.present)


# Before publishing

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\d.,])(?:\+358|\(0\d{1,2}\)|0\d{1,2})[ -]?(?:\d[ -]?){5,9}\d(?!\d|[.,]\d)")
_QUIET = frozenset({ItemKind.OPENING, ItemKind.BREAK, ItemKind.NEXT_MEETING, ItemKind.CLOSING})


class Doubt(StrEnum):
    """What a reader of a memo stumbles on; a warning, never a bar."""

    NOT_HELD = "not_held"
    NOT_WRITTEN = "not_written"
    NO_MEASURE = "no_measure"
    NOBODY = "nobody"
    EMAIL = "email"
    PHONE = "phone"


DOUBT_WORDS = {
    Doubt.NOT_HELD: N_("The meeting has not been held yet."),
    Doubt.NOT_WRITTEN: N_("Nothing has been written of “%(title)s”."),
    Doubt.NO_MEASURE: N_("The follow-up “%(title)s” has no measure of the welfare plan."),
    Doubt.NOBODY: N_("Nobody has been written down as present."),
    Doubt.EMAIL: N_("The text of “%(title)s” seems to have an e-mail address."),
    Doubt.PHONE: N_("The text of “%(title)s” seems to have a phone number."),
}


@dataclass(frozen=True)
class Warned:
    """One doubt, with the title of what it is about and the item to go to (None: attendance)."""

    doubt: Doubt
    title: str = ""
    item_id: int | None = None

    @property
    def message(self) -> str:
        """The sentence, to be translated; it takes `title`."""
        return DOUBT_WORDS[self.doubt]


def warnings(memo: Memo, today: date) -> list[Warned]:
    """Return what to look at once more before the memo goes out."""
    found = [Warned(Doubt.NOT_HELD)] if memo.day > today else []
    found += _of_items(memo)
    if not memo.total:
        found.append(Warned(Doubt.NOBODY))
    return found


def _of_items(memo: Memo) -> Iterator[Warned]:
    for item in memo.items:
        if not item.was_discussed and not item.put_off and item.kind not in _QUIET:
            yield Warned(Doubt.NOT_WRITTEN, item.title, item.id)
        written = "\n".join(_texts(item))
        if _EMAIL.search(written):
            yield Warned(Doubt.EMAIL, item.title, item.id)
        if _PHONE.search(written):
            yield Warned(Doubt.PHONE, item.title, item.id)
        for one in item.follow_ups:
            if not one.measures:
                yield Warned(Doubt.NO_MEASURE, one.text, item.id)


def check_publishable(memo: Memo) -> None:
    """Refuse a memo with a personal identity code in it; the sentence names the item."""
    for item in memo.items:
        try:
            check_no_identity_code("text", "\n".join((item.title, *_texts(item))))
        except Invalid:
            raise Refused(
                N_("“%(title)s” seems to have a personal identity code. Take it out before publishing."),
                title=item.title,
            ) from None


def _texts(item: MemoItem) -> Iterator[str]:
    yield from (note.text for note in item.notes)
    for one in item.follow_ups:
        yield one.text
        yield one.outcome
