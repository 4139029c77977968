"""The evenings of the demo: whenever it is loaded, people could come on them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.services.demo.days import TUESDAY, easter, evening, evenings, is_quiet
from app.services.demo.meetings import EVENINGS
from app.services.demo.places import TABLES

WISHED = {key: [one.days for one in EVENINGS if one.table == key] for key in TABLES}
TODAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 1500, 11)]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 12, 24), True),
        (date(2027, 1, 5), True),
        (date(2027, 1, 12), False),
        (date(2026, 4, 2), True),  # Maundy Thursday
        (date(2026, 4, 8), False),
        (date(2026, 5, 14), True),  # Ascension Day
        (date(2025, 4, 30), True),
        (date(2025, 5, 1), True),
        (date(2025, 6, 19), True),  # two days before Midsummer
        (date(2026, 7, 15), True),
        (date(2026, 9, 15), False),
        (date(2029, 12, 6), True),
    ],
)
def test_days_when_nobody_comes(day: date, quiet: bool) -> None:
    assert is_quiet(day) is quiet


def test_an_evening_moves_on_until_it_is_good() -> None:
    assert evening(date(2026, 12, 19), 1) == date(2027, 1, 12)
    assert evening(date(2026, 12, 25), -1) == date(2026, 12, 17)
    assert evening(date(2026, 9, 15), 1, {date(2026, 9, 15)}) == date(2026, 9, 16)


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_whatever_day_it_is_loaded(today: date) -> None:
    days = evenings(today, WISHED)

    assert len(set(days.values())) == len(EVENINGS)  # the coordinator is at one table at a time
    for (table, wished), day in days.items():
        assert TUESDAY <= day.weekday() <= 3, day
        assert not is_quiet(day)
        assert (day > today) == (wished > 0), f"{table} {wished} became {day}"
    for table, all_days in WISHED.items():
        in_order = [days[table, one] for one in sorted(all_days)]
        assert in_order == sorted(in_order)
        assert all(later - earlier >= timedelta(days=12) for earlier, later in pairwise(in_order))
