"""What the loader has put in place so far, by key, and the log of what happened, kept in order of time."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.domain.clock import wall_moment
from app.extensions import db
from app.models import Event, Measure, Organisation, OutgoingMail, PartnershipTable, Person

WRITER = "tiina"  # takes the notes
SATURDAY = 5
A_WHILE = timedelta(minutes=25)


@dataclass
class Stage:
    """Rows by their keys; `lines` are (moment, person, act, noun, id, detail) of the log.

    `letters` are those that left along the way; they are stored in the order of time.
    """

    today: date
    bodies: dict[str, Organisation] = field(default_factory=dict)
    tables: dict[str, PartnershipTable] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    lines: list[tuple[datetime, int | None, str, str, int, dict[str, object]]] = field(default_factory=list)
    letters: list[OutgoingMail] = field(default_factory=list)
    turn: int = 0

    def log(
        self, at: datetime, person: str | None, act: str, noun: str, noun_id: int, /, **detail: object
    ) -> None:
        """Keep one line for the log."""
        who = self.people[person].id if person else None
        self.lines.append((at, who, act, noun, noun_id, detail))

    def write_log(self) -> None:
        """Store the lines in order of time."""
        for at, who, act, noun, noun_id, detail in sorted(self.lines, key=lambda line: line[0]):
            db.session.add(Event(at=at, person_id=who, act=act, noun=noun, noun_id=noun_id, detail=detail))
        db.session.flush()

    def body_id(self, key: str | None) -> int | None:
        """Return the id of an organisation, None for none."""
        return self.bodies[key].id if key else None

    def at_home(self, day: date) -> datetime:
        """Return a moment when somebody writes from home: from seven in the morning to nine at night."""
        self.turn += 1
        return moment(day, 7 * 60 + (self.turn * 197) % (14 * 60))

    def at_office(self, day: date, not_before: datetime | None = None) -> datetime:
        """Return a moment of office hours, on Friday for a weekend, and always some while after another."""
        self.turn += 1
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        at = moment(day, 8 * 60 + 10 + (self.turn * 83) % (7 * 60))
        return max(at, not_before + A_WHILE) if not_before else at


def moment(day: date, minutes: int) -> datetime:
    """Return the moment of a local day `minutes` after midnight by the clock."""
    return wall_moment(day, time(minutes // 60, minutes % 60)).astimezone(UTC)
