"""What the tests of the demo share: how many rows each table has."""

from sqlalchemy import func, select

from app.extensions import db
from app.models import (
    Base,
)


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }
