"""Who would be told by the next release and why: worked out before the press, and once more at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.releases import Agenda, Changes, changes
from app.models import Invitation, Meeting, OutgoingMail, Release, Topic
from app.services.invited import Asked, asked
from app.services.missed import Missed, missed
from app.services.proposers import followers
from app.services.readers import NEVER as NEVER
from app.services.readers import Before, Befores, of_asked, one_each, proposed, proposers
from app.services.readers import Own as Own
from app.services.readers import Reader as Reader
from app.services.readers import Turn as Turn
from app.services.readers import Who as Who
from app.services.readers import Why as Why
from app.services.releases import all_of, as_built, as_released
from app.services.seen import mark
from app.services.told import address_of, rows_of, unsent


@dataclass
class Mailbox:
    """All that one address has to do with the meeting: who reads there and is asked by the next release.

    `topics` are on its agenda and were proposed from there; `rows` are all invitations of the address, those
    who are no longer asked among them.
    """

    asked: list[Asked] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    rows: list[Invitation] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        """Whether anybody who reads there is asked to the meeting."""
        return bool(self.asked or self.topics)


@dataclass(frozen=True)
class Plan:
    """What the next release does: its number, what changed since the last one, and who is told.

    `old` is None for the first release. Those without an address are apart: nobody writes to them.
    `replaced` are letters that have not left and are taken back: the new ones tell it all.
    """

    number: int
    old: Agenda | None
    new: Agenda
    changes: Changes
    letters: tuple[Reader, ...]
    unreachable: tuple[Reader, ...]
    replaced: tuple[OutgoingMail, ...] = ()
    invited: tuple[Asked, ...] = field(default=(), repr=False)
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict, repr=False)

    @property
    def mended(self) -> int:
        """How many of those that are taken back somebody has mended by hand."""
        return sum(1 for one in self.replaced if one.revision > 1)

    def counts(self) -> list[tuple[Why, dict[Who, int]]]:
        """Return how many letters go to whom, by what they tell."""
        found: dict[Why, dict[Who, int]] = {}
        for why in Why:
            for one in self.letters:
                if one.why is why:
                    of = found.setdefault(why, {})
                    of[one.who] = of.get(one.who, 0) + 1
        return list(found.items())

    def mailbox(self, address: str | None) -> Mailbox:
        """Return all that an address has to do with the meeting."""
        return self.mailboxes.get((address or "").casefold()) or Mailbox()

    def mark(self) -> str:
        """Return a mark of who is told what, so that a press can tell that it is as it was shown."""
        told = [(one.once, one.why.value, one.address) for one in self.letters]
        return mark([*sorted(told), *((one.id, one.revision) for one in self.replaced)])


def plan(meeting: Meeting, *, lock: bool = False) -> Plan:
    """Return what publishing would do now; a bounded number of queries.

    `lock` keeps the letters that have not left from leaving until the act ends.
    """
    waiting = unsent(meeting.id, lock=lock)
    told = all_of(meeting.id)
    new = as_built(meeting)
    by_number = {one.number: _before(one, meeting, new) for one in told}
    latest = by_number[told[-1].number] if told else NEVER
    lost = missed(meeting.id)
    befores = Befores(latest, _known(_of_unsent(waiting, by_number), lost, by_number))
    everybody = [replace(one, fresh=one.fresh or _is_lost(one, lost)) for one in asked(meeting)]
    topics = proposed(new, *(one.agenda for one in befores.all() if one.agenda))
    on_agenda = {line.key for line in new.lines}
    current = [each for key, one in topics.items() if key in on_agenda for each in followers(one)]
    mailboxes = _mailboxes(everybody, current, rows_of([meeting.id]))
    readers = [
        *(
            one
            for each in everybody
            if (one := of_asked(each, befores.of(each.email), new, elsewhere=_is_asked(mailboxes, each)))
        ),
        *proposers(topics, befores, new, lost),
    ]
    return Plan(
        number=latest.number + 1,
        old=latest.agenda,
        new=new,
        changes=latest.changes,
        letters=tuple(one_each(one for one in readers if one.address)),
        unreachable=tuple(one for one in readers if not one.address),
        replaced=tuple(waiting),
        invited=tuple(one for one in everybody if not one.withdrawn and not one.left),
        mailboxes=mailboxes,
    )


def _before(release: Release, meeting: Meeting, new: Agenda) -> Before:
    agenda = as_released(release, meeting.zone)
    return Before(agenda, release.number, changes(agenda, new))


def _of_unsent(waiting: Sequence[OutgoingMail], by_number: Mapping[int, Before]) -> dict[str, Before]:
    """Return what the readers of addresses with letters that have not left knew before those."""
    found: dict[str, Before] = {}
    for one in waiting:
        address = one.to_address.casefold()
        before = by_number.get(one.since_release or 0, NEVER)
        known = found.get(address)
        if known is None or before.number < known.number:
            known = before
        found[address] = known.let_go(one.approved_at)
    return found


def _known(unsent: dict[str, Before], lost: Missed, by_number: Mapping[int, Before]) -> dict[str, Before]:
    """Return the same with those who did not want letters for a while: they know what they got before."""
    for address, number in lost.since.items():
        before, known = by_number.get(number, NEVER), unsent.get(address)
        if known is None or before.number < known.number:
            unsent[address] = before.let_go(known.approved if known else None)
    return unsent


def _is_lost(one: Asked, lost: Missed) -> bool:
    """Whether a letter to somebody came back, and nobody has written to the present address yet."""
    came_back = (one.person is not None and one.person.id in lost.people) or (
        one.row is not None and one.row.id in lost.invitations
    )
    return came_back and lost.is_new(one.email)


def _mailboxes(
    everybody: Iterable[Asked], topics: Iterable[Topic], rows: Iterable[Invitation]
) -> dict[str, Mailbox]:
    found: dict[str, Mailbox] = {}
    for one in everybody:
        if one.email and not one.withdrawn and not one.left:
            found.setdefault(one.email.casefold(), Mailbox()).asked.append(one)
    for topic in topics:
        if topic.contact_email:
            found.setdefault(topic.contact_email.casefold(), Mailbox()).topics.append(topic)
    for row in rows:
        if address := address_of(row):
            found.setdefault(address, Mailbox()).rows.append(row)
    return found


def _is_asked(mailboxes: Mapping[str, Mailbox], one: Asked) -> bool:
    return bool(one.email) and mailboxes[(one.email or "").casefold()].is_asked
