"""Topics that wait for a meeting of one table, for the one who builds its agenda."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.domain.topics import READY
from app.domain.words import N_
from app.domain.writing import folded
from app.extensions import db
from app.models import Organisation, Topic

SHOWN_TOPICS = 50


class Sort(StrEnum):
    """In which order the waiting topics are shown."""

    OLDEST = "oldest"
    MINUTES = "minutes"
    VILLAGE = "village"


SORT_WORDS = {
    Sort.OLDEST: N_("Has waited longest"),
    Sort.MINUTES: N_("Takes fewest minutes"),
    Sort.VILLAGE: N_("By village"),
}


@dataclass(frozen=True)
class Pool:
    """Topics that wait for a meeting of one table: those shown, and how many there are in all."""

    topics: list[Topic]
    found: int


def pool(table_id: int, query: str = "", sort: Sort = Sort.OLDEST, without: Collection[int] = ()) -> Pool:
    """Return the topics that wait; `query` looks in number, title and text of all of them.

    Where nothing is searched, the topics of the ids `without` are left out: the page shows them already.
    """
    waits = [Topic.table_id == table_id, Topic.state.in_(READY)]
    loaded = select(Topic).options(joinedload(Topic.organisation))
    if sort is Sort.VILLAGE:
        loaded = loaded.outerjoin(Organisation, Topic.organisation_id == Organisation.id)
    loaded = loaded.order_by(*_order(sort)).limit(SHOWN_TOPICS)
    words = folded(query)
    if not words:
        waits.append(Topic.id.not_in(without))
        found = db.session.scalar(select(func.count(Topic.id)).where(*waits)) or 0
        return Pool(list(db.session.scalars(loaded.where(*waits))), found)
    # SQLite folds only A to Z, so the few waiting topics of one table are compared here.
    columns = select(Topic.id, Topic.year, Topic.running, Topic.title, Topic.text).where(*waits)
    ids = [
        one.id
        for one in db.session.execute(columns)
        if words in folded(f"{one.year}-{one.running:03d} {one.title} {one.text}")
    ]
    return Pool(list(db.session.scalars(loaded.where(Topic.id.in_(ids)))), len(ids))


def _order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    age: tuple[ColumnElement[Any], ...] = (Topic.created_at.asc(), Topic.id.asc())
    if sort is Sort.MINUTES:
        return (func.coalesce(Topic.granted_minutes, Topic.wished_minutes, 10).asc(), *age)
    if sort is Sort.VILLAGE:
        return (Organisation.name.is_(None).asc(), Organisation.name.asc(), *age)
    return age
