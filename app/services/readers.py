"""One who is told of a release: what the reader is to the meeting, and why and what a letter tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.releases import Agenda, Changes, Line
from app.domain.topics import READY
from app.extensions import db, site
from app.models import Topic
from app.services.invited import Asked
from app.services.missed import Missed
from app.services.proposers import followers
from app.services.untold import known_state


class Who(StrEnum):
    """What a reader of a letter is to the meeting."""

    PERSON = "person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    PROPOSER = "proposer"


class Why(StrEnum):
    """Why somebody is told, the weightiest first; each has one kind of letter."""

    INVITED = "invited"  # the whole agenda
    PART = "part"  # an official's own items
    ON_AGENDA = "on_agenda"  # a proposer's topic, for the first time
    DETAILS = "details"  # when or where changed
    ITEM = "item"  # an item of theirs is new, moved or at another time
    REMOVED = "removed"  # every item of theirs that changed was taken off
    UNASKED = "unasked"  # somebody took them off the list


class Turn(StrEnum):
    """What a release does to one reader's own item."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"


@dataclass(frozen=True)
class Own:
    """One item of a reader: as it was and as it is. `number` and `url` are those of a proposer's own topic.

    `waits` is True for a topic that was taken off and waits for another meeting.
    """

    turn: Turn
    old: Line | None
    new: Line | None
    number: str = ""
    url: str = ""
    waits: bool = False

    @property
    def line(self) -> Line:
        """The item as it is, or as it was where it is gone."""
        line = self.new or self.old
        assert line is not None  # noqa: S101 - one of them is always there
        return line


@dataclass(frozen=True)
class Before:
    """What a reader knew: a release and its number (None and 0 where there is none), what changed since.

    `approved` is when a letter was let go that has not left and that is taken back.
    """

    agenda: Agenda | None
    number: int
    changes: Changes
    approved: datetime | None = None

    def line(self, key: str) -> Line | None:
        """Return an item as it was released then."""
        return _line(self.agenda, key)

    def let_go(self, at: datetime | None) -> "Before":
        """Return the same where a letter that is taken back had been let go at this moment, if it had."""
        moments = [one for one in (self.approved, at) if one is not None]
        return replace(self, approved=min(moments, default=None))


NEVER = Before(None, 0, Changes())


class Befores:
    """What each address knew: the latest release, unless letters to it have not left."""

    def __init__(self, latest: Before, unsent: dict[str, Before]) -> None:
        self._latest, self._unsent = latest, unsent

    def of(self, address: str | None) -> Before:
        """Return what the readers of an address knew."""
        return self._unsent.get((address or "").casefold(), self._latest)

    def all(self) -> list[Before]:
        """Return everything that somebody knew."""
        return [self._latest, *self._unsent.values()]


@dataclass(frozen=True)
class Reader:
    """One who is told: by one letter where there is an address, with everything that concerns them.

    `once` names the reader among all occasions; `name` is for those who build the agenda; `before` is what
    the reader knew, `NEVER` for one who was never told.
    """

    once: str
    who: Who
    why: Why
    name: str
    address: str | None
    language: str
    before: Before
    own: tuple[Own, ...] = ()
    asked: tuple[Asked, ...] = ()
    topic: Topic | None = None

    @property
    def person_id(self) -> int | None:
        """The person's id, None for others."""
        return next((one.person.id for one in self.asked if one.person), None)


def of_asked(one: Asked, before: Before, new: Agenda, *, elsewhere: bool) -> Reader | None:
    """Return what a release tells one who is or was asked, None where nothing concerns them.

    `elsewhere` says that somebody else who is asked reads at the same address.
    """
    told = one.told_at is not None and (before.approved is None or one.told_at < before.approved)
    if one.withdrawn:
        to_tell = told and one.row is not None and one.row.in_calendar and not elsewhere
        return _reader(one, Why.UNASKED, before, ()) if to_tell else None
    if one.same_as or (one.left and not told):
        return None
    fresh = one.fresh or not told
    known = NEVER if fresh else before
    mine = {item.key for item in one.items}
    theirs = one.told_parts.get(known.number, set())
    keys = [*(line.key for line in new.lines), *sorted(theirs - {line.key for line in new.lines})]
    own = tuple(
        each
        for key in keys
        if key in mine or key in theirs
        if (each := _own(key, known, new, was_theirs=key in theirs, is_theirs=key in mine)) is not None
    )
    if one.left:
        why = Why.REMOVED if own else None
    elif fresh:
        why = Why.PART if one.official else Why.INVITED
    else:
        why = _why(known, own)
    return _reader(one, why, known, own) if why else None


