"""What is looked at before an agenda goes out."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.agenda import ItemKind
from app.domain.preflight import WORDS, Checked, Declined, Doubt, Facts, Missed, Where, look
from app.domain.topics import TopicState

TODAY = date(2027, 1, 20)
OPENING = Checked(1, ItemKind.OPENING, "Avaus", "Öppning")
TOPIC = Checked(2, ItemKind.TOPIC, "Kylätien valot", "Byvägens lampor", "Rantala", topic=TopicState.ON_AGENDA)
GOOD = Facts(date(2027, 2, 11), time(18), TODAY, (OPENING, TOPIC), place="Koulu")


def found(facts: Facts) -> list[tuple[str, int | None]]:
    return [(str(one.doubt), one.item_id) for one in look(facts)]


def with_item(**change: object) -> Facts:
    return replace(GOOD, items=(OPENING, replace(TOPIC, **change)))


def test_nothing_is_said_of_a_good_agenda() -> None:
    assert look(GOOD) == []
    assert look(replace(GOOD, swedish=True)) == []


def test_an_empty_agenda_is_all_that_is_said() -> None:
    assert found(replace(GOOD, items=(), place="", invited=0)) == [("empty", None)]


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"over": 5}, Doubt.OVER),
        ({"items": (OPENING,)}, Doubt.NO_TOPIC),
        ({"day": date(2027, 1, 19)}, Doubt.PAST),
        ({"day": date(2027, 1, 20)}, Doubt.SHORT_NOTICE),
        ({"day": date(2027, 1, 26)}, Doubt.SHORT_NOTICE),
        ({"day": date(2027, 1, 27)}, None),
        ({"day": date(2027, 3, 28), "starts": time(3, 30)}, Doubt.SKIPPED_TIME),
        ({"day": date(2027, 3, 28), "starts": time(4)}, None),
        ({"day": date(2027, 10, 31), "starts": time(3, 30)}, Doubt.DOUBLE_TIME),
        ({"day": date(2027, 10, 31), "starts": time(4)}, None),
        ({"day_words": (("It is at the weekend.", {}),)}, Doubt.DAY),
        ({"place": ""}, Doubt.NO_PLACE),
        ({"place": "", "remote_url": "https://x.example"}, None),
        ({"place": "Ilmoitetaan myöhemmin"}, Doubt.PLACE_LATER),
        ({"place": "Meddelas senare."}, Doubt.PLACE_LATER),
        ({"place": "TBA"}, Doubt.PLACE_LATER),
        ({"place": "?"}, Doubt.PLACE_LATER),
        ({"place": "Later-talo"}, None),
        ({"invited": 0}, Doubt.NOBODY_INVITED),
    ],
)
def test_the_meeting_as_a_whole(change: dict[str, object], doubt: Doubt | None) -> None:
    assert found(replace(GOOD, **change)) == ([(str(doubt), None)] if doubt else [])


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ({"presenter": ""}, Doubt.NO_PRESENTER),
        ({"presenter": "", "officials": 1}, None),
        ({"presenter": "", "kind": ItemKind.PRESENTATION, "topic": None}, Doubt.NO_PRESENTER),
        ({"title": "Aihe"}, Doubt.BARE_TITLE),
        ({"title": "Keskustelu."}, Doubt.BARE_TITLE),
        ({"title": "Aihe: valot"}, None),
        ({"topic": TopicState.WITHDRAWN}, Doubt.TOPIC_GONE),
        ({"topic": TopicState.MERGED}, Doubt.TOPIC_GONE),
        ({"topic": TopicState.DECLINED}, Doubt.TOPIC_GONE),
        ({"topic": TopicState.DISCUSSED}, None),
        ({"late": 10}, Doubt.FIXED_MISSED),
    ],
)
def test_one_item(change: dict[str, object], doubt: Doubt | None) -> None:
    facts = with_item(**change)
    expected = [(str(doubt), 2)] if doubt else []
    assert [one for one in found(facts) if one[0] != Doubt.NO_TOPIC] == expected


@pytest.mark.parametrize("kind", ["opening", "since_last_time", "break", "other", "next_meeting", "closing"])
def test_nobody_needs_to_present_what_all_do_together(kind: str) -> None:
    item = Checked(3, ItemKind(kind), "Avaus", "Öppning")
    assert look(replace(GOOD, items=(*GOOD.items, item))) == []


def test_swedish_titles_are_asked_where_the_table_speaks_swedish() -> None:
    bare = replace(with_item(title_sv=""), swedish=True)
    assert found(bare) == [("no_swedish", 2)]
    assert found(replace(bare, swedish=False)) == []
    # A topic that was written in Swedish has its title in Swedish already.
    assert found(replace(with_item(title_sv="", language="sv"), swedish=True)) == []
    assert found(replace(with_item(title_sv="", language="en"), swedish=True)) == [("no_swedish", 2)]


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, 0), (3, 3, 0), (4, 3, 1), (12, 3, 9)])
def test_titles_without_swedish_are_told_at_once(count: int, shown: int, more: int) -> None:
    items = tuple(replace(TOPIC, id=one, title=f"Aihe {one}", title_sv="") for one in range(5, 5 + count))
    [one] = look(replace(GOOD, items=(OPENING, *items), swedish=True))
    assert (one.doubt, one.where, one.item_id) == (Doubt.NO_SWEDISH, Where.ITEM, 5)
    assert one.titles == tuple(f"Aihe {place}" for place in range(5, 5 + shown))
    assert one.more == more


def test_officials_who_are_away_are_named_at_their_item() -> None:
    facts = replace(GOOD, missed=(Missed(2, "Pekka", 10, 0), Missed(2, "Leena", 0, 5), Missed(9, "X", 1, 1)))
    assert [(one.doubt, one.item_id, one.message % one.values) for one in look(facts)] == [
        (Doubt.COMES_LATER, 2, "Pekka comes 10 min after “Kylätien valot” begins."),
        (Doubt.LEAVES_BEFORE, 2, "Leena leaves 5 min before “Kylätien valot” ends."),
    ]


def test_officials_who_do_not_come_are_named_at_their_item() -> None:
    facts = replace(GOOD, declined=(Declined(2, "Pekka"), Declined(9, "Leena")))
    assert [(one.doubt, one.item_id, one.message % one.values) for one in look(facts)] == [
        (Doubt.DOES_NOT_COME, 2, "Pekka has answered “Does not come” and is needed at “Kylätien valot”."),
    ]


def test_every_doubt_has_its_words_and_its_place() -> None:
    assert set(WORDS) == set(Doubt)
    for doubt, (words, where) in WORDS.items():
        assert bool(words) is (doubt is not Doubt.DAY)
        assert isinstance(where, Where)
