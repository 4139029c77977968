"""Loads the demo municipality into an empty database, in one transaction; data that is there stays."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import Municipality, Organisation, PartnershipTable, Person, Plan, Topic
from app.services.demo import letters, mail
from app.services.demo.days import evenings
from app.services.demo.gathering import gather
from app.services.demo.meeting import convene
from app.services.demo.meetings import EVENINGS, JOINED
from app.services.demo.places import NAME, TABLES
from app.services.demo.stage import Stage
from app.services.demo.telling import find_late, store_steps, tell
from app.services.demo.values import Told
from app.services.demo.waiting import TOPICS
from app.services.transactions import act

WHAT_COUNTS_AS_DATA = (Municipality, PartnershipTable, Organisation, Person, Plan, Topic)


@dataclass(frozen=True)
class Loaded:
    """What was loaded, in numbers."""

    name: str
    tables: int
    meetings: int
    topics: int
    measures: int


def has_data() -> bool:
    """Whether anybody has put anything into the database."""
    return any(db.session.scalars(select(table).limit(1)).first() for table in WHAT_COUNTS_AS_DATA)


def load(today: date) -> Loaded | None:
    """Store the whole municipality as it would look on a day; None where there was data already.

    Two loads at once are one: where the database lets both begin, the later meets the earlier’s rows.
    """
    try:
        return _load(today)
    except IntegrityError:
        if has_data():
            return None
        raise


@act
def _load(today: date) -> Loaded | None:
    if has_data():
        return None
    stage = Stage(today)
    gather(stage)
    wished = {key: [one.days for one in EVENINGS if one.table == key] for key in TABLES}
    days = evenings(today, wished)
    in_order = sorted(EVENINGS, key=lambda one: days[one.table, one.days])
    # A topic that came back to a later evening belongs to the last one.
    last: dict[Told, tuple[str, date]] = {
        told: (evening.table, min(today, days[evening.table, evening.days]))
        for evening in in_order
        for told in evening.topics()
    }
    told = [(topic, table, day) for topic, (table, day) in last.items()]
    told += [(topic, topic.table, today) for topic in (*TOPICS, *JOINED)]
    stories = tell(stage, told)
    meetings = [convene(stage, one, days[one.table, one.days], stories) for one in in_order]
    find_late(stories.values(), meetings, today)
    store_steps(stories.values())
    letters.write(stage, meetings, [story.row for story in stories.values()])
    split = mail.write(stage, [story.row for story in stories.values()])
    stage.write_log()
    return Loaded(NAME, len(stage.tables), len(meetings), len(stories) + split, len(stage.measures))
