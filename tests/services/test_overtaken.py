"""Letters that no longer hold stay here: nobody is asked to what is called off, or to an older time."""

from datetime import time, timedelta

import pytest
from flask import Flask

from app.domain.clock import utc_now
from app.domain.errors import Refused
from app.domain.outbox import OVERTAKEN, READER_GONE, MailState
from app.extensions import db
from app.mail.folder import MemoryTransport
from app.models import OutgoingMail
from app.services import convening, drafts, letters, posting, told
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.letter_stage import let_go, send
from tests.outbox_stage import store
from tests.release_stage import change, evening, invitation, person, publish
from tests.release_stage import drafts as drafted


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> int:
    return evening(cast)


def row(letter_id: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id, populate_existing=True)


def stands(letter_id: int) -> tuple[MailState, str | None]:
    return row(letter_id).state, row(letter_id).last_answer


def press(cast: Cast, letter_id: int) -> int:
    return drafts.send(make.visitor(cast.maria), {letter_id: row(letter_id).revision}, 1)


def call_off(cast: Cast, meeting: int) -> None:
    convening.cancel(make.visitor(cast.maria), meeting, "Koululla on vesivahinko.")


def stopped_draft(cast: Cast, meeting: int) -> int:
    letter = publish(cast, meeting)[cast.timo].id
    drafts.stop(make.visitor(cast.maria), letter)
    return letter


def test_a_stopped_invitation_stays_so_after_the_calling_off(cast: Cast, meeting: int) -> None:
    letter = stopped_draft(cast, meeting)
    call_off(cast, meeting)
    with pytest.raises(Refused, match="has changed"):
        drafts.bring_back(make.visitor(cast.maria), letter)
    assert row(letter).state is MailState.PARKED


def test_a_stopped_invitation_gives_way_to_that_of_a_later_release(cast: Cast, meeting: int) -> None:
    letter = stopped_draft(cast, meeting)
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    with pytest.raises(Refused, match="has changed"):
        drafts.bring_back(make.visitor(cast.maria), letter)


def test_a_stopped_invitation_comes_back_while_it_holds(cast: Cast, meeting: int) -> None:
    letter = stopped_draft(cast, meeting)
    drafts.bring_back(make.visitor(cast.maria), letter)
    assert press(cast, letter) == 1
    assert row(letter).state is MailState.QUEUED
    assert invitation(cast.timo).told_at is not None


def test_an_old_letter_lowers_no_number_in_a_calendar(cast: Cast, meeting: int) -> None:
    old = stopped_draft(cast, meeting)
    for hour in (17, 16):
        change(cast, meeting, starts=time(hour))
        publish(cast, meeting)
        send()
    before = invitation(cast.timo)
    sequence, mark = before.sequence, before.calendar_mark
    assert sequence == 1
    act(told.approved)([row(old)], utc_now())
    after = invitation(cast.timo)
    assert (after.sequence, after.calendar_mark) == (sequence, mark)


def test_a_draft_that_does_not_hold_is_left_unsent_at_the_press(cast: Cast, meeting: int) -> None:
    letter = stopped_draft(cast, meeting)
    call_off(cast, meeting)
    row(letter).state = MailState.DRAFT
    db.session.commit()
    assert press(cast, letter) == 0
    assert stands(letter) == (MailState.PARKED, OVERTAKEN)
    assert row(letter).approved_at is None


def test_an_invitation_that_failed_is_not_tried_again_after_the_calling_off(cast: Cast, meeting: int) -> None:
    letter = publish(cast, meeting)[cast.timo].id
    send()
    one = row(letter)
    one.state, one.last_answer = MailState.PARKED, "452 full"
    db.session.commit()
    call_off(cast, meeting)
    with pytest.raises(Refused, match="has changed"):
        letters.try_again(make.visitor(cast.maria), letter)
    assert letters.try_all_again(make.visitor(cast.maria)) == 0
    assert stands(letter) == (MailState.PARKED, OVERTAKEN)


def test_what_was_in_the_workers_hands_is_not_tried_again_after_the_calling_off(
    cast: Cast, meeting: int
) -> None:
    publish(cast, meeting)
    let_go(cast.timo)
    taken = posting.take_next(utc_now())
    assert taken is not None
    call_off(cast, meeting)
    state = posting.mark_failed(taken, "451 later", utc_now(), permanent=False)
    assert state is MailState.PARKED
    assert stands(taken.id) == (MailState.PARKED, OVERTAKEN)


