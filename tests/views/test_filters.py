"""How words and times look on a page."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from app.views import filters


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("lähikumppanuuspöytä", "lähi-kump-pa-nuus-pöytä"),
        ("kumppanuuspöydät", "kump-pa-nuus-pöydät"),
        ("tilannekatsaus", "tilan-ne-kat-saus"),
        ("hyvinvointikoordinaattori", "hyvin-voin-ti-koor-di-naat-tori"),
        ("Avaus", "Avaus"),
        ("kylätie", "kylätie"),
    ],
)
def test_long_words_break_at_syllables(word: str, parts: str) -> None:
    assert str(filters.shy(word)).replace("\u00ad", "-") == parts


def test_what_people_wrote_stays_text() -> None:
    assert "<script>" not in filters.shy("<script>alert('hyvinvointikoordinaattori')</script>")


@pytest.mark.parametrize(
    ("language", "day", "clock", "moment"),
    [
        ("fi", "perjantai 12.2.2027", "18.05", "12.2.2027 kello 18.00"),
        ("sv", "fredag 12.2.2027", "18.05", "12.2.2027 kl. 18.00"),
        ("en", "Friday 12 February 2027", "18:05", "12 February 2027 at 18:00"),
    ],
)
def test_days_and_times_are_written_as_in_each_language(
    app: Flask, language: str, day: str, clock: str, moment: str
) -> None:
    with app.test_request_context(f"/?lang={language}", base_url="http://127.0.0.1:5000"):
        assert filters.weekday_day(date(2027, 2, 12)) == day
        assert filters.clock(time(18, 5)) == clock
        assert filters.moment(datetime(2027, 2, 12, 16, 0, tzinfo=UTC)) == moment
