"""What tells messages apart, whose they are, and what is left of one that is no topic or one of a flood."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.domain.addresses import Site
from app.domain.incoming import ONE_SENDER, Outcome, Why
from app.domain.outbox import MailState
from app.extensions import db
from app.models import Attachment, OutgoingMail
from app.services import incoming_mail
from app.services.receiving import receive
from tests import make
from tests.cast import Cast
from tests.mail.incoming.files import PDF
from tests.receiving_stage import EEVA, arrived, at, letters, mail, taking_mail, topics

NOW = datetime(2027, 2, 12, 12, 0, tzinfo=UTC)
SCANNER = "<000@skanneri.local>"
OUR_FORM = "<0123456789abcdef0123456789abcdef@lehmijarvi.example>"


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[Site]:
    with taking_mail(app) as site:
        yield site


@pytest.mark.parametrize(
    "other", [{"text": "Bussi ei kulje lauantaisin."}, {"sender": "Matti <m@x.example>"}]
)
def test_two_messages_with_one_message_id_are_two(other: dict[str, str]) -> None:
    receive(mail(message_id=SCANNER))
    second = receive(mail(message_id=SCANNER, **other))
    assert (second.again, second.outcome, len(topics())) == (False, Outcome.TOPIC, 2)


def test_the_same_message_by_another_way_is_one() -> None:
    raw = mail(message_id=SCANNER, files=(("kartta.pdf", "application/pdf", PDF),))
    first = receive(raw)
    relayed = b"Received: from rele.example\r\nX-Spam-Score: 1\r\n" + raw.replace(
        b"Kyl", b"[ulkoinen] Kyl", 1
    )
    assert receive(relayed).mail_id == first.mail_id
    assert len(topics()) == 1


def test_a_web_form_of_our_own_domain_is_somebody_elses() -> None:
    assert receive(mail(message_id=OUR_FORM)).outcome is Outcome.TOPIC


def test_a_machine_of_our_own_domain_is_a_machine_still() -> None:
    found = receive(mail(message_id=OUR_FORM, Auto_Submitted="auto-replied"))
    assert (found.outcome, found.why) == (Outcome.SET_ASIDE, "auto_submitted")


def test_a_letter_that_we_sent_is_ours_whoever_sends_it_on() -> None:
    receive(mail())
    (letter,) = letters()
    found = receive(mail(sender="Matti <m@x.example>", message_id=letter.message_id))
    assert (found.outcome, found.why) == (Outcome.SET_ASIDE, "own_message_id")


def test_what_is_no_topic_leaves_no_letter_to_send(cast: Cast) -> None:
    receive(mail(), now=at(NOW))
    others = [receive(mail(f"Osta renkaita {number}."), now=at(NOW)) for number in range(12)]
    incoming_mail.not_a_topic(make.visitor(cast.maria), others[0].topic_id or 0)
    db.session.rollback()
    waiting = {one.topic_id for one in letters() if one.state is MailState.DRAFT}
    assert waiting == {one.topic_id for one in others[1:]}, "the letters of the others wait as before"


def test_what_has_gone_is_not_taken_back(cast: Cast) -> None:
    found = receive(mail())
    letters()[0].state = MailState.SENT
    db.session.commit()
    incoming_mail.not_a_topic(make.visitor(cast.maria), found.topic_id or 0)
    assert db.session.query(OutgoingMail).one().to_address == EEVA


def test_of_a_flood_nothing_is_kept_but_what_was_read() -> None:
    for number in range(ONE_SENDER + 1):
        receive(mail(f"Viesti {number} tiestä.", files=(("a.pdf", "application/pdf", PDF),)), now=at(NOW))
    *_, before, last = arrived()
    assert (last.why, last.raw, last.text) == (Why.TOO_MANY, None, f"Viesti {ONE_SENDER} tiestä.")
    assert before.raw is not None
    kept = {one.incoming_mail_id: (one.name, one.content) for one in db.session.query(Attachment)}
    assert (kept[before.id], kept[last.id]) == (("a.pdf", PDF), ("a.pdf", None))


@pytest.mark.parametrize("fields", [{"Auto_Submitted": "auto-replied"}, {"List_Id": "<uutiset.example>"}])
def test_of_machines_nothing_is_kept_but_what_was_read(fields: dict[str, str]) -> None:
    receive(mail(**fields))
    (row,) = arrived()
    assert (row.outcome, row.raw) == (Outcome.SET_ASIDE, None)
    assert row.whole
