"""Letters that no longer hold: their meeting is called off, a later letter stands, or the reader is gone."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from app.domain.meetings import MeetingState
from app.domain.outbox import OVERTAKEN, READER_GONE
from app.extensions import db
from app.models import Invitation, Meeting, Organisation, OutgoingMail, Person, Topic
from app.services.told import REMINDING


def still_holds(letter: OutgoingMail) -> bool:
    """Whether what a letter says of a meeting is still so; a letter about anything else holds."""
    return not overtaken([letter])


def why_not(letters: Sequence[OutgoingMail]) -> dict[int, str]:
    """Return why letters are not to leave by their ids; those that may are left out."""
    gone = _readers_gone(letters)
    why = {one.id: READER_GONE for one in letters if one.to_address.casefold() in gone}
    return why | dict.fromkeys(overtaken(letters), OVERTAKEN)


def overtaken(letters: Sequence[OutgoingMail]) -> set[int]:
    """Return the ids of those letters about a meeting that no longer hold.

    Their meeting is called off, or the reader's calendar was sent a greater number (RFC 5546, 2.1.4), or a
    later release has a letter to the address that says all that this one says.
    """
    about = [one for one in letters if _asks(one)]
    if not about:
        return set()
    off = _called_off({one.meeting_id for one in about})
    numbers = _numbers({one.invitation_id for one in about if one.calendar_sequence is not None})
    later = _last_of_releases({one.meeting_id for one in about if one.since_release is not None})
    return {
        one.id
        for one in about
        if (one.meeting_id in off and one.calendar_method != "CANCEL")
        or (one.calendar_sequence is not None and one.calendar_sequence < numbers.get(one.invitation_id, 0))
        or (one.since_release is not None and _stands_after(one, later))
    }


def _asks(letter: OutgoingMail) -> bool:
    says_when = letter.since_release is not None or letter.calendar_method is not None
    return letter.meeting_id is not None and (says_when or letter.kind in REMINDING)


def _called_off(meeting_ids: Iterable[int | None]) -> set[int | None]:
    query = select(Meeting.id).where(Meeting.id.in_(meeting_ids), Meeting.state == MeetingState.CANCELLED)
    return set(db.session.scalars(query))


def _numbers(invitation_ids: Iterable[int | None]) -> dict[int | None, int]:
    query = select(Invitation.id, Invitation.sequence).where(Invitation.id.in_(invitation_ids))
    return {one.id: one.sequence for one in db.session.execute(query)}


# The last letter of a meeting's releases to an address, and the last one with a part for calendars.
_Last = dict[tuple[int | None, str, bool], tuple[int, str | None]]


def _last_of_releases(meeting_ids: Iterable[int | None]) -> _Last:
    mail = OutgoingMail
    query = select(mail.id, mail.meeting_id, mail.to_address, mail.calendar_method, mail.batch).where(
        mail.meeting_id.in_(meeting_ids), mail.since_release.is_not(None)
    )
    last: _Last = {}
    for one in db.session.execute(query.order_by(mail.id)):
        address = one.to_address.casefold()
        last[one.meeting_id, address, False] = one.id, one.batch
        if one.calendar_method is not None:
            last[one.meeting_id, address, True] = one.id, one.batch
    return last


def _stands_after(letter: OutgoingMail, last: _Last) -> bool:
    key = letter.meeting_id, letter.to_address.casefold(), letter.calendar_method is not None
    number, batch = last.get(key, (0, None))
    return number > letter.id and batch != letter.batch


def _readers_gone(letters: Iterable[OutgoingMail]) -> set[str]:
    """Return the addresses of people who are not here any more, and of nobody else who reads."""
    asked = {one.to_address.casefold() for one in letters}
    person, body, topic = func.lower(Person.email), func.lower(Organisation.email), Topic.contact_email
    away = select(person).where(person.in_(asked), Person.deactivated_at.is_not(None))
    gone = {one for one in db.session.scalars(away) if one}
    if not gone:
        return set()
    here = (
        select(person).where(person.in_(gone), Person.deactivated_at.is_(None)),
        select(body).where(body.in_(gone), Organisation.archived_at.is_(None)),
        select(func.lower(topic)).where(func.lower(topic).in_(gone)),
    )
    for query in here:
        gone -= {one for one in db.session.scalars(query) if one}
    return gone
