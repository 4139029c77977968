"""Planned beside actual minutes, item by item and together."""

from app.domain.held import Held, held, together
from app.domain.running import ItemState
from tests.domain.running_stage import at, done, part


def test_planned_beside_actual() -> None:
    parts = [
        done(1, "18.00", "18.12.29", planned=10),
        done(2, "18.12.29", "18.12.35", planned=5),
        part(3, planned=10, put_off_at=at("18.13")),
        done(4, "18.13", "18.20"),
    ]
    told = held(parts, at("19.00"))
    assert told == [
        Held(1, 10, 12, ItemState.DONE),
        Held(2, 5, 1, ItemState.DONE),
        Held(3, 10, 0, ItemState.PUT_OFF),
        Held(4, None, 7, ItemState.DONE),
    ]
    assert [one.more for one in told] == [2, -4, -10, 7]


def test_the_seconds_are_added_before_they_are_rounded() -> None:
    parts = [done(number, "18.00", "18.10.20", planned=10) for number in range(1, 4)]
    assert together(parts, at("19.00")) == Held(0, 30, 31, ItemState.DONE)
    assert together([], at("19.00")).more == 0
