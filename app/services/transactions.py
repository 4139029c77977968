"""One act is one transaction: begun for writing, committed at the end, rolled back on any refusal."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.domain.errors import NotFound
from app.extensions import db
from app.models.base import Base
from app.models.connection import WRITE

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=Base)

_INSIDE = "inside_an_act"


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one act.

    The page has usually read something before (who the visitor is); that reading ends here, so the act
    begins from what is stored now and, on SQLite, holds the writer's turn from its first statement.
    Acts called by an act join it.
    """

    @wraps(function)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get(_INSIDE):
            return function(*args, **kwargs)
        session.rollback()
        session.connection(execution_options=WRITE)
        session.info[_INSIDE] = True
        try:
            result = function(*args, **kwargs)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(_INSIDE, None)
        return result

    return in_one_transaction


class Apart:
    """Tries one thing after another: a fault in one stops no other, and is told at the end."""

    def __init__(self) -> None:
        self._faults: list[Exception] = []

    def do(self, function: Callable[P, int], *args: P.args, **kwargs: P.kwargs) -> int:
        """Return what a function counts; 0 where it failed, and all that it did is rolled back."""
        try:
            return function(*args, **kwargs)
        except Exception as fault:
            db.session.rollback()
            self._faults.append(fault)
            return 0

    def tell(self) -> None:
        """Raise the first of the faults, once everything was tried."""
        if self._faults:
            raise self._faults[0]


def get_to_change(row: type[Row], key: int) -> Row:
    """Return a row by its id, locked until the act ends; raise NotFound where there is none."""
    found = db.session.get(row, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    return found
