"""Until when topics come in time for the next meeting, in plain words."""

from collections.abc import Sequence

from flask_babel import gettext

from app.models import PartnershipTable
from app.services import coming
from app.services.coming import Deadline
from app.views.filters import day
from app.views.languages import language


def told(one: Deadline | None) -> list[str]:
    """Return the sentence of a last day for topics; nothing where there is none."""
    return [] if one is None else [_said(one)]


def by_table(tables: Sequence[PartnershipTable]) -> dict[int, str]:
    """Return a sentence for each table that asks for topics by a day, by its id."""
    return {key: _said(one) for key, one in coming.deadlines([one.id for one in tables]).items()}


def of_tables(tables: Sequence[PartnershipTable]) -> list[str]:
    """Return the sentences of some tables in their order; where there are several, each with its name."""
    found = by_table(tables)
    if len(tables) == 1:
        return list(found.values())
    return [f"{one.name_in(language())}: {found[one.id]}" for one in tables if one.id in found]


def _said(one: Deadline) -> str:
    if one.passed:
        return gettext(
            "Topics for the next meeting were asked for by %(day)s. "
            "A topic that comes now goes to the meeting after it.",
            day=day(one.until),
        )
    return gettext("Topics that come by %(day)s are in time for the next meeting.", day=day(one.until))
