"""What letters of a meeting's releases never reached a reader: they came back, or were not wanted then."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.domain.letter_choices import Wish, read_groups, wish_of
from app.domain.outbox import MailState
from app.extensions import db
from app.models import MailChoice, OutgoingMail


@dataclass(frozen=True)
class Missed:
    """Whom letters have missed, addresses case-folded.

    `people`, `topics` and `invitations` are ids whose letters came back; `reached` are the addresses that got
    one. `since` is the release that the reader of an address knows who did not want letters and now does.
    """

    people: set[int] = field(default_factory=set)
    topics: set[int] = field(default_factory=set)
    invitations: set[int] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    since: dict[str, int] = field(default_factory=dict)

    def is_new(self, address: str | None) -> bool:
        """Whether no letter was sent to an address yet: one that came back there would come back again."""
        return bool(address) and (address or "").casefold() not in self.tried | self.reached


def missed(meeting_id: int) -> Missed:
    """Return whom the letters of a meeting's releases have missed that somebody let go; two queries."""
    found, skipped = Missed(), dict[str, OutgoingMail]()
    for one in _let_go(meeting_id):
        address = one.to_address.casefold()
        if one.state is MailState.SKIPPED:
            skipped.setdefault(address, one)
            continue
        if one.state is not MailState.PARKED and one.bounced_at is None:
            found.reached.add(address)
            skipped.pop(address, None)
            continue
        found.tried.add(address)
        for ids, key in (
            (found.people, one.person_id),
            (found.topics, one.topic_id),
            (found.invitations, one.invitation_id),
        ):
            if key is not None:
                ids.add(key)
    found.since.update(_wanted(skipped.values()))
    return found


def _let_go(meeting_id: int) -> Iterable[OutgoingMail]:
    query = select(OutgoingMail).where(
        OutgoingMail.meeting_id == meeting_id,
        OutgoingMail.since_release.is_not(None),
        OutgoingMail.approved_at.is_not(None),
    )
    return db.session.scalars(query.order_by(OutgoingMail.id))


def _wanted(skipped: Iterable[OutgoingMail]) -> dict[str, int]:
    """Return what those knew who would get today what they did not want."""
    of = {one.to_address.casefold(): one for one in skipped}
    if not of:
        return {}
    rows = db.session.scalars(select(MailChoice).where(MailChoice.address.in_(of)))
    choices = {row.address: row for row in rows}
    return {
        address: one.since_release or 0
        for address, one in of.items()
        if (row := choices.get(address)) is None
        or wish_of(one.kind, read_groups(row.unwanted), row.rhythm) is not Wish.SKIP
    }
