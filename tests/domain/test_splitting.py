"""A message with several matters is parted where its writer parted it."""

import pytest

from app.domain.errors import Invalid, Refused
from app.domain.splitting import FEWEST, MOST, check_may_split, check_parts, proposed_parts
from app.domain.topics import UNTRIAGED, TopicState

PARTED = {
    "a numbered list": (
        "Hei!\n\n1. Katuvalot\n2. Bussi\n3) Ranta\n\nTerveisin Eeva",
        ["Katuvalot", "Bussi", "Ranta"],
    ),
    "dashes": ("Asioita:\n- Katuvalot\n- Bussi", ["Katuvalot", "Bussi"]),
    "letters": ("a) Katuvalot\nb) Bussi", ["Katuvalot", "Bussi"]),
    "items of several lines": ("1. Katuvalot\nkoulutiellä\n2. Bussi", ["Katuvalot\nkoulutiellä", "Bussi"]),
    "items with gaps": ("1. Katuvalot\n\n2. Bussi", ["Katuvalot", "Bussi"]),
    "a list and a paragraph": (
        "Kylämme on jäänyt yksin monen asian kanssa.\n\n1. Katuvalot\n2. Bussi",
        ["Kylämme on jäänyt yksin monen asian kanssa.", "Katuvalot", "Bussi"],
    ),
    "paragraphs": (
        "Hei kaikki,\n\nKatuvalot puuttuvat.\n\nBussi ei kulje.\n\nTerveisin\nEeva",
        ["Katuvalot puuttuvat.", "Bussi ei kulje."],
    ),
    "Swedish": (
        "Hej!\n\nLampor saknas.\n\nBussen går inte.\n\nMed vänlig hälsning\nEva",
        ["Lampor saknas.", "Bussen går inte."],
    ),
    "a signature with a name and a phone": (
        "Hei!\n\nKatuvalot puuttuvat.\n\nBussi ei kulje.\n\n"
        "Terveisin\nAino Rantala\nKoivurannan kyläyhdistys\npuh. 040 123 4567",
        ["Katuvalot puuttuvat.", "Bussi ei kulje."],
    ),
    "a signature of many paragraphs": (
        "Lampor saknas.\n\nBussen går inte.\n\nMed vänlig hälsning\n\nEva Ek\n\ntfn 040 123 4567",
        ["Lampor saknas.", "Bussen går inte."],
    ),
    "a greeting and a signature without gaps": (
        "Hei vaan,\n1. Katuvalot\n2. Bussi\nYstävällisin terveisin\nAino Rantala\n040 123 4567",
        ["Katuvalot", "Bussi"],
    ),
    "a letter before a name": (
        "Hei!\nKatuvalot puuttuvat.\n\nBussi ei kulje.\nT: Aino",
        ["Katuvalot puuttuvat.", "Bussi ei kulje."],
    ),
    "English": (
        "Dear all,\n\nThe lights are out.\n\nNo bus runs.\n\nKind regards,\nEve Oak\nPhone: +358 40 123 4567",
        ["The lights are out.", "No bus runs."],
    ),
    "a name and a phone alone": (
        "Katuvalot puuttuvat.\n\nBussi ei kulje.\n\nAino Rantala\n040 123 4567",
        ["Katuvalot puuttuvat.", "Bussi ei kulje."],
    ),
    "a matter under the signature": (
        "Katuvalot puuttuvat.\n\nTerveisin Aino\n\n"
        "PS. Bussi ei enää kulje kylälle lauantaisin eikä sunnuntaisin.",
        ["Katuvalot puuttuvat.", "PS. Bussi ei enää kulje kylälle lauantaisin eikä sunnuntaisin."],
    ),
    "words that only begin like a greeting or a closing": (
        "Terve talous on kaikille tärkeä.\n\nTerveyskeskuksen ovi on rikki.\n\nTie on huono",
        ["Terve talous on kaikille tärkeä.", "Terveyskeskuksen ovi on rikki.", "Tie on huono"],
    ),
    "one matter": ("Katuvalot puuttuvat.", ["Katuvalot puuttuvat."]),
    "one dash is no list": ("Katuvalot\n- koulutiellä", ["Katuvalot\n- koulutiellä"]),
    "a day is no item": ("Kokous on\n12.2. klo 17\nkoululla", ["Kokous on\n12.2. klo 17\nkoululla"]),
    "a greeting alone": ("Hei!", ["Hei!"]),
}


@pytest.mark.parametrize(("text", "parts"), PARTED.values(), ids=PARTED)
def test_parts_are_proposed(text: str, parts: list[str]) -> None:
    assert proposed_parts(text) == parts


def test_what_is_over_the_most_stays_with_the_last_part() -> None:
    parts = proposed_parts("\n".join(f"{n}. Asia numero {n}" for n in range(1, 20)))
    assert len(parts) == MOST
    assert parts[-1].endswith("Asia numero 19")


def test_empty_parts_are_not_made() -> None:
    assert check_parts(["Katuvalot", "  ", "Bussi "]) == ["Katuvalot", "Bussi"]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "parts"),
        (["Katuvalot"], "parts"),
        (["Katuvalot", " "], "parts"),
        (["Katuvalot"] * (MOST + 1), "parts"),
        (["Katuvalot", "ab"], "parts-1"),
        (["a" * 4001, "Bussi"], "parts-0"),
        (["Katuvalot", "", "Asia 131052-308T"], "parts-2"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_a_part_that_cannot_be_a_topic_is_named(parts: list[str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_parts(parts)
    assert refused.value.field == field


@pytest.mark.parametrize("state", TopicState)
def test_only_a_topic_that_nobody_has_answered_is_split(state: TopicState) -> None:
    if state in UNTRIAGED:
        check_may_split(state, joined=False)
        with pytest.raises(Refused):
            check_may_split(state, joined=True)
    else:
        with pytest.raises(Refused):
            check_may_split(state, joined=False)


def test_two_are_the_fewest() -> None:
    assert len(check_parts(["Katuvalot", "Bussi"])) == FEWEST
