"""The shapes in which the demo municipality is told: what came, what was said, what was promised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from app.domain.agenda import ItemKind
from app.domain.attendance import PresenceState
from app.domain.follow_ups import FollowUpState
from app.domain.topics import Channel, TopicAct


@dataclass(frozen=True)
class Did:
    """One act to a topic, `after` days from its coming; `by` None is the proposer on her own page."""

    act: TopicAct
    after: int
    words: str = ""
    by: str | None = "riikka"


ACCEPTED = (Did(TopicAct.ACCEPT, 3),)


@dataclass(frozen=True)
class Question:
    """What a body was asked, `after` days from the topic's coming; the answer is wanted in `due` days.

    With a `reason`, which the proposer reads, the whole topic was handed on. `answered` and `reminded` count
    days from the asking, `by` is who answered.
    """

    to: str
    words: str
    after: int
    due: int
    answer: str = ""
    answered: int = 0
    by: str = ""
    reminded: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """One topic in a villager's words.

    `came` counts days back from the meeting where it was on the agenda, or from today when that is nearer
    or there is no meeting. `village`, `to`, `entered` and `measures` are keys of the other files. `joined`
    is the topic that tells of the same matter, `admitted` one that came too late and was taken all the same.
    """

    text: str
    came: int
    village: str | None = None
    to: str | None = None
    channel: Channel = Channel.WEB
    entered: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str = "fi"
    wished: int | None = None
    granted: int | None = None
    recurring: bool = False
    measures: tuple[str, ...] = ()
    title: str = ""
    table: str = ""  # only for topics that have no meeting
    did: tuple[Did, ...] = ACCEPTED
    asked: tuple[Question, ...] = ()
    joined: "Told | None" = None
    admitted: bool = False


@dataclass(frozen=True)
class Said:
    """One dialogue note; `first` is what it said before the secretary corrected it."""

    text: str
    by: str | None = None
    first: str = ""


@dataclass(frozen=True)
class Promise:
    """One follow-up; `due` counts days from the meeting, `person` is the key of somebody at the owner."""

    text: str
    owner: str
    due: int
    state: FollowUpState = FollowUpState.OPEN
    outcome: str | None = None
    measures: tuple[str, ...] = ()
    person: str | None = None


@dataclass(frozen=True)
class Item:
    """One item of an agenda; the one with `told` is that topic's, `officials` are keys of people it needs."""

    minutes: int
    title: str = ""
    kind: ItemKind = ItemKind.TOPIC
    notes: tuple[Said, ...] = ()
    told: Told | None = None
    promises: tuple[Promise, ...] = ()
    presenter: str | None = None
    title_sv: str | None = None
    standing: bool = False
    officials: tuple[str, ...] = ()
    fixed: time | None = None
    buffer: int = 0

    @property
    def key(self) -> "Told | str":
        """What stays the same while the agenda is built."""
        return self.told or self.title


@dataclass(frozen=True)
class Edition:
    """The agenda as it was changed later: released `ago` days before today, None while it is not."""

    items: tuple[Item, ...]
    ago: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class Here:
    """One who was marked by name: the key of a person, or a guest by name from an organisation."""

    who: str
    state: PresenceState = PresenceState.PRESENT
    came: time | None = None
    left: time | None = None
    guest: bool = False
    body: str | None = None


@dataclass(frozen=True)
class Window:
    """When an official, by the key of a person, can be at a meeting."""

    who: str
    arrives: time | None = None
    leaves: time | None = None


@dataclass(frozen=True)
class Evening:
    """One meeting, `days` from today; `came` gives head counts by organisation, None for other residents.

    `items` were on the agenda first, `later` tells what became of it. `here` are those marked by name. `out`
    counts the days since the agenda came out, where that is not `notice` days before the meeting.
    """

    table: str
    days: int
    items: tuple[Item, ...]
    came: tuple[tuple[str | None, int], ...] = ()
    place: str | None = None
    heading: str | None = None
    remote_url: str | None = None
    draft: bool = False
    memo: bool = True
    reopened: bool = False
    cancelled: str | None = None
    notice: int = 14
    out: int | None = None
    later: tuple[Edition, ...] = ()
    here: tuple[Here, ...] = ()
    windows: tuple[Window, ...] = ()

    def topics(self) -> Iterator[Told]:
        """Give every topic that was on the agenda at any time, once."""
        items = [*self.items, *(item for edition in self.later for item in edition.items)]
        yield from dict.fromkeys(item.told for item in items if item.told)


def opening(*notes: Said) -> Item:
    """Begin an evening."""
    return _standing(ItemKind.OPENING, "Avaus ja esittäytyminen", "Öppning och presentation", 5, notes)


def since(*notes: Said, minutes: int = 10) -> Item:
    """Tell what happened since last time."""
    return _standing(
        ItemKind.SINCE_LAST_TIME, "Mitä viime kerran jälkeen tapahtui", "Sedan förra gången", minutes, notes
    )


def news(*notes: Said, minutes: int = 10) -> Item:
    """Tell what is going on in the municipality."""
    return _standing(ItemKind.NEWS, "Ajankohtaista kunnasta", "Aktuellt från kommunen", minutes, notes)


def other(*notes: Said, minutes: int = 5) -> Item:
    """Leave room for what nobody foresaw."""
    return _standing(ItemKind.OTHER, "Muut asiat", "Övriga ärenden", minutes, notes)


def closing(*notes: Said) -> tuple[Item, Item]:
    """End an evening: when next, and good night."""
    return (
        _standing(ItemKind.NEXT_MEETING, "Seuraava tapaaminen", "Nästa träff", 3, notes),
        _standing(ItemKind.CLOSING, "Yhteenveto ja lopetus", "Sammanfattning och avslutning", 2, ()),
    )


def _standing(kind: ItemKind, title: str, title_sv: str, minutes: int, notes: tuple[Said, ...]) -> Item:
    return Item(minutes, title, kind, notes, title_sv=title_sv, standing=True)
