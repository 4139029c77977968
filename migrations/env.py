"""Runs the migrations of the tables, safely on both engines.

On SQLite a changed table is rebuilt, and with foreign keys on that would delete the rows that hang on it.
So they are off while migrating, everything happens in one real transaction, and the keys are checked after.
"""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Enum, text

from app.extensions import db
from app.models.base import UTCDateTime
from app.models.connection import WRITE


def check_foreign_keys(connection: Connection) -> None:
    """Stop before the commit when a row points at nothing."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise RuntimeError(
            f"The migration would leave {len(broken)} rows pointing at nothing; nothing was changed."
        )


def plain_types(kind: str, column: object, _context: object) -> str | Literal[False]:
    """Write our own column types as what the database holds, so that old migrations need no code of today."""
    if kind == "type" and isinstance(column, UTCDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(column, Enum):
        return f"sa.String(length={column.length})"
    return False


def run() -> None:
    """Bring the database to the newest version, all steps in one transaction."""
    options = current_app.extensions["migrate"].configure_args
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as plain:
        if sqlite:
            plain.connection.execute("PRAGMA foreign_keys=OFF")
        connection = plain.execution_options(**WRITE)
        try:
            with connection.begin():
                context.configure(
                    connection=connection,
                    target_metadata=db.metadata,
                    transactional_ddl=True,
                    transaction_per_migration=False,
                    render_item=plain_types,
                    **{"render_as_batch": True, "compare_type": True, **options},
                )
                context.run_migrations()
                if sqlite:
                    check_foreign_keys(connection)
        finally:
            if sqlite:
                plain.connection.execute("PRAGMA foreign_keys=ON")


run()
