"""Every word of the interface is in Finnish and in Swedish."""

from tools.check_words import problems


def test_no_word_is_missing() -> None:
    assert problems() == []
