"""The letters that a meeting is called off, to all who were really told of it and to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.domain.permissions import Visitor
from app.extensions import db, site
from app.mail import letters
from app.mail.calendar_texts import called_off_text
from app.models import Invitation, Meeting, OutgoingMail, Topic
from app.models.invitation import CALLED_OFF
from app.services import announcing, calendar_invites
from app.services.announcing import Plan
from app.services.calendar_invites import Attached
from app.services.meetings import ends
from app.services.outbox import queue, signature
from app.services.proposers import followers
from app.services.readers import proposed
from app.services.told import address_of, rows_of, take_back, unsent_of, written_in


@dataclass
class Hearer:
    """One address that is told; `who` names its first reader among all letters of the occasion."""

    who: str
    address: str
    language: str
    rows: list[Invitation]
    person_id: int | None = None
    topic_id: int | None = None


def tell_cancelled(visitor: Visitor, meeting: Meeting, reason: str) -> int:
    """Draft the letters that a meeting is called off, inside the act; return how many, one to one address.

    What has not left of earlier letters about the meeting is taken back: whom nothing else has told hears
    nothing. Whose calendar has the meeting gets its cancelling with the letter (RFC 5546, 3.2.5).
    """
    now = utc_now()
    take_back(visitor, unsent_of(meeting.id))
    plan = announcing.plan(meeting)
    hearers = _hearers(meeting, plan)
    for one in hearers:
        row = calendar_invites.to_call_off(one.rows)
        attached = _off(one, row, meeting, plan, reason, now) if row else None
        letter = queue(
            letters.meeting_cancelled(
                table=meeting.table.name_in(one.language),
                day=meeting.day,
                starts=meeting.starts,
                ends=ends(meeting).time(),
                place=meeting.place or "",
                url=site().meeting(meeting.id),
                reason=reason,
                called_off=attached is not None,
                language=one.language,
                signed=signature(one.language),
            ),
            one.address,
            f"meeting_cancelled:{meeting.id}:{one.who}",
            person_id=one.person_id,
            topic_id=one.topic_id,
            meeting_id=meeting.id,
            table_id=meeting.table_id,
            invitation_id=(row or one.rows[0]).id if one.rows else None,
            batch=f"cancelled:{meeting.id}",
            calendar=attached.part if attached else None,
            in_reply_to=next((each.first_message_id for each in one.rows if each.first_message_id), None),
        )
        if letter is not None and attached is not None:
            letter.calendar_sequence, letter.calendar_mark = attached.sequence, attached.mark
    db.session.flush()
    return len(hearers)


def _hearers(meeting: Meeting, plan: Plan) -> list[Hearer]:
    """Return the addresses that were told: of people, then of organisations, then of proposers."""
    found: dict[str, Hearer] = {}
    rows = [one for one in rows_of([meeting.id]) if _is_here(one) and address_of(one)]
    for row in sorted(rows, key=lambda one: (one.topic_id is not None, one.organisation_id is not None)):
        if row.in_calendar or (row.told_at is not None and row.calendar_mark != CALLED_OFF):
            hearer = found.setdefault(address_of(row), _hearer(row))
            hearer.rows.append(row)
    written_to = _written_to(meeting.id)
    for topic in _followed(plan):
        address = (topic.contact_email or "").casefold()
        if address in written_to and not _is_off(plan, address):
            found.setdefault(
                address,
                Hearer(f"topic:{topic.id}", topic.contact_email or "", topic.language, [], topic_id=topic.id),
            )
    return list(found.values())


def _hearer(row: Invitation) -> Hearer:
    language = written_in(row)
    if row.topic is not None:
        return Hearer(
            f"topic:{row.topic.id}", row.topic.contact_email or "", language, [], topic_id=row.topic.id
        )
    if row.organisation is not None:
        return Hearer(f"organisation:{row.organisation.id}", row.organisation.email or "", language, [])
    assert row.person is not None  # noqa: S101 - an invitation asks one of the three
    return Hearer(f"person:{row.person.id}", row.person.email or "", language, [], person_id=row.person.id)


def _is_here(row: Invitation) -> bool:
    if row.person is not None:
        return row.person.deactivated_at is None
    return row.organisation is None or row.organisation.archived_at is None


def _followed(plan: Plan) -> Iterable[Topic]:
    """Yield the topics that everybody reads on the agenda, and those joined to them."""
    if plan.old is not None:
        for topic in proposed(plan.old).values():
            yield from followers(topic)


def _is_off(plan: Plan, address: str) -> bool:
    return any(row.calendar_mark == CALLED_OFF for row in plan.mailbox(address).rows)


def _written_to(meeting_id: int) -> set[str]:
    """Return the addresses, case-folded, to which a letter of the meeting was let go."""
    query = select(OutgoingMail.to_address).where(
        OutgoingMail.meeting_id == meeting_id,
        OutgoingMail.state != MailState.SKIPPED,
        or_(OutgoingMail.approved_at.is_not(None), OutgoingMail.state == MailState.SENT),
    )
    return {one.casefold() for one in db.session.scalars(query)}


def _off(
    hearer: Hearer, row: Invitation, meeting: Meeting, plan: Plan, reason: str, now: datetime
) -> Attached | None:
    mailbox = plan.mailbox(hearer.address)
    return calendar_invites.attach_cancel(
        calendar_invites.invite_for(
            row,
            meeting,
            sequence=row.sequence + 1,
            address=hearer.address,
            description=called_off_text(
                site().meeting(meeting.id), held=False, reason=reason, language=hearer.language
            ),
            language=hearer.language,
            now=now,
            span=calendar_invites.own_span(mailbox, plan.old or plan.new, meeting),
        )
    )