def test_the_worker_passes_over_what_does_not_hold(cast: Cast, meeting: int) -> None:
    letter = publish(cast, meeting)[cast.timo].id
    let_go(cast.timo)
    one = row(letter)
    one.state = MailState.PARKED  # out of sight of the calling off
    db.session.commit()
    call_off(cast, meeting)
    row(letter).state = MailState.QUEUED
    db.session.commit()
    way_out, other = MemoryTransport(), store(1, MailState.QUEUED, due_at=utc_now())
    posting.send_due(way_out)
    assert [one["To"].addresses[0].addr_spec for one in way_out.messages] == ["person1@x.example"]
    assert row(other).state is MailState.SENT
    assert stands(letter) == (MailState.PARKED, OVERTAKEN)


def test_a_calling_off_itself_is_sent(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    call_off(cast, meeting)
    letter = drafted()[cast.timo].id
    assert press(cast, letter) == 1
    posting.send_due(MemoryTransport())
    assert row(letter).state is MailState.SENT


def stopped_after_the_press(cast: Cast, meeting: int) -> int:
    letter = publish(cast, meeting)[cast.timo].id
    let_go()
    drafts.stop(make.visitor(cast.maria), letter)
    send()
    return letter


def test_a_letter_stopped_after_the_press_told_nobody(cast: Cast, meeting: int) -> None:
    letter = stopped_after_the_press(cast, meeting)
    asked = invitation(cast.timo)
    assert (asked.told_at, asked.calendar_mark, asked.first_message_id) == (None, None, None)
    assert row(letter).approved_at is None
    assert cast.timo in publish(cast, meeting)


def test_whose_letter_was_stopped_after_the_press_hears_no_calling_off(cast: Cast, meeting: int) -> None:
    stopped_after_the_press(cast, meeting)
    call_off(cast, meeting)
    assert cast.timo not in drafted()
    assert cast.pekka in drafted()


def test_a_letter_that_a_server_may_have_taken_counts_though_it_is_stopped(cast: Cast, meeting: int) -> None:
    letter = publish(cast, meeting)[cast.timo].id
    let_go()
    row(letter).attempts = 1
    db.session.commit()
    drafts.stop(make.visitor(cast.maria), letter)
    assert row(letter).approved_at is not None
    assert invitation(cast.timo).told_at is not None


def test_a_letter_that_is_sent_anew_has_not_come_back(cast: Cast) -> None:
    letter = store(1, MailState.PARKED, bounced_at=utc_now(), last_answer="550 full")
    letters.try_again(make.visitor(cast.maria), letter)
    posting.send_due(MemoryTransport(), lambda: utc_now() + timedelta(minutes=1))
    assert (row(letter).state, row(letter).bounced_at) == (MailState.SENT, None)


def test_a_draft_to_somebody_who_is_gone_is_left_unsent(cast: Cast) -> None:
    maria = make.visitor(cast.maria)
    gone, here = (
        store(1, kind="follow_up_given", to=cast.timo),
        store(2, kind="follow_up_given", to=cast.pekka),
    )
    person(cast.timo).deactivated_at = utc_now()
    db.session.commit()
    assert drafts.send(maria, {gone: 1, here: 1}, 2) == 1
    assert stands(gone) == (MailState.PARKED, READER_GONE)
    assert row(here).state is MailState.QUEUED


def test_whoever_is_gone_still_hears_of_her_own_topic(cast: Cast) -> None:
    make.topic(cast.north, "Kylätien valot", contact_email=cast.timo.upper())
    letter = store(1, kind="topic_accepted", to=cast.timo)
    person(cast.timo).deactivated_at = utc_now()
    db.session.commit()
    assert press(cast, letter) == 1
    assert row(letter).state is MailState.QUEUED


def test_a_press_asks_the_same_for_few_letters_and_many(cast: Cast) -> None:
    maria = make.visitor(cast.maria)
    few, many = {store(n): 1 for n in range(3)}, {store(n): 1 for n in range(10, 40)}
    assert queries_of(lambda: drafts.send(maria, many, 30)) <= queries_of(lambda: drafts.send(maria, few, 3))
