"""Open sessions: how long they last, how they end, and that noting their use disturbs nobody."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import inspect, select

from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.permissions import ANYBODY, Role, Seat, Visitor
from app.extensions import db
from app.models import Municipality, Person, SignInSession
from app.services import sessions
from app.services.transactions import act, get_to_change
from tests.cast import Cast


def opened(email: str) -> str:
    secret = sessions.open_session(
        db.session.scalars(select(Person).where(Person.email == email)).one(), "Firefox"
    )
    db.session.commit()
    return secret


def who(secret: str) -> Visitor:
    db.session.rollback()
    return sessions.visitor_of(secret)


def test_a_session_tells_who_she_is_and_what_she_does(app: Flask, cast: Cast) -> None:
    found = who(opened(cast.timo))
    assert (found.name, found.seats) == ("Timo Harju", frozenset({Seat(Role.CHAIR, cast.north)}))


def test_only_the_fingerprint_is_stored(app: Flask, cast: Cast) -> None:
    secret = opened(cast.timo)
    row = db.session.scalars(select(SignInSession)).one()
    assert secret not in str(vars(row))
    assert who(row.fingerprint) is ANYBODY


@pytest.mark.parametrize(
    ("after", "used_on_the_way", "lasts"),
    [
        (timedelta(days=13), (), True),
        (timedelta(days=15), (), False),
        (timedelta(days=29), (13, 26), True),
        (timedelta(days=31), (13, 26), False),
    ],
)
def test_a_session_ends_when_idle_and_at_the_latest_after_thirty_days(
    app: Flask, cast: Cast, after: timedelta, used_on_the_way: tuple[int, ...], lasts: bool
) -> None:
    secret, begun = opened(cast.timo), utc_now()
    for day in used_on_the_way:
        with time_machine.travel(begun + timedelta(days=day)):
            assert who(secret).signed_in
    with time_machine.travel(begun + after):
        assert who(secret).signed_in is lasts


def test_noting_the_use_leaves_the_rows_of_the_page_as_they_were_read(app: Flask, cast: Cast) -> None:
    secret = opened(cast.timo)
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        db.session.rollback()
        municipality = db.session.get_one(Municipality, 1)
        assert sessions.visitor_of(secret).signed_in
        assert not inspect(municipality).expired
        db.session.rollback()
        seen = db.session.scalars(select(SignInSession.seen_at)).one()
        assert utc_now() - seen < timedelta(minutes=1)


def test_the_first_minutes_write_nothing(app: Flask, cast: Cast) -> None:
    secret = opened(cast.timo)
    before = db.session.scalars(select(SignInSession.seen_at)).one()
    with time_machine.travel(utc_now() + timedelta(minutes=9)):
        assert who(secret).signed_in
    assert db.session.scalars(select(SignInSession.seen_at)).one() == before


def test_a_demo_person_who_has_left_is_not_to_be_had(app: Flask, cast: Cast) -> None:
    @act
    def prepare() -> int:
        get_to_change(Municipality, 1).demo = True
        timo = db.session.scalars(select(Person).where(Person.email == cast.timo)).one()
        timo.deactivated_at = utc_now()
        return timo.id

    number = prepare()
    with pytest.raises(NotFound):
        sessions.sign_in_as(number, None)
    with pytest.raises(NotFound):
        sessions.sign_in_as(999_999, None)


def test_what_the_browser_says_is_one_short_line(app: Flask, cast: Cast) -> None:
    person = db.session.scalars(select(Person).where(Person.email == cast.timo)).one()
    sessions.open_session(person, "Fire\x00fox\r\n" + "x" * 500)
    db.session.commit()
    assert (db.session.scalars(select(SignInSession.browser)).one() or "").startswith("Firefox xxx")
    assert len(db.session.scalars(select(SignInSession.browser)).one() or "") == 200
