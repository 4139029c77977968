"""The yearly rhythm as decision tables: what a year lacks, and which day would suit the next meeting."""

from collections.abc import Iterable
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.free_days import APART, HORIZON, SOONEST, THURSDAY, Block, Search, TableMeeting, Why
from app.domain.meetings import MeetingState
from app.domain.rhythm import FOUND_WORDS, Found, Proposal, periods, propose, tally
from tests.domain.days import called, day, held

S = MeetingState


def proposal(
    today: str,
    wanted: int,
    meetings: Iterable[TableMeeting] = (),
    blocked: dict[date, Block] | None = None,
    founded: str | None = None,
) -> Proposal | None:
    """Count and propose as the pages do; None where nothing is missing."""
    meetings = list(meetings)
    missing = tally(day(today), wanted, meetings, day(founded) if founded else None).missing
    return propose(Search(day(today), meetings, blocked or {}), wanted, missing) if missing else None


# What a year lacks

OCTOBER = "2026-10-05"


@pytest.mark.parametrize(
    ("wanted", "meetings", "missing", "counted"),
    [
        (2, [], 2, (0, 0, 0)),
        (2, held("2026-03-12"), 1, (1, 0, 0)),
        (2, held("2026-03-12", "2026-09-10"), 0, (2, 0, 0)),
        (2, held("2026-03-12", "2026-09-10", "2026-10-01"), 0, (3, 0, 0)),
        (4, [], 4, (0, 0, 0)),
        (4, held("2026-03-12"), 3, (1, 0, 0)),
        (4, held("2026-03-12", "2026-09-10"), 2, (2, 0, 0)),
        (4, held("2026-03-12") + called("2026-11-12"), 2, (1, 1, 0)),
        (2, held("2025-12-11", "2025-03-12"), 2, (0, 0, 0)),  # last year
        (2, called("2027-01-14"), 2, (0, 0, 0)),  # next year
        (2, called("2026-11-12", state=S.CANCELLED), 2, (0, 0, 0)),
        (2, called("2026-03-12", state=S.CANCELLED), 2, (0, 0, 0)),
        (2, called("2026-11-12", state=S.DRAFT), 1, (0, 1, 1)),
        (2, called("2026-03-12", state=S.DRAFT), 2, (0, 0, 0)),  # a draft that nobody published
        (2, called("2026-03-12"), 1, (1, 0, 0)),  # met, and its memo is being written
        (2, called(OCTOBER), 1, (0, 1, 0)),  # this evening
        (2, called(OCTOBER, state=S.DRAFT), 1, (0, 1, 1)),
        (2, held(OCTOBER), 1, (1, 0, 0)),
    ],
)
def test_what_is_held_and_called_in_a_year(
    wanted: int, meetings: list[TableMeeting], missing: int, counted: tuple[int, int, int]
) -> None:
    found = tally(day(OCTOBER), wanted, meetings)
    assert found.missing == missing
    assert (found.held, found.called, found.drafts) == counted


@pytest.mark.parametrize(
    ("founded", "wanted", "needed"),
    [
        (None, 2, 2),
        ("2026-01-01", 2, 2),
        ("2026-06-09", 2, 2),
        ("2026-06-10", 2, 1),  # 21 days later the first half is over
        ("2026-09-01", 2, 1),
        ("2026-09-01", 4, 2),
        ("2026-09-10", 4, 1),
        ("2026-12-11", 2, 0),
        ("2025-11-01", 4, 4),
    ],
)
def test_a_table_founded_in_the_year_needs_what_its_time_allows(
    founded: str | None, wanted: int, needed: int
) -> None:
    assert tally(day("2026-12-11"), wanted, [], day(founded) if founded else None).missing == needed


def test_a_year_in_equal_parts() -> None:
    assert periods(2027, 2) == [
        (day("2027-01-01"), day("2027-06-30")),
        (day("2027-07-01"), day("2027-12-31")),
    ]
    assert [first for first, _ in periods(2027, 4)] == [date(2027, month, 1) for month in (1, 4, 7, 10)]
    for wanted in range(1, 53):
        for year in (2027, 2028):
            parts = periods(year, wanted)
            days = [
                first + timedelta(days=one) for first, last in parts for one in range((last - first).days + 1)
            ]
            whole = (date(year + 1, 1, 1) - date(year, 1, 1)).days
            assert days == [date(year, 1, 1) + timedelta(days=one) for one in range(whole)]


