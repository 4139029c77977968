"""The last look before an agenda goes out: what may be missing or wrong. Only an empty agenda is a bar."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.agenda import KIND_WORDS, ItemKind
from app.domain.clock import wall_moment
from app.domain.tables import DEFAULT_ZONE
from app.domain.topics import OPEN, TopicState
from app.domain.words import N_

NOTICE_DAYS = 7  # people must have so many days to arrange their evening
NAMED = 3  # titles in one sentence
# Everybody holds these together, or the coordinator does.
NOBODY_NEEDED = frozenset(
    {
        ItemKind.OPENING,
        ItemKind.SINCE_LAST_TIME,
        ItemKind.BREAK,
        ItemKind.OTHER,
        ItemKind.NEXT_MEETING,
        ItemKind.CLOSING,
    }
)
# These say all that there is to say.
NAMED_BY_KIND = frozenset(ItemKind) - {ItemKind.TOPIC, ItemKind.PRESENTATION, ItemKind.DISCUSSION}


class Doubt(StrEnum):
    """What to look at once more."""

    EMPTY = "empty"
    OVER = "over"
    NO_TOPIC = "no_topic"
    PAST = "past"
    SHORT_NOTICE = "short_notice"
    SKIPPED_TIME = "skipped_time"
    DOUBLE_TIME = "double_time"
    DAY = "day"  # a holiday, a weekend, another table's evening
    NO_PLACE = "no_place"
    PLACE_LATER = "place_later"
    NOBODY_INVITED = "nobody_invited"
    NO_PRESENTER = "no_presenter"
    BARE_TITLE = "bare_title"
    NO_SWEDISH = "no_swedish"
    TOPIC_GONE = "topic_gone"
    FIXED_MISSED = "fixed_missed"
    COMES_LATER = "comes_later"
    LEAVES_BEFORE = "leaves_before"
    DOES_NOT_COME = "does_not_come"


class Where(StrEnum):
    """Where it is mended."""

    AGENDA = "agenda"
    ITEM = "item"
    DETAILS = "details"
    INVITED = "invited"


WORDS: dict[Doubt, tuple[str, Where]] = {
    Doubt.EMPTY: (N_("The agenda is empty. Add at least one item first."), Where.AGENDA),
    Doubt.OVER: (N_("The agenda is %(minutes)d min longer than the meeting."), Where.AGENDA),
    Doubt.NO_TOPIC: (N_("No topic of the villages is on the agenda."), Where.AGENDA),
    Doubt.PAST: (N_("The day of the meeting has passed."), Where.DETAILS),
    Doubt.SHORT_NOTICE: (
        N_("The meeting is very soon: people should hear of it %(days)d days before."),
        Where.DETAILS,
    ),
    Doubt.SKIPPED_TIME: (N_("The clock skips the starting time on that night."), Where.DETAILS),
    Doubt.DOUBLE_TIME: (
        N_("The clock shows the starting time twice on that night. The first one is meant."),
        Where.DETAILS,
    ),
    Doubt.DAY: ("", Where.DETAILS),
    Doubt.NO_PLACE: (N_("The meeting has no place and no link for remote participants."), Where.DETAILS),
    Doubt.PLACE_LATER: (N_("The place is still to be told: “%(place)s”."), Where.DETAILS),
    Doubt.NOBODY_INVITED: (N_("Nobody is invited to the meeting."), Where.INVITED),
    Doubt.NO_PRESENTER: (N_("“%(title)s” has no presenter."), Where.ITEM),
    Doubt.BARE_TITLE: (N_("“%(title)s” does not say what it is about."), Where.ITEM),
    Doubt.NO_SWEDISH: (N_("No Swedish title: %(titles)s."), Where.ITEM),
    Doubt.TOPIC_GONE: (N_("“%(title)s” is no longer open: the topic was withdrawn or answered."), Where.ITEM),
    Doubt.FIXED_MISSED: (
        N_("“%(title)s” begins %(minutes)d min after its fixed time."),
        Where.ITEM,
    ),
    Doubt.COMES_LATER: (
        N_("%(name)s comes %(minutes)d min after “%(title)s” begins."),
        Where.ITEM,
    ),
    Doubt.LEAVES_BEFORE: (
        N_("%(name)s leaves %(minutes)d min before “%(title)s” ends."),
        Where.ITEM,
    ),
    Doubt.DOES_NOT_COME: (
        N_("%(name)s has answered “Does not come” and is needed at “%(title)s”."),
        Where.ITEM,
    ),
}


@dataclass(frozen=True)
class Missed:
    """An official who is not there for the whole of an item: minutes missed at its beginning and its end."""

    item_id: int
    name: str
    early: int
    late: int


@dataclass(frozen=True)
class Declined:
    """An official who has answered that they do not come, and sends nobody instead."""

    item_id: int
    name: str


@dataclass(frozen=True)
class Checked:
    """One item as it is looked at; `late` is minutes after a fixed start.

    `topic` is the state of its topic, and `language` what that was written in ("" without one).
    """

    id: int
    kind: ItemKind
    title: str
    title_sv: str = ""
    presenter: str = ""
    officials: int = 0
    topic: TopicState | None = None
    language: str = ""
    late: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything that is looked at. `over` is minutes too many, `invited` how many are asked.

    `day_words` are sentences about the day with the values that go into them, as somebody else found them.
    """

    day: date
    starts: time
    today: date
    items: tuple[Checked, ...] = ()
    over: int = 0
    place: str = ""
    remote_url: str = ""
    invited: int = 1
    swedish: bool = False
    zone: str = DEFAULT_ZONE
    day_words: tuple[tuple[str, dict[str, object]], ...] = ()
    missed: tuple[Missed, ...] = ()
    declined: tuple[Declined, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One doubt: a sentence with its values, and where it is mended (`item_id` for one item).

    A doubt of several items names the first of them in `titles`; `more` are not named.
    """

    doubt: Doubt
    message: str
    values: dict[str, object] = field(default_factory=dict, compare=False)
    where: Where = Where.AGENDA
    item_id: int | None = None
    titles: tuple[str, ...] = ()
    more: int = 0


def look(facts: Facts) -> list[Finding]:
    """Return what to look at before publishing: as a whole, when and where, then item by item."""
    if not facts.items:
        return [_found(Doubt.EMPTY)]
    return [*_whole(facts), *_when_and_where(facts), *_of_items(facts), *_swedish(facts)]


def _found(doubt: Doubt, item_id: int | None = None, **values: object) -> Finding:
    words, where = WORDS[doubt]
    return Finding(doubt, words, values, where, item_id)


def _whole(facts: Facts) -> Iterator[Finding]:
    if facts.over:
        yield _found(Doubt.OVER, minutes=facts.over)
    if not any(one.kind is ItemKind.TOPIC for one in facts.items):
        yield _found(Doubt.NO_TOPIC)
    if not facts.invited:
        yield _found(Doubt.NOBODY_INVITED)


def _when_and_where(facts: Facts) -> Iterator[Finding]:
    days = (facts.day - facts.today).days
    if days < 0:
        yield _found(Doubt.PAST)
    elif days < NOTICE_DAYS:
        yield _found(Doubt.SHORT_NOTICE, days=NOTICE_DAYS)
    moment = wall_moment(facts.day, facts.starts, facts.zone)
    if moment.astimezone(UTC).astimezone(ZoneInfo(facts.zone)).replace(tzinfo=None) != datetime.combine(
        facts.day, facts.starts
    ):
        yield _found(Doubt.SKIPPED_TIME)
    elif moment.replace(fold=1).utcoffset() != moment.utcoffset():
        yield _found(Doubt.DOUBLE_TIME)
    for message, values in facts.day_words:
        yield Finding(Doubt.DAY, message, values, Where.DETAILS)
    if not facts.place and not facts.remote_url:
        yield _found(Doubt.NO_PLACE)
    elif _is_told_later(facts.place):
        yield _found(Doubt.PLACE_LATER, place=facts.place)


_LATER = ("myöhemmin", "ilmoitetaan", "avoin", "auki", "senare", "meddelas", "öppet", "later", "tba", "tbc")


def _is_told_later(place: str) -> bool:
    """Whether the place says that there is none yet, in the words that people use for it."""
    words = place.casefold().replace(".", " ").replace(",", " ").split()
    return bool(place) and (not any(one.isalnum() for one in place) or any(one in _LATER for one in words))


def _of_items(facts: Facts) -> Iterator[Finding]:
    for item in facts.items:
        title = item.title
        if item.kind not in NOBODY_NEEDED and not item.presenter and not item.officials:
            yield _found(Doubt.NO_PRESENTER, item.id, title=title)
        if item.kind not in NAMED_BY_KIND and _is_bare(item):
            yield _found(Doubt.BARE_TITLE, item.id, title=title)
        if item.topic is not None and item.topic not in (*OPEN, TopicState.DISCUSSED):
            yield _found(Doubt.TOPIC_GONE, item.id, title=title)
        if item.late:
            yield _found(Doubt.FIXED_MISSED, item.id, title=title, minutes=item.late)
        for one in facts.missed:
            if one.item_id == item.id and one.early:
                yield _found(Doubt.COMES_LATER, item.id, title=title, name=one.name, minutes=one.early)
            if one.item_id == item.id and one.late:
                yield _found(Doubt.LEAVES_BEFORE, item.id, title=title, name=one.name, minutes=one.late)
        for away in facts.declined:
            if away.item_id == item.id:
                yield _found(Doubt.DOES_NOT_COME, item.id, title=title, name=away.name)


def _swedish(facts: Facts) -> Iterator[Finding]:
    """All titles that lack Swedish in one sentence: one for each would bury what else is to be looked at."""
    lacking = [one for one in facts.items if not one.title_sv and one.language != "sv"]
    if facts.swedish and lacking:
        titles = tuple(one.title for one in lacking[:NAMED])
        yield replace(_found(Doubt.NO_SWEDISH, lacking[0].id), titles=titles, more=len(lacking) - len(titles))


_BARE = {
    word.casefold()
    for word in (
        *KIND_WORDS.values(),
        "aihe",
        "asia",
        "esitys",
        "esittely",
        "alustus",
        "keskustelu",
        "yhteinen keskustelu",
        "ämne",
        "ärende",
        "presentation",
        "diskussion",
        "gemensam diskussion",
        "topic",
        "item",
        "discussion",
    )
}


def _is_bare(item: Checked) -> bool:
    """Whether a title is only the word of its kind, so that nobody knows what is talked about."""
    return item.title.strip(" .:!?–-").casefold() in _BARE
