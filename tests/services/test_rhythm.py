"""The yearly rhythm from stored meetings: holidays by name, other tables' evenings, and what is proposed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from app.domain.clock import utc_now
from app.domain.free_days import Block, Why
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY
from app.domain.rhythm import Found
from app.domain.tables import TableKind
from app.extensions import db
from app.models import PartnershipTable
from app.services import settings
from app.services.holidays import holiday_name
from app.services.rhythm import cautions_of, lacking, other_evenings
from tests import make
from tests.cast import Cast
from tests.counting import queries_of

DAY = date(2027, 2, 11)
MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def march() -> Iterator[None]:
    """The first of March 2027."""
    with time_machine.travel(MARCH, tick=False):
        yield


def has_met(table_id: int, *days: date, starts: time = time(18)) -> None:
    for day in days:
        make.meeting(table_id, day, starts, state=MeetingState.MEMO_PUBLISHED)


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


# What is lacking


def test_a_table_that_lacks_meetings_is_told_with_a_day(cast: Cast, march: None) -> None:
    has_met(cast.north, date(2026, 9, 10), date(2027, 2, 11), starts=time(17, 30))
    has_met(cast.south, date(2027, 1, 14))
    make.meeting(cast.south, date(2027, 9, 16))
    found = lacking(make.visitor(cast.maria), "fi")
    assert [(one.slug, one.tally.held, one.tally.called) for one in found] == [("pohjoinen", 1, 0)]
    proposed = found[0].proposal
    assert (proposed.found, proposed.day, proposed.starts) == (
        Found.THIS_YEAR,
        date(2027, 10, 7),
        time(17, 30),
    )


def test_the_holidays_of_the_country_are_skipped(cast: Cast) -> None:
    has_met(cast.south, date(2026, 9, 10))  # a Thursday
    with time_machine.travel(datetime(2027, 2, 19, 9, tzinfo=UTC)):
        found = lacking(make.visitor(cast.maria), "en")[0]
    assert found.proposal.day == date(2027, 5, 13)  # but for Ascension Day it would be a week earlier
    assert [(one.first, one.block) for one in found.nearby] == [
        (date(2027, 5, 6), Block(Why.HOLIDAY, "Ascension Day"))
    ]


def test_no_two_tables_are_offered_the_same_day(cast: Cast, march: None) -> None:
    maria = make.visitor(cast.maria)
    south, north = lacking(maria, "fi")
    assert (south.slug, north.slug) == ("etela", "pohjoinen")
    assert south.proposal.day != north.proposal.day
    assert Block(Why.OFFERED, "Eteläinen lähikumppanuuspöytä") in [one.block for one in north.nearby]
    assert lacking(maria, "fi", cast.north) == [north]  # and each table's own page says the same


def test_only_those_who_build_are_told_and_only_of_their_tables(cast: Cast, march: None) -> None:
    assert [one.slug for one in lacking(make.visitor(cast.olli), "fi")] == ["etela"]
    assert lacking(make.visitor(cast.olli), "fi", cast.north) == []
    for other in (cast.pekka, cast.aino, cast.veikko):
        assert lacking(make.visitor(other), "fi") == []
    assert lacking(ANYBODY, "fi") == []


def test_a_draft_of_another_table_is_not_named_to_those_who_do_not_build_it(cast: Cast, march: None) -> None:
    free = lacking(make.visitor(cast.olli), "fi")[0].proposal.day
    assert free is not None
    make.meeting(cast.north, free)
    for who, block in (
        (cast.olli, Block(Why.HIDDEN_TABLE)),
        (cast.maria, Block(Why.OTHER_TABLE, "Pohjoinen lähikumppanuuspöytä")),
    ):
        visitor = make.visitor(who)
        again = lacking(visitor, "fi", cast.south)[0]
        assert again.proposal.day != free
        assert block in [one.block for one in again.nearby]
        assert cautions_of(visitor, free, cast.south, "fi") == [block]


def test_a_cancelled_meeting_neither_counts_nor_is_in_the_way(cast: Cast, march: None) -> None:
    visitor = make.visitor(cast.maria)
    before = lacking(visitor, "fi")
    for one in before:
        assert one.proposal.day is not None
        make.meeting(one.table_id, one.proposal.day, state=MeetingState.CANCELLED)
    assert [one.proposal.day for one in lacking(visitor, "fi")] == [one.proposal.day for one in before]


def test_an_archived_table_needs_no_meetings_but_its_evening_is_taken(cast: Cast, march: None) -> None:
    visitor = make.visitor(cast.maria)
    free = lacking(visitor, "fi", cast.south)[0].proposal.day
    assert free is not None
    make.meeting(cast.north, free, state=MeetingState.PUBLISHED)
    db.session.get_one(PartnershipTable, cast.north).archived_at = utc_now()
    db.session.commit()
    left = lacking(visitor, "fi")
    assert [one.slug for one in left] == ["etela"]
    assert left[0].proposal.day != free


def test_a_table_opened_in_the_autumn_needs_one_meeting(cast: Cast) -> None:
    with time_machine.travel(datetime(2027, 9, 1, 9, tzinfo=UTC)):
        settings.add_table(
            make.visitor(cast.maria),
            settings.TableFacts("Uusi pöytä", None, "", TableKind.LOCAL, 90, 2, None, None, None, ("fi",)),
        )
        new = next(one for one in lacking(make.visitor(cast.maria), "fi") if one.slug == "uusi-poyta")
        assert (new.founded, new.a_year, new.tally.wanted) == (date(2027, 9, 1), 2, 1)
    with time_machine.travel(datetime(2028, 2, 1, 9, tzinfo=UTC)):
        new = next(one for one in lacking(make.visitor(cast.maria), "fi") if one.slug == "uusi-poyta")
        assert (new.founded, new.tally.wanted) == (None, 2)


def test_as_much_is_asked_for_thirty_tables_as_for_two(cast: Cast, march: None) -> None:
    visitor = make.visitor(cast.maria)
    few = queries_of(lambda: lacking(visitor, "fi"))
    for number in range(28):
        row = PartnershipTable(slug=f"p{number}", name=f"Pöytä {number}", kind=TableKind.SERVICES)
        db.session.add(row)
        db.session.flush()
        has_met(row.id, date(2026, 9, 10), date(2026, 11, 12))
    assert queries_of(lambda: lacking(visitor, "fi")) == few
    offered = [one.proposal.day for one in lacking(visitor, "fi")]
    assert len(set(offered)) == 30


# What is worth a word


@pytest.mark.parametrize(
    ("day", "language", "told"),
    [
        (date(2027, 2, 11), "en", []),
        (date(2027, 6, 25), "en", [Block(Why.HOLIDAY, "Midsummer Eve")]),
        (date(2027, 6, 24), "sv", [Block(Why.EVE, "Midsommarafton")]),
        (date(2027, 2, 13), "en", [Block(Why.WEEKEND)]),
        (date(2027, 12, 25), "fi", [Block(Why.WEEKEND), Block(Why.HOLIDAY, "Joulupäivä")]),
    ],
)
def test_what_speaks_against_a_day(cast: Cast, day: date, language: str, told: list[Block]) -> None:
    assert cautions_of(make.visitor(cast.maria), day, cast.north, language) == told
