"""Five hundred messages are received: no fall, no loop, nothing doubled, no forgery trusted (T17)."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask

from app.domain.incoming import ONE_RECEIPT, Outcome
from app.domain.outbox import MailState
from app.domain.topics import TopicState
from app.extensions import db
from app.mail.composing import Letter
from app.mail.incoming import Nature
from app.models import Event, IncomingMail, TopicStep
from app.services import outbox
from app.services.receiving import Received, receive
from tests import make
from tests.cast import Cast
from tests.mail.incoming.corpus import BOX, MANY, OFFICIAL, OWN_ID, Sample, corpus
from tests.receiving_stage import arrived, at, count, letters, taking_mail, topics

START = datetime(2027, 2, 12, 12, 0, tzinfo=UTC)
APART = timedelta(minutes=5)  # so that no hour holds too many


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[None]:
    with taking_mail(app, intake=BOX, sender=BOX):
        yield


def a_letter_that_will_come_back(topic_id: int) -> int:
    outbox.queue(Letter("topic_asked", "fi", "Kysymys", "Hei!\n"), OFFICIAL, "t:1", topic_id=topic_id)
    letter = letters()[0]
    letter.message_id, letter.state = OWN_ID, MailState.SENT
    db.session.commit()
    return letter.id


def test_five_hundred_messages(cast: Cast) -> None:
    theirs = make.topic(cast.north, contact_email=OFFICIAL, state=TopicState.ASKED)
    topic_id = theirs.id
    letter_id = a_letter_that_will_come_back(topic_id)
    samples = corpus()
    found: list[tuple[Sample, Received]] = []
    for place, sample in enumerate(samples):
        now = START + place * APART
        found.append((sample, receive(sample.raw, recipient=BOX, now=at(now))))
    db.session.expire_all()

    assert len(found) == MANY
    assert [(one.name, got.outcome, got.why) for one, got in found if got.outcome is not one.outcome] == []
    made = Counter(got.topic_id for one, got in found if got.outcome is Outcome.TOPIC and not got.again)
    wanted = sum(one.outcome is Outcome.TOPIC and not one.again for one in samples)
    assert (set(made.values()), len(made), len(topics())) == ({1}, wanted, wanted + 1)
    assert all(got.again for one, got in found if one.again)
    assert count(IncomingMail) == sum(not got.again for _, got in found)

    # No letter but one acknowledgement for each topic; by itself one for each sender within a day.
    acknowledged = [one for one in letters() if one.id != letter_id]
    assert {one.kind for one in acknowledged} == {"topic_received"}
    assert all(one.topic_id in made for one in acknowledged)
    machines = {got.mail_id for one, got in found if one.nature is not Nature.PERSON}
    assert not machines & {one.id for one in arrived() if one.outcome is Outcome.TOPIC}
    moments: dict[str, list[datetime]] = {}
    for letter in acknowledged:
        topic = next(one for one in topics() if one.id == letter.topic_id)
        if letter.state is MailState.QUEUED:
            moments.setdefault(letter.to_address, []).append(topic.created_at)
    assert BOX not in moments
    for times in moments.values():
        assert all(later - earlier >= ONE_RECEIPT for earlier, later in pairwise(times))

    # Whoever claims to be an official has a topic like anybody, and nothing of theirs has changed.
    db.session.refresh(theirs)
    assert (theirs.state, count(TopicStep)) == (TopicState.ASKED, 0)
    assert {one.organisation_id for one in topics()} == {None}
    acts = set(db.session.scalars(db.select(Event.act).distinct()))
    assert acts <= {"mail.receive", "topic.propose", "letter.bounce"}
