"""How the database is opened: real transactions, durable writes, and a refusal to serve without them.

SQLite's driver begins transactions by its own rules, which loses updates in silence. Here every
transaction begins with a statement of ours: BEGIN for reading, BEGIN IMMEDIATE for acts that write.
"""

import sqlite3

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WRITE = {"write": True}
SAFE_SQLITE = (3, 51, 3)  # earlier ones can, rarely, damage a WAL file while two connections checkpoint
BUSY_MILLISECONDS = 10_000

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)


class UnsafeDatabase(Exception):
    """The database would not keep what it acknowledges; the sentence says which setting and why."""


def prepare(engine: Engine) -> None:
    """Attach what an engine needs before its first connection; harmless to call twice."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _on_connect):
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver leaves transactions to us
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def check_safe(engine: Engine) -> list[str]:
    """Raise UnsafeDatabase for a setting that loses data; return warnings in words."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return _check_sqlite(connection)
        return _check_postgresql(connection)


def _check_sqlite(connection: Connection) -> list[str]:
    wanted: dict[str, tuple[object, ...]] = {
        "journal_mode": ("wal",),
        "synchronous": (2, 3),
        "foreign_keys": (1,),
    }
    for name, allowed in wanted.items():
        value = connection.execute(text(f"PRAGMA {name}")).scalar_one()
        if value not in allowed:
            raise UnsafeDatabase(
                f"SQLite setting {name} is {value}, and must be {allowed[0]} so that nothing saved is lost."
            )
    busy = connection.execute(text("PRAGMA busy_timeout")).scalar_one()
    if busy < BUSY_MILLISECONDS:
        raise UnsafeDatabase(f"SQLite waits {busy} ms for its turn, and must wait {BUSY_MILLISECONDS} ms.")
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        safe = ".".join(map(str, SAFE_SQLITE))
        return [
            f"SQLite {sqlite3.sqlite_version} is older than {safe}, which cures a rare fault of its "
            "write-ahead log. Keep backups, and update when your system offers it."
        ]
    return []


def _check_postgresql(connection: Connection) -> list[str]:
    for name, refused in (("fsync", {"off"}), ("full_page_writes", {"off"}), ("synchronous_commit", {"off"})):
        if connection.execute(text(f"SHOW {name}")).scalar_one() in refused:
            raise UnsafeDatabase(
                f"PostgreSQL setting {name} is off, and must be on so that nothing saved is lost."
            )
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UnsafeDatabase(f"The PostgreSQL database is in {encoding}, and must be in UTF8.")
    return []
