"""What the tests of plans share: an odd but real plan, what came to a measure, and a count of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.plans import FocusArea, Measure, Objective, WelfarePlan
from app.extensions import db
from app.models import FollowUp, Meeting, Topic, follow_up_measures, topic_measures
from app.models import Measure as MeasureRow
from tests import make

DOCUMENTS = Path(__file__).parents[1] / "../shared/plans"
COMPARE = Path(__file__).parents[1] / "../shared/tools/compare_plan.py"

# Two focus areas with one number, a level without titles, lines in cells, and an area without measures.
ODD = WelfarePlan(
    title="Hyvinvointisuunnitelma 2025–2028",
    municipality="Lehmijärvi",
    period="2025–2028",
    period_start=2025,
    period_end=2028,
    approved="2025-03-03",
    monitoring="Seurataan vuosittain.\nValtuusto käsittelee.",
    indicators=("Sairastavuusindeksi", "Väkiluku"),
    focus_areas=(
        FocusArea(
            "PÄÄTAVOITE II: Turvallinen arki",
            "PÄÄTAVOITE II:",
            (
                Objective(
                    "Turvalliset kylätiet",
                    (
                        Measure(
                            "Kylien valaistus\nUudet valaisimet kouluteille",
                            ("Valaisimia", "Tyytyväisyys"),
                            "Valaisimia\nTyytyväisyys",
                            "2025 syksy-",
                            ("tekninen  TOIMI", "Talous- ja hallintojohtaja"),
                            "tekninen  TOIMI, Talous- ja hallintojohtaja.",
                            "Puolivuosittain",
                        ),
                        Measure("Kuljetukset"),
                        Measure("Kuljetukset"),
                    ),
                ),
                Objective(None, (Measure("Kylätalkoot"),)),
            ),
        ),
        FocusArea("PÄÄTAVOITE II: Yhteisöt", "PÄÄTAVOITE II:", ()),
    ),
)


def documents() -> list[Path]:
    """Every real plan document that is on this machine; the tests that need them say when there are none."""
    return sorted(path for path in DOCUMENTS.glob("*/*") if path.name != "expected.json")


def some_documents() -> list[object]:
    """The documents as cases of a test, or one case that is skipped and says why."""
    why = pytest.mark.skip(reason=f"the real plan documents are not at {DOCUMENTS}")
    return [pytest.param(path, id=path.name) for path in documents()] or [pytest.param(None, marks=why)]


def first_measure() -> int:
    """The first measure that was stored."""
    return db.session.scalars(select(MeasureRow.id).order_by(MeasureRow.id)).first() or 0


def published(table_id: int, **fields: object) -> Meeting:
    """A meeting whose agenda is out."""
    return make.meeting(table_id, **{"state": MeetingState.PUBLISHED, **fields})


def remembered(table_id: int, **fields: object) -> Meeting:
    """A meeting whose memo is out."""
    return make.meeting(table_id, **{"state": MeetingState.MEMO_PUBLISHED, **fields})


def link(topic: Topic, measure_id: int) -> Topic:
    """Link a topic to a measure."""
    db.session.execute(insert(topic_measures).values(topic_id=topic.id, measure_id=measure_id))
    db.session.commit()
    return topic


def follow_up(meeting: Meeting, measure_id: int, text: str = "Lasketaan hinta", **fields: object) -> FollowUp:
    """A follow-up of a meeting for a measure."""
    now = utc_now()
    values: dict[str, object] = {
        "meeting_id": meeting.id,
        "text": text,
        "due_on": date(2036, 4, 30),
        "state": FollowUpState.OPEN,
        "created_at": now,
        "changed_at": now,
    }
    row = FollowUp(**{**values, **fields})
    db.session.add(row)
    db.session.flush()
    db.session.execute(insert(follow_up_measures).values(follow_up_id=row.id, measure_id=measure_id))
    db.session.commit()
    return row


@contextmanager
def queries() -> Iterator[list[str]]:
    """Collect the statements that are sent to the database."""
    sent: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
