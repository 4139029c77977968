"""Ending on time: every way that is offered really does, and where none is offered there is none."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agenda import ENDING_KINDS, ItemKind
from app.domain.ending import ENOUGH_WAYS, SHORTEST_SHORTENED, Way, Ways, ways_to_end
from app.domain.running import Part, Rest, running
from tests.domain.running_stage import EVENING, at, going, part

BREAK, CLOSING, OPENING, OTHER = ItemKind.BREAK, ItemKind.CLOSING, ItemKind.OPENING, ItemKind.OTHER


def applied(rest: Rest, way: Way) -> Rest:
    """Return what remains when a way is taken, worked out anew from what the way says."""
    items = {one.id: one for one in (*rest.waiting, *([rest.going] if rest.going else []))}
    changed: dict[int, Part | None] = {one: replace(items[one], buffer=0) for one in way.free}
    for one, minutes in way.shorten:
        changed[one] = replace(changed.get(one) or items[one], minutes=minutes)
    changed.update(dict.fromkeys((*way.skip, *way.leave)))
    return rest.with_(changed)


def offered(parts: list[Part], now: str) -> Ways:
    return ways_to_end(running(EVENING, parts, at(now)).rest)


def said(way: Way) -> tuple[str, str]:
    """Its name, with the minutes that are taken from each shortened item, and when the evening ends."""
    return way.key + (f" {len(way.shorten)}x{way.by}" if way.shorten else ""), f"{way.ends:%H.%M}"


@pytest.mark.parametrize(
    ("parts", "now", "ways"),
    [
        # On time: nothing to offer.
        ([going(1, "18.00"), part(2, 70), part(9, 10, CLOSING)], "18.05", []),
        # Four minutes over: a minute from each of the four items left, or one item less.
        (
            [going(1, "18.00", 30), *(part(n, 14) for n in (2, 3, 4, 5)), part(9, 8, CLOSING)],
            "18.30",
            [("shorten 4x1", "19.30"), ("leave-5", "19.20"), ("leave-4", "19.20")],
        ),
        # Short items are spared; of those to leave the shortest comes first.
        (
            [going(1, "18.00", 30), part(2, 40), part(3, 6), part(4, 13), part(9, 5, CLOSING)],
            "18.30",
            [("shorten 2x2", "19.30"), ("leave-3", "19.28"), ("leave-4", "19.21")],
        ),
        # Minutes kept free are used first, and only as many of them as are needed.
        (
            [going(1, "18.00", 30), part(2, 30, buffer=5), part(3, 20, buffer=5), part(9, 5, CLOSING)],
            "18.30",
            [("free", "19.30"), ("shorten 2x3", "19.29"), ("leave-3", "19.10"), ("leave-2", "19.00")],
        ),
        # The shortest break that is enough.
        (
            [going(1, "18.00", 30), part(2, 10, BREAK), part(3, 5, BREAK), part(4, 45), part(9, 5, CLOSING)],
            "18.30",
            [("skip-3", "19.30"), ("shorten 1x5", "19.30"), ("leave-4", "18.50")],
        ),
        # What stands before an item that waits for its clock is not hurried for nothing.
        (
            [going(1, "18.00"), part(2, 20), part(3, 40, fixed_start=time(18, 45)), part(9, 10, CLOSING)],
            "18.05",
            [("shorten 1x5", "19.30"), ("leave-3", "18.40")],
        ),
        # The closing is kept whole; nothing is shortened under three minutes.
        (
            [going(1, "18.00", 30), part(2, 3), part(3, 2), part(9, 60, CLOSING)],
            "18.30",
            [("leave-2-3", "19.30")],
        ),
        # Two kinds of steps together, where neither is enough alone.
        (
            [going(1, "18.00", 60), part(2, 10, OPENING), part(3, 5, BREAK), part(9, 25, CLOSING)],
            "19.00",
            [("skip-3.shorten 1x5", "19.30")],
        ),
        # What comes back at every meeting anyway is not left to the next: it is shortened as others are.
        (
            [going(1, "18.00", 30), part(2, 40), part(3, 15, OTHER, standing=True), part(9, 10, CLOSING)],
            "18.30",
            [("shorten 2x3", "19.29"), ("leave-2", "18.55")],
        ),
        (
            [going(1, "18.00", 60), part(2, 3), part(3, 4, OTHER, standing=True), part(9, 27, CLOSING)],
            "19.00",
            [("shorten.leave-2 1x1", "19.30")],
        ),
        # What was added this evening is left only where nothing else is enough.
        (
            [
                going(1, "18.00", 30, planned=30),
                part(2, 40, planned=40),
                part(3, 6, OTHER),
                part(4, 13, planned=13),
                part(9, 5, CLOSING, planned=5),
            ],
            "18.30",
            [("shorten 2x2", "19.30"), ("leave-4", "19.21"), ("leave-2", "18.54")],
        ),
        (
            [
                going(1, "18.00", 30, planned=30),
                part(2, 3, planned=3),
                part(3, 3, OTHER),
                part(4, 3, planned=3),
                part(9, 57, CLOSING, planned=57),
            ],
            "18.30",
            [("leave-2-4", "19.30")],
        ),
        # Even all of it is not enough.
        ([going(1, "18.00", 60), part(2, 5), part(9, 40, CLOSING)], "19.00", []),
        # The present item alone has taken it all.
        ([going(1, "18.00", 60)], "19.35", []),
    ],
)
def test_what_is_offered(parts: list[Part], now: str, ways: list[tuple[str, str]]) -> None:
    found = [said(way) for way in offered(parts, now).offered]
    assert sorted(found) == sorted(ways)


@pytest.mark.parametrize(
    ("parts", "earliest"),
    [
        ([going(1, "18.00", 60), part(2, 5), part(9, 40, CLOSING)], "19.40"),
        ([going(1, "18.00", 60, buffer=10), part(2, 5, BREAK), part(3, 10, OPENING)], "19.03"),
        ([going(1, "18.00", 60)], "19.00"),
    ],
)
def test_the_soonest_end_is_told(parts: list[Part], earliest: str) -> None:
    assert f"{offered(parts, '19.00').earliest:%H.%M}" == earliest


KINDS = [ItemKind.TOPIC, ItemKind.TOPIC, OTHER, OPENING, BREAK, ItemKind.NEXT_MEETING, CLOSING]
MAY_WAIT = {ItemKind.TOPIC, OTHER}
parts = st.lists(
    st.builds(
        Part,
        st.just(0),
        st.sampled_from(KINDS),
        st.integers(1, 40),
        st.none() | st.sampled_from([time(18, 30), time(19), time(19, 20)]),
        st.integers(0, 10),
        planned=st.none() | st.integers(1, 40),
        standing=st.booleans(),
    ),
    max_size=7,
).map(lambda found: tuple(replace(one, id=place + 2) for place, one in enumerate(found)))
present = st.none() | st.builds(
    lambda minutes, free: going(1, "18.00", minutes, buffer=free), st.integers(1, 60), st.integers(0, 10)
)
moments = st.integers(0, 120 * 60).map(lambda seconds: at("18.00") + timedelta(seconds=seconds))


@given(present, parts, moments)
def test_every_way_ends_on_time_and_keeps_what_is_kept(
    now_on: Part | None, waiting: tuple[Part, ...], now
) -> None:
    rest = Rest(EVENING, now, now_on, waiting)
    ways = ways_to_end(rest)
    if rest.on_time():
        assert ways.offered == ()
    assert len({way.key for way in ways.offered}) == len(ways.offered)
    items = {one.id: one for one in waiting}
    for way in ways.offered:
        after = applied(rest, way)
        assert after.on_time()
        assert EVENING.at(after.ends_after()) == way.ends <= EVENING.due
        assert way.ends >= ways.earliest
        for one, minutes in way.shorten:
            assert minutes >= SHORTEST_SHORTENED
            assert 0 < items[one].minutes - minutes <= way.by
        assert all(items[one].kind is BREAK for one in way.skip)
        assert all(items[one].kind in MAY_WAIT and not items[one].standing for one in way.leave)
        if way.key in {f"leave-{one.id}" for one in waiting if one.planned is None}:
            # Added this evening: two others would not be enough, each alone.
            others = [one.id for one in waiting if one.may_wait and one.planned is not None]
            assert sum(applied(rest, replace(way, leave=(one,))).on_time() for one in others) < ENOUGH_WAYS
        assert {one.id for one in waiting if one.kind in ENDING_KINDS} <= {one.id for one in after.waiting}


@given(present, parts, moments)
def test_where_nothing_is_offered_nothing_is_possible(
    now_on: Part | None, waiting: tuple[Part, ...], now
) -> None:
    rest = Rest(EVENING, now, now_on, waiting)
    ways = ways_to_end(rest)
    late = ways.earliest > EVENING.due
    assert bool(ways.offered) == (not late and not rest.on_time())
    # Nothing that may be done ends the evening sooner than what is told.
    soonest = rest.with_(
        {one.id: replace(one, buffer=0) for one in (*waiting, *([now_on] if now_on else []))}
    )
    choices = []
    for one in soonest.waiting[:4]:
        shorter = replace(one, minutes=min(one.minutes, SHORTEST_SHORTENED))
        options: list[Part | None] = [one]
        if one.kind is BREAK or (one.kind in MAY_WAIT and not one.standing):
            options.append(None)
        elif one.kind not in ENDING_KINDS:
            options.append(shorter)
        choices.append([(one.id, option) for option in options])
    head = replace(soonest, waiting=soonest.waiting[:4])
    earliest = ways_to_end(head).earliest
    assert min(EVENING.at(head.with_(dict(way)).ends_after()) for way in product(*choices)) == earliest
