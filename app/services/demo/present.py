"""Who was there: head counts of organisations, and for some evenings people and guests by name."""

from datetime import UTC, datetime, timedelta

from app.domain.attendance import PresenceState, check_guest, check_names
from app.domain.clock import after
from app.extensions import db
from app.models import Attendance, Meeting, Presence
from app.services.demo.people import COMERS
from app.services.demo.stage import WRITER, Stage
from app.services.demo.values import Evening, Here


def total(evening: Evening) -> int:
    """Return the number of attendances of an evening."""
    by_name = sum(one.state is not PresenceState.EXCUSED for one in evening.here)
    return by_name + sum(count for _, count in evening.came)


def mark(stage: Stage, evening: Evening, row: Meeting) -> None:
    """Store attendance. Where people are marked by name, those who are only counted have no names."""
    begins = after(row.day, row.starts, 0, row.zone).astimezone(UTC)
    for key, count in evening.came:
        names = ", ".join(COMERS[key][:count]) if key and not evening.here else ""
        db.session.add(
            Attendance(
                meeting_id=row.id,
                organisation_id=stage.body_id(key),
                count=count,
                names=check_names(count, names) or None,
            )
        )
    heads = sum(count for _, count in evening.came)
    stage.log(begins + timedelta(minutes=30), WRITER, "attendance.save", "meeting", row.id, total=heads)
    door = begins + timedelta(minutes=5)
    marks = [
        (one, _presence(stage, one, row, door + timedelta(seconds=7 * place)))
        for place, one in enumerate(evening.here)
    ]
    db.session.add_all(presence for _, presence in marks)
    db.session.flush()
    for one, presence in marks:
        who = {"guest": presence.id} if one.guest else {"person": presence.person_id}
        act = "presence.guest" if one.guest else "presence.mark"
        stage.log(presence.changed_at, WRITER, act, "meeting", row.id, **who, state=one.state)


def _presence(stage: Stage, one: Here, row: Meeting, at: datetime) -> Presence:
    person = None if one.guest else stage.people[one.who]
    return Presence(
        meeting_id=row.id,
        person_id=person.id if person else None,
        name=None if person else check_guest(one.who),
        organisation_id=person.organisation_id if person else stage.body_id(one.body),
        state=one.state,
        came_at=one.came,
        left_at=one.left,
        changed_at=at,
    )
