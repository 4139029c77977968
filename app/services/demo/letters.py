"""Letters of the demo: drafts that wait for a press, and what became of those that were sent."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from app.domain.clock import utc_now
from app.domain.letter_choices import LetterGroup, Rhythm
from app.domain.outbox import LEASE_MINUTES, MailState
from app.domain.topics import TopicState
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Meeting, OutgoingMail, PartnershipTable, Person, Topic
from app.services.demo.sent import sent
from app.services.demo.stage import Stage
from app.services.invited import people_with_role
from app.services.letter_choices import choice_of
from app.services.outbox import signature

ANSWERS = 3  # how many of the newest answers wait to be sent
PARKED_AT = 6  # which of the newest receipts could not be delivered
NO_SUCH_PERSON = "550 5.1.1 Recipient address rejected: User unknown in local recipient table"
TRY_LATER = "451 4.7.1 Greylisting in effect, please come back later"


def write(stage: Stage, meetings: Iterable[Meeting], topics: Iterable[Topic]) -> None:
    """Store letters of the newest topics and the newest memo, and those written along the way."""
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
    held = sorted((one for one in meetings if one.memo_published_at), key=lambda one: one.day)
    mails += stage.letters
    mails += _told(list(_memo(held[-2])))
    mails += _drafts([*_memo(held[-1]), *_answers(with_address)])
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
    mail = sent(letter, topic.contact_email or "", f"topic_received:{topic.id}", topic.created_at)
    mail.topic_id, mail.table_id = topic.id, topic.table_id
    return mail


def _drafts(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """Let letters wait for a press."""
    for mail in mails:
        mail.state, mail.attempts = MailState.DRAFT, 0
        mail.sent_at = mail.approved_at = None
    return mails


def _told(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """Let one letter wait for its reader's digest, one be unwanted, and one come back."""
    gathered, unwanted, back = mails[:3]
    gathered.state, gathered.approved_at = MailState.GATHERED, utc_now()
    unwanted.state = MailState.SKIPPED
    for mail in (gathered, unwanted):
        mail.attempts, mail.sent_at = 0, None
    choice_of(gathered.to_address).rhythm = Rhythm.DAILY
    choice_of(unwanted.to_address).unwanted = LetterGroup.MEMOS.value
    back.bounced_at, back.last_answer = back.sent_at, NO_SUCH_PERSON
    return mails


def _answers(topics: Iterable[Topic]) -> Iterator[OutgoingMail]:
    """Give the letters of the answers that were given last."""
    taken = [one for one in topics if one.state is TopicState.ACCEPTED][:ANSWERS]
    for topic in taken:
        letter = letters.topic_accepted(
            str(topic.number),
            topic.title,
            site().topic(topic.token),
            language=topic.language,
            signed=signature(topic.language),
        )
        mail = sent(letter, topic.contact_email or "", f"topic_accepted:demo:{topic.id}", topic.changed_at)
        mail.topic_id, mail.table_id = topic.id, topic.table_id
        yield mail


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
    mail = sent(letter, person.email or "", once, at)
    mail.person_id, mail.meeting_id, mail.table_id = person.id, meeting.id, meeting.table_id
    return mail
