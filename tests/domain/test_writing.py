"""What people write: kept as it is where it can be, refused in words where it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.writing import (
    check_characters,
    check_line,
    check_no_identity_code,
    check_prose,
    folded,
)


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_characters_that_no_person_types_are_refused(control: str) -> None:
    with pytest.raises(Invalid, match="cannot be saved") as refusal:
        check_characters("text", f"moi{control}moi")
    assert refusal.value.field == "text"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one(end: str) -> None:
    assert check_characters("text", f"yksi{end}kaksi") == "yksi\nkaksi"


def test_letters_are_stored_in_one_form() -> None:
    assert check_characters("text", "pa\u0308a\u0308tie") == "päätie"


def test_a_line_is_one_line() -> None:
    assert check_line("name", "  Eeva \t Virta\n") == "Eeva Virta"


def test_prose_keeps_its_lines() -> None:
    assert check_prose("text", "\n yksi  \r\n\r\nkaksi\t\n") == "yksi\n\nkaksi"


@pytest.mark.parametrize(("length", "fits"), [(4000, True), (4001, False)])
def test_the_longest_prose(length: int, fits: bool) -> None:
    if fits:
        assert len(check_prose("text", "ä" * length)) == length
    else:
        with pytest.raises(Invalid, match=r"too long: 4001 characters\. At most 4000 fit"):
            check_prose("text", "ä" * length)


@pytest.mark.parametrize(("length", "fits"), [(60, True), (61, False)])
def test_the_longest_line(length: int, fits: bool) -> None:
    if fits:
        assert check_line("phone", "1" * length, 60) == "1" * length
    else:
        with pytest.raises(Invalid, match="too long"):
            check_line("phone", "1" * length, 60)


# The check character is the remainder by 31 of the nine digits, from a list of 31 characters.
@pytest.mark.parametrize("code", ["131052-308T", "131052-308t", "131052A308T", "010101X000A"])
def test_an_identity_code_is_never_stored(code: str) -> None:
    if code == "010101X000A":
        digits, letters = "010101000", "0123456789ABCDEFHJKLMNPRSTUVWXY"
        code = f"010101X000{letters[int(digits) % 31]}"
    with pytest.raises(Invalid, match="personal identity code"):
        check_no_identity_code("text", f"Olen {code} ja kirjoitan.")


@pytest.mark.parametrize(
    "text", ["131052-308A", "Y-tunnus 1234567-8", "050 123 4567", "2027-014", "131052-3085678", "klo 18–19"]
)
def test_what_only_looks_like_one_is_kept(text: str) -> None:
    check_no_identity_code("text", text)


@given(st.text(max_size=300))
def test_prose_that_was_taken_is_taken_again_as_it_is(text: str) -> None:
    try:
        once = check_prose("text", text)
    except Invalid:
        return
    assert check_prose("text", once) == once


@pytest.mark.parametrize(
    ("one", "other"), [("Kylätie", "KYLÄTIE"), (" a  b ", "a b"), ("pa\u0308a\u0308", "PÄÄ")]
)
def test_folded_texts_compare_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)
