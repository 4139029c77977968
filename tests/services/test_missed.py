"""Letters that never reached their reader: the next release tells what they told."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.domain.permissions import ANYBODY
from app.extensions import db
from app.models import OutgoingMail
from app.services import letter_choices
from app.services.transactions import act
from tests.cast import Cast
from tests.letter_stage import let_go, send
from tests.outbox_stage import store
from tests.release_stage import EEVA, evening, person, publish, topic

NEW = "uusi@example.org"


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> int:
    return evening(cast)


def letters_to(address: str) -> list[OutgoingMail]:
    query = select(OutgoingMail).where(OutgoingMail.to_address == address).order_by(OutgoingMail.id)
    return list(db.session.scalars(query))


def came_back(address: str) -> None:
    [letter] = letters_to(address)
    letter.state, letter.bounced_at = MailState.PARKED, utc_now()
    db.session.commit()


def test_an_invitation_that_came_back_goes_to_the_mended_address_once(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    came_back(cast.timo)
    assert publish(cast, meeting) == {}  # it would come back again
    person(cast.timo).email = NEW
    db.session.commit()
    found = publish(cast, meeting)
    assert {to: one.kind for to, one in found.items()} == {NEW: "agenda_published"}
    send()
    assert publish(cast, meeting) == {}


def test_a_proposer_s_letter_that_came_back_goes_to_the_mended_address_once(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    came_back(EEVA)
    topic(EEVA).contact_email = NEW
    db.session.commit()
    found = publish(cast, meeting)
    assert {to: one.kind for to, one in found.items()} == {NEW: "topic_on_agenda"}
    send()
    assert publish(cast, meeting) == {}


def test_who_stopped_invitations_and_starts_again_hears_of_the_own_topic_once(
    cast: Cast, meeting: int
) -> None:
    token = act(letter_choices.token_for)(EEVA)
    letter_choices.stop(ANYBODY, token, "meetings")
    letter = publish(cast, meeting)[EEVA]
    let_go()
    letter.state = MailState.SKIPPED
    db.session.commit()
    send()
    assert publish(cast, meeting) == {}  # nothing is written that nobody wants
    letter_choices.start(ANYBODY, token, "meetings")
    found = publish(cast, meeting)
    assert {to: one.kind for to, one in found.items()} == {EEVA: "topic_on_agenda"}
    send()
    assert publish(cast, meeting) == {}


@pytest.mark.parametrize(
    ("kind", "state", "since", "left"),
    [
        ("memo_published", MailState.QUEUED, None, MailState.SKIPPED),
        ("memo_published", MailState.SENDING, None, MailState.SENDING),
        ("memo_published", MailState.DRAFT, None, MailState.DRAFT),
        ("agenda_changed", MailState.QUEUED, 1, MailState.QUEUED),
        ("agenda_published", MailState.QUEUED, 0, MailState.QUEUED),
        ("meeting_cancelled", MailState.QUEUED, None, MailState.QUEUED),
        ("topic_discussed", MailState.QUEUED, None, MailState.QUEUED),
    ],
)
def test_what_waits_does_not_leave_after_its_group_was_stopped(
    app: Flask, cast: Cast, kind: str, state: MailState, since: int | None, left: MailState
) -> None:
    mine = store(1, state, kind=kind, to="Eeva@example.org", since_release=since)
    other = store(2, state, kind=kind, to="matti@example.org", since_release=since)
    for word in ("memos", "meetings"):
        letter_choices.stop(ANYBODY, act(letter_choices.token_for)(EEVA), word)
    assert db.session.get_one(OutgoingMail, mine, populate_existing=True).state is left
    assert db.session.get_one(OutgoingMail, other, populate_existing=True).state is state
