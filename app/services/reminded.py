"""Whom a reminder of a meeting goes to: those who were told of it and have not said that they stay away."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.domain.answers import Answer
from app.domain.letter_choices import Wish, read_groups, wish_of
from app.domain.releases import matter
from app.extensions import db
from app.models import Invitation, MailChoice, Meeting, Release, Topic
from app.services.earlier_answers import is_earlier, shown_to
from app.services.invited import Reason, asked
from app.services.told import address_of, written_in

KIND = "meeting_reminder"


@dataclass(frozen=True)
class Reader:
    """One address: `row` is the invitation that is answered, `keys` the own items of all who read there.

    `comes` says that one of them answered so.
    """

    address: str
    language: str
    row: Invitation
    keys: frozenset[str]
    comes: bool


def readers(meeting: Meeting, release: Release, *, told: bool = True) -> list[Reader]:
    """Return who is reminded, one of each address: people, organisations, then proposers.

    Without `told` those whose invitation has not left yet are among them: who would be, once it has.

    Left out are those who answered that they do not come (to this time and place: an answer to an earlier
    one counts no more), and those who want no reminders. A bounded number of queries.
    """
    found: dict[str, Reader] = {}
    rows = _rows(meeting, release)
    marks = shown_to(row for row, _ in rows)
    for row, keys in rows:
        address = address_of(row)
        answer = None if is_earlier(row, marks) else row.answer
        if not address or answer is Answer.NOT_COMING or (told and row.told_at is None):
            continue
        first = found.get(address)
        found[address] = Reader(
            address=first.address if first else _address(row),
            language=first.language if first else written_in(row),
            row=first.row if first else row,
            keys=(first.keys if first else frozenset()) | keys,
            comes=first.comes if first else answer is Answer.COMING,
        )
    unwilling = _without_reminders(found)
    return [one for address, one in found.items() if address not in unwilling]


def _address(row: Invitation) -> str:
    """Return the address as it is written, where `address_of` is for comparing."""
    if row.topic is not None:
        return row.topic.contact_email or ""
    one = row.person or row.organisation
    return (one.email or "") if one else ""


def _rows(meeting: Meeting, release: Release) -> list[tuple[Invitation, frozenset[str]]]:
    return [*_asked(meeting, release), *_proposers(meeting, release)]


def _asked(meeting: Meeting, release: Release) -> list[tuple[Invitation, frozenset[str]]]:
    """Return the people and organisations who are asked, with the keys of the own items that were released.

    Who had own items only and has none of them in the latest release is no longer asked.
    """
    found = []
    for one in asked(meeting):
        if one.row is None or one.withdrawn:
            continue
        keys = frozenset(one.told_parts.get(release.number, ()))
        if keys or not set(one.reasons) <= {Reason.ITEM, Reason.LEFT}:
            found.append((one.row, keys))
    return found


def _proposers(meeting: Meeting, release: Release) -> list[tuple[Invitation, frozenset[str]]]:
    """Return the proposers who are asked, where a topic of theirs is on the released agenda.

    One invitation stands for all topics that came from an address, joined ones too.
    """
    released = [one.topic_id for one in release.items if one.topic_id is not None]
    topics = db.session.scalars(
        select(Topic).where(
            or_(Topic.id.in_(released), Topic.merged_into_id.in_(released)), Topic.contact_email.is_not(None)
        )
    )
    of: dict[str, set[str]] = {}
    for one in topics:
        key = matter(one.id if one.id in released else one.merged_into_id, 0)
        of.setdefault((one.contact_email or "").casefold(), set()).add(key)
    rows = db.session.scalars(
        select(Invitation)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.topic_id.is_not(None),
            Invitation.withdrawn_at.is_(None),
        )
        .options(joinedload(Invitation.topic))
        .order_by(Invitation.id)
    )
    return [(row, frozenset(of[address_of(row)])) for row in rows if address_of(row) in of]


def _without_reminders(addresses: Iterable[str]) -> set[str]:
    rows = db.session.scalars(select(MailChoice).where(MailChoice.address.in_(list(addresses))))
    return {row.address for row in rows if wish_of(KIND, read_groups(row.unwanted), row.rhythm) is Wish.SKIP}
