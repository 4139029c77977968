"""Which letters a reader may do without, which may wait, and what one press stops."""

import pytest

from app.domain.letter_choices import (
    LetterGroup,
    Rhythm,
    Wish,
    can_wait,
    group_of,
    has_place,
    masked,
    read_groups,
    stop_word,
    stopped_with,
    wish_of,
    write_groups,
)
from app.mail.composing import LANGUAGES, TEMPLATES

PARTS = {"signature", "choices"}
KINDS = sorted({path.stem for language in LANGUAGES for path in (TEMPLATES / language).glob("*.txt")} - PARTS)

OWN, MEETINGS, REMINDERS, MEMOS = LetterGroup

TABLE = [
    # kind, the group that it can be stopped with, whether it may wait
    ("topic_accepted", OWN, True),
    ("topic_postponed", OWN, True),
    ("topic_joined", OWN, True),
    ("topic_separated", OWN, True),
    ("topic_discussed", OWN, True),
    ("topic_declined", OWN, False),
    ("topics_answered", OWN, False),
    ("topic_body_answered", OWN, False),
    ("topic_on_agenda", MEETINGS, False),
    ("agenda_published", MEETINGS, False),
    ("agenda_changed", None, False),
    ("official_invited", MEETINGS, False),
    ("meeting_reminder", REMINDERS, False),
    ("memo_published", MEMOS, True),
    ("sign_in_link", None, False),
    ("topic_received", None, False),
    ("topic_split", None, False),
    ("topic_asked", None, False),
    ("topic_handed_on", None, False),
    ("topic_handed_on_told", None, False),
    ("statement_asked", None, False),
    ("statement_reminder", None, False),
    ("statement_answered", None, False),
    ("follow_up_given", None, False),
    ("meeting_cancelled", None, False),
    ("answer_needs_click", None, False),
    ("digest", None, False),
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_letter_has_its_place(kind: str) -> None:
    assert has_place(kind), f"say in app/domain/letter_choices.py who may stop {kind}"
    assert kind in [row[0] for row in TABLE], f"and say it in this table too: {kind}"


@pytest.mark.parametrize(("kind", "group", "waits"), TABLE)
def test_what_can_be_stopped_and_what_can_wait(kind: str, group: LetterGroup | None, waits: bool) -> None:
    assert (group_of(kind), can_wait(kind)) == (group, waits)


def test_nothing_waits_that_cannot_be_stopped() -> None:
    assert [kind for kind, group, waits in TABLE if waits and group is None] == []


@pytest.mark.parametrize(
    ("kind", "unwanted", "rhythm", "wish"),
    [
        ("memo_published", set(), Rhythm.AT_ONCE, Wish.AT_ONCE),
        ("memo_published", set(), Rhythm.DAILY, Wish.GATHER),
        ("memo_published", set(), Rhythm.WEEKLY, Wish.GATHER),
        ("memo_published", {MEMOS}, Rhythm.WEEKLY, Wish.SKIP),
        ("memo_published", {OWN, MEETINGS, REMINDERS}, Rhythm.AT_ONCE, Wish.AT_ONCE),
        ("agenda_published", set(), Rhythm.WEEKLY, Wish.AT_ONCE),
        ("agenda_published", {MEETINGS}, Rhythm.AT_ONCE, Wish.SKIP),
        ("meeting_reminder", {MEETINGS}, Rhythm.DAILY, Wish.AT_ONCE),
        ("meeting_cancelled", set(LetterGroup), Rhythm.WEEKLY, Wish.AT_ONCE),
        ("sign_in_link", set(LetterGroup), Rhythm.WEEKLY, Wish.AT_ONCE),
        ("digest", set(LetterGroup), Rhythm.WEEKLY, Wish.AT_ONCE),
        ("a_kind_of_next_year", set(LetterGroup), Rhythm.WEEKLY, Wish.AT_ONCE),
    ],
)
def test_what_a_reader_wants(kind: str, unwanted: set[LetterGroup], rhythm: Rhythm, wish: Wish) -> None:
    assert wish_of(kind, unwanted, rhythm) is wish


@pytest.mark.parametrize(
    ("kind", "stops"),
    [
        ("memo_published", {MEMOS}),
        ("agenda_published", {MEETINGS}),
        ("agenda_changed", set()),  # nobody comes at an hour that is no longer true
        ("digest", {OWN, MEMOS}),  # all that a digest can hold
        ("meeting_cancelled", set()),
    ],
)
def test_what_one_press_in_a_letter_stops(kind: str, stops: set[LetterGroup]) -> None:
    assert stopped_with(stop_word(kind) or "") == stops


@pytest.mark.parametrize("word", ["", "everything", "memos meetings", "MEMOS", "always"])
def test_a_word_that_names_no_group_stops_nothing(word: str) -> None:
    assert stopped_with(word) == set()


@pytest.mark.parametrize("groups", [set(), {MEMOS}, {MEMOS, OWN}, set(LetterGroup)])
def test_groups_are_read_as_they_were_written(groups: set[LetterGroup]) -> None:
    assert read_groups(write_groups(groups)) == groups


def test_a_group_of_another_version_is_left_out() -> None:
    assert read_groups("memos newsletters") == {MEMOS}


@pytest.mark.parametrize(
    ("address", "shown"),
    [("maija.koivu@kunta.fi", "m…@kunta.fi"), ("m@kunta.fi", "m…@kunta.fi"), ("@", "…@")],
)
def test_an_address_is_shown_to_those_who_know_it(address: str, shown: str) -> None:
    assert masked(address) == shown