def proposed(*agendas: Agenda) -> dict[str, Topic]:
    """Return the topics of some agendas, and those joined to them, by the keys of their items."""
    keys = dict.fromkeys(
        line.key for agenda in agendas for line in agenda.lines if line.key.startswith("topic:")
    )
    found = db.session.scalars(
        select(Topic)
        .where(Topic.id.in_([int(key.removeprefix("topic:")) for key in keys]))
        .options(selectinload(Topic.merged), selectinload(Topic.steps))
        .order_by(Topic.id)
    )
    topics = {f"topic:{one.id}": one for one in found}
    return {key: topics[key] for key in keys if key in topics}


def proposers(topics: Mapping[str, Topic], befores: Befores, new: Agenda, lost: Missed) -> Iterable[Reader]:
    """Yield a reader for each proposer and each topic of theirs that the release concerns."""
    for key, main in topics.items():
        for topic in followers(main):
            came_back = topic.id in lost.topics and lost.is_new(topic.contact_email)
            before = NEVER if came_back else befores.of(topic.contact_email)
            own = _own(key, before, new, was_theirs=True, is_theirs=True)
            why = _why_topic(before, own) if own else None
            if own is None or why is None:
                continue
            told = replace(
                own,
                number=str(topic.number),
                url=site().topic(topic.token),
                waits=known_state(main) in READY,
            )
            yield Reader(
                once=f"topic:{topic.id}",
                who=Who.PROPOSER,
                why=why,
                name=topic.contact_name or str(topic.number),
                address=topic.contact_email or None,
                language=topic.language,
                before=before,
                own=(told,),
                topic=topic,
            )


def one_each(readers: Iterable[Reader]) -> Iterable[Reader]:
    """Join those who have the same address: one letter tells everything."""
    by_address: dict[str, list[Reader]] = {}
    for one in readers:
        by_address.setdefault((one.address or "").casefold(), []).append(one)
    for several in by_address.values():
        news = [one for one in several if one.why is not Why.UNASKED] or several
        known = [one.before for one in news if one.before is not NEVER]
        yield replace(
            news[0],
            why=_joined([one.why for one in news]),
            before=min(known, key=lambda one: one.number, default=NEVER),
            own=tuple(own for one in news for own in one.own),
            asked=tuple(each for one in news for each in one.asked),
            topic=next((one.topic for one in news if one.topic), None),
        )


def _reader(one: Asked, why: Why, before: Before, own: tuple[Own, ...]) -> Reader:
    who = Who.ORGANISATION if one.organisation else Who.OFFICIAL if one.official or one.left else Who.PERSON
    once = f"organisation:{one.key[1:]}" if one.organisation else f"person:{one.key[1:]}"
    return Reader(once, who, why, one.name, one.email, one.language, before, own, (one,))


def _line(agenda: Agenda | None, key: str) -> Line | None:
    return next((one for one in agenda.lines if one.key == key), None) if agenda else None


def _own(key: str, before: Before, new: Agenda, *, was_theirs: bool, is_theirs: bool) -> Own | None:
    """Return what the release does to one item of a reader; None where it never was and is not theirs."""
    old = before.line(key) if was_theirs else None
    now = _line(new, key) if is_theirs else None
    if old is None and now is None:
        return None
    if now is None:
        return Own(Turn.REMOVED, old, None)
    if old is None:
        return Own(Turn.NEW, None, now)
    changed = before.changes.of(key)
    return Own(Turn.CHANGED if changed and changed.tells else Turn.SAME, old, now)


def _why(before: Before, own: Sequence[Own]) -> Why | None:
    """Return why somebody who was told before is told again, None where nothing concerns them."""
    if before.changes.details:
        return Why.DETAILS
    turned = {one.turn for one in own} - {Turn.SAME}
    if not turned:
        return None
    return Why.REMOVED if turned == {Turn.REMOVED} else Why.ITEM


def _why_topic(before: Before, own: Own) -> Why | None:
    if own.turn is Turn.NEW:
        return Why.ON_AGENDA
    return Why.REMOVED if own.turn is Turn.REMOVED else _why(before, [own])


def _joined(whys: Sequence[Why]) -> Why:
    kinds = set(whys)
    for one in (Why.INVITED, Why.PART):
        if one in kinds:
            return one
    if len(kinds) == 1:
        return whys[0]
    return Why.DETAILS if Why.DETAILS in kinds else Why.ITEM
