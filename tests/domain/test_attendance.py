"""Who counts as an attendance, and which clock times of a person fit the meeting."""

from datetime import date, time

import pytest

from app.domain.attendance import (
    Mark,
    PresenceState,
    Row,
    attendance_total,
    by_organisation,
    check_guest,
    check_stay,
    counted_twice,
    meeting_span,
)
from app.domain.errors import Invalid
from app.domain.running import Hours
from tests.domain.running_stage import EVENING, ZONE, at

PRESENT, REMOTE, EXCUSED = PresenceState
LATE = Hours(date(2027, 2, 12), time(23), 120, ZONE)  # ends after midnight
AUTUMN = Hours(date(2027, 10, 30), time(23), 300, ZONE)  # the clock goes back in the night: five real hours


@pytest.mark.parametrize(
    ("present", "total", "bodies"),
    [
        ([], 0, {}),
        ([Mark(1, PRESENT)], 1, {1: 1}),
        ([Mark(1, REMOTE)], 1, {1: 1}),
        ([Mark(1, EXCUSED)], 0, {}),
        ([Mark(1, PRESENT), Row(1, 3), Mark(1, EXCUSED), Mark(None, REMOTE)], 5, {1: 4, None: 1}),
        ([Row(None, 7), Mark(None, PRESENT), Mark(2, PRESENT), Mark(2, REMOTE)], 10, {None: 8, 2: 2}),
    ],
)
def test_remote_counts_and_excused_does_not(
    present: list[Mark | Row], total: int, bodies: dict[int | None, int]
) -> None:
    assert attendance_total(present) == total
    assert by_organisation(present) == bodies


@pytest.mark.parametrize(
    ("began", "ended", "span"),
    [
        (None, None, (0, 90)),
        (None, "19.50", (0, 90)),  # nobody ran the clock: what it is now says nothing
        ("18.00", "19.30", (0, 90)),
        ("18.10", "19.20", (0, 90)),
        ("17.50", "19.45", (-10, 105)),
        ("16.10", "19.30", (-60, 90)),  # an hour early at most
        ("18.00", "23.55", (0, 270)),  # the clock was left running
    ],
)
def test_a_meeting_is_as_long_as_it_was(began: str | None, ended: str | None, span: tuple[int, int]) -> None:
    assert meeting_span(EVENING, at(began) if began else None, at(ended) if ended else None) == span


def clock(text: str | None) -> time | None:
    return time(*map(int, text.split("."))) if text else None


@pytest.mark.parametrize(
    ("hours", "span", "came", "left", "refused"),
    [
        (EVENING, (0, 90), "18.20", None, None),
        (EVENING, (0, 90), None, "19.00", None),
        (EVENING, (0, 90), "18.20", "19.00", None),
        (EVENING, (0, 90), "18.00", "19.30", None),
        (EVENING, (0, 90), "17.59", None, "came"),
        (EVENING, (0, 90), "19.31", None, "came"),
        (EVENING, (0, 90), None, "19.31", "left"),
        (EVENING, (0, 90), None, "17.00", "left"),
        (EVENING, (0, 90), None, "02.00", "left"),
        (EVENING, (0, 90), "06.20", None, "came"),  # a morning clock for an evening
        (EVENING, (0, 90), "19.00", "18.20", "left"),
        (EVENING, (0, 90), "18.20", "18.20", "left"),
        (EVENING, (-10, 105), "17.55", "19.40", None),
        (EVENING, (-10, 105), "17.45", None, "came"),
        (LATE, (0, 120), "23.30", "00.40", None),
        (LATE, (0, 120), "00.40", "23.30", "left"),
        (LATE, (0, 120), None, "01.01", "left"),
        (AUTUMN, (0, 300), None, "03.00", None),
        (AUTUMN, (0, 300), None, "03.01", None),  # the clock shows it twice that night: the first is meant
        (AUTUMN, (0, 300), None, "04.00", "left"),
    ],
)
def test_clock_times_fit_the_meeting(
    hours: Hours, span: tuple[int, int], came: str | None, left: str | None, refused: str | None
) -> None:
    if refused is None:
        check_stay(hours, span, clock(came), clock(left))
        return
    with pytest.raises(Invalid) as error:
        check_stay(hours, span, clock(came), clock(left))
    assert error.value.field == refused


def test_the_refusal_says_when_the_meeting_was() -> None:
    with pytest.raises(Invalid, match=r"from 17\.50 to 19\.45"):
        check_stay(EVENING, (-10, 105), time(20), None)


@pytest.mark.parametrize(
    ("listed", "names", "twice"),
    [
        ("Aino Mäkelä", "", False),
        ("Aino Mäkelä", "Eeva, Aino Mäkelä", True),
        ("Aino Mäkelä", "aino  mäkelä\nEeva", True),
        ("Aino Mäkelä", "Aino Mäkeläinen", False),
        ("Aino Mäkelä", "Paino Mäkelä", False),
        ("Eeva", "Eeva-Liisa Niemi", True),  # rather asked once too often
        ("O’Hara", "O’Hara; Oili", True),
    ],
)
def test_a_name_that_is_counted_twice_is_seen(listed: str, names: str, twice: bool) -> None:
    rows = [Row(1, 3, names), Row(2, 4)]
    assert counted_twice([listed, "Antti Oja"], rows) == ([listed] if twice else [])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Eeva Niemi", "Eeva Niemi"),
        ("  Eeva \t Niemi\n", "Eeva Niemi"),
        ("", None),
        ("   ", None),
        ("x" * 201, None),
        ("Eeva 131052-308T", None),
        ("a\x00b", None),
    ],
)
def test_the_name_of_a_guest(typed: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(Invalid):
            check_guest(typed)
    else:
        assert check_guest(typed) == name
