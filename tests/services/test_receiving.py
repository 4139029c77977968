"""A message comes by mail: it becomes one topic, more words for one, or nothing, and is lost never."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.addresses import Site
from app.domain.incoming import LARGEST, ONE_SENDER, RAW_KEPT, Outcome, Why
from app.domain.outbox import MailState
from app.domain.topics import Channel, TopicState
from app.domain.writing import PROSE
from app.extensions import db
from app.models import Attachment, IncomingMail, Topic
from app.services.receiving import Received, forget_raw, receive
from tests import make
from tests.cast import Cast
from tests.receiving_stage import (
    DARK,
    EEVA,
    INTAKE,
    SENDER,
    arrived,
    at,
    count,
    letters,
    mail,
    taking_mail,
    topics,
)

NOW = datetime(2027, 2, 12, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[Site]:
    with taking_mail(app) as site:
        yield site


def test_a_message_becomes_one_topic_and_is_acknowledged_once(cast: Cast) -> None:
    found = receive(mail())
    (topic,) = topics()
    assert (found.outcome, found.topic_id) == (Outcome.TOPIC, topic.id)
    assert (topic.title, topic.text, topic.channel) == ("Kylätien valot", DARK, Channel.EMAIL)
    assert (topic.contact_email, topic.contact_name, topic.language) == (EEVA, "Eeva Aho", "fi")
    assert (topic.table_id, topic.state, topic.organisation_id) == (cast.north, TopicState.RECEIVED, None)
    (letter,) = letters()
    assert (letter.kind, letter.to_address, letter.state) == ("topic_received", EEVA, MailState.QUEUED)
    assert topic.token in letter.body
    assert letter.in_reply_to == arrived()[0].message_id


def test_the_same_message_twice_is_one_topic() -> None:
    raw = mail()
    first, again = receive(raw), receive(raw)
    assert again == Received(first.mail_id, Outcome.TOPIC, "", first.topic_id, again=True)
    assert (count(IncomingMail), count(Topic), len(letters())) == (1, 1, 1)


@pytest.mark.parametrize("named", [True, False], ids=["with a Message-ID", "without one"])
def test_the_same_message_at_the_same_moment_is_one_topic(app: Flask, named: bool) -> None:
    raw = mail(message_id=None if named else "")

    def worker(_number: int) -> Received:
        with app.app_context():
            try:
                return receive(raw)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(worker, range(4)))
    assert len({one.topic_id for one in found}) == 1
    assert sorted(one.again for one in found) == [False, True, True, True]
    db.session.rollback()
    assert (count(IncomingMail), count(Topic), len(letters())) == (1, 1, 1)


def test_without_a_message_id_another_text_is_another_message() -> None:
    receive(mail(message_id=""))
    receive(mail("Silta on rikki.", message_id=""))
    assert count(Topic) == 2


@pytest.mark.parametrize(
    ("to", "sender", "table"),
    [
        ("aiheet+etela@lehmijarvi.example", f"<{EEVA}>", "south"),
        ("AIHEET+Etela@Lehmijarvi.example", f"<{EEVA}>", "south"),
        ("aiheet+tuntematon@lehmijarvi.example", f"<{EEVA}>", "north"),
        (INTAKE, "leena.aalto@lehmijarvi.example", "south"),
        (INTAKE, "aino.makela@koivuranta.example", "north"),
        (INTAKE, f"<{EEVA}>", "north"),
    ],
)
def test_where_a_topic_goes(cast: Cast, to: str, sender: str, table: str) -> None:
    receive(mail(to=to, sender=sender))
    assert topics()[0].table_id == getattr(cast, table)


def test_the_envelope_says_the_table_too(cast: Cast) -> None:
    receive(mail(to="undisclosed@lehmijarvi.example"), recipient="aiheet+etela@lehmijarvi.example")
    assert topics()[0].table_id == cast.south


def test_a_topic_that_came_after_the_last_day_is_late(cast: Cast) -> None:
    day = make.days_ago(-20).date()
    meeting = make.meeting(cast.north, day, topics_until=make.days_ago(3).date())
    receive(mail())
    assert topics()[0].late_for_id == meeting.id


def test_a_long_message_is_cut_and_kept_whole() -> None:
    long = " ".join(["Tien valot ovat rikki."] * 400)
    receive(mail(long))
    (topic,) = topics()
    assert len(topic.text) <= PROSE
    assert topic.text.endswith("valot ovat\n\n[Viesti oli pidempi. Koko viesti on tallessa.]")
    assert " ".join(arrived()[0].whole.split()) == long


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Kylätien valot", "Kylätien valot"),
        ("VS: Kylätien valot", "Kylätien valot"),
        ("(ei aihetta)", "Kylätie on pimeä koulun kohdalla"),
        ("", "Kylätie on pimeä koulun kohdalla"),
        ("Re: Hei!", "Kylätie on pimeä koulun kohdalla"),
    ],
)
def test_the_subject_is_the_title_where_it_says_something(subject: str, title: str) -> None:
    receive(mail(subject=subject))
    assert topics()[0].title == title


def test_files_come_with_the_topic() -> None:
    receive(mail(files=(("kartta.pdf", "application/pdf", b"%PDF-1.4 kartta"),)))
    (file,) = db.session.query(Attachment).all()
    assert (file.name, file.content, file.refused) == ("kartta.pdf", b"%PDF-1.4 kartta", None)
    assert file.topic_id == topics()[0].id == arrived()[0].topic_id


# What makes no topic


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"Precedence": "bulk"}, "precedence"),
        ({"List_Id": "<kyla.lists.example>"}, "list_id"),
        ({"sender": INTAKE}, "own_address"),
        ({"sender": SENDER}, "own_address"),
        ({"sender": "aiheet+etela@lehmijarvi.example"}, "own_address"),
    ],
)
def test_machines_lists_and_we_ourselves_make_no_topic_and_get_no_letter(
    fields: dict[str, Any], why: str
) -> None:
    found = receive(mail(**fields))
    assert (found.outcome, found.why) == (Outcome.SET_ASIDE, why)
    assert (count(Topic), letters()) == (0, [])


def test_an_empty_message_waits_for_somebody_to_look() -> None:
    found = receive(mail(""))
    assert (found.outcome, found.why, count(Topic)) == (Outcome.HELD, Why.EMPTY, 0)
    assert letters() == []


def test_a_personal_identity_code_is_kept_nowhere() -> None:
    code = "131052-308T"
    raw = mail(
        f"Olen {code} ja tie on pimeä.",
        subject=f"Asia {code}",
        sender=f'"Eeva {code}" <{EEVA}>',
        files=(("koodi.txt", "text/plain", f"Tunnus {code}".encode()),),
    )
    found = receive(raw)
    (row,) = arrived()
    assert (found.outcome, found.why, row.raw) == (Outcome.HELD, Why.IDENTITY_CODE, None)
    assert row.text == "Olen ******-**** ja tie on pimeä."
    assert code not in row.whole + row.subject + row.from_name
    (file,) = row.attachments
    assert (file.content, file.refused) == (None, "identity_code")


def test_of_a_message_that_is_too_large_only_the_head_is_read() -> None:
    head = mail("x").split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    found = receive(head + b"x" * LARGEST)
    (row,) = arrived()
    assert (found.outcome, found.why) == (Outcome.HELD, Why.TOO_LARGE)
    assert (row.from_address, row.subject, row.raw, row.text) == (EEVA, "Kylätien valot", head, "")
    assert receive(head, size=LARGEST + 1).again


def test_very_many_messages_of_one_sender_are_held() -> None:
    found = [receive(mail(f"Valo {number} on rikki."), now=at(NOW)) for number in range(ONE_SENDER + 1)]
    assert [one.outcome for one in found] == [Outcome.TOPIC] * ONE_SENDER + [Outcome.HELD]
    assert found[-1].why == Why.TOO_MANY
    assert receive(mail(sender="olli@rantala.example"), now=at(NOW)).outcome is Outcome.TOPIC
    later = at(NOW + timedelta(hours=1, minutes=1))
    assert receive(mail(), now=later).outcome is Outcome.TOPIC


# The acknowledgement


def test_a_sender_is_acknowledged_once_a_day_and_the_other_letters_wait() -> None:
    for minutes in (0, 10, 24 * 60 + 11):
        receive(mail(), now=at(NOW + timedelta(minutes=minutes)))
    assert [one.state for one in letters()] == [MailState.QUEUED, MailState.DRAFT, MailState.QUEUED]


@pytest.mark.parametrize(
    "sender", ["no-reply@kauppa.example", "noreply-palaute@kauppa.example", "root@x.example"]
)
def test_nobody_is_written_to_where_nobody_reads(sender: str) -> None:
    found = receive(mail(sender=sender))
    assert found.outcome in (Outcome.TOPIC, Outcome.SET_ASIDE, Outcome.BOUNCE)
    assert letters() == []


def test_raw_messages_are_forgotten_after_thirty_days() -> None:
    receive(mail(), now=at(NOW))
    assert forget_raw(NOW + RAW_KEPT) == 0
    assert arrived()[0].raw
    assert forget_raw(NOW + RAW_KEPT + timedelta(minutes=1)) == 1
    db.session.expire_all()
    assert (arrived()[0].raw, arrived()[0].text) == (None, DARK)
