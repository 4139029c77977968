"""This does not wait for a meeting: the right body gets the topic at once, and answers its proposer."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.domain.clock import utc_now
from app.domain.errors import Stale
from app.domain.permissions import Visitor
from app.domain.statements import HANDED_TO
from app.domain.topics import TopicAct, check_happens, check_reason
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import Organisation, Statement, Topic
from app.services.asking import Question, as_asked, body_to_ask, stored, topic_to_change
from app.services.log import record
from app.services.outbox import queue, signature
from app.services.proposers import followers
from app.services.repeats import once
from app.services.statements import contact_of, first_letter
from app.services.topic_life import move
from app.services.transactions import act
from app.services.triage import revision


@dataclass(frozen=True)
class Handing:
    """Who gets a topic: `reason` is for the proposer, `words` for the body, `agreed` what the proposer said.

    Only where she agreed does the body's letter carry her name, phone number and e-mail address.
    """

    organisation_id: int | None
    reason: str
    words: str
    due_on: date | None
    agreed: bool = False


@act
def hand_on(
    visitor: Visitor, topic_id: int, handing: Handing, *, seen: str | None = None, key: str | None = None
) -> int:
    """Hand a topic on, tell the body and every proposer who follows the topic; return the topic's id.

    Raises Invalid for a field, Refused where the topic's state does not allow it, Stale where somebody
    else changed the topic after the page was made.
    """

    def do() -> int:
        topic = topic_to_change(visitor, topic_id)
        if seen is not None and seen != revision(topic):
            raise Stale(
                N_("Somebody else changed this topic meanwhile. Your text is here: check it and send again.")
            )
        check_happens(TopicAct.HAND_ON, topic.state)
        body = body_to_ask(handing.organisation_id)
        reason = check_reason(TopicAct.HAND_ON, handing.reason)
        _release_earlier(topic)
        row = stored(visitor, topic, body, Question(body.id, handing.words, handing.due_on), handed_on=True)
        topic.addressee = body
        told_to = HANDED_TO.get(topic.language, HANDED_TO["fi"]) % {"body": body.name_in(topic.language)}
        step = move(visitor, topic, TopicAct.HAND_ON, f"{told_to}\n{reason}")
        db.session.flush()
        gives = handing.agreed and bool(body.email) and any(vars(contact_of(topic)).values())
        _tell_body(row, gives=gives)
        record(
            visitor,
            "statement.hand_on",
            "statement",
            row.id,
            topic=topic.id,
            body=body.id,
            sent=bool(body.email),
            contact_given=gives,
        )
        for one in followers(topic):
            _tell_proposer(
                one, body, reason, row.due_on, f"{step.id}:{one.id}", contact=gives and one is topic
            )
        return topic_id

    return once(key, "topic.hand_on", do)


def _release_earlier(topic: Topic) -> None:
    """Free those who had the topic before: it is another's to answer now."""
    db.session.execute(
        update(Statement)
        .where(
            Statement.topic_id == topic.id, Statement.handed_on.is_(True), Statement.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=utc_now())
    )


def _tell_body(row: Statement, *, gives: bool) -> None:
    if not row.organisation.email:
        return
    contact = contact_of(row.topic)
    letter = letters.topic_handed_on(
        as_asked(row),
        contact=(contact.name, contact.phone, contact.email) if gives else ("", "", ""),
        language=row.language,
        signed=signature(row.language),
    )
    queue(letter, row.organisation.email, first_letter(row), topic_id=row.topic_id)


def _tell_proposer(
    topic: Topic, body: Organisation, reason: str, due_on: date | None, occasion: str, *, contact: bool
) -> None:
    if not topic.contact_email:
        return
    letter = letters.topic_handed_on_told(
        str(topic.number),
        topic.title,
        body.name_in(topic.language),
        reason,
        due_on,
        site().topic(topic.token),
        contact=contact,
        language=topic.language,
        signed=signature(topic.language),
    )
    queue(letter, topic.contact_email, f"topic_handed_on_told:{occasion}", topic_id=topic.id)
