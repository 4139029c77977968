"""The presses of an evening: what each stores, that twice is once, and that each can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.domain.agenda import ItemKind
from app.domain.errors import Forbidden, NotFound, Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.permissions import Visitor
from app.services import running
from tests import make
from tests.cast import Cast
from tests.domain.running_stage import at
from tests.evening_stage import Stage, clock, item, logged, meeting, staged, states


@pytest.fixture
def night(cast: Cast) -> Stage:
    return staged(cast)


@pytest.fixture
def sari(cast: Cast) -> Visitor:
    with clock("17.00"):
        return make.visitor(cast.sari)


def test_the_first_begins_the_meeting_and_keeps_the_plan(night: Stage, sari: Visitor) -> None:
    with clock("18.01"):
        running.begin(sari, night.meeting, night.opening, 0)
    assert states(night) == {"Avaus": "going"}
    assert meeting(night).begun_at == item(night.opening).started_at == at("18.01")
    assert [item(one).planned_minutes for one in (night.opening, night.beach)] == [5, 25]
    with clock("18.04"):
        running.more(sari, night.meeting, night.beach, 25)
    assert (item(night.beach).minutes, item(night.beach).planned_minutes) == (30, 25)
    assert logged() == ["begin", "minutes"]


def test_the_next_ends_the_one_that_went_on(night: Stage, sari: Visitor) -> None:
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
    with clock("18.06.30"):
        running.begin(sari, night.meeting, night.lights, night.opening)
    assert states(night) == {"Avaus": "done", "Kylätien valaistus": "going"}
    opening = item(night.opening)
    assert (opening.spent_seconds, opening.ended_at, opening.resumed_at) == (390, at("18.06.30"), None)


def test_an_item_is_ended_and_reopened(night: Stage, sari: Visitor) -> None:
    with clock("18.00"):
        running.begin(sari, night.meeting, night.lights)
    with clock("18.10"):
        running.end(sari, night.meeting, night.lights)
        running.end(sari, night.meeting, night.lights)
    assert states(night) == {"Kylätien valaistus": "done"}
    with clock("18.15"):
        running.begin(sari, night.meeting, night.lights, 0)
    with clock("18.18"):
        running.end(sari, night.meeting, night.lights)
    lights = item(night.lights)
    assert (lights.spent_seconds, lights.started_at) == (13 * 60, at("18.00"))
    assert logged() == ["begin", "end", "reopen", "end"]


def test_pressing_twice_changes_nothing_more(night: Stage, sari: Visitor) -> None:
    presses: list[tuple[str, Callable[[], None]]] = [
        ("18.00", lambda: running.begin(sari, night.meeting, night.opening, 0)),
        ("18.05", lambda: running.begin(sari, night.meeting, night.lights, night.opening)),
        ("18.10", lambda: running.more(sari, night.meeting, night.lights, 20)),
        ("18.11", lambda: running.skip(sari, night.meeting, night.pause)),
        ("18.12", lambda: running.put_off(sari, night.meeting, night.beach)),
        ("18.20", lambda: running.end(sari, night.meeting, night.lights)),
        ("18.25", lambda: running.end_meeting(sari, night.meeting)),
        ("18.26", lambda: running.go_on(sari, night.meeting)),
        ("18.27", lambda: running.take_back(sari, night.meeting, night.beach)),
        ("18.28", lambda: running.take_back(sari, night.meeting, night.pause)),
    ]
    for shows, press in presses:
        with clock(shows):
            press()
        seen = (states(night), item(night.lights).minutes, item(night.opening).spent_seconds)
        lines = len(logged())
        with clock(shows + ".59"):
            press()
        assert (states(night), item(night.lights).minutes, item(night.opening).spent_seconds) == seen
        assert len(logged()) == lines
    assert len(logged()) == len(presses)


def test_two_who_press_next_begin_it_once_and_an_old_page_upsets_nothing(
    night: Stage, sari: Visitor, cast: Cast
) -> None:
    maria = make.visitor(cast.maria)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
    with clock("18.05"):
        running.begin(sari, night.meeting, night.lights, night.opening)
        running.begin(maria, night.meeting, night.lights, night.opening)
    with clock("18.20"):
        running.begin(sari, night.meeting, night.pause, night.lights)
        with pytest.raises(Stale, match="Kahvi"):
            running.begin(maria, night.meeting, night.opening, night.lights)
        running.end(sari, night.meeting, night.pause)
        with pytest.raises(Stale, match="ended the item"):
            running.begin(maria, night.meeting, night.beach, night.pause)
    assert states(night) == {"Avaus": "done", "Kylätien valaistus": "done", "Kahvi": "done"}


def test_a_beginning_by_mistake_is_taken_back(night: Stage, sari: Visitor) -> None:
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
    with clock("18.03"):
        running.begin(sari, night.meeting, night.closing, night.opening)
    with clock("18.04"):
        running.take_back_begin(sari, night.meeting, night.closing)
        running.take_back_begin(sari, night.meeting, night.closing)
    assert states(night) == {"Avaus": "going"}
    assert item(night.closing).started_at is None
    with clock("18.05"):
        running.end(sari, night.meeting, night.opening)
    assert item(night.opening).spent_seconds == 300  # as though nothing had been pressed


def test_trying_it_out_the_day_before_leaves_nothing(night: Stage, sari: Visitor) -> None:
    with clock("12.00", date(2027, 2, 11)):
        running.begin(sari, night.meeting, night.opening)
        running.take_back_begin(sari, night.meeting, night.opening)
    assert states(night) == {}
    assert meeting(night).begun_at is None
    assert item(night.beach).planned_minutes is None


def test_a_reopening_by_mistake_is_taken_back(night: Stage, sari: Visitor) -> None:
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
    with clock("18.05"):
        running.begin(sari, night.meeting, night.lights)
    with clock("18.10"):
        running.begin(sari, night.meeting, night.opening)
        running.take_back_begin(sari, night.meeting, night.opening)
    assert states(night) == {"Avaus": "done", "Kylätien valaistus": "going"}
    assert item(night.opening).spent_seconds == 300


def test_leaving_to_the_next_meeting(night: Stage, sari: Visitor) -> None:
    with clock("18.00"):
        running.begin(sari, night.meeting, night.beach)
    with clock("18.07"):
        running.put_off(sari, night.meeting, night.beach)
        running.put_off(sari, night.meeting, night.school)
    assert states(night) == {"Uimaranta": "put_off", "Koulumatkat": "put_off"}
    assert item(night.beach).spent_seconds == 420
    with clock("18.08"):
        for one in (night.beach, night.school):
            running.take_back(sari, night.meeting, one)
    assert states(night) == {"Uimaranta": "done"}
    with clock("18.09"):
        running.put_off(sari, night.meeting, night.school)
        running.begin(sari, night.meeting, night.school)  # there was time after all
    assert item(night.school).put_off_at is None
    other = make.item(meeting(night), "Muut asiat", 5, kind=ItemKind.OTHER, standing=True).id
    for kept in (night.opening, night.pause, night.closing, other):
        with pytest.raises(Refused, match="belongs to every meeting"):
            running.put_off(sari, night.meeting, kept)


def test_minutes_more_and_less(night: Stage, sari: Visitor) -> None:
    running.more(sari, night.meeting, night.lights, 20)
    running.less(sari, night.meeting, night.lights, 25)
    running.less(sari, night.meeting, night.opening, 5)
    assert (item(night.lights).minutes, item(night.opening).minutes) == (20, 1)
    assert meeting(night).revision == 4
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
        running.end(sari, night.meeting, night.opening)
    with pytest.raises(Refused, match="Reopen it first"):
        running.more(sari, night.meeting, night.opening, 1)


def test_ending_the_meeting_and_going_on(night: Stage, sari: Visitor) -> None:
    with pytest.raises(Refused, match="has not been begun"):
        running.end_meeting(sari, night.meeting)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.lights)
    with clock("18.20"):
        running.end_meeting(sari, night.meeting)
    assert (states(night), meeting(night).ended_at) == ({"Kylätien valaistus": "done"}, at("18.20"))
    with clock("18.22"):
        running.go_on(sari, night.meeting)
    assert (states(night), meeting(night).ended_at) == ({"Kylätien valaistus": "going"}, None)
    with clock("18.30"):
        running.end_meeting(sari, night.meeting)
        running.begin(sari, night.meeting, night.beach, 0)  # it goes on by itself
    assert meeting(night).ended_at is None
    assert item(night.lights).spent_seconds == 30 * 60


def test_a_clock_that_was_left_running_is_counted_to_the_end_of_the_meeting(
    night: Stage, sari: Visitor
) -> None:
    with clock("19.10"):
        running.begin(sari, night.meeting, night.closing)
    with clock("8.00", date(2027, 2, 13)):
        running.end_meeting(sari, night.meeting)
    assert meeting(night).ended_at == at("19.30")
    assert item(night.closing).spent_seconds == timedelta(minutes=20).total_seconds()


def test_what_cannot_be_pressed(night: Stage, sari: Visitor) -> None:
    with pytest.raises(Refused, match="has not been begun"):
        running.end(sari, night.meeting, night.lights)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.lights)
    with pytest.raises(Refused, match="End it instead"):
        running.skip(sari, night.meeting, night.lights)
    assert states(night) == {"Kylätien valaistus": "going"}


ITEM_PRESSES = {
    "begin": lambda *who: running.begin(*who),
    "take back begin": lambda *who: running.take_back_begin(*who),
    "end": lambda *who: running.end(*who),
    "skip": lambda *who: running.skip(*who),
    "put off": lambda *who: running.put_off(*who),
    "take back": lambda *who: running.take_back(*who),
    "more": lambda *who: running.more(*who, 10),
    "less": lambda *who: running.less(*who, 10),
}


@pytest.mark.parametrize("press", ITEM_PRESSES)
def test_who_may_press_what(press: str, cast: Cast, night: Stage, sari: Visitor) -> None:
    other = make.meeting(cast.south, state=MeetingState.PUBLISHED)
    theirs = make.item(other).id
    do = ITEM_PRESSES[press]
    for item_id in (theirs, 999_999):
        with pytest.raises(NotFound, match="no longer on the agenda"):
            do(sari, night.meeting, item_id)
    with pytest.raises(Forbidden):
        do(sari, other.id, theirs)
    with pytest.raises(Forbidden):
        do(make.visitor(cast.pekka), night.meeting, night.lights)
    for state, refusal in (
        (MeetingState.MEMO_PUBLISHED, Refused),
        (MeetingState.CANCELLED, Refused),
        (MeetingState.DRAFT, NotFound),
    ):
        closed = make.meeting(cast.north, state=state)
        inside = make.item(closed).id
        with pytest.raises(refusal):
            do(sari, closed.id, inside)
