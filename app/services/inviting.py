"""Asking somebody to one meeting, and taking somebody off its list."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.permissions import Visitor
from app.domain.writing import folded
from app.extensions import db
from app.models import Invitation, Meeting, Organisation, Person
from app.services.invited import ADD, ORGANISATION, PERSON, asked
from app.services.log import record
from app.services.meetings import get_to_build, touch
from app.services.told import take_back, unsent
from app.services.transactions import act

MOST_FOUND = 20
LONGEST_ID = 9  # digits
TOPIC = "t"  # what the key of a proposer begins with


@dataclass(frozen=True)
class Found:
    """Somebody who can be added; `detail` is a title or an organisation."""

    key: str
    name: str
    detail: str


def find_to_add(meeting: Meeting, query: str) -> list[Found]:
    """Return active people and organisations of the municipality whose name holds the words, at most 20."""
    words = folded(query)
    if not words:
        return []
    here = {one.key for one in asked(meeting)}
    people = db.session.execute(
        select(Person.id, Person.name, Person.title, Organisation.name.label("body"))
        .outerjoin(Person.organisation)
        .where(Person.deactivated_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    found = [Found(f"{PERSON}{one.id}", one.name, one.title or one.body or "") for one in people]
    bodies = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.archived_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    found += [Found(f"{ORGANISATION}{one.id}", one.name, "") for one in bodies]
    return [one for one in found if one.key not in here and words in folded(f"{one.name} {one.detail}")][
        :MOST_FOUND
    ]


@act
def ask(visitor: Visitor, meeting_id: int, key: str) -> str:
    """Ask one more to a meeting, or again whom somebody took off; return the name. Twice is once."""
    meeting = get_to_build(visitor, meeting_id)
    one = _get(key)
    before = next((each for each in asked(meeting) if each.key == key), None)
    if before is not None and not before.withdrawn and not before.left:
        return one.name
    row = invitation_of(meeting.id, key)
    row.withdrawn_at = None
    db.session.flush()
    what = ADD if before is None or before.left else "invitation.ask_again"
    record(visitor, what, "invitation", row.id, meeting=meeting.id)
    touch(meeting)
    return one.name


@act
def take_off(visitor: Visitor, meeting_id: int, key: str) -> str:
    """Take one off the list of a meeting; return the name.

    Whom no letter has told yet hears nothing: a letter of theirs that has not left is taken back at once.
    Whoever was invited hears of it with the next release, and nothing after that.
    """
    meeting = get_to_build(visitor, meeting_id)
    one = next((each for each in asked(meeting) if each.key == key), None)
    if one is None:
        raise NotFound
    row = invitation_of(meeting.id, key)
    if row.withdrawn_at is None:
        row.withdrawn_at = utc_now()
        db.session.flush()
        record(visitor, "invitation.take_off", "invitation", row.id, meeting=meeting.id)
        if row.told_at is None:
            take_back(
                visitor, [each for each in unsent(meeting.id, lock=True) if each.invitation_id == row.id]
            )
        touch(meeting)
    return one.name


def invitation_of(meeting_id: int, key: str) -> Invitation:
    """Return the invitation of somebody to a meeting, a new one where there is none; inside an act."""
    of, number = key[:1], int(key[1:])
    column = Invitation.person_id if of == PERSON else Invitation.organisation_id
    row = db.session.scalar(select(Invitation).where(Invitation.meeting_id == meeting_id, column == number))
    return row or new_invitation(meeting_id, key)


def new_invitation(meeting_id: int, key: str) -> Invitation:
    """Store an invitation of somebody who has none to this meeting yet; inside an act.

    A key is PERSON, ORGANISATION or TOPIC and an id; a topic stands for its proposer.
    """
    of, number = key[:1], int(key[1:])
    row = Invitation(meeting_id=meeting_id, token=secrets.token_urlsafe(24), created_at=utc_now())
    if of == PERSON:
        row.person_id = number
    elif of == ORGANISATION:
        row.organisation_id = number
    else:
        row.topic_id = number
    db.session.add(row)
    return row


def _get(key: str) -> Person | Organisation:
    of, number = key[:1], key[1:]
    if of not in (PERSON, ORGANISATION) or not (
        number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID
    ):
        raise NotFound
    one: Any = db.session.get(Person if of == PERSON else Organisation, int(number))
    if one is None or (one.deactivated_at if of == PERSON else one.archived_at) is not None:
        raise NotFound
    found: Person | Organisation = one
    return found
