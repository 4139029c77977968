"""Who would be told by the next release and why: worked out before the press, and once more at it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.releases import Agenda, Changes, Line, changes
from app.domain.topics import READY
from app.extensions import db, site
from app.models import Meeting, Topic
from app.services.invited import Asked, asked
from app.services.proposers import followers
from app.services.releases import as_built, as_released, latest
from app.services.seen import mark
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
class Reader:
    """One who is told: by one letter where there is an address, with everything that concerns them.

    `once` names the reader among all occasions; `name` is for those who build the agenda.
    """

    once: str
    who: Who
    why: Why
    name: str
    address: str | None
    language: str
    own: tuple[Own, ...] = ()
    asked: tuple[Asked, ...] = ()
    topic: Topic | None = None

    @property
    def person_id(self) -> int | None:
        """The person's id, None for others."""
        return next((one.person.id for one in self.asked if one.person), None)


@dataclass(frozen=True)
class Plan:
    """What the next release does: its number, what changed since the last one, and who is told.

    `old` is None for the first release. Those without an address are apart: nobody writes to them.
    """

    number: int
    old: Agenda | None
    new: Agenda
    changes: Changes
    letters: tuple[Reader, ...]
    unreachable: tuple[Reader, ...]
    invited: tuple[Asked, ...] = field(default=(), repr=False)

    def counts(self) -> list[tuple[Why, dict[Who, int]]]:
        """Return how many letters go to whom, by what they tell."""
        found: dict[Why, dict[Who, int]] = {}
        for why in Why:
            for one in self.letters:
                if one.why is why:
                    of = found.setdefault(why, {})
                    of[one.who] = of.get(one.who, 0) + 1
        return list(found.items())

    def mark(self) -> str:
        """Return a mark of who is told what, so that a press can tell that it is as it was shown."""
        return mark(sorted((one.once, one.why.value, one.address) for one in self.letters))


def plan(meeting: Meeting) -> Plan:
    """Return what publishing would do now; a bounded number of queries."""
    release = latest(meeting.id)
    old = as_released(release, meeting.zone) if release else None
    new = as_built(meeting)
    found = changes(old, new) if old else Changes()
    everybody = asked(meeting)
    invited = [one for one in everybody if not one.withdrawn and not one.left]
    before = _Before(old, release.number if release else 0, found)
    readers = [
        *(one for each in everybody if (one := _of_asked(each, before, new)) is not None),
        *_proposers(before, new),
    ]
    reached = [one for one in readers if one.address]
    return Plan(
        number=before.number + 1,
        old=old,
        new=new,
        changes=found,
        letters=tuple(_one_each(reached)),
        unreachable=tuple(one for one in readers if not one.address),
        invited=tuple(invited),
    )


@dataclass(frozen=True)
class _Before:
    """The last release, its number (0 where there is none) and what changed since."""

    agenda: Agenda | None
    number: int
    changes: Changes

    def line(self, key: str) -> Line | None:
        """Return an item as it was released last."""
        return _line(self.agenda, key)


def _line(agenda: Agenda | None, key: str) -> Line | None:
    return next((one for one in agenda.lines if one.key == key), None) if agenda else None


def _own(key: str, before: _Before, new: Agenda, *, was_theirs: bool, is_theirs: bool) -> Own | None:
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


def _of_asked(one: Asked, before: _Before, new: Agenda) -> Reader | None:
    if one.withdrawn or one.same_as:
        return None
    mine = {item.key for item in one.items}
    theirs = one.told_parts.get(before.number, set())
    keys = [*(line.key for line in new.lines), *sorted(theirs - {line.key for line in new.lines})]
    found = [
        _own(key, before, new, was_theirs=key in theirs, is_theirs=key in mine)
        for key in keys
        if key in mine or key in theirs
    ]
    own = tuple(each for each in found if each is not None)
    if one.left:
        why = Why.REMOVED if own else None
    elif one.fresh:
        why = Why.PART if one.official else Why.INVITED
        own = tuple(each for each in own if each.new is not None)
    else:
        why = _why(before, own)
    if why is None:
        return None
    who = Who.ORGANISATION if one.organisation else Who.OFFICIAL if one.official or one.left else Who.PERSON
    once = f"organisation:{one.key[1:]}" if one.organisation else f"person:{one.key[1:]}"
    return Reader(once, who, why, one.name, one.email, one.language, own, (one,))


def _why(before: _Before, own: Sequence[Own]) -> Why | None:
    """Return why somebody who was told before is told again, None where nothing concerns them."""
    if before.changes.details:
        return Why.DETAILS
    turned = {one.turn for one in own} - {Turn.SAME}
    if not turned:
        return None
    return Why.REMOVED if turned == {Turn.REMOVED} else Why.ITEM


def _proposers(before: _Before, new: Agenda) -> Iterable[Reader]:
    """Yield a reader for each proposer and each topic of theirs that the release concerns."""
    lines = [*new.lines, *(before.agenda.lines if before.agenda else ())]
    keys = dict.fromkeys(one.key for one in lines if one.key.startswith("topic:"))
    ids = [int(key.removeprefix("topic:")) for key in keys]
    found = db.session.scalars(
        select(Topic)
        .where(Topic.id.in_(ids))
        .options(selectinload(Topic.merged), selectinload(Topic.steps))
        .order_by(Topic.id)
    )
    topics = {f"topic:{one.id}": one for one in found}
    for key in keys:
        own = _own(key, before, new, was_theirs=True, is_theirs=True)
        if own is None or key not in topics:
            continue
        if own.turn is Turn.NEW:
            why: Why | None = Why.ON_AGENDA
        elif own.turn is Turn.REMOVED:
            why = Why.REMOVED
        else:
            why = _why(before, [own])
        if why is None:
            continue
        for topic in followers(topics[key]):
            yield Reader(
                once=f"topic:{topic.id}",
                who=Who.PROPOSER,
                why=why,
                name=topic.contact_name or str(topic.number),
                address=topic.contact_email or None,
                language=topic.language,
                own=(
                    replace(
                        own,
                        number=str(topic.number),
                        url=site().topic(topic.token),
                        waits=known_state(topics[key]) in READY,
                    ),
                ),
                topic=topic,
            )


def _one_each(readers: Iterable[Reader]) -> Iterable[Reader]:
    """Join those who have the same address: one letter tells everything."""
    by_address: dict[str, list[Reader]] = {}
    for one in readers:
        by_address.setdefault((one.address or "").casefold(), []).append(one)
    for several in by_address.values():
        first = several[0]
        yield replace(
            first,
            why=_joined([one.why for one in several]),
            own=tuple(own for one in several for own in one.own),
            asked=tuple(each for one in several for each in one.asked),
            topic=next((one.topic for one in several if one.topic), None),
        )


def _joined(whys: Sequence[Why]) -> Why:
    kinds = set(whys)
    for one in (Why.INVITED, Why.PART):
        if one in kinds:
            return one
    if len(kinds) == 1:
        return whys[0]
    return Why.DETAILS if Why.DETAILS in kinds else Why.ITEM
