"""The two engines that every test runs on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from app.models import Base, Event

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://root@127.0.0.1:5432/postgres")


def worker() -> str:
    """Return the name of this test process: gw0, gw1 … or main."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def database_url(engine: str, folder: Path, name: str | None = None) -> Iterator[str]:
    """Give the address of a database of this process's own; a PostgreSQL one is dropped afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / (name or 'test')}.db"
        return
    database = f"kumppanuuspoyta_{name or 'test'}_{worker()}_{os.getpid()}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'"))
    try:
        yield make_url(SERVER).set(database=database).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{database}" WITH (FORCE)'))
        server.dispose()


def empty_postgresql(engine: Engine) -> None:
    """Take every row away, the log's too (its triggers watch rows, not the whole table); ids begin anew.

    A test stores a few rows in a few tables: deleting them takes a tenth of the time of truncating them all.
    """
    with engine.begin() as connection:
        connection.execute(text(_EMPTYING))


def _emptying() -> str:
    deleting = "\n".join(
        f"DELETE FROM {table.name};"
        for table in reversed(Base.metadata.sorted_tables)
        if table.name != Event.__tablename__
    )
    return f"""
        DO $$
        DECLARE
            counter record;
        BEGIN
            IF EXISTS (SELECT FROM {Event.__tablename__}) THEN
                TRUNCATE {Event.__tablename__};
            END IF;
            {deleting}
            FOR counter IN SELECT schemaname, sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
                PERFORM setval(format('%I.%I', counter.schemaname, counter.sequencename), 1, false);
            END LOOP;
        END $$
    """


_EMPTYING = _emptying()
