"""When an answer is waited for and who reads it, until when it may be asked, and what is never sent along."""

from datetime import date, timedelta

import pytest

from app.domain.errors import Invalid, Refused
from app.domain.statements import (
    ASKABLE,
    Contact,
    Standing,
    both_names,
    check_answer,
    check_answered_by,
    check_askable,
    check_due,
    check_open,
    check_question,
    is_late,
    standing,
    without_contact,
)
from app.domain.topics import TopicState

TODAY = date(2027, 2, 12)
S = TopicState
W = Standing

# For each state of the topic: a question for the table, a topic handed on, and a question taken back.
STANDINGS = {
    S.RECEIVED: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.ASKED: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.ACCEPTED: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.POSTPONED: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.ON_AGENDA: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.MERGED: (W.WANTED, W.TO_TABLE, W.TAKEN_BACK),
    S.HANDED_ON: (W.WANTED, W.FOR_PROPOSER, W.TAKEN_BACK),
    S.DISCUSSED: (W.CLOSED, W.CLOSED, W.CLOSED),
    S.DECLINED: (W.TOPIC_ENDED, W.TOPIC_ENDED, W.TAKEN_BACK),
    S.WITHDRAWN: (W.TOPIC_ENDED, W.TOPIC_ENDED, W.TAKEN_BACK),
}


@pytest.mark.parametrize("state", S)
def test_where_a_question_stands(state: TopicState) -> None:
    for_table, handed_on, taken_back = STANDINGS[state]
    assert standing(state, handed_on=False, taken_back=False) is for_table
    assert standing(state, handed_on=True, taken_back=False) is handed_on
    assert standing(state, handed_on=False, taken_back=True) is taken_back
    assert standing(state, handed_on=True, taken_back=True) is taken_back


@pytest.mark.parametrize("where", W)
def test_an_answer_may_be_written_until_the_topic_is_discussed(where: Standing) -> None:
    if where is W.CLOSED:
        with pytest.raises(Refused):
            check_open(where)
    else:
        check_open(where)


@pytest.mark.parametrize("state", S)
def test_which_topics_a_body_may_be_asked_about(state: TopicState) -> None:
    open_ = state in (S.RECEIVED, S.ASKED, S.ACCEPTED, S.POSTPONED, S.ON_AGENDA)
    assert (state in ASKABLE) is open_
    if open_:
        check_askable(state)
    else:
        with pytest.raises(Refused):
            check_askable(state)


@pytest.mark.parametrize(
    ("where", "due", "answered", "late"),
    [
        (W.WANTED, TODAY - timedelta(1), False, True),
        (W.FOR_PROPOSER, TODAY - timedelta(1), False, True),
        (W.TO_TABLE, TODAY - timedelta(1), False, True),
        (W.WANTED, TODAY, False, False),
        (W.WANTED, None, False, False),
        (W.WANTED, TODAY - timedelta(1), True, False),
        (W.TAKEN_BACK, TODAY - timedelta(1), False, False),
        (W.TOPIC_ENDED, TODAY - timedelta(1), False, False),
        (W.CLOSED, TODAY - timedelta(1), False, False),
    ],
)
def test_when_an_answer_is_late(where: Standing, due: date | None, answered: bool, late: bool) -> None:
    assert is_late(where, due, TODAY, answered=answered) is late


@pytest.mark.parametrize(
    ("due", "good"),
    [
        (None, False),
        (TODAY - timedelta(1), False),
        (TODAY, True),
        (TODAY + timedelta(14), True),
        (date(2028, 2, 12), True),
        (TODAY + timedelta(367), False),
    ],
)
def test_by_when_an_answer_may_be_asked(due: date | None, good: bool) -> None:
    if good:
        assert check_due(due, TODAY) == due
    else:
        with pytest.raises(Invalid) as refused:
            check_due(due, TODAY)
        assert refused.value.field == "due_on"


@pytest.mark.parametrize(
    ("check", "field"), [(check_question, "words"), (check_answer, "text"), (check_answered_by, "name")]
)
@pytest.mark.parametrize("text", ["", "  \n ", "Hän on 131052-308T.", "ä" * 10_001, "a\x00b"])
def test_what_cannot_be_taken_is_refused_at_its_field(check, field: str, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(text)
    assert refused.value.field == field


EEVA = Contact("Eeva Koski", "eeva@koivuranta.example", "040 765 4321")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Valot ovat rikki.\nEeva Koski", "Valot ovat rikki.\n[…]"),
        ("Valot ovat rikki. T. Eeva", "Valot ovat rikki. T. […]"),
        ("Soittakaa 040 765 4321.", "Soittakaa […]."),
        ("Soittakaa 0407654321!", "Soittakaa […]!"),
        ("Soittakaa +358 40 765 4321", "Soittakaa […]"),
        ("Soittakaa naapurille 0500-123456", "Soittakaa naapurille […]"),
        ("Kirjoita eeva@koivuranta.example tai muu@example.org", "Kirjoita […] tai […]"),
        ("Eeva Koski, 040 765 4321, eeva@koivuranta.example", "[…]"),
        ("Koskikeskus ja kosken silta", "Koskikeskus ja kosken silta"),
        (
            "Kokous 03.01.2027 kello 18.00, 0,5 km ja 2026-014",
            "Kokous 03.01.2027 kello 18.00, 0,5 km ja 2026-014",
        ),
        ("Tie 12345 on poikki 03.01.2027–09.01.2027", "Tie 12345 on poikki 03.01.2027–09.01.2027"),
    ],
)
def test_a_body_is_not_sent_how_to_reach_the_proposer(text: str, sent: str) -> None:
    assert without_contact(text, EEVA) == sent


@pytest.mark.parametrize(
    ("name", "text", "sent"),
    [
        ("eeva koski", "Valot ovat rikki. T. Eeva", "Valot ovat rikki. T. […]"),
        ("EEVA KOSKI", "Valot ovat rikki.\neeva koski", "Valot ovat rikki.\n[…]"),
        ("eeva koski", "Terveisin Koski Eeva", "Terveisin […]"),
        ("eeva koski", "Joen koski on kuiva", "Joen koski on kuiva"),
        ("anna-liisa mäki", "T. Anna-Liisa", "T. […]"),
    ],
)
def test_a_name_is_taken_out_however_it_was_typed(name: str, text: str, sent: str) -> None:
    assert without_contact(text, Contact(name)) == sent


def test_nothing_is_taken_out_for_a_proposer_who_left_nothing() -> None:
    assert without_contact("Valot ovat rikki.", Contact()) == "Valot ovat rikki."


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("", "Pekka", "Pekka"),
        ("Pekka", "", "Pekka"),
        ("Pekka", "Pekka", "Pekka"),
        ("Pekka", "Leena", "Pekka; Leena"),
        ("P" * 150, "L" * 150, "P" * 150 + "; " + "L" * 48),
    ],
)
def test_two_who_answer_are_both_named(theirs: str, mine: str, both: str) -> None:
    assert both_names(theirs, mine) == both
