"""Which days suit a table, as decision tables: its habits, what is skipped and why, and what is told."""

from datetime import time

import pytest

from app.domain.free_days import (
    USUAL_START,
    WHY_WORDS,
    Block,
    Search,
    Skipped,
    TableMeeting,
    Why,
    cautions,
    habit,
)
from app.domain.meetings import MeetingState
from tests.domain.days import called, day, held

S = MeetingState

# Habits


@pytest.mark.parametrize(
    ("meetings", "usual"),
    [
        ([], (None, USUAL_START)),
        (held("2026-02-12", starts=time(17, 30)), (3, time(17, 30))),
        (held("2026-02-10", "2026-03-10", "2026-09-10"), (1, time(18))),
        (held("2026-02-10", "2026-09-10"), (3, time(18))),  # once each: the later
        (held("2026-09-11", "2026-09-12"), (None, time(18))),  # Friday and Saturday
        (
            held("2025-02-10", "2025-03-10", "2025-04-14", starts=time(16))
            + held("2026-01-14", "2026-02-11", "2026-03-11", "2026-04-15", starts=time(17)),
            (2, time(17)),
        ),
    ],
)
def test_the_usual_weekday_and_clock(meetings: list[TableMeeting], usual: tuple[int | None, time]) -> None:
    assert habit(meetings) == usual


# Why not another day


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("2027-01-24", Why.TOO_SOON),
        ("2027-01-25", None),
        ("2027-01-28", None),
        ("2027-01-29", Why.LATE_IN_THE_WEEK),
        ("2027-01-31", Why.LATE_IN_THE_WEEK),
        ("2027-05-06", Why.HOLIDAY),
        ("2027-05-05", Why.EVE),
        ("2027-02-02", Why.OTHER_TABLE),
        ("2027-04-01", Why.OWN_TABLE),
        ("2027-04-15", Why.OWN_TABLE),
        ("2027-05-13", Why.OWN_TABLE),  # 28 days
        ("2027-03-18", Why.OWN_TABLE),
        ("2027-03-17", None),
        ("2027-05-17", None),
        ("2027-06-30", None),
        ("2027-07-01", Why.SUMMER),
        ("2027-08-02", None),
        ("2027-12-16", None),
        ("2027-12-20", Why.WINTER),
        ("2028-01-06", Why.WINTER),
        ("2028-01-10", None),
    ],
)
def test_why_a_day_does_not_suit(asked: str, why: Why | None) -> None:
    blocked = {
        day("2027-05-06"): Block(Why.HOLIDAY, "Ascension Day"),
        day("2027-05-05"): Block(Why.EVE, "Ascension Day"),
        day("2027-02-02"): Block(Why.OTHER_TABLE, "Etelä"),
    }
    found = Search(day("2027-01-04"), called("2027-04-15"), blocked).why_not(day(asked))
    assert (found.why if found else None) is why


def test_a_starting_time_that_the_clock_skips_is_no_day() -> None:
    # Tehran put its clocks forward in the night before Monday 22 March 2021.
    habits = [TableMeeting(day("2020-12-07"), time(0, 30), S.MEMO_PUBLISHED)]
    search = Search(day("2021-02-01"), habits, {}, "Asia/Tehran")
    skipped = search.why_not(day("2021-03-22"))
    assert skipped is not None
    assert skipped.why is Why.NO_SUCH_TIME
    assert search.why_not(day("2021-03-23")) is None


def test_days_nearby_that_were_skipped_are_told_together() -> None:
    blocked = {
        day("2027-02-02"): Block(Why.OTHER_TABLE, "Etelä"),
        day("2027-02-03"): Block(Why.OTHER_TABLE, "Etelä"),
        day("2027-02-08"): Block(Why.HOLIDAY, "x"),
    }
    assert Search(day("2027-01-07"), [], blocked).nearby(day("2027-02-01")) == [
        Skipped(day("2027-01-25"), day("2027-01-27"), Block(Why.TOO_SOON)),
        Skipped(day("2027-02-02"), day("2027-02-03"), Block(Why.OTHER_TABLE, "Etelä")),
        Skipped(day("2027-02-08"), day("2027-02-08"), Block(Why.HOLIDAY, "x")),
    ]


def test_every_reason_is_a_sentence_with_its_values() -> None:
    assert set(WHY_WORDS) == set(Why)
    for why in Why:
        words, values = Block(why, "Etelä").sentence()
        assert (words % values).endswith(".")


# What whoever chose a day should know


@pytest.mark.parametrize(
    ("chosen", "blocks", "told"),
    [
        ("2027-02-11", [], []),
        ("2027-02-12", [], []),  # a Friday is not proposed, but nobody is warned of it
        ("2027-02-13", [], ["It is at the weekend."]),
        ("2027-05-06", [Block(Why.HOLIDAY, "H")], ["It is a public holiday: H."]),
        ("2027-05-05", [Block(Why.EVE, "H")], ["The next day is a public holiday: H."]),
        (
            "2027-02-14",
            [Block(Why.OTHER_TABLE, "Etelä"), Block(Why.HIDDEN_TABLE)],
            [
                "It is at the weekend.",
                "Another table has a meeting that day: Etelä.",
                "Another table has a meeting that day.",
            ],
        ),
    ],
)
def test_what_speaks_against_a_chosen_day(chosen: str, blocks: list[Block], told: list[str]) -> None:
    said = [one.sentence() for one in cautions(day(chosen), blocks)]
    assert [words % values for words, values in said] == told
