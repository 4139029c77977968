"""Days and clock times as people write them, and real minutes on the nights when the clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from app.domain.clock import after, check_exists, parse_clock, parse_day, today, wall_moment
from app.domain.errors import Invalid


@pytest.mark.parametrize("typed", ["12.2.2027", " 12. 2. 2027", "12.02.2027", "2027-02-12", "2027-2-12"])
def test_a_day(typed: str) -> None:
    assert parse_day("day", typed) == date(2027, 2, 12)


@pytest.mark.parametrize(
    "typed",
    ["", "12.", "31.2.", "12.2.27", "31.2.2027", "2027-13-01", "abc", "12/2/2027", "0.0.0000", "1" * 10_000],
)
def test_no_day(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_day("day", typed)


@pytest.mark.parametrize(
    ("typed", "past", "meant"),
    [
        ("31.12.", False, date(2026, 12, 31)),
        ("22.11.", False, date(2026, 11, 22)),
        ("21.11.", False, date(2027, 11, 21)),
        ("21.11.", True, date(2026, 11, 21)),
        ("31. 12.", True, date(2025, 12, 31)),
        ("29.2.", False, date(2028, 2, 29)),
        ("29.2.", True, date(2024, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_next_or_the_last_one(typed: str, past: bool, meant: date) -> None:
    assert parse_day("day", typed, date(2026, 11, 22), past=past) == meant


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("18.00", time(18)),
        ("18:05", time(18, 5)),
        ("18", time(18)),
        ("klo 18.30", time(18, 30)),
        ("kl. 9", time(9)),
    ],
)
def test_a_clock_time(typed: str, clock: time) -> None:
    assert parse_clock("starts", typed) == clock


@pytest.mark.parametrize("typed", ["", "24.00", "18.60", "18.5", "6 pm", "abc", "-1"])
def test_no_clock_time(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_clock("starts", typed)


@pytest.mark.parametrize(
    ("day", "clock", "minutes", "wall"),
    [
        (date(2027, 2, 12), time(18), 90, "12.02. 19.30 EET"),
        (date(2027, 3, 28), time(2, 30), 60, "28.03. 04.30 EEST"),
        (date(2027, 10, 31), time(3, 30), 60, "31.10. 03.30 EET"),
        (date(2027, 10, 31), time(3, 30), 120, "31.10. 04.30 EET"),
        (date(2027, 12, 31), time(23, 30), 60, "01.01. 00.30 EET"),
    ],
)
def test_real_minutes_later(day: date, clock: time, minutes: int, wall: str) -> None:
    assert f"{after(day, clock, minutes):%d.%m. %H.%M %Z}" == wall


def test_the_hour_that_spring_skips_does_not_exist() -> None:
    with pytest.raises(Invalid):
        check_exists("starts", date(2027, 3, 28), time(3, 0))
    check_exists("starts", date(2027, 3, 28), time(4, 0))


def test_a_clock_shown_twice_means_the_first_time() -> None:
    assert wall_moment(date(2027, 10, 31), time(3, 30)).astimezone(UTC) == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_today_is_the_local_day() -> None:
    assert today(datetime(2027, 2, 11, 22, 30, tzinfo=UTC)) == date(2027, 2, 12)
