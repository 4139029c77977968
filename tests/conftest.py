"""The stage: one app per engine, an empty database for each test, and a client that inspects every page."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app.extensions import db
from app.factory import create_app
from config import Config
from tests.cast import Cast, gather
from tests.databases import database_url, empty_postgresql
from tests.page import Browser

ENGINE = os.environ.get("TEST_DB", "sqlite")


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this worker's database, letters and the like."""
    return tmp_path_factory.mktemp("stage")


@pytest.fixture(scope="session")
def built(stage: Path) -> Iterator[Flask]:
    """The app with its tables, built once per worker."""
    with database_url(ENGINE, stage) as url:
        app = create_app(
            Config(
                secret_key="a key for tests only, long enough to be one",
                public_url="http://127.0.0.1:5000",
                database_url=url,
                mail_url="memory:",
                instance_dir=stage,
                testing=True,
            )
        )
        with app.app_context():
            upgrade()
            if ENGINE == "sqlite":
                with db.engine.connect() as connection:
                    connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                db.engine.dispose()
                shutil.copy(stage / "test.db", stage / "empty.db")
        gc.freeze()  # modules and tables stay to the end: no collection needs to look through them again
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def emptied_afterwards(built: Flask, stage: Path) -> Iterator[Flask]:
    """Lend the app with its empty database, and take away what was committed."""
    with built.app_context():
        yield built
        db.session.remove()
        if ENGINE == "sqlite":
            db.engine.dispose()
            for ending in ("-wal", "-shm"):
                (stage / f"test.db{ending}").unlink(missing_ok=True)
            shutil.copy(stage / "empty.db", stage / "test.db")
        else:
            empty_postgresql(db.engine)


@pytest.fixture
def app(built: Flask, stage: Path) -> Iterator[Flask]:
    """The app with an empty database; what a test commits is gone afterwards."""
    with emptied_afterwards(built, stage) as lent:
        yield lent


@pytest.fixture(scope="module")
def standing(built: Flask, stage: Path) -> Iterator[Flask]:
    """The app with what the tests of one module read together; they do not take `app`, which empties it."""
    with emptied_afterwards(built, stage) as lent:
        yield lent


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The municipality of Lehmijärvi with its tables, villages and people."""
    return gather()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody who has not signed in, reading English."""
    return Browser(app)
