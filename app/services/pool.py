"""Topics that wait for a meeting of one table, for the one who builds its agenda."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.topics import READY
from app.domain.writing import folded
from app.extensions import db
from app.models import Topic

SHOWN_TOPICS = 50


@dataclass(frozen=True)
class Pool:
    """Topics that wait for a meeting of one table: those shown, and how many there are in all."""

    topics: list[Topic]
    found: int


def pool(table_id: int, query: str = "") -> Pool:
    """Return the topics that wait, the oldest first; `query` looks in number, title and text."""
    waits = (Topic.table_id == table_id, Topic.state.in_(READY))
    loaded = select(Topic).options(joinedload(Topic.organisation)).order_by(Topic.created_at, Topic.id)
    words = folded(query)
    if not words:
        found = db.session.scalar(select(func.count(Topic.id)).where(*waits)) or 0
        return Pool(list(db.session.scalars(loaded.where(*waits).limit(SHOWN_TOPICS))), found)
    # SQLite folds only A to Z, so the few waiting topics of one table are compared here.
    columns = select(Topic.id, Topic.year, Topic.running, Topic.title, Topic.text).where(*waits)
    ids = [
        one.id
        for one in db.session.execute(columns.order_by(Topic.created_at, Topic.id))
        if words in folded(f"{one.year}-{one.running:03d} {one.title} {one.text}")
    ]
    return Pool(list(db.session.scalars(loaded.where(Topic.id.in_(ids[:SHOWN_TOPICS])))), len(ids))
