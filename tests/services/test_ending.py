"""Ending on time by one press: what it stores, at the minute of the press, and that it can be taken back."""

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.ending import Way
from app.domain.errors import Forbidden, Refused
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import AgendaChange
from app.services import ending, evening, running
from tests import make
from tests.cast import Cast
from tests.evening_stage import Stage, clock, item, logged, meeting, staged, states


@pytest.fixture
def night(cast: Cast) -> Stage:
    return staged(cast)


@pytest.fixture
def sari(cast: Cast) -> Visitor:
    with clock("17.00"):
        return make.visitor(cast.sari)


def late(night: Stage, sari: Visitor) -> None:
    """The lights, planned until 18.25, go on until 18.31."""
    with clock("18.05"):
        running.begin(sari, night.meeting, night.lights)
        running.skip(sari, night.meeting, night.opening)


def offered(night: Stage, sari: Visitor) -> dict[str, str]:
    ways = evening.evening(sari, night.meeting, "fi").ways
    return {} if ways is None else {way.key: f"{way.ends:%H.%M}" for way in ways.offered}


def test_what_is_offered_when_the_evening_runs_over(night: Stage, sari: Visitor) -> None:
    late(night, sari)
    with clock("18.25"):
        assert offered(night, sari) == {}
    with clock("18.31"):
        assert offered(night, sari) == {
            "shorten": "19.30",
            f"skip-{night.pause}": "19.26",
            f"leave-{night.school}": "19.11",
            f"leave-{night.beach}": "19.11",
        }


def test_what_comes_back_anyway_and_what_came_up_tonight_is_not_left(night: Stage, sari: Visitor) -> None:
    make.item(meeting(night), "Muut asiat", 10, kind=ItemKind.OTHER, standing=True)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
        added = evening.add_item(sari, night.meeting, "Kulttuuritalo", 10)
    with clock("18.05"):
        left = [key for key in offered(night, sari) if "leave" in key]
        assert left == [f"leave-{night.lights}", f"leave-{night.school}"]
    assert item(added).planned_minutes is None


@pytest.mark.parametrize("name", ["shorten", "skip-{pause}", "leave-{school}", "leave-{beach}"])
def test_every_way_ends_the_evening_on_time_and_can_be_taken_back(
    night: Stage, sari: Visitor, name: str
) -> None:
    late(night, sari)
    key = name.format(**vars(night))
    before = (states(night), [item(one).minutes for one in (night.beach, night.school)])
    with clock("18.31"):
        way = ending.end_on_time(sari, night.meeting, key)
        assert isinstance(way, Way)
        assert way.key == key
        found = evening.evening(sari, night.meeting, "fi")
        assert found.running.late <= 0
        assert found.running.ends == way.ends
        # Pressed twice it is done once.
        assert ending.end_on_time(sari, night.meeting, key) is None
    assert logged()[2:] == ["end_on_time"]
    change = db.session.scalars(select(AgendaChange)).one()
    with clock("18.32"):
        for _ in range(2):
            ending.take_back_way(sari, night.meeting, change.id)
    assert (states(night), [item(one).minutes for one in (night.beach, night.school)]) == before
    assert logged()[3:] == ["take_back_way"]


def test_shortening_counts_the_minutes_of_the_press(night: Stage, sari: Visitor) -> None:
    late(night, sari)
    with clock("18.35"):
        ending.end_on_time(sari, night.meeting, "shorten")
    assert [item(one).minutes for one in (night.beach, night.school, night.pause, night.closing)] == [
        20,
        20,
        10,
        5,
    ]
    assert meeting(night).revision == 2


def test_a_way_that_is_no_longer_one_is_refused(night: Stage, sari: Visitor) -> None:
    late(night, sari)
    with clock("18.31"):
        running.skip(sari, night.meeting, night.pause)
        running.more(sari, night.meeting, night.beach, 25)
        running.more(sari, night.meeting, night.beach, 30)
        for key in (f"skip-{night.pause}", "leave-999", "", "nonsense"):
            with pytest.raises(Refused, match="gone on meanwhile"):
                ending.end_on_time(sari, night.meeting, key)
    assert item(night.beach).minutes == 35


def test_taking_back_leaves_what_was_changed_since(night: Stage, sari: Visitor) -> None:
    late(night, sari)
    with clock("18.31"):
        ending.end_on_time(sari, night.meeting, "shorten")
    change = db.session.scalars(select(AgendaChange.id)).one()
    with clock("18.32"):
        running.more(sari, night.meeting, night.beach, 22)
        ending.take_back_way(sari, night.meeting, change)
    assert [item(one).minutes for one in (night.beach, night.school)] == [27, 25]


def test_others_may_not(cast: Cast, night: Stage, sari: Visitor) -> None:
    late(night, sari)
    pekka = make.visitor(cast.pekka)
    with clock("18.31"):
        for press in (
            lambda: ending.end_on_time(pekka, night.meeting, "shorten"),
            lambda: ending.take_back_way(pekka, night.meeting, 1),
        ):
            with pytest.raises(Forbidden):
                press()


def test_nothing_is_pressed_before_the_evening_or_after_it(night: Stage, sari: Visitor) -> None:
    with clock("17.00"), pytest.raises(Refused):
        ending.end_on_time(sari, night.meeting, "shorten")
    late(night, sari)
    with clock("20.00"):
        running.end_meeting(sari, night.meeting)
        with pytest.raises(Refused):
            ending.end_on_time(sari, night.meeting, "shorten")
