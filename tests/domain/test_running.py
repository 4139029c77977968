"""The evening as it goes: what is going on, what is left of it, and when the rest would be."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agenda import ItemKind
from app.domain.running import Hours, ItemState, Part, Phase, running, stopping_moment
from tests.domain.running_stage import DAY, EVENING, ZONE, at, done, going, part

EVE = date(2027, 2, 11)
CLOSING = part(9, 10, ItemKind.CLOSING)


def told(parts: list[Part], now: str, day: date = DAY, ended_at: datetime | None = None) -> dict[str, object]:
    """What a page tells, in clock times."""
    found = running(EVENING, parts, at(now, day), ended_at)
    return {
        "phase": found.phase.value,
        "going": found.going and found.going.id,
        "left": found.minutes_left if found.going else None,
        "begins": {one: f"{moment:%H.%M}" for one, moment in found.begins.items()},
        "ends": f"{found.ends:%H.%M}",
        "late": found.late,
    }


def row(
    phase: str, going: int | None, left: int | None, begins: dict[int, str], ends: str, late: int
) -> dict:
    return {"phase": phase, "going": going, "left": left, "begins": begins, "ends": ends, "late": late}


PLAN = [part(1), part(2, 70), CLOSING]
PLANNED = {1: "18.00", 2: "18.10", 9: "19.20"}


@pytest.mark.parametrize(
    ("now", "day", "expected"),
    [
        ("12.00", date(2027, 2, 10), row("another_day", None, None, PLANNED, "19.30", 0)),
        ("12.00", DAY, row("soon", None, None, PLANNED, "19.30", 0)),
        ("17.59.59", DAY, row("soon", None, None, PLANNED, "19.30", 0)),
        ("18.00", DAY, row("due", None, None, PLANNED, "19.30", 0)),
        ("18.04.50", DAY, row("due", None, None, {1: "18.04", 2: "18.14", 9: "19.24"}, "19.34", 4)),
        ("22.29", DAY, row("due", None, None, {1: "22.29", 2: "22.39", 9: "23.49"}, "23.59", 269)),
        ("22.30", DAY, row("another_day", None, None, PLANNED, "19.30", 0)),
        ("12.00", date(2027, 2, 14), row("another_day", None, None, PLANNED, "19.30", 0)),
    ],
)
def test_before_anything_has_begun(now: str, day: date, expected: dict) -> None:
    assert told(PLAN, now, day) == expected


@pytest.mark.parametrize(
    ("parts", "now", "expected"),
    [
        # On time, whatever the seconds say.
        (
            [going(1, "18.00.20"), part(2, 70), CLOSING],
            "18.05",
            row("going", 1, 6, {2: "18.10", 9: "19.20"}, "19.30", 0),
        ),
        (
            [going(1, "18.00"), part(2, 70), CLOSING],
            "18.06.30",
            row("going", 1, 4, {2: "18.10", 9: "19.20"}, "19.30", 0),
        ),
        (
            [going(1, "18.00"), part(2, 70), CLOSING],
            "18.10",
            row("going", 1, 0, {2: "18.10", 9: "19.20"}, "19.30", 0),
        ),
        # Over: what follows is pushed on.
        (
            [going(1, "18.00"), part(2, 70), CLOSING],
            "18.10.59",
            row("going", 1, 0, {2: "18.10", 9: "19.20"}, "19.30", 0),
        ),
        (
            [going(1, "18.00"), part(2, 70), CLOSING],
            "18.14",
            row("going", 1, -4, {2: "18.14", 9: "19.24"}, "19.34", 4),
        ),
        # Begun late, and early.
        (
            [going(1, "18.04"), part(2, 70), CLOSING],
            "18.05",
            row("going", 1, 9, {2: "18.14", 9: "19.24"}, "19.34", 4),
        ),
        (
            [going(1, "17.50"), part(2, 70), CLOSING],
            "17.55",
            row("going", 1, 5, {2: "18.00", 9: "19.10"}, "19.20", -10),
        ),
        # Between two items the next could begin now.
        (
            [done(1, "18.00", "18.12"), part(2, 70), CLOSING],
            "18.13",
            row("between", None, None, {2: "18.13", 9: "19.23"}, "19.33", 3),
        ),
        # A fixed start is waited for; when it is missed the rest is pushed.
        (
            [going(1, "18.00"), part(2, 10, fixed_start=time(18, 45)), CLOSING],
            "18.05",
            row("going", 1, 5, {2: "18.45", 9: "18.55"}, "19.05", -25),
        ),
        (
            [going(1, "18.40"), part(2, 10, fixed_start=time(18, 45)), CLOSING],
            "18.45",
            row("going", 1, 5, {2: "18.50", 9: "19.00"}, "19.10", -20),
        ),
        # The minutes kept free after an item are there for its being late.
        (
            [going(1, "18.00", buffer=5), part(2, 65), CLOSING],
            "18.05",
            row("going", 1, 5, {2: "18.15", 9: "19.20"}, "19.30", 0),
        ),
        (
            [going(1, "18.00", buffer=5), part(2, 65), CLOSING],
            "18.14",
            row("going", 1, -4, {2: "18.15", 9: "19.20"}, "19.30", 0),
        ),
        (
            [going(1, "18.00", buffer=5), part(2, 65), CLOSING],
            "18.17",
            row("going", 1, -7, {2: "18.17", 9: "19.22"}, "19.32", 2),
        ),
        (
            [going(1, "18.00"), part(2, 65, buffer=5), CLOSING],
            "18.05",
            row("going", 1, 5, {2: "18.10", 9: "19.20"}, "19.30", 0),
        ),
        # The last item's own free minutes are not part of the evening.
        ([going(9, "19.20", buffer=20)], "19.25", row("going", 9, 5, {}, "19.30", 0)),
        # Out of order: what was passed by still waits.
        (
            [part(1), going(2, "18.00", 70), CLOSING],
            "18.05",
            row("going", 2, 65, {1: "19.10", 9: "19.20"}, "19.30", 0),
        ),
        # Skipped and left to the next meeting: no longer counted.
        (
            [going(1, "18.00"), part(2, 70, ended_at=at("18.01")), CLOSING],
            "18.05",
            row("going", 1, 5, {9: "18.10"}, "18.20", -70),
        ),
        (
            [going(1, "18.00"), part(2, 70, put_off_at=at("18.01")), CLOSING],
            "18.05",
            row("going", 1, 5, {9: "18.10"}, "18.20", -70),
        ),
        # Reopened: what it took before counts.
        (
            [part(1, started_at=at("18.00"), resumed_at=at("18.30"), seconds=540), CLOSING],
            "18.32",
            row("going", 1, -1, {9: "18.32"}, "18.42", -48),
        ),
        # Everything is done, and nobody has ended the meeting.
        ([done(1, "18.00", "18.12")], "18.20", row("between", None, None, {}, "18.20", -70)),
        # Nobody stopped the clock.
        ([going(1, "18.00"), CLOSING], "22.30", row("left_on", 1, -260, {}, "19.30", 0)),
    ],
)
def test_while_it_goes(parts: list[Part], now: str, expected: dict) -> None:
    assert told(parts, now) == expected


def test_after_the_end() -> None:
    parts = [done(1, "18.00", "18.12"), part(2, put_off_at=at("18.20")), part(3)]
    assert told(parts, "19.00", ended_at=at("18.21.40")) == row("ended", None, None, {}, "18.21", -69)
    assert told(parts, "12.00", date(2027, 3, 1), at("18.21.40"))["phase"] == "ended"


def test_minutes_until_the_start() -> None:
    assert running(EVENING, PLAN, at("17.48")).until_start == 12
    assert running(EVENING, PLAN, at("17.48.01")).until_start == 12
    assert running(EVENING, PLAN, at("18.05")).until_start == -5


def test_trying_it_out_the_day_before_is_told() -> None:
    tried = going(1, "18.00")
    yesterday = replace(tried, started_at=at("12.00", EVE), resumed_at=at("12.00", EVE))
    assert running(EVENING, [yesterday, CLOSING], at("12.01", EVE)).too_early
    assert not running(EVENING, [yesterday, CLOSING], at("12.01")).too_early
    assert not running(EVENING, [tried, CLOSING], at("18.01")).too_early
    assert not running(EVENING, PLAN, at("12.01", EVE)).too_early


@pytest.mark.parametrize(
    ("parts", "now", "mistaken"),
    [
        ([going(1, "18.00"), CLOSING], "18.40", True),
        ([done(1, "18.00", "18.10"), going(2, "18.10")], "18.15", True),
        ([done(1, "18.00", "18.10"), going(2, "18.10")], "18.15.01", False),
        ([done(1, "18.00", "18.10"), part(2)], "18.11", False),
    ],
)
def test_a_beginning_can_be_a_mistake_while_it_is_new(parts: list[Part], now: str, mistaken: bool) -> None:
    assert running(EVENING, parts, at(now)).may_be_mistaken is mistaken


def test_past_midnight() -> None:
    late = Hours(DAY, time(23, 30), 60, ZONE)
    parts = [going(1, "23.30", 40), part(2, 10, fixed_start=time(0, 15)), CLOSING]
    tomorrow = date(2027, 2, 13)
    found = running(late, parts, at("0.05", tomorrow))
    assert (found.phase, found.minutes_left) == (Phase.GOING, 5)
    assert [f"{one:%d.%m. %H.%M}" for one in found.begins.values()] == ["13.02. 00.15", "13.02. 00.25"]
    assert (f"{found.ends:%d.%m. %H.%M}", found.late) == ("13.02. 00.35", 5)
    assert running(Hours(tomorrow, time(0, 15), 60, ZONE), PLAN, at("23.55")).phase is Phase.SOON
    assert running(late, PLAN, at("0.05", tomorrow)).phase is Phase.DUE


@pytest.mark.parametrize(
    ("day", "ends"),
    # From 02.00, three hours of real time: clocks go forward at 03.00 in March, back at 04.00 in October.
    [(date(2027, 3, 28), "06.00"), (date(2027, 10, 31), "04.00")],
)
def test_on_the_nights_when_clocks_change(day: date, ends: str) -> None:
    night = Hours(day, time(2), 180, ZONE)
    begun = night.begins.astimezone(UTC)
    first = Part(1, ItemKind.TOPIC, 170, started_at=begun, resumed_at=begun)
    found = running(night, [first, CLOSING], begun + timedelta(minutes=100))
    assert (found.minutes_left, f"{found.ends:%H.%M}", found.late) == (70, ends, 0)


@pytest.mark.parametrize(
    ("item", "state"),
    [
        (part(1), ItemState.WAITING),
        (going(1, "18.00"), ItemState.GOING),
        (done(1, "18.00", "18.05"), ItemState.DONE),
        (part(1, ended_at=at("18.00")), ItemState.SKIPPED),
        (part(1, put_off_at=at("18.00")), ItemState.PUT_OFF),
        (done(1, "18.00", "18.05", put_off_at=at("18.05")), ItemState.PUT_OFF),
    ],
)
def test_what_an_item_is(item: Part, state: ItemState) -> None:
    assert item.state is state


@pytest.mark.parametrize(
    ("now", "until"), [("18.20", "18.20"), ("22.29", "22.29"), ("22.30", "19.30"), ("18.00", "18.10")]
)
def test_an_item_is_counted_until_it_is_stopped_or_the_meeting_should_have_ended(
    now: str, until: str
) -> None:
    assert stopping_moment(EVENING, at("18.10"), at(now)) == at(until)
    tomorrow = datetime(2027, 2, 13, 8, tzinfo=UTC)
    assert stopping_moment(EVENING, at("19.45"), tomorrow) == at("19.45")


def test_it_can_be_looked_at_when_nothing_remains() -> None:
    ended = at("18.20")
    assert running(EVENING, [done(1, "18.00", "18.12")], at("18.15")).is_over
    assert running(EVENING, [done(1, "18.00", "18.12"), CLOSING], at("18.25"), ended).is_over
    assert not running(EVENING, [done(1, "18.00", "18.12"), CLOSING], at("18.15")).is_over
    assert not running(EVENING, [done(1, "18.00", "18.12"), going(2, "18.12")], at("18.15")).is_over
    assert not running(EVENING, [], at("18.15")).is_over


waiting = st.builds(
    part,
    st.just(0),
    st.integers(1, 60),
    st.sampled_from([ItemKind.TOPIC, ItemKind.BREAK, ItemKind.CLOSING]),
    fixed_start=st.none()
    | st.times(time(17), time(21)).map(lambda one: one.replace(second=0, microsecond=0)),
    buffer=st.integers(0, 15),
)


@given(st.lists(waiting, max_size=8), st.integers(0, 200 * 60), st.integers(1, 40))
def test_time_only_pushes_on(parts: list[Part], seconds: int, minutes: int) -> None:
    """A later moment never makes anything begin earlier; nothing begins in the past or before its clock."""
    rest = [Part(place + 2, *list(vars(one).values())[1:]) for place, one in enumerate(parts)]
    here = [going(1, "18.00", minutes), *rest]
    first, second = (
        running(EVENING, here, at("18.00") + timedelta(seconds=n)) for n in (seconds, seconds + 60)
    )
    assert second.ends >= first.ends
    assert second.left == first.left - 60
    free = at("18.00") + timedelta(minutes=max(minutes, seconds // 60))
    order = list(first.begins.values())
    assert order == sorted(order)
    for one in rest:
        assert second.begins[one.id] >= first.begins[one.id] >= free
        if one.fixed_start:
            assert first.begins[one.id] >= datetime.combine(DAY, one.fixed_start, first.clock.tzinfo)
