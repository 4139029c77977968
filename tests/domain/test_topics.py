"""The life of a topic as a table, its number, its title, and what a proposal may hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid, Refused
from app.domain.topics import (
    IN_ORDER,
    LIFE,
    NEEDS_REASON,
    OPEN,
    STATE_WORDS,
    TITLE,
    Number,
    Proposal,
    TopicAct,
    TopicState,
    check_happens,
    check_may_reword,
    check_proposal,
    check_reason,
    check_reply,
    check_title,
    check_told_on,
    may_happen,
    parse_number,
    title_of,
)

TODAY = date(2027, 2, 12)

# One row for each act, one column for each state: where it leads, or "-" where it is refused.
COLUMNS = [
    "received",
    "asked",
    "accepted",
    "postponed",
    "declined",
    "withdrawn",
    "on_agenda",
    "discussed",
    "merged",
    "handed_on",
]
LIFE_TABLE = """
accept          accepted  accepted  -         accepted  accepted - -         -         -        accepted
ask             asked     asked     asked     asked     -        - -         -         -        -
reply           -         received  -         -         -        - -         -         -        -
write           received asked accepted postponed declined withdrawn on_agenda discussed merged handed_on
postpone        postponed postponed postponed -         -        - -         -         -        -
decline         declined  declined  declined  declined  -        - -         -         -        -
withdraw        withdrawn withdrawn -         -         -        - -         -         -        -
put_on_agenda   -         -         on_agenda on_agenda -        - -         -         -        -
take_off_agenda -         -         -         -         -        - accepted  -         -        -
discuss         -         -         -         -         -        - discussed discussed -        -
return          -         -         -         -         -        - -         on_agenda -        -
carry_over      -         -         -         -         -        - -         on_agenda -        -
let_rest        -         -         -         -         -        - discussed -         -        -
merge           merged    merged    merged    merged    -        - -         -         -        -
separate        -         -         -         -         -        - -         -         received -
split           received  asked     -         -         -        - -         -         -        -
hand_on         handed_on handed_on handed_on handed_on -        - -         -         -        -
answer          -         -         -         -         -        - -         -         -        handed_on
"""
ROWS = [
    (TopicAct(act), TopicState(state), None if leads == "-" else TopicState(leads))
    for act, *cells in (line.split() for line in LIFE_TABLE.strip().splitlines())
    for state, leads in zip(COLUMNS, cells, strict=True)
]


@pytest.mark.parametrize(("act", "state", "leads"), ROWS)
def test_the_life_of_a_topic(act: TopicAct, state: TopicState, leads: TopicState | None) -> None:
    assert may_happen(act, state) is (leads is not None)
    if leads is None:
        with pytest.raises(Refused):
            check_happens(act, state)
    else:
        assert check_happens(act, state) is leads


# For each state: what is said to the proposer who changes her topic, "" where she may. The columns are a
# topic that nobody has worked on, one that others were joined to, and one that a body was asked about.
MAY, GONE, JOINED, HANDLED, ASKED = "", "withdrawn", "joined to another", "already been handled", "been asked"
REWORDING = {
    TopicState.RECEIVED: (MAY, JOINED, ASKED),
    TopicState.ASKED: (MAY, JOINED, ASKED),
    TopicState.ACCEPTED: (HANDLED, JOINED, HANDLED),
    TopicState.POSTPONED: (HANDLED, JOINED, HANDLED),
    TopicState.DECLINED: (HANDLED, JOINED, HANDLED),
    TopicState.WITHDRAWN: (GONE, GONE, GONE),
    TopicState.ON_AGENDA: (HANDLED, JOINED, HANDLED),
    TopicState.DISCUSSED: (HANDLED, JOINED, HANDLED),
    TopicState.MERGED: (JOINED, JOINED, JOINED),
    TopicState.HANDED_ON: (HANDLED, JOINED, HANDLED),
}


@pytest.mark.parametrize("state", list(TopicState))
@pytest.mark.parametrize(
    ("place", "joined", "asked"), [(0, False, False), (1, True, False), (2, False, True)]
)
def test_until_when_a_proposer_may_change_her_topic(
    state: TopicState, place: int, joined: bool, asked: bool
) -> None:
    said = REWORDING[state][place]
    if said == MAY:
        check_may_reword(state, joined=joined, asked_about=asked)
    else:
        with pytest.raises(Refused, match=said):
            check_may_reword(state, joined=joined, asked_about=asked)
    # Whoever may change a topic may also take it back.
    assert said or may_happen(TopicAct.WITHDRAW, state)


def test_the_table_holds_every_act_and_every_state() -> None:
    assert len(ROWS) == len(TopicAct) * len(TopicState) == len(LIFE) * len(STATE_WORDS)


def test_the_inbox_has_a_place_for_every_state() -> None:
    assert sorted(IN_ORDER) == sorted(TopicState)
    assert IN_ORDER[: len(OPEN)] == OPEN


@pytest.mark.parametrize("act", list(TopicAct))
def test_who_must_give_a_reason(act: TopicAct) -> None:
    if act in NEEDS_REASON:
        with pytest.raises(Invalid, match="the proposer can read"):
            check_reason(act, " \n ")
    else:
        assert check_reason(act, " \n ") == ""
    assert check_reason(act, " Tie on valtion. ") == "Tie on valtion."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kylätien valaistus", "Kylätien valaistus"),
        ("Kylätien valaistus.", "Kylätien valaistus"),
        ("Kylätie on pimeä. Lapset pelkäävät.", "Kylätie on pimeä"),
        ("Saako rannalle laiturin? Viime vuonna oli.", "Saako rannalle laiturin?"),
        ("Otsikko\nJa sitten muuta.", "Otsikko"),
        ("Klo 18. Valot.", "Klo 18"),
        ("a" * 200, "a" * 119 + "…"),
        (("sana " * 40).strip(), ("sana " * 23).strip() + "…"),
        ("Hei,\n\nkylätien valot puuttuvat. Terveisin Eeva", "Kylätien valot puuttuvat"),
        ("Hyvää päivää! Milloin tie aurataan?", "Milloin tie aurataan?"),
        ("Hej alla, vägen är mörk.", "Vägen är mörk"),
        ("Hei, hei!", "Hei!"),
        ("Heinäsirkat laulavat", "Heinäsirkat laulavat"),
    ],
)
def test_the_title_is_the_first_sentence_or_line(text: str, title: str) -> None:
    assert title_of(text) == title


@given(st.text(min_size=1, max_size=4000).filter(lambda text: text.strip()))
def test_a_title_is_one_line_that_fits(text: str) -> None:
    title = title_of(text)
    assert len(title) <= TITLE
    assert "\n" not in title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2027-014", Number(2027, 14)),
        (" 2027-14 ", Number(2027, 14)),
        ("2027 – 1014", Number(2027, 1014)),
        ("2027/3", Number(2027, 3)),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: Number) -> None:
    assert parse_number("number", text) == number


@pytest.mark.parametrize(
    "text", ["", "14", "2027", "2027-", "-5", "abc", "2027-1234567", "٢٠٢٧-٠١٤", "3027-1"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Invalid, match="2027-014") as refusal:
        parse_number("number", text)
    assert refusal.value.field == "number"


@given(st.integers(1000, 2999), st.integers(1, 999_999))
def test_a_number_is_read_as_it_is_written(year: int, running: int) -> None:
    assert parse_number("number", str(Number(year, running))) == Number(year, running)


@pytest.mark.parametrize(
    ("proposal", "field"),
    [
        (Proposal(""), "text"),
        (Proposal("ab"), "text"),
        (Proposal("a" * 4001), "text"),
        (Proposal("moi\x00"), "text"),
        (Proposal("Tunnus 131052-308T"), "text"),
        (Proposal("Tie", contact_name="a" * 201), "name"),
        (Proposal("Tie", contact_name="131052-308T"), "name"),
        (Proposal("Tie", contact_phone="1" * 61), "phone"),
        (Proposal("Tie", contact_phone="abc"), "phone"),
        (Proposal("Tie", contact_phone="131052-308T"), "phone"),
        (Proposal("Tie", wished_minutes=0), "minutes"),
        (Proposal("Tie", wished_minutes=481), "minutes"),
        (Proposal("Tie", told_on=date(2027, 2, 13)), "told_on"),
        (Proposal("Tie", told_on=date(2025, 2, 12)), "told_on"),
    ],
)
def test_a_proposal_that_cannot_be_taken_names_its_field(proposal: Proposal, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_proposal(proposal, TODAY)
    assert refusal.value.field == field


def test_a_proposal_is_trimmed() -> None:
    checked = check_proposal(Proposal("  Tie on huono. \r\n", contact_name=" Eeva  Virta "), TODAY)
    assert (checked.text, checked.contact_name) == ("Tie on huono.", "Eeva Virta")


@pytest.mark.parametrize("told_on", [None, TODAY, date(2026, 2, 13)])
def test_a_day_of_telling_within_a_year(told_on: date | None) -> None:
    assert check_told_on(told_on, TODAY) == told_on


@pytest.mark.parametrize("title", ["", "ab", "a" * 121, "131052-308T"])
def test_a_title_that_cannot_be_on_an_agenda(title: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_title(title)
    assert refusal.value.field == "title"


@pytest.mark.parametrize("words", ["", " \n", "a" * 4001, "131052-308T"])
def test_an_answer_that_cannot_be_taken(words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_reply(words)
    assert refusal.value.field == "words"
