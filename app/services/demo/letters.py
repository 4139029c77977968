"""Letters of the demo: most have left, one is tried again, one is leaving, one could not be delivered."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from app.domain.clock import after, utc_now
from app.domain.outbox import LEASE_MINUTES, MailState
from app.domain.topics import TopicState
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Meeting, OutgoingMail, PartnershipTable, Person, Topic
from app.services.demo.stage import Stage
from app.services.invited import people_with_role
from app.services.outbox import signature

SOON = timedelta(minutes=2)
PARKED_AT = 6  # which of the newest receipts could not be delivered
NO_SUCH_PERSON = "550 5.1.1 Recipient address rejected: User unknown in local recipient table"
TRY_LATER = "451 4.7.1 Greylisting in effect, please come back later"


def write(stage: Stage, meetings: Iterable[Meeting], topics: Iterable[Topic]) -> None:
    """Store letters of the newest topics, the coming agendas and the newest memo."""
    with_address = sorted(
        (one for one in topics if one.contact_email), key=lambda one: one.created_at, reverse=True
    )
    waiting = [one for one in with_address if one.state is TopicState.RECEIVED]
    mails = []
    for place, topic in enumerate(with_address[:12]):
        mail = _receipt(topic)
        if topic is waiting[0]:
            mail.state, mail.attempts, mail.last_answer = MailState.QUEUED, 1, TRY_LATER
            mail.due_at, mail.sent_at = utc_now() + timedelta(hours=6), None
        elif topic is waiting[1]:
            mail.state, mail.attempts, mail.sent_at = MailState.SENDING, 1, None
            mail.locked_until = utc_now() + timedelta(minutes=LEASE_MINUTES)
        elif place == PARKED_AT:
            mail.state, mail.last_answer, mail.sent_at = MailState.PARKED, NO_SUCH_PERSON, None
        mails.append(mail)
    held = [one for one in meetings if one.memo_published_at]
    for meeting in [one for one in meetings if one.published_at and one.day > stage.today]:
        mails += _agenda(meeting)
    mails += _memo(max(held, key=lambda one: one.day))
    for mail in sorted(mails, key=lambda one: one.created_at):  # the outbox shows the newest first
        db.session.add(mail)
        db.session.flush()


def _receipt(topic: Topic) -> OutgoingMail:
    letter = letters.topic_received(
        str(topic.number),
        site().topic(topic.token),
        language=topic.language,
        signed=signature(topic.language),
    )
    mail = _sent(letter, topic.contact_email or "", f"topic_received:{topic.id}", topic.created_at)
    mail.topic_id = topic.id
    return mail


def _agenda(meeting: Meeting) -> Iterator[OutgoingMail]:
    assert meeting.published_at is not None  # noqa: S101 - chosen by it
    table = db.session.get_one(PartnershipTable, meeting.table_id)
    for person in people_with_role(meeting.table_id):
        gone, items = 0, []
        for item in meeting.items:
            starts = after(meeting.day, meeting.starts, gone, meeting.zone).time()
            items.append((starts, item.title_in(person.language), item.minutes))
            gone += item.minutes
        letter = letters.agenda_published(
            table.name_in(person.language),
            meeting.day,
            meeting.starts,
            after(meeting.day, meeting.starts, meeting.minutes, meeting.zone).time(),
            meeting.place or "",
            meeting.remote_url or "",
            items,
            site().meeting(meeting.id),
            site().meeting_calendar(meeting.id),
            language=person.language,
            signed=signature(person.language),
        )
        yield _to_person(
            letter, person, f"agenda_published:{meeting.id}:0:{person.id}", meeting, meeting.published_at
        )


def _memo(meeting: Meeting) -> Iterator[OutgoingMail]:
    assert meeting.memo_published_at is not None  # noqa: S101 - chosen by it
    table = db.session.get_one(PartnershipTable, meeting.table_id)
    for person in people_with_role(meeting.table_id):
        letter = letters.memo_published(
            table.name_in(person.language),
            meeting.day,
            site().memo(meeting.id),
            language=person.language,
            signed=signature(person.language),
        )
        yield _to_person(letter, person, f"memo:{meeting.id}:{person.id}", meeting, meeting.memo_published_at)


def _to_person(letter: Letter, person: Person, once: str, meeting: Meeting, at: datetime) -> OutgoingMail:
    mail = _sent(letter, person.email or "", once, at)
    mail.person_id, mail.meeting_id = person.id, meeting.id
    return mail


def _sent(letter: Letter, to: str, once: str, at: datetime) -> OutgoingMail:
    return OutgoingMail(
        once=once,
        message_id=f"<{secrets.token_hex(16)}@{site().mail_domain}>",
        kind=letter.kind,
        to_address=to,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        state=MailState.SENT,
        attempts=1,
        due_at=at,
        created_at=at,
        sent_at=(at + SOON).astimezone(UTC),
    )
