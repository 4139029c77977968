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


def test_what_did_not_belong_to_the_evening_is_in_neither_total() -> None:
    parts = [
        done(1, "18.00", "18.12", planned=10),
        done(2, "18.12", "18.19", planned=20, put_off_at=at("18.19")),
        part(3, planned=25, put_off_at=at("18.13")),
        part(4, planned=15, ended_at=at("18.14")),
        part(5, planned=5),  # nobody came to it: it was planned and did not fit
    ]
    assert together(parts, at("19.00")) == Held(0, 15, 12, ItemState.DONE)
