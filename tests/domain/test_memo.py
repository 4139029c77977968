"""What a memo is checked for before it goes out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.agenda import ItemKind
from app.domain.attendance import Row, attendance_total, mark_of, parse_count
from app.domain.errors import DomainError, Invalid, Refused
from app.domain.follow_ups import FollowUpState, days_late
from app.domain.memo import (
    Doubt,
    Memo,
    MemoFollowUp,
    MemoItem,
    MemoMeasure,
    MemoNote,
    MemoPresent,
    MemoState,
    check_publishable,
    warnings,
)
from app.domain.notes import check_operation, check_text, merged, second_operation

NOON = datetime(2027, 2, 12, 16, tzinfo=UTC)
PRESENT = (MemoPresent("Koivuranta", 4), MemoPresent(None, 7))


def agreed(*measures: str) -> MemoFollowUp:
    linked = tuple(MemoMeasure(place, text) for place, text in enumerate(measures, 1))
    return MemoFollowUp(
        1, "Lasketaan hinta.", "Tekninen", "", date(2027, 4, 30), FollowUpState.OPEN, "", linked
    )


def memo(
    *texts: str, kind: ItemKind = ItemKind.TOPIC, given: tuple[MemoFollowUp, ...] = (), **fields: object
) -> Memo:
    notes = tuple(MemoNote("", text, "") for text in texts)
    item = MemoItem(7, 1, kind, NOON, 10, "Valot", "2027-001", notes, given)
    values: dict[str, object] = {"present": PRESENT, **fields}
    return Memo(
        1,
        "Pöytä",
        "poyta",
        "",
        date(2027, 2, 12),
        NOON,
        NOON,
        "",
        False,
        MemoState.DRAFT,
        None,
        (item,),
        **values,
    )


@pytest.mark.parametrize(
    ("value", "doubts"),
    [
        (memo("Kuusi lamppua."), []),
        (memo(), [Doubt.NOT_WRITTEN]),
        (memo(kind=ItemKind.OPENING), []),
        (memo(kind=ItemKind.BREAK), []),
        (memo(given=(agreed("Valot"),)), []),
        (memo(given=(agreed(),)), [Doubt.NO_MEASURE]),
        (memo("Kirjoita eeva.maki@posti.example."), [Doubt.EMAIL]),
        (memo("Soita 040 123 4567."), [Doubt.PHONE]),
        (memo("Soita 0401234567 illalla"), [Doubt.PHONE]),
        (memo("Soita +358 40 1234567."), [Doubt.PHONE]),
        (memo("Puhelin (017) 123 456"), [Doubt.PHONE]),
        (memo("Vuodet 2025–2028, 30.4.2027 klo 18.00, 12 000 euroa, 85 100 asukasta"), []),
        (memo("Sopimus 1.1.2026–31.12.2026 ja 0,5 km"), []),
        (memo("x", present=()), [Doubt.NOBODY]),
    ],
)
def test_what_is_looked_at_once_more(value: Memo, doubts: list[Doubt]) -> None:
    found = warnings(value, value.day)
    assert [one.doubt for one in found] == doubts
    assert all(one.message % {"title": one.title} for one in found)


def test_an_identity_code_is_refused_wherever_it_stands() -> None:
    check_publishable(memo("Tunnus 131052-308U ei ole oikea."))
    for text in ("131052-308T", "Eevan tunnus on 131052-308t, kertoi hän."):
        with pytest.raises(Refused):
            check_publishable(memo(text))


def test_attendances_are_counted_once_each() -> None:
    assert memo().total == attendance_total(PRESENT) == 11


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("", 0),
        ("0", 0),
        (" 12 ", 12),
        ("2000", 2000),
        ("2001", None),
        ("-5", None),
        ("abc", None),
        ("1,5", None),
        ("٣", None),
        ("9" * 20, None),
    ],
)
def test_head_counts_as_people_write_them(said: str, count: int | None) -> None:
    if count is None:
        with pytest.raises(Invalid):
            parse_count(said)
    else:
        assert parse_count(said) == count


def test_the_mark_of_a_list_changes_with_it() -> None:
    rows = [Row(1, 4, "Eeva"), Row(None, 7)]
    assert mark_of(rows) == mark_of(reversed(rows))
    others = ([*rows, Row(2, 1)], rows[:1], [Row(1, 5, "Eeva"), rows[1]], [Row(1, 4), rows[1]], [])
    marks = {mark_of(one) for one in (rows, *others)}
    assert len(marks) == 1 + len(others)


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [("A", "B", "A\n\nB"), ("A ja B", "B", "A ja B"), ("A", "A ja B", "A ja B"), ("A", "A", "A")],
)
def test_both_texts_are_kept(theirs: str, mine: str, both: str) -> None:
    assert merged(theirs, mine) == both


def test_an_operation_is_a_plain_key() -> None:
    assert check_operation("abc_DEF-123") == "abc_DEF-123"
    assert second_operation("operation-1", "a") != second_operation("operation-1", "b")
    assert check_operation(second_operation("operation-1", "a"))
    for wrong in ("", "short", "x" * 65, "a b c d e", "abcdefgh\n", "ääääääää"):
        with pytest.raises(DomainError):
            check_operation(wrong)


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "a\x00b", "\ud800", "Tunnus 131052-308T"])
def test_what_cannot_be_a_note(text: str) -> None:
    with pytest.raises(Invalid):
        check_text(text)


@pytest.mark.parametrize(
    ("state", "days"),
    [
        (FollowUpState.OPEN, 12),
        (FollowUpState.IN_WORK, 12),
        (FollowUpState.DONE, 0),
        (FollowUpState.NOT_PROGRESSED, 0),
    ],
)
def test_days_late(state: FollowUpState, days: int) -> None:
    assert days_late(state, date(2027, 4, 30), date(2027, 5, 12)) == days
    assert days_late(state, date(2027, 4, 30), date(2027, 4, 30)) == 0


def test_a_memo_before_its_meeting_is_doubted() -> None:
    value = memo()
    assert Doubt.NOT_HELD in {one.doubt for one in warnings(value, value.day - timedelta(days=1))}
    assert Doubt.NOT_HELD not in {one.doubt for one in warnings(value, value.day)}
