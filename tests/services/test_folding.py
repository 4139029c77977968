"""Letters that have not left give way to those of the next release: nobody reads two that contradict."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.extensions import db
from app.models import Event, Invitation, Meeting, OutgoingMail
from app.services import agenda, announcing, inviting
from app.services.agenda_items import Edit, save_items
from tests import make
from tests.cast import Cast
from tests.letter_stage import let_go, send
from tests.release_stage import (
    EEVA,
    MATTI,
    change,
    drafts,
    entries,
    entry,
    evening,
    invitation,
    item,
    person,
    publish,
)


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> int:
    return evening(cast)


def longer(cast: Cast, meeting: int, before: int, after: int) -> None:
    edit = Edit(item("Bussivuorot"), {"minutes": after}, {"minutes": str(before)})
    save_items(make.visitor(cast.maria), meeting, [edit])


def all_letters() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail)))


def test_what_nobody_let_go_is_written_anew(cast: Cast, meeting: int) -> None:
    first = publish(cast, meeting)
    kinds = {to: one.kind for to, one in first.items()}
    ids = {one.id for one in first.values()}
    change(cast, meeting, place="Kirjasto")
    second = publish(cast, meeting)
    assert {to: one.kind for to, one in second.items()} == kinds  # still the first that they hear
    assert not ids & {one.id for one in all_letters()}
    for to, one in entries(second.values()).items():
        assert (one.sequence, one.location) == (0, "Kirjasto")
        assert "Muutos" not in one.text
        assert "Koivurannan koulu" not in second[to].body
    folded = db.session.scalars(select(Event).where(Event.act == "letter.fold")).all()
    assert {one.noun_id for one in folded} == ids


def test_only_those_whose_letter_left_read_of_a_change(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send(cast.timo)
    change(cast, meeting, place="Kirjasto")
    letters = publish(cast, meeting)
    assert letters[cast.timo].kind == "agenda_changed"
    assert letters[cast.sari].kind == "agenda_published"
    assert {entry(one).sequence for to, one in letters.items() if to != cast.timo} == {0}
    assert entry(letters[cast.timo]).sequence == 1


def test_several_changes_are_one_letter_that_tells_them_all(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    longer(cast, meeting, 10, 15)
    publish(cast, meeting)
    change(cast, meeting, starts=time(17), place="Kirjasto")
    letters = publish(cast, meeting)
    for one in letters.values():
        assert one.kind == "agenda_changed"
        assert entry(one).sequence == 1  # one more than what was sent, however often it was written
        assert "Aika oli ennen" in one.body
        assert "Paikka: Kirjasto\nPaikka oli ennen: Koivurannan koulu" in one.body
    assert "Nyt: 17.25–17.40\nEnnen: 18.25–18.35" in letters[MATTI].body


def test_a_letter_that_waits_after_the_press_gives_way_too(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    longer(cast, meeting, 10, 15)
    waiting = publish(cast, meeting)[MATTI].id
    let_go()
    longer(cast, meeting, 15, 20)
    letters = publish(cast, meeting)
    assert set(letters) == {MATTI}
    assert "Nyt: 18.25–18.45\nEnnen: 18.25–18.35" in letters[MATTI].body
    assert db.session.get(OutgoingMail, waiting) is None


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.GATHERED])
def test_an_invitation_that_was_let_go_and_taken_back_told_nobody(
    cast: Cast, meeting: int, state: MailState
) -> None:
    publish(cast, meeting)
    let_go()
    for one in all_letters():
        one.state = state
    db.session.commit()
    assert invitation(cast.timo).told_at is not None
    change(cast, meeting, starts=time(17))
    letters = publish(cast, meeting)
    assert letters[cast.timo].kind == "agenda_published"
    assert letters[cast.pekka].kind == "official_invited"
    assert letters[EEVA].kind == "topic_on_agenda"
    assert {one.sequence for one in entries(letters.values()).values()} == {0}
    rows = db.session.scalars(select(Invitation).execution_options(populate_existing=True)).all()
    assert {(one.told_at, one.calendar_mark, one.first_message_id) for one in rows} == {(None, None, None)}


@pytest.mark.parametrize("state", [MailState.SENDING, MailState.SENT, MailState.PARKED])
def test_what_is_on_its_way_or_gone_stays(cast: Cast, meeting: int, state: MailState) -> None:
    publish(cast, meeting)
    let_go()
    before = all_letters()
    for one in before:
        one.state = state
    db.session.commit()
    ids = {one.id for one in before}
    change(cast, meeting, starts=time(17))
    letters = publish(cast, meeting)
    assert ids < {one.id for one in all_letters()}
    assert {one.kind for one in letters.values()} == {"agenda_changed"}


def test_a_change_that_was_undone_is_told_to_nobody(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    longer(cast, meeting, 10, 15)
    assert set(publish(cast, meeting)) == {MATTI}
    let_go()
    longer(cast, meeting, 15, 10)
    assert publish(cast, meeting) == {}
    assert len([one for one in all_letters() if one.state is not MailState.SENT]) == 0


def test_a_move_that_was_let_go_and_undone_leaves_the_number_of_what_was_read(
    cast: Cast, meeting: int
) -> None:
    publish(cast, meeting)
    send()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    let_go()
    assert invitation(cast.timo).sequence == 1
    change(cast, meeting, starts=time(18))
    assert publish(cast, meeting) == {}
    assert invitation(cast.timo).sequence == 0  # an answer to it is still an answer
    change(cast, meeting, starts=time(17, 30))
    assert entry(publish(cast, meeting)[cast.timo]).sequence == 1


def test_what_a_server_may_have_taken_leaves_its_number_behind(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    let_go()
    for one in all_letters():
        if one.state is MailState.QUEUED:
            one.attempts = 1  # the server was silent at the end: who knows
    db.session.commit()
    change(cast, meeting, starts=time(18))
    publish(cast, meeting)
    change(cast, meeting, starts=time(17, 30))
    assert entry(publish(cast, meeting)[cast.timo]).sequence == 2


def test_a_removal_and_its_return_before_the_letter_left(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    db.session.get_one(Meeting, meeting).items[1].officials = []
    db.session.commit()
    assert set(publish(cast, meeting)) == {cast.pekka}
    db.session.get_one(Meeting, meeting).items[1].officials = [person(cast.pekka)]
    db.session.commit()
    assert publish(cast, meeting) == {}


def test_a_topic_that_came_and_went_before_the_letter_left(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    agenda.remove_item(make.visitor(cast.maria), meeting, item("Kylätien valot"))
    letters = publish(cast, meeting)
    assert EEVA not in letters  # she never heard of it
    assert cast.pekka not in letters
    assert letters[MATTI].kind == "topic_on_agenda"


def test_somebody_taken_off_before_the_letter_left_hears_nothing(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    inviting.take_off(make.visitor(cast.maria), meeting, f"p{person(cast.timo).id}")
    assert cast.timo not in drafts()
    assert cast.timo not in publish(cast, meeting)
    inviting.ask(make.visitor(cast.maria), meeting, f"p{person(cast.timo).id}")
    assert publish(cast, meeting)[cast.timo].kind == "agenda_published"


def test_a_new_topic_of_somebody_with_a_letter_that_waits_joins_it(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    longer(cast, meeting, 10, 15)
    publish(cast, meeting)
    beach = make.topic(cast.north, "Uimaranta", state="accepted", contact_email=MATTI)
    agenda.put_on_agenda(make.visitor(cast.maria), meeting, beach.id)
    letters = publish(cast, meeting)
    assert "Uusi asia: Uimaranta" in letters[MATTI].body
    assert "Ennen: 18.25–18.35" in letters[MATTI].body


def test_a_letter_that_the_reader_does_not_want_told_nothing(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    for one in all_letters():
        one.state, one.approved_at = MailState.SKIPPED, utc_now()
    db.session.commit()
    let_go()
    assert invitation(cast.timo).told_at is None


def test_the_page_counts_what_is_replaced_and_asks_little(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    letters = all_letters()
    letters[0].revision = 3
    db.session.commit()
    plan = announcing.plan(db.session.get_one(Meeting, meeting))
    assert (len(plan.replaced), plan.mended) == (len(letters), 1)
    mark = plan.mark()
    letters[1].revision = 2  # somebody mends a letter while the page is open
    db.session.commit()
    assert announcing.plan(db.session.get_one(Meeting, meeting)).mark() != mark