# Which day


@pytest.mark.parametrize(
    ("today", "wanted", "meetings", "chosen"),
    [
        # two a year: one in each half, in the middle of what is left of it
        ("2027-01-04", 2, [], "2027-04-13"),
        ("2027-03-01", 2, held("2027-02-11"), "2027-10-07"),
        ("2027-06-14", 2, held("2027-02-11"), "2027-10-07"),
        ("2027-06-14", 2, [], "2027-09-02"),  # the first half is lost: two share the second
        ("2027-06-14", 2, called("2027-09-02"), "2027-11-11"),
        ("2027-10-01", 2, held("2027-02-11"), "2027-11-18"),
        ("2027-10-01", 2, [], "2027-11-04"),
        # four: one in each quarter
        ("2027-01-04", 4, [], "2027-02-25"),
        ("2027-03-01", 4, held("2027-02-11"), "2027-05-13"),
        ("2027-06-14", 4, held("2027-02-11", "2027-05-13"), "2027-09-02"),
        ("2027-10-01", 4, held("2027-02-11", "2027-05-13"), "2027-11-04"),
        ("2027-10-01", 4, held("2027-02-11", "2027-05-13", "2027-09-02"), "2027-11-18"),
        # a cancelled meeting leaves its half open
        ("2027-03-01", 2, called("2027-04-15", state=S.CANCELLED), "2027-05-11"),
        # just enough time before Christmas
        ("2027-11-25", 2, held("2027-02-11"), "2027-12-16"),
        ("2028-02-08", 2, [], "2028-05-01"),  # a leap year: 29 February is one of the days
    ],
)
def test_a_day_in_the_part_of_the_year_that_has_none(
    today: str, wanted: int, meetings: list[TableMeeting], chosen: str
) -> None:
    found = proposal(today, wanted, meetings)
    assert found is not None
    assert (found.found, found.day) == (Found.THIS_YEAR, day(chosen))


def test_29_february_can_be_the_day() -> None:
    only = {
        date(2028, 1, 1) + timedelta(days=one): Block(Why.HOLIDAY, "x")
        for one in range(366)
        if one != 31 + 28
    }
    found = proposal("2028-01-10", 2, [], only)
    assert found is not None
    assert found.day == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("today", "chosen"),
    [
        ("2026-12-01", "2027-01-11"),
        ("2026-12-15", "2027-01-11"),
        ("2026-12-22", "2027-01-12"),  # 21 days ahead
        ("2026-12-31", "2027-01-21"),
    ],
)
def test_the_year_may_be_too_far_gone(today: str, chosen: str) -> None:
    found = proposal(today, 2)
    assert found is not None
    assert (found.found, found.day, found.to_call) == (Found.NEXT_YEAR, day(chosen), day(chosen))
    assert found.sentence()[0].startswith("No good day is left this year. The first good day of next year")


def test_the_first_good_day_of_next_year_is_of_the_usual_weekday() -> None:
    found = proposal("2026-12-15", 2, held("2026-02-12"))
    assert found is not None
    assert (found.day, found.usual) == (day("2027-01-14"), True)


@pytest.mark.parametrize("state", [S.PUBLISHED, S.DRAFT])
def test_a_meeting_called_for_next_year_is_told_instead(state: MeetingState) -> None:
    found = proposal("2026-12-15", 2, called("2027-01-20", state=state))
    assert found is not None
    assert (found.found, found.day, found.to_call) == (Found.PLANNED, day("2027-01-20"), None)
    assert found.reasons() == []
    later = proposal("2026-12-15", 2, called("2027-10-20", state=state))
    assert later is not None
    assert later.found is Found.NEXT_YEAR


def test_no_day_at_all_is_said() -> None:
    shut = {date(2026, 1, 1) + timedelta(days=one): Block(Why.HOLIDAY, "x") for one in range(800)}
    found = proposal("2026-02-01", 2, [], shut)
    assert found is not None
    assert (found.found, found.day, found.to_call) == (Found.NOTHING, None, None)
    assert set(FOUND_WORDS) == set(Found)
    words, values = found.sentence()
    assert words % values == f"No good day was found in the next {HORIZON} days."


