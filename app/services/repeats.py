"""A form that is sent twice is one act: its key remembers what the first sending made."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from app.domain.clock import utc_now
from app.extensions import db
from app.models import RepeatKey

KEY_LENGTH = 120


def once(key: str | None, act: str, do: Callable[[], int]) -> int:
    """Return the id that `do` makes, or the id it made when the same key came before.

    Call inside an act. A form without a key (a command, an import) is always a first sending.
    Two sendings at the same moment meet at the key: the later waits, then finds the earlier.
    """
    if not key:
        return do()
    key = f"{act}:{key}"[:KEY_LENGTH]
    before = db.session.get(RepeatKey, key)
    if before is not None:
        return before.noun_id
    try:
        with db.session.begin_nested():
            row = RepeatKey(key=key, act=act, noun_id=0, at=utc_now())
            db.session.add(row)
    except IntegrityError:
        return db.session.get_one(RepeatKey, key, populate_existing=True).noun_id
    row.noun_id = do()
    return row.noun_id
