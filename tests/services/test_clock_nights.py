"""The clock on the wall is kept in page, letter and calendar: on nights of change, and on a wrong server."""

import time as process_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from flask import Flask

from app.domain.clock import wall_moment
from app.extensions import db
from app.models import OutgoingMail
from tests.cast import Cast
from tests.page import Browser
from tests.reminder_stage import approved, at, count, letters, make_due, published, rows

HELSINKI = ZoneInfo("Europe/Helsinki")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # clocks go on at 3, and back at 4


@pytest.fixture(params=["UTC", "America/Los_Angeles"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that lives by another clock."""
    monkeypatch.setenv("TZ", request.param)
    process_time.tzset()
    yield request.param
    monkeypatch.undo()
    process_time.tzset()


def in_calendar(app: Flask, url: str) -> tuple[datetime, datetime]:
    """When the one meeting of a file begins and ends, as another reader of such files says it."""
    event = vobject.readOne(Browser(app, None).raw(url).get_data(as_text=True)).vevent
    return event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)


DAYS = [
    (SPRING - timedelta(days=1), time(18)),
    (SPRING, time(2, 30)),  # runs over the change
    (SPRING, time(18)),
    (SPRING + timedelta(days=1), time(18)),
    (AUTUMN - timedelta(days=1), time(18)),
    (AUTUMN, time(3, 30)),  # the clock shows it twice: the first one
    (AUTUMN, time(18)),
    (AUTUMN + timedelta(days=1), time(18)),
]


@pytest.mark.parametrize(("day", "starts"), DAYS)
def test_page_letter_and_calendar_say_the_same_clock_time(
    app: Flask, cast: Cast, server: str, day: date, starts: time
) -> None:
    with at(day - timedelta(days=20)):
        meeting = published(cast, day, starts)
        approved(cast, meeting)
    eve = day - timedelta(days=1)
    with at(eve, starts):
        assert make_due() > 0
        begins, ends = in_calendar(app, f"/meetings/{meeting}.ics")
        of_feed = in_calendar(app, "/tables/pohjoinen/calendar.ics")
        page = Browser(app, "fi").get(f"/meetings/{meeting}").text
    assert begins == wall_moment(day, starts).astimezone(UTC)
    assert ends - begins == timedelta(minutes=90)
    assert of_feed == (begins, ends)
    shown = f"{starts.hour}.{starts.minute:02}"
    until = ends.astimezone(HELSINKI)
    said = f"{shown}–{until.hour}.{until.minute:02}"
    assert said in page
    body = letters()[cast.aino].body
    assert f"{day.day}.{day.month}.{day.year} kello {said}\n" in body


@pytest.mark.parametrize(("day", "starts"), DAYS)
def test_the_letter_of_the_day_before_goes_at_the_same_clock_time(
    app: Flask, cast: Cast, server: str, day: date, starts: time
) -> None:
    with at(day - timedelta(days=20)):
        approved(cast, published(cast, day, starts))
    eve = day - timedelta(days=1)
    week_before = wall_moment(day - timedelta(days=7), starts).astimezone(UTC)
    with at(week_before.date(), time(23, 59)):
        assert make_due() > 0
    week = count()
    with at(eve, time(0, 1)):
        early = make_due()
    assert early == 0 or starts <= time(0, 1)
    moment = wall_moment(eve, starts).astimezone(UTC) - timedelta(minutes=1)
    with at(moment.astimezone(HELSINKI).date(), moment.astimezone(HELSINKI).time()):
        assert make_due() == 0
    with at(eve, starts):
        assert make_due() == week


def test_monthly_meetings_keep_their_hour_across_both_changes(app: Flask, cast: Cast, server: str) -> None:
    days = [date(2027, month, 9) for month in range(2, 13)]
    with at(date(2027, 1, 15)):
        found = {published(cast, day): day for day in days}
        for meeting in found:
            approved(cast, meeting)
    for meeting, day in found.items():
        with at(day - timedelta(days=1), time(17, 59)):
            make_due()
            before = count()
        with at(day - timedelta(days=1), time(18)):
            assert make_due() > 0
            assert count() > before
        begins, _ = in_calendar(app, f"/meetings/{meeting}.ics")
        assert begins.astimezone(HELSINKI).replace(tzinfo=None) == datetime.combine(day, time(18))
        last = db.session.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first()
        assert last is not None
        assert f"{day.day}.{day.month}.{day.year} kello 18.00–19.30" in last.body


def test_a_clock_set_back_an_hour_sends_nothing_twice(app: Flask, cast: Cast) -> None:
    day = date(2027, 2, 11)
    with at(date(2027, 1, 20)):
        approved(cast, published(cast, day))
    with at(day - timedelta(days=7), time(18, 5)):
        made = make_due()
    for clock in (time(17, 5), time(17, 59), time(18), time(18, 5)):
        with at(day - timedelta(days=7), clock):
            assert make_due() == 0
    assert count() == made > 0


def test_a_clock_set_on_by_a_day_sends_early_and_never_twice(app: Flask, cast: Cast) -> None:
    day = date(2027, 2, 11)
    with at(date(2027, 1, 20)):
        meeting = published(cast, day)
        approved(cast, meeting)
    with at(day - timedelta(days=1), time(17)):  # it is really two days before
        made = make_due()  # that of a week before, which nobody had sent
    with at(day - timedelta(days=1), time(18, 1)):
        assert make_due() == made
    with at(day - timedelta(days=2), time(18, 2)):  # set right
        assert make_due() == 0
    with at(day - timedelta(days=1), time(18, 3)):
        assert make_due() == 0
    assert count() == 2 * made
    assert all(one.made_at for one in rows(meeting))
