"""Counts what is asked of the database, so that a page that asks once per row is found."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from app.extensions import db


def queries_of(do: Callable[[], Any]) -> int:
    """Return how many statements are sent while something is done."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.remove()
    return len(sent)
