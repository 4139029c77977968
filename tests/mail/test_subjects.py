"""A subject tells the case apart where only its beginning is seen, as in a list of letters on a phone."""

from collections import Counter

import pytest

from app.mail.composing import LANGUAGES
from app.mail.examples import EXAMPLES, SIGNED

ON_A_PHONE = 25  # characters of a subject that a list on a phone shows
OWN_WORDS = 50  # characters before the title, so that some of it is seen too


def subjects(language: str) -> dict[str, str]:
    return {kind: write(language, SIGNED[language]).subject for kind, write in EXAMPLES.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_of_letters_begin_alike(language: str) -> None:
    beginnings = Counter(subject[:ON_A_PHONE].casefold() for subject in subjects(language).values())
    assert [beginning for beginning, times in beginnings.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_acknowledgement_is_never_taken_for_another_letter(language: str) -> None:
    every = subjects(language)
    received = every.pop("topic_received")
    assert "2027-014" in received
    assert [one for one in every.values() if one[:20].casefold() == received[:20].casefold()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_leave_room_for_the_title(language: str) -> None:
    own = {kind: subject.partition(": ")[0] for kind, subject in subjects(language).items()}
    assert {kind: words for kind, words in own.items() if len(words) > OWN_WORDS} == {}
