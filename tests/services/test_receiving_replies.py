"""Somebody answers one of our letters: her words join its topic, and a forged sender decides nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.addresses import MarkKind, Site
from app.domain.errors import NotFound, Refused
from app.domain.incoming import Outcome, Why
from app.domain.outbox import MailState
from app.domain.topics import OPEN, TopicAct, TopicState
from app.extensions import db
from app.mail.composing import Letter
from app.models import Attachment, Event, IncomingMail, OutgoingMail, Topic
from app.services import journey, outbox, triage, unread
from app.services.receiving import make_topic, receive, set_aside
from tests import make
from tests.cast import Cast
from tests.receiving_stage import EEVA, INTAKE, arrived, letters, mail, report, taking_mail, topics

STRANGER = "joku@muualla.example"


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[Site]:
    with taking_mail(app) as site:
        yield site


@pytest.fixture
def topic(cast: Cast) -> Topic:
    return make.topic(cast.north, contact_email=EEVA, state=TopicState.ASKED)


def sent(
    topic: Topic | None = None, to: str = EEVA, kind: str = "topic_asked", **tied: int | None
) -> OutgoingMail:
    """Return a letter of ours that has gone to somebody."""
    tied = {"topic_id": topic.id} if topic else tied
    outbox.queue(Letter(kind, "fi", f"Kirje {len(letters())}", "Hei!\n"), to, f"t:{len(letters())}", **tied)
    letter = letters()[-1]
    letter.state = MailState.SENT
    db.session.commit()
    return letter


def to_letter(own: Site, letter: OutgoingMail) -> str:
    return own.marked(MarkKind.REPLY, letter.mark or "")


def own_page(topic: Topic) -> list[str]:
    return [one.words for one in journey.of_token(topic.token, "fi").steps if one.words]


# who wrote, to the letter's own address or not -> the act, the state, whether it stands on her own page
WHO = [
    (EEVA, True, TopicAct.REPLY, TopicState.RECEIVED, True, Why.VERIFIED),
    ("EEVA@Koivuranta.example", True, TopicAct.REPLY, TopicState.RECEIVED, True, Why.VERIFIED),
    (EEVA, False, TopicAct.WRITE, TopicState.ASKED, False, Why.UNVERIFIED),
    (STRANGER, True, TopicAct.WRITE, TopicState.ASKED, False, Why.UNVERIFIED),
    (STRANGER, False, TopicAct.WRITE, TopicState.ASKED, False, Why.UNVERIFIED),
]


@pytest.mark.parametrize(("sender", "marked", "act", "state", "shown", "why"), WHO)
def test_who_answers_a_question(
    own: Site,
    topic: Topic,
    sender: str,
    marked: bool,
    act: TopicAct,
    state: TopicState,
    shown: bool,
    why: Why,
) -> None:
    letter = sent(topic)
    to, fields = (to_letter(own, letter), {}) if marked else (INTAKE, {"In_Reply_To": letter.message_id})
    found = receive(
        mail("Valoja puuttuu kolme.", sender=f"<{sender}>", to=to, subject="VS: Kysymys", **fields)
    )
    db.session.refresh(topic)
    (step,) = topic.steps
    assert (found.outcome, found.why, found.topic_id) == (Outcome.REPLY, why, topic.id)
    assert (step.act, step.words, topic.state) == (act, "Valoja puuttuu kolme.", state)
    assert ("Valoja puuttuu kolme." in own_page(topic)) is shown
    assert (step.kept_inside, step.incoming_mail_id) == (not shown, found.mail_id)
    assert topic.unread_at is not None
    assert [one.kind for one in letters()] == ["topic_asked"]  # a reply is not acknowledged


@pytest.mark.parametrize("state", sorted(set(TopicState) - {TopicState.ASKED}))
def test_more_words_move_nothing(own: Site, topic: Topic, state: TopicState) -> None:
    topic.state = state
    letter = sent(topic)
    receive(mail("Ja silta on rikki.", to=to_letter(own, letter)))
    db.session.refresh(topic)
    assert (topic.state, topic.steps[-1].act) == (state, TopicAct.WRITE)
    assert len(topics()) == 1


def test_a_body_that_answers_a_letter_about_a_topic_is_not_its_proposer(own: Site, topic: Topic) -> None:
    letter = sent(topic, to="tekninen@lehmijarvi.example", kind="statement_asked")
    found = receive(
        mail("Korjataan kesällä.", sender="tekninen@lehmijarvi.example", to=to_letter(own, letter))
    )
    db.session.refresh(topic)
    assert (found.why, topic.steps[-1].kept_inside, topic.state) == (Why.VERIFIED, True, TopicState.ASKED)
    assert "Korjataan kesällä." not in own_page(topic)


def test_a_mark_that_is_no_letters_makes_a_topic_of_its_own(own: Site) -> None:
    assert receive(mail(to=own.marked(MarkKind.REPLY, "a" * 26))).outcome is Outcome.TOPIC


def test_files_of_a_reply_go_to_its_topic(own: Site, topic: Topic) -> None:
    letter = sent(topic)
    receive(mail("", to=to_letter(own, letter), files=(("kuva.png", "image/png", b"\x89PNG\r\n\x1a\n"),)))
    (file,) = db.session.query(Attachment).all()
    db.session.refresh(topic)
    assert file.topic_id == topic.id
    assert (topic.state, topic.steps[-1].act) == (TopicState.ASKED, TopicAct.WRITE)  # nothing was answered


def test_the_coordinator_notices_and_whoever_acts_has_read(cast: Cast, own: Site, topic: Topic) -> None:
    newer = make.topic(cast.north, "Uusi aihe")
    topic.state = TopicState.DISCUSSED
    letter = sent(topic)
    maria = make.visitor(cast.maria)

    def first() -> int:
        return triage.inbox(maria, None, OPEN, 1).topics[0].id

    assert first() == newer.id
    receive(mail("Lisäksi silta.", to=to_letter(own, letter)))
    assert first() == topic.id
    unread.read_message(maria, topic.id)
    assert first() == newer.id
    with pytest.raises(NotFound):
        unread.read_message(make.visitor(cast.olli), topic.id)


def test_a_reply_to_a_letter_about_no_topic_waits_for_somebody(cast: Cast, own: Site) -> None:
    meeting = make.meeting(cast.south)
    letter = sent(kind="memo_published", meeting_id=meeting.id)
    found = receive(mail("Kiitos muistiosta!", to=to_letter(own, letter)))
    (row,) = arrived()
    assert (found.outcome, found.why) == (Outcome.HELD, Why.REPLY_TO_LETTER)
    assert (row.outgoing_mail_id, row.table_id, topics()) == (letter.id, cast.south, [])


# Letters that come back


@pytest.mark.parametrize("marked", [True, False], ids=["to the bounce address", "by the Message-ID"])
def test_a_letter_that_came_back_is_parked(own: Site, topic: Topic, marked: bool) -> None:
    letter = sent(topic)
    found = receive(report(letter, to=own.marked(MarkKind.BOUNCE, letter.mark or "") if marked else INTAKE))
    db.session.refresh(letter)
    assert (found.outcome, letter.state) == (Outcome.BOUNCE, MailState.PARKED)
    assert letter.bounced_at is not None
    assert "550 5.1.1 No such user here" in (letter.last_answer or "")
    assert (len(topics()), len(letters())) == (1, 1)


def test_a_letter_that_is_only_late_stays_as_it_is(topic: Topic) -> None:
    letter = sent(topic)
    found = receive(report(letter, status="4.2.2", action="delayed"))
    db.session.refresh(letter)
    assert (found.outcome, found.why) == (Outcome.BOUNCE, Why.DELAYED)
    assert (letter.state, letter.bounced_at) == (MailState.SENT, None)


def test_a_report_of_a_letter_that_is_not_ours_is_set_aside(topic: Topic) -> None:
    letter = sent(topic)
    letter.message_id = "<toinen@muualla.example>"
    raw = report(letter)
    db.session.rollback()
    assert receive(raw).outcome is Outcome.SET_ASIDE


# What somebody decides who looks


def held(cast: Cast, own: Site) -> IncomingMail:
    letter = sent(kind="memo_published", meeting_id=make.meeting(cast.north).id)
    receive(mail("Saisiko sillan korjattua?", to=to_letter(own, letter), subject="VS: Muistio"))
    return arrived()[-1]


def test_a_held_message_becomes_a_topic_by_a_press(cast: Cast, own: Site) -> None:
    row = held(cast, own)
    maria = make.visitor(cast.maria)
    topic_id = make_topic(maria, row.id)
    assert make_topic(maria, row.id) == topic_id
    (topic,) = topics()
    assert (topic.text, topic.entered_by_id) == ("Saisiko sillan korjattua?", maria.person_id)
    assert (arrived()[0].outcome, arrived()[0].topic_id) == (Outcome.TOPIC, topic.id)
    assert [(one.kind, one.state) for one in letters()][1:] == [("topic_received", MailState.DRAFT)]
    with pytest.raises(Refused):
        set_aside(maria, row.id)


def test_a_message_set_aside_by_a_machine_may_be_a_topic_after_all(cast: Cast) -> None:
    receive(mail("", Auto_Submitted="auto-generated", subject="Palautelomake: silta"))
    make_topic(make.visitor(cast.maria), arrived()[0].id)
    assert topics()[0].text == "Palautelomake: silta"


def test_a_held_message_is_set_aside_by_a_press(cast: Cast, own: Site) -> None:
    row = held(cast, own)
    for _ in range(2):
        set_aside(make.visitor(cast.maria), row.id)
    db.session.refresh(row)
    assert (row.outcome, row.why) == (Outcome.SET_ASIDE, Why.BY_HAND)
    assert db.session.query(Event).filter_by(act="mail.set_aside").count() == 1


def test_another_tables_message_is_not_there(cast: Cast, own: Site) -> None:
    row = held(cast, own)
    for decide in (make_topic, set_aside):
        with pytest.raises(NotFound):
            decide(make.visitor(cast.olli), row.id)