def test_a_table_founded_in_the_autumn() -> None:
    found = proposal("2026-09-01", 2, founded="2026-09-01")
    assert found is not None
    assert found.day == day("2026-11-04")
    assert proposal("2026-09-01", 2, called("2026-11-05"), founded="2026-09-01") is None


def test_other_tables_on_every_thursday_leave_another_weekday() -> None:
    habits = held("2026-02-12", "2026-09-10")
    thursdays = {
        day("2027-01-07") + timedelta(weeks=one): Block(Why.OTHER_TABLE, "Etelä") for one in range(60)
    }
    free = proposal("2027-01-04", 2, habits)
    found = proposal("2027-01-04", 2, habits, thursdays)
    assert free is not None
    assert found is not None
    assert (free.day, free.usual) == (day("2027-04-15"), True)
    assert (found.day, found.usual) == (day("2027-04-13"), False)
    told = [words % values for words, values in found.reasons()]
    assert told == [
        "It is not a public holiday, and no other table meets on that day.",
        "The usual weekday of the table is not free in that time.",
        "It is the nearest to the middle of the days that suit, from 2027-01-25 to 2027-06-30.",
    ]


def test_the_reasons_of_a_usual_weekday() -> None:
    found = proposal("2027-01-04", 2, held("2026-02-12"))
    assert found is not None
    assert [words % values for words, values in found.reasons()][1:] == [
        "The table has usually met on this weekday.",
        "Of these weekdays it is the nearest to the middle of the days that suit, "
        "from 2027-01-25 to 2027-06-30.",
    ]


def test_july_is_for_tables_that_have_met_in_july() -> None:
    july = {
        date(2027, 1, 1) + timedelta(days=one): Block(Why.HOLIDAY, "x")
        for one in range(365)
        if (date(2027, 1, 1) + timedelta(days=one)).month != 7
    }
    never = proposal("2027-03-01", 2, held("2027-01-14"), july)
    met = proposal("2027-03-01", 2, held("2026-07-15", "2027-01-14"), july)
    assert never is not None
    assert met is not None
    assert never.found is not Found.THIS_YEAR
    assert met.day is not None
    assert met.day.month == 7


# Whatever the year looks like

DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
MEETINGS = st.lists(
    st.builds(
        TableMeeting,
        day=DAYS,
        starts=st.sampled_from([time(3, 30), time(17), time(18)]),
        state=st.sampled_from(MeetingState),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(
    today=DAYS,
    wanted=st.sampled_from([1, 2, 3, 4, 12, 52]),
    meetings=MEETINGS,
    closed=st.lists(st.tuples(DAYS, st.integers(1, 90)), max_size=6),
    step=st.sampled_from([1, 2, 7, 400]),
)
def test_a_proposal_keeps_every_promise(
    today: date, wanted: int, meetings: list[TableMeeting], closed: list[tuple[date, int]], step: int
) -> None:
    blocked = {
        first + timedelta(days=one): Block(Why.OTHER_TABLE, "Etelä")
        for first, length in closed
        for one in range(0, length, step)
    }
    missing = tally(today, wanted, meetings).missing
    if not missing:
        return
    found = propose(Search(today, meetings, blocked), wanted, missing)
    chosen = found.to_call
    if chosen is None:
        assert found.found in (Found.NOTHING, Found.PLANNED)
        return
    assert today + timedelta(days=SOONEST) <= chosen <= today + timedelta(days=HORIZON)
    assert chosen.year == today.year + (found.found is Found.NEXT_YEAR)
    assert chosen not in blocked
    assert chosen.weekday() <= THURSDAY
    assert not date(chosen.year, 12, 20) <= chosen
    assert not chosen <= date(chosen.year, 1, 7)
    apart = [
        abs((chosen - one.day).days)
        for one in meetings
        if one.state in (S.PUBLISHED, S.MEMO_PUBLISHED) or (one.state is S.DRAFT and one.day >= today)
    ]
    assert min(apart, default=APART + 1) > APART
