"""What of a message goes to its topic, and who is never written to: by decision tables."""

import pytest

from app.domain.incoming import (
    GOES_ON,
    NO_WORDS,
    OUTCOME_WORDS,
    WHY_WORDS,
    Outcome,
    Why,
    may_be_answered,
    says_something,
    title_from,
    usable_id,
    words_of,
)
from app.domain.topics import TITLE
from app.domain.writing import PROSE, without_identity_codes

TEXT = "Kylätie on pimeä. Lapset pelkäävät."


def test_every_outcome_and_reason_has_its_words() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(WHY_WORDS) == set(Why)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Tievalot", "Tievalot"),
        ("Re: VS: Fwd: Tievalot", "Tievalot"),
        ("SV[2]: Gatubelysning", "Gatubelysning"),
        ("Resepti on kadonnut", "Resepti on kadonnut"),  # no prefix: there is no colon
        ("Tievalot.", "Tievalot"),
        ("", "Kylätie on pimeä"),
        ("Hei!", "Kylätie on pimeä"),
        ("(ei aihetta)", "Kylätie on pimeä"),
        ("FÖRSLAG", "Kylätie on pimeä"),
        ("??? 12", "Kylätie on pimeä"),
        ("sana " * 60, ("sana " * 23).strip() + "…"),
    ],
)
def test_the_title_of_a_message(subject: str, title: str) -> None:
    assert title_from(subject, TEXT) == title
    assert len(title) <= TITLE


def test_a_message_without_words_or_subject_has_a_title_all_the_same() -> None:
    titles = [title_from("Re:", words) for words in NO_WORDS.values()]
    assert titles == ["Viesti ilman tekstiä", "Meddelande utan text", "A message without text"]
    assert title_from("Kylätien valot", NO_WORDS["fi"]) == "Kylätien valot"


@pytest.mark.parametrize("subject", ["Silta", "Uimaranta ja laituri", "Bad i sjön", "WC"])
def test_which_subjects_say_something(subject: str) -> None:
    assert says_something(subject) is (subject != "WC")


@pytest.mark.parametrize("language", ["fi", "sv", "en", "de"])
@pytest.mark.parametrize("text", ["sana " * 2000, "a" * 20_000, "Rivi.\n" * 3000])
def test_a_long_text_is_cut_and_says_so(text: str, language: str) -> None:
    words = words_of(text.strip(), language)
    assert len(words) <= PROSE
    assert words.endswith(f"\n\n{GOES_ON.get(language, GOES_ON['en'])}")
    assert len(words) > PROSE - 300


def test_a_short_text_stays_as_it_is() -> None:
    assert words_of("a" * PROSE, "fi") == "a" * PROSE


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("eeva@koivuranta.example", True),
        ("noreen.reply@x.example", True),
        ("vastaanotto@x.example", True),
        ("daemonen@x.example", True),
        ("no-reply@x.example", False),
        ("NoReply@x.example", False),
        ("noreply+abc@x.example", False),
        ("noreply-palaute@x.example", False),
        ("do-not-reply@x.example", False),
        ("ei-vastaa@x.example", False),
        ("älä_vastaa@x.example", False),
        ("svara-inte@x.example", False),
        ("MAILER-DAEMON@x.example", False),
        ("postmaster@x.example", False),
        ("bounces=eeva@x.example", False),
        ("", False),
        ("eeva", False),
    ],
)
def test_who_may_be_answered(address: str, may: bool) -> None:
    assert may_be_answered(address) is may


@pytest.mark.parametrize(
    ("named", "usable"),
    [
        ("<a.1@x.example>", True),
        ("<>", False),
        ("", False),
        ("a@x.example", False),
        ("<a b@x.example>", False),
        ("<a@x.example>\r\nBcc: b@x.example", False),
        (f"<{'a' * 300}@x.example>", False),
    ],
)
def test_which_message_ids_name_a_message(named: str, usable: bool) -> None:
    assert usable_id(named) is usable


def test_only_true_identity_codes_are_hidden() -> None:
    assert without_identity_codes("131052-308T ja 131052-308U") == "******-**** ja 131052-308U"
