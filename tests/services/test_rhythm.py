"""The yearly rhythm from stored meetings: holidays by name, other tables' evenings, and what is proposed."""

from datetime import date, time

import pytest

from app.domain.meetings import MeetingState
from app.services.holidays import holiday_name
from app.services.rhythm import other_evenings
from tests import make
from tests.cast import Cast

DAY = date(2027, 2, 11)


@pytest.mark.parametrize(
    ("day", "language", "name"),
    [
        (date(2026, 12, 24), "fi", "Jouluaatto"),
        (date(2026, 12, 24), "sv", "Julafton"),
        (date(2026, 12, 24), "en", "Christmas Eve"),
        (date(2027, 6, 25), "fi", "Juhannusaatto"),
        (date(2027, 6, 25), "sv", "Midsommarafton"),
        (date(2027, 5, 6), "en", "Ascension Day"),
        (date(2027, 1, 6), "sv", "Trettondag"),
        (date(2027, 5, 1), "de", "Vappu"),
        (date(2027, 2, 28), "fi", None),  # a flag day is no holiday
        (date(2027, 2, 11), "fi", None),
        (date(1, 1, 2), "fi", None),
        (date(9999, 12, 31), "en", None),
    ],
)
def test_holidays_have_names_in_the_readers_language(day: date, language: str, name: str | None) -> None:
    assert holiday_name(day, language) == name


def test_other_evenings_are_those_of_other_tables_drafts_too(cast: Cast) -> None:
    make.meeting(cast.north, DAY)
    assert other_evenings(DAY, cast.north) == []
    make.meeting(cast.south, DAY, time(19), state=MeetingState.PUBLISHED)
    make.meeting(cast.south, DAY, time(17))
    make.meeting(cast.south, DAY, time(16), state=MeetingState.CANCELLED)
    make.meeting(cast.south, date(2027, 2, 12))
    found = other_evenings(DAY, cast.north)
    assert [(one.table_id, one.starts, one.draft) for one in found] == [
        (cast.south, time(17), True),
        (cast.south, time(19), False),
    ]
    assert [one.name_in("sv") for one in found] == ["Eteläinen lähikumppanuuspöytä"] * 2
    assert [one.name_in("sv") for one in other_evenings(DAY, cast.south)] == [
        "Norra lokala partnerskapsbordet"
    ]
