"""Which topics may be about the same matter."""

import pytest

from app.domain.likeness import has_words, likenesses, stems


def order(text: str, others: list[str]) -> list[int]:
    found = likenesses(text, dict(enumerate(others)))
    return sorted(found, key=lambda key: -found[key].score)


def test_words_in_their_different_forms_are_the_same() -> None:
    found = likenesses("Kylätien VALAISTUS puuttuu", {1: "Valaistusta tarvitaan kylätielle"})[1]
    assert set(found.words) == {"valaistusta", "kylätielle"}
    assert found.score > 0


def test_rare_words_count_more_than_those_that_many_topics_have() -> None:
    others = ["Laituri rikki", "Tiellä routa", "Tiellä kuoppa", "Tiellä lunta"]
    assert order("Tiellä ja laituri", others)[0] == 0


@pytest.mark.parametrize("text", ["", "on se", "että mutta koska", "kylän asia"])
def test_words_of_any_matter_say_nothing(text: str) -> None:
    assert stems(text) == {}
    assert likenesses(text, {1: text})[1].score == 0


def test_at_most_four_words_are_shown_the_rarest_first() -> None:
    text = "laituri valaistus kirjasto uimaranta routavaurio"
    found = likenesses(text, {1: text, 2: "laituri"})[1]
    assert len(found.words) == 4
    assert "laituri" not in found.words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("valo", True),
        ("VALO  tie", True),
        ("valo vesi", False),
        ("2026-004", True),
        ("%_", False),
    ],
)
def test_search(query: str, found: bool) -> None:
    assert has_words("2026-004 Tien valot", query) is found
