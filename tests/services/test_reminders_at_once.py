"""Two workers look at the same moment: each reader still gets one letter."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, time

import pytest
from flask import Flask

from app.domain.clock import wall_moment
from app.extensions import db
from app.models import Meeting, Release, Reminder
from app.services import reminders
from tests.cast import Cast
from tests.reminder_stage import approved, at, count, letters, published

THURSDAY = date(2027, 2, 11)
NOW = wall_moment(date(2027, 2, 4), time(18, 1))


@pytest.fixture
def other_worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Future[int]]]:
    """Let a second worker look in the middle of what the first one writes; gives what it made."""
    found: list[Future[int]] = []
    plain = reminders.write

    def look() -> int:
        with app.app_context():
            try:
                return reminders.make_due(NOW)
            finally:
                db.session.remove()

    def write(meeting: Meeting, release: Release, reminder: Reminder, batch: str) -> int:
        if not found:
            found.append(workers.submit(look))
            wait(found, timeout=1)  # it either waits its turn or has looked by then
        return plain(meeting, release, reminder, batch)

    monkeypatch.setattr(reminders, "write", write)
    with ThreadPoolExecutor(1) as workers:
        yield found


def test_two_workers_make_one_letter_for_each_reader(
    app: Flask, cast: Cast, other_worker: list[Future[int]]
) -> None:
    with at(date(2027, 1, 20)):
        approved(cast, published(cast, THURSDAY))
    made = reminders.make_due(NOW)
    db.session.rollback()
    assert other_worker[0].result() == 0
    assert made == count() == len(letters()) > 0
