"""Chooses evenings when people do come: Tuesday to Thursday, no holidays, not in the middle of summer."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

TUESDAY, THURSDAY = 1, 3
APART = 14  # days between two meetings of one table, at least


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian calendar, the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_quiet(day: date) -> bool:
    """Whether nobody would come: holidays and their eves, Christmas, and from Midsummer through July."""
    from_easter = (day - easter(day.year)).days
    clock = (day.month, day.day)
    return (
        clock >= (12, 20)
        or clock <= (1, 7)
        or (6, 17) <= clock <= (8, 3)
        or clock in {(4, 30), (5, 1), (12, 5), (12, 6)}
        or -4 <= from_easter <= 1
        or from_easter in {38, 39}
    )


def evening(wanted: date, step: int, taken: Iterable[date] = ()) -> date:
    """Return the nearest good evening from `wanted` on, searching by `step` (1 later, -1 earlier)."""
    day = wanted
    while not TUESDAY <= day.weekday() <= THURSDAY or is_quiet(day) or day in taken:
        day += timedelta(days=step)
    return day


def evenings(today: date, wished: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], date]:
    """Return the day of each meeting by (table, wished days from today).

    What is wished before today stays before today and what is wished after it stays after; nobody has two
    meetings on one evening, and a table's meetings keep their order and some distance.
    """
    chosen: dict[tuple[str, int], date] = {}
    nearest: dict[tuple[str, int], date] = {}
    for days, table in sorted(
        ((days, table) for table, all_days in wished.items() for days in all_days),
        key=lambda one: (abs(one[0]), one[1]),
    ):
        step = 1 if days > 0 else -1
        wanted = today + timedelta(days=days)
        before = nearest.get((table, step))
        if before:
            limit = before + timedelta(days=step * APART)
            wanted = max(wanted, limit) if step > 0 else min(wanted, limit)
        day = evening(wanted, step, chosen.values())
        chosen[table, days] = nearest[table, step] = day
    return chosen
