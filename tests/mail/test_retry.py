"""A letter that fails is tried again for about fifteen hours, then shown to a person."""

from datetime import UTC, datetime, timedelta

import pytest

from app.mail.retry import next_try

NOW = datetime(2027, 3, 28, 0, 59, 30, tzinfo=UTC)  # half a minute before summer time begins


@pytest.mark.parametrize(
    ("attempts", "waits"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(hours=12)),
    ],
)
def test_each_failure_waits_longer(attempts: int, waits: timedelta) -> None:
    assert next_try(attempts, NOW) == NOW + waits


@pytest.mark.parametrize("attempts", [6, 7, 1000])
def test_after_the_sixth_failure_it_is_parked(attempts: int) -> None:
    assert next_try(attempts, NOW) is None


def test_there_is_no_next_try_before_the_first() -> None:
    with pytest.raises(ValueError):
        next_try(0, NOW)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 10), (2, 10), (3, 30), (4, 120), (5, 720)])
def test_a_letter_that_may_have_gone_rests_ten_minutes_at_least(attempts: int, minutes: int) -> None:
    assert next_try(attempts, NOW, unsure=True) == NOW + timedelta(minutes=minutes)
