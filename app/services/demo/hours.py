"""The clock of an evening that was held: when each item began and ended, beside what was planned."""

from datetime import UTC, timedelta

from app.domain.agenda import ItemKind
from app.domain.clock import after
from app.models import Meeting
from app.services.demo.stage import WRITER, Stage
from app.services.demo.values import Evening, Item

LATE = (2, 4, 1, 3)  # minutes after its time that a meeting begins
PACE = (1.2, 1.1, 0.9, 1.3, 1.0)  # how long talk takes beside its plan
TALK = frozenset({ItemKind.TOPIC, ItemKind.PRESENTATION, ItemKind.DISCUSSION})


def run(stage: Stage, evening: Evening, row: Meeting) -> None:
    """Let the clock of a meeting run; a topic of which nothing was said was left to the next one."""
    turn = row.day.toordinal()
    now = after(row.day, row.starts, LATE[turn % len(LATE)], row.zone).astimezone(UTC)
    row.begun_at = now
    for place, (told, item) in enumerate(zip(evening.items, row.items, strict=True)):
        item.planned_minutes = item.minutes
        if _left_out(told):
            item.put_off_at = now
            stage.log(now, WRITER, "evening.put_off", "agenda_item", item.id, meeting=row.id)
            continue
        pace = PACE[(turn + place) % len(PACE)] if item.kind in TALK else 1
        item.started_at = now
        stage.log(now, WRITER, "evening.begin", "agenda_item", item.id, meeting=row.id)
        item.spent_seconds = round(60 * item.minutes * pace)
        now += timedelta(seconds=item.spent_seconds)
        item.ended_at = now
    row.ended_at = now
    stage.log(now, WRITER, "evening.end_meeting", "meeting", row.id)


def _left_out(told: Item) -> bool:
    return told.told is not None and not told.notes and not told.promises
