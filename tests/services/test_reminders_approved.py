"""The one press that lets reminders go, and what can be changed before it."""

from datetime import date, time

import pytest
from flask import Flask

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.outbox import MailState
from app.domain.permissions import ANYBODY
from app.domain.reminders import DAY, HOUR, Standing
from app.extensions import db
from app.models import Event, Invitation, Meeting, OutgoingMail
from app.services import posting, reminders
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.outbox_stage import store
from tests.reminder_stage import approved, at, letters, make_due, publish, published, rows

THURSDAY, THE_DAY_BEFORE = date(2027, 2, 11), date(2027, 2, 10)
TOLD = date(2027, 1, 20)


@pytest.fixture
def evening(app: Flask, cast: Cast) -> int:
    """A meeting on Thursday 11.2.2027 at 18, published and told of three weeks before."""
    with at(TOLD):
        return published(cast, THURSDAY)


def test_the_press_restates_what_it_approves_and_is_written_down(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    with at(TOLD):
        shown = reminders.of_meeting(evening)
        assert (len(shown.waiting), shown.letters) == (2, len(_readers(evening)))
        reminders.add(maria, evening, 3 * DAY)
        with pytest.raises(Stale):
            reminders.approve(maria, evening, shown.mark)
        again = reminders.of_meeting(evening)
        assert reminders.approve(maria, evening, again.mark, "a key of a form") == 3
        assert reminders.approve(maria, evening, again.mark, "a key of a form") == 3
        assert reminders.of_meeting(evening).waiting == []
    acts = [one.act for one in db.session.query(Event).order_by(Event.id) if one.act.startswith("reminder.")]
    assert acts == ["reminder.add", "reminder.approve"]


def _readers(meeting_id: int) -> list[Invitation]:
    found = db.session.query(Invitation).filter_by(meeting_id=meeting_id).all()
    return [one for one in found if one.person_id or one.topic_id]


def test_the_count_has_those_whose_invitation_has_not_left_yet(cast: Cast, evening: int) -> None:
    before = reminders.of_meeting(evening).letters
    for one in _readers(evening):
        one.told_at = None
    db.session.commit()
    assert reminders.of_meeting(evening).letters == before > 5


def test_whoever_presses_late_does_not_send_the_letter_of_a_week_before(cast: Cast, evening: int) -> None:
    with at(THE_DAY_BEFORE, time(12)):
        approved(cast, evening)
        assert make_due() == 0
        assert [one.standing for one in reminders.of_meeting(evening).lines] == [
            Standing.PASSED,
            Standing.APPROVED,
        ]
    with at(THE_DAY_BEFORE, time(18)):
        assert make_due() == len(letters()) > 0


@pytest.mark.parametrize("minutes", [DAY, 30, 61 * DAY, 21 * DAY + 12 * HOUR])
def test_a_reminder_that_cannot_be_is_refused_at_its_field(cast: Cast, evening: int, minutes: int) -> None:
    with at(date(2027, 1, 21)), pytest.raises(Invalid) as refused:
        reminders.add(make.visitor(cast.maria), evening, minutes)
    assert refused.value.field == "before"


def test_there_are_four_at_most(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    with at(TOLD):
        reminders.add(maria, evening, 2 * DAY)
        reminders.add(maria, evening, 3 * DAY)
        with pytest.raises(Invalid):
            reminders.add(maria, evening, 4 * DAY)
    assert len(rows(evening)) == 4


def test_nobody_else_touches_them(cast: Cast, evening: int) -> None:
    one = rows(evening)[0].id
    for who in (ANYBODY, make.visitor(cast.timo), make.visitor(cast.olli)):
        with at(TOLD), pytest.raises(NotFound):
            reminders.approve(who, evening)
        with at(TOLD), pytest.raises(NotFound):
            reminders.add(who, evening, 2 * DAY)
        with at(TOLD), pytest.raises(NotFound):
            reminders.remove(who, evening, one)
    with at(THURSDAY, time(18)), pytest.raises(Refused):
        reminders.approve(make.visitor(cast.maria), evening)


def test_an_idle_look_is_small_and_the_page_s_does_not_grow_with_readers(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
        assert queries_of(make_due) <= 3
        assert queries_of(lambda: reminders.of_meeting(evening)) <= 22


def test_a_reminder_that_is_taken_off_takes_its_letters_back(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(THE_DAY_BEFORE, time(18)):
        made = make_due()
        assert made == len(letters()) > 0
        letters()[cast.aino].state = MailState.SENT
        db.session.commit()
        reminders.remove(make.visitor(cast.maria), evening, rows(evening)[1].id)
    assert set(letters()) == {cast.aino}
    [event] = db.session.query(Event).filter_by(act="reminder.take_back")
    assert event.detail == {"letters": made - 1}


def test_a_reminder_carries_the_day_on_which_it_is_made(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(THE_DAY_BEFORE, time(18)):
        make_due()
        taken = posting.take_next(utc_now())
        assert taken is not None
        assert taken.date == utc_now()


@pytest.mark.parametrize("broken", ["write", "_is_open", "_due"])
def test_a_fault_in_one_meeting_stops_no_other_and_is_told(
    cast: Cast, evening: int, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    with at(TOLD):
        other = make.meeting(cast.south, THURSDAY)
        make.item(other, "Avaus")
        publish(cast, other.id, make.visitor(cast.olli))
        second = other.id
        approved(cast, evening)
        reminders.approve(make.visitor(cast.olli), second)
        queued = store(
            1, MailState.QUEUED, kind="meeting_reminder", meeting_id=evening, batch="of another day"
        )
    real = getattr(reminders, broken)

    def fail(meeting: Meeting, *rest: object) -> object:
        if meeting.id == evening:
            raise RuntimeError
        return real(meeting, *rest)

    monkeypatch.setattr(reminders, broken, fail)
    with at(THE_DAY_BEFORE, time(18)), pytest.raises(RuntimeError):
        make_due()
    db.session.rollback()
    assert db.session.query(OutgoingMail).filter_by(kind="meeting_reminder", meeting_id=second).count() > 0
    assert (db.session.get(OutgoingMail, queued) is not None) is (broken == "_is_open")
