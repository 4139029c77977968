"""The database keeps what it acknowledges: real transactions, turns to write, a log that only grows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError

from app.domain.permissions import ANYBODY
from app.extensions import db
from app.models import Municipality
from app.models.connection import WRITE, UnsafeDatabase, check_safe, prepare
from app.services.log import record
from app.services.transactions import act, get_to_change
from tests.cast import Cast

WRITERS, TIMES = 4, 25


@act
def count_up() -> None:
    row = get_to_change(Municipality, 1)
    row.phone = str(int(row.phone or 0) + 1)


def test_no_update_is_lost_between_people_who_write_at_once(app: Flask, cast: Cast) -> None:
    db.session.get_one(Municipality, 1).phone = "0"
    db.session.commit()

    def write_often(_: int) -> None:
        with app.app_context():
            for _time in range(TIMES):
                db.session.get(Municipality, 1)  # the page reads first, as pages do
                count_up()
            db.session.remove()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_often, range(WRITERS)))
    db.session.rollback()
    assert db.session.get_one(Municipality, 1).phone == str(WRITERS * TIMES)


def read_both_then_write_both(engine: Engine, options: dict[str, bool]) -> int:
    """Two people read a number, then each writes it one higher; return it, 2 where nothing is lost."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    read, write = text("SELECT n FROM counter"), text("UPDATE counter SET n = :n")
    with engine.connect() as first, engine.connect() as second:
        one, other = first.execution_options(**options), second.execution_options(**options)
        seen = one.execute(read).scalar_one()
        try:
            other_saw = other.execute(read).scalar_one()
        except DatabaseError:  # not her turn: she reads after the first has written
            other_saw = None
        one.execute(write, {"n": seen + 1})
        one.commit()
        if other_saw is None:
            other.rollback()
            other_saw = other.execute(read).scalar_one()
        other.execute(write, {"n": other_saw + 1})
        other.commit()
        count: int = one.execute(read).scalar_one()
    engine.dispose()
    return count


def test_the_drivers_own_transactions_lose_an_update_in_silence(tmp_path: Path) -> None:
    assert read_both_then_write_both(create_engine(f"sqlite:///{tmp_path / 'plain.db'}"), {}) == 1


def test_with_the_cure_the_second_waits_for_her_turn(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'cured.db'}")
    prepare(engine)

    @event.listens_for(engine, "connect")
    def hurry(connection: DBAPIConnection, _entry: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")  # one thread plays both

    assert read_both_then_write_both(engine, WRITE) == 2


def test_an_act_that_is_refused_leaves_nothing(app: Flask, cast: Cast) -> None:
    @act
    def half() -> None:
        get_to_change(Municipality, 1).name = "Half done"
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        half()
    assert db.session.get_one(Municipality, 1).name == "Lehmijärven kunta"


@pytest.mark.parametrize("change", ["UPDATE events SET act = 'x'", "DELETE FROM events"])
def test_the_log_only_grows(app: Flask, change: str) -> None:
    record(ANYBODY, "topic.propose", "topic", 1)
    db.session.commit()
    with pytest.raises(DatabaseError, match="only grows"):
        db.session.execute(text(change))
    db.session.rollback()


WRONG = {"journal_mode": "DELETE", "synchronous": "NORMAL", "foreign_keys": "OFF", "busy_timeout": "100"}


@pytest.mark.parametrize("setting", WRONG)
def test_the_start_is_refused_where_sqlite_would_lose_what_it_keeps(tmp_path: Path, setting: str) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'unsafe.db'}")
    prepare(engine)

    @event.listens_for(engine, "connect")
    def spoil(connection, _entry) -> None:
        connection.execute(f"PRAGMA {setting}={WRONG[setting]}")

    with pytest.raises(UnsafeDatabase):
        check_safe(engine)
    engine.dispose()


def test_prepared_sqlite_is_safe(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'safe.db'}")
    prepare(engine)
    check_safe(engine)
    engine.dispose()
