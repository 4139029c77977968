"""A message that is made to keep us busy is read as quickly as any other of its length."""

import time

import pytest

from app.mail.html_text import LONGEST
from app.mail.incoming import Incoming, read
from app.mail.quoting import new_words

QUICK = 2  # seconds of the processor; a tenth of one is enough, and reading line by line anew took many
HIDDEN = "<p hidden>x</p>" + "y" * 15
LONG = {
    "short lines": ("plain", "x\n" * 100_000),
    "lines that end in a colon": ("plain", "x:\n" * 66_000),
    "quotations between": ("plain", "x\n> y\n" * 33_000),
    "hidden parts of a page": ("html", f"<body>{HIDDEN * 16_000}"),
    "comments in a page": ("html", "<body>" + ("<!-- -->" + "y" * 20) * 17_000),
}


def message(content_type: str, body: str) -> bytes:
    return f"From: a@b.fi\r\nContent-Type: {content_type}; charset=utf-8\r\n\r\n{body}".encode()


def read_in_time(raw: bytes) -> Incoming:
    began = time.process_time()
    found = read(raw)
    assert time.process_time() - began < QUICK
    return found


@pytest.mark.parametrize(("kind", "body"), LONG.values(), ids=LONG)
def test_a_long_message_is_read_quickly(kind: str, body: str) -> None:
    assert read_in_time(message(f"text/{kind}", body)).damaged is False


def test_what_several_pages_of_one_message_hold_is_bounded_together() -> None:
    part = "--b\r\nContent-Type: text/html\r\n\r\n<body>{}" + HIDDEN * 8_000 + "\r\n"
    parts = "".join(part.format(f"sivu{number} ") for number in range(50))
    assert len(parts) > 10 * LONGEST
    whole = read_in_time(message("multipart/mixed; boundary=b", f"{parts}--b--\r\n")).whole
    assert "sivu1" in whole
    assert "sivu9" not in whole


@pytest.mark.parametrize(("below", "kept"), [(15, False), (16, True)])
def test_two_dashes_over_many_lines_are_no_signature(below: int, kept: bool) -> None:
    text = "Katuvalot puuttuvat.\n-- \n" + "Rivi\n\n" * below
    assert ("Rivi" in new_words(text)) is kept


def test_very_many_dashes_are_looked_through_once() -> None:
    began = time.process_time()
    new_words("Rivi\n" + "--\n" * 60_000)
    assert time.process_time() - began < QUICK
