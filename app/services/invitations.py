"""Telling people of a meeting: the agenda goes out to the table, and word to those whose topics are on it."""

import secrets
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, Refused, Stale
from app.domain.meetings import MeetingAct, MeetingState, check_happens, check_no_memo_yet
from app.domain.permissions import Role, Visitor
from app.domain.timing import fit
from app.domain.topics import READY, TAKEN_OFF
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter
from app.models import AgendaItem, Invitation, Meeting, OutgoingMail, Person, PersonRole, Topic
from app.services import releases
from app.services.log import record
from app.services.meetings import agenda_lines, ends, get_to_build
from app.services.outbox import queue, signature
from app.services.proposers import tell_waiting
from app.services.repeats import once
from app.services.transactions import act

INVITED_ROLES = tuple(role for role in Role if role is not Role.READER)


@dataclass(frozen=True)
class Audience:
    """Who is told when the agenda goes out; those without an e-mail address are only counted."""

    people: int
    proposers: int
    people_without_email: int
    proposers_without_email: int

    @property
    def letters(self) -> int:
        """How many letters are sent."""
        return self.people + self.proposers


def invited_people(table_id: int) -> list[Person]:
    """Return the active people who have a part at a table, readers left out."""
    query = (
        select(Person)
        .where(
            Person.deactivated_at.is_(None),
            Person.roles.any(
                PersonRole.role.in_(INVITED_ROLES)
                & or_(PersonRole.table_id == table_id, PersonRole.table_id.is_(None))
            ),
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def audience(meeting: Meeting) -> Audience:
    """Return how many would be told of this agenda now."""
    people = invited_people(meeting.table_id)
    topics = _topics(meeting)
    with_email = sum(1 for one in people if one.email)
    reachable = sum(1 for one in topics if one.contact_email)
    return Audience(with_email, reachable, len(people) - with_email, len(topics) - reachable)


@act
def publish_agenda(
    visitor: Visitor,
    meeting_id: int,
    *,
    seen: int,
    anyway: bool,
    comment: str = "",
    key: str | None = None,
) -> int:
    """Publish the agenda as its next release; letters are queued in the same transaction.

    `seen` is the revision that the coordinator checked; `anyway` is her choice to let it run over time.
    Raises Stale, Refused for an empty agenda, and Invalid at `anyway` for one that is too long.
    """

    def publish() -> int:
        meeting = get_to_build(visitor, meeting_id, MeetingAct.PUBLISH_AGENDA)
        check_no_memo_yet(meeting.memo_published_at is not None)
        if not meeting.items:
            raise Refused(N_("The agenda is empty. Add at least one item first."))
        if seen != meeting.revision:
            raise Stale(N_("Somebody else changed the agenda meanwhile. Check it below and publish then."))
        fits = fit(meeting.day, meeting.starts, [one.slot for one in meeting.items], meeting.minutes)
        if fits.over and not anyway:
            raise Invalid("anyway", N_("Shorten the agenda, or tick that you publish it all the same."))
        again = meeting.state is MeetingState.PUBLISHED
        meeting.state = check_happens(MeetingAct.PUBLISH_AGENDA, meeting.state)
        meeting.sequence += again
        meeting.revision += 1
        # The same moment in both: what changes later is known by being later.
        meeting.published_at = meeting.changed_at = now = utc_now()
        release = releases.store(meeting, at=now, person_id=visitor.person_id, comment=comment)
        told = _invite(meeting)
        _tell_taken_off(meeting)
        record(visitor, "meeting.publish_agenda", "meeting", meeting.id, letters=told, release=release.number)
        return meeting.id

    return once(key, "meeting.publish", publish)


def has_unpublished_changes(meeting: Meeting) -> bool:
    """Whether a published meeting has changed since people were last told of it."""
    return (
        meeting.state is MeetingState.PUBLISHED
        and meeting.published_at is not None
        and meeting.changed_at > meeting.published_at
    )


def _tell_taken_off(meeting: Meeting) -> None:
    """Tell proposers who were told of this agenda that their topic left it and waits on; once for each.

    A topic that moved on by then, to another agenda for example, has been told of there.
    """
    on_it = select(AgendaItem.topic_id).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.topic_id.is_not(None)
    )
    heard = select(OutgoingMail.topic_id).where(
        OutgoingMail.meeting_id == meeting.id, OutgoingMail.kind == "topic_on_agenda"
    )
    left = select(Topic).where(Topic.id.in_(heard), Topic.id.not_in(on_it), Topic.state.in_(READY))
    for topic in db.session.scalars(left.order_by(Topic.id)):
        tell_waiting(topic, TAKEN_OFF, "topic_off_agenda", meeting.id)


def _invite(meeting: Meeting) -> int:
    people = invited_people(meeting.table_id)
    invited = set(db.session.scalars(select(Invitation.person_id).where(Invitation.meeting_id == meeting.id)))
    now = utc_now()
    db.session.add_all(
        Invitation(meeting_id=meeting.id, person_id=one.id, token=secrets.token_urlsafe(24), created_at=now)
        for one in people
        if one.id not in invited
    )
    occasion = f"{meeting.id}:{meeting.sequence}"
    written: dict[str, Letter] = {}
    told = 0
    for person in people:
        if person.email:
            if person.language not in written:
                written[person.language] = _agenda_letter(meeting, person.language)
            queue(
                written[person.language],
                person.email,
                f"agenda_published:{occasion}:{person.id}",
                person_id=person.id,
                meeting_id=meeting.id,
            )
            told += 1
    for topic in _topics(meeting):
        if topic.contact_email:
            queue(
                _topic_letter(meeting, topic),
                topic.contact_email,
                f"topic_on_agenda:{occasion}:{topic.id}",
                topic_id=topic.id,
                meeting_id=meeting.id,
            )
            told += 1
    return told


def tell_cancelled(meeting: Meeting, reason: str) -> int:
    """Queue the letters that a meeting is called off, inside the act; return how many."""
    people = db.session.scalars(
        select(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.meeting_id == meeting.id, Person.deactivated_at.is_(None))
        .order_by(Person.id)
    )
    told = 0
    for person in people:
        if person.email:
            queue(
                _cancel_letter(meeting, reason, person.language),
                person.email,
                f"meeting_cancelled:{meeting.id}:person:{person.id}",
                person_id=person.id,
                meeting_id=meeting.id,
            )
            told += 1
    for topic in _topics(meeting):
        if topic.contact_email:
            queue(
                _cancel_letter(meeting, reason, topic.language),
                topic.contact_email,
                f"meeting_cancelled:{meeting.id}:topic:{topic.id}",
                topic_id=topic.id,
                meeting_id=meeting.id,
            )
            told += 1
    return told


def _topics(meeting: Meeting) -> list[Topic]:
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.topic_id.is_not(None))
        .options(joinedload(AgendaItem.topic))
        .order_by(AgendaItem.position)
    )
    return [item.topic for item in db.session.scalars(query) if item.topic is not None]


def _agenda_letter(meeting: Meeting, language: str) -> Letter:
    return letters.agenda_published(
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        ends=ends(meeting).time(),
        place=meeting.place or "",
        remote_url=meeting.remote_url or "",
        items=[(one.starts.time(), one.title, one.minutes) for one in agenda_lines(meeting, language)],
        url=site().meeting(meeting.id),
        calendar_url=site().meeting_calendar(meeting.id),
        language=language,
        signed=signature(language),
    )


def _topic_letter(meeting: Meeting, topic: Topic) -> Letter:
    language = topic.language
    return letters.topic_on_agenda(
        number=str(topic.number),
        title=topic.title,
        meeting=meeting.heading or "",
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        ends=ends(meeting).time(),
        place=meeting.place or "",
        url=site().meeting(meeting.id),
        language=language,
        signed=signature(language),
    )


def _cancel_letter(meeting: Meeting, reason: str, language: str) -> Letter:
    return letters.meeting_cancelled(
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        ends=ends(meeting).time(),
        place=meeting.place or "",
        url=site().meeting(meeting.id),
        reason=reason,
        language=language,
        signed=signature(language),
    )
