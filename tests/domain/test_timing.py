"""When items begin: buffers, fixed starts, and what waiting or being late means."""

from datetime import date, time

import pytest

from app.domain.timing import Slot, clock_times, fit, timed

DAY = date(2027, 2, 12)


@pytest.mark.parametrize(
    ("slots", "starts_after", "waits", "late", "used"),
    [
        ([Slot(5), Slot(10)], [0, 5], [0, 0], [0, 0], 15),
        ([Slot(5, buffer=5), Slot(10)], [0, 10], [0, 0], [0, 0], 20),
        ([Slot(10, buffer=5)], [0], [0], [0], 15),
        ([Slot(10), Slot(10, time(18, 45)), Slot(5)], [0, 45, 55], [0, 35, 0], [0, 0, 0], 60),
        ([Slot(45), Slot(10, time(18, 45))], [0, 45], [0, 0], [0, 0], 55),
        ([Slot(50), Slot(10, time(18, 45))], [0, 50], [0, 0], [0, 5], 60),
        ([Slot(40, buffer=10), Slot(10, time(18, 45))], [0, 50], [0, 0], [0, 5], 60),
        ([Slot(5), Slot(10, time(17, 30))], [0, 5], [0, 0], [0, 35], 15),
        ([], [], [], [], 0),
    ],
)
def test_when_items_begin(
    slots: list[Slot], starts_after: list[int], waits: list[int], late: list[int], used: int
) -> None:
    times = timed(DAY, time(18), slots)
    assert [one.starts_after for one in times] == starts_after
    assert [one.waits for one in times] == waits
    assert [one.late for one in times] == late
    assert fit(DAY, time(18), slots, 90).used == used


def test_a_late_evening_runs_past_midnight() -> None:
    slots = [Slot(30), Slot(10, time(0, 30))]
    assert [f"{one:%d.%m. %H.%M}" for one in clock_times(DAY, time(23, 30), slots)] == [
        "12.02. 23.30",
        "13.02. 00.30",
    ]


def test_a_fixed_start_is_a_clock_time_also_when_the_clocks_change() -> None:
    # 31.10.2027 at 04.00 clocks go back to 03.00: from 02.00 to 05.00 there are four hours.
    assert timed(date(2027, 10, 31), time(2), [Slot(10), Slot(10, time(5))])[1].starts_after == 240
    assert timed(date(2027, 3, 28), time(2), [Slot(10), Slot(10, time(5))])[1].starts_after == 120
