"""Follow-ups: agreed at the table, carried out by somebody, and told of until they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.domain.clock import today, utc_now
from app.domain.errors import Forbidden, Invalid, NotFound, Stale
from app.domain.follow_ups import ENDED, FollowUpState, check_due, check_outcome, check_text, days_late
from app.domain.permissions import Act, Visitor, check_may
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import FollowUp, Measure, Meeting, Organisation, Person
from app.services.evening import get_item, open_to_write
from app.services.log import record
from app.services.outbox import queue, signature, take_back
from app.services.repeats import once
from app.services.transactions import act, get_to_change

CHANGED = N_("Somebody else changed this follow-up. What you wrote is still here: look once more and save.")
CHOOSE = N_("Choose one from the list.")


@dataclass(frozen=True)
class Agreed:
    """What a form says of a follow-up."""

    text: str
    organisation_id: int | None
    person_id: int | None
    due_on: date | None
    measure_ids: tuple[int, ...] = ()


def loaded() -> tuple[ExecutableOption, ...]:
    """Return what is loaded with follow-ups, so that no list asks for each row's own."""
    return (
        joinedload(FollowUp.owner_organisation),
        joinedload(FollowUp.owner_person),
        joinedload(FollowUp.topic),
        joinedload(FollowUp.meeting).joinedload(Meeting.table),
        selectinload(FollowUp.measures),
    )


def of_item(item_id: int) -> list[FollowUp]:
    """Return the follow-ups of an item in the order they were agreed."""
    query = select(FollowUp).where(FollowUp.agenda_item_id == item_id).order_by(FollowUp.id)
    return list(db.session.scalars(query.options(*loaded())))


def get(visitor: Visitor, follow_up_id: int) -> FollowUp:
    """Return a follow-up of a table that the visitor follows; NotFound for any other."""
    query = select(FollowUp).where(FollowUp.id == follow_up_id).options(*loaded())
    row = db.session.scalar(query)
    if row is None or not visitor.may(Act.READ_FOLLOW_UPS, row.meeting.table_id):
        raise NotFound
    return row


def get_to_manage(visitor: Visitor, follow_up_id: int) -> FollowUp:
    """Return a follow-up that the visitor may change; Forbidden where only others may."""
    row = get(visitor, follow_up_id)
    if not may_manage(visitor, row):
        raise Forbidden(N_("Your role does not allow this."))
    return row


def late(row: FollowUp) -> int:
    """Return how many days late a follow-up is, 0 when it is not."""
    return days_late(row.state, row.due_on, today())


def may_manage(visitor: Visitor, row: FollowUp) -> bool:
    """Whether the visitor may change everything of a follow-up."""
    return visitor.may(Act.ADD_FOLLOW_UP, row.meeting.table_id)


def may_report(visitor: Visitor, row: FollowUp) -> bool:
    """Whether the visitor may tell how it goes: those who manage it, and those whose it is."""
    if may_manage(visitor, row):
        return True
    if not visitor.may(Act.READ_FOLLOW_UPS, row.meeting.table_id) or visitor.person_id is None:
        return False
    if row.owner_person_id == visitor.person_id:
        return True
    person = db.session.get(Person, visitor.person_id)
    return (
        person is not None
        and person.organisation_id is not None
        and person.organisation_id == row.owner_organisation_id
    )


@act
def add(visitor: Visitor, meeting_id: int, item_id: int, agreed: Agreed, key: str | None = None) -> int:
    """Write down what was agreed on an item, tell its owner by letter, and return its id."""
    meeting = open_to_write(visitor, meeting_id)
    check_may(visitor, Act.ADD_FOLLOW_UP, meeting.table_id)
    item = get_item(meeting_id, item_id)

    def do() -> int:
        now = utc_now()
        row = FollowUp(
            meeting_id=meeting_id,
            agenda_item_id=item.id,
            topic_id=item.topic_id,
            state=FollowUpState.OPEN,
            created_at=now,
            changed_at=now,
            revision=1,
        )
        _fill(row, agreed)
        db.session.add(row)
        db.session.flush()
        record(visitor, "follow_up.add", "follow_up", row.id, item=item.id, measures=len(row.measures))
        _tell_owner(row)
        return row.id

    return once(key, "follow_up.add", do)


@act
def change(visitor: Visitor, follow_up_id: int, agreed: Agreed, revision: int) -> None:
    """Change what was agreed; after the memo is out its text stays as everybody read it."""
    row = _to_change(visitor, follow_up_id, revision)
    if not may_manage(visitor, row):
        raise Forbidden(N_("Your role does not allow this."))
    before = (row.text, row.owner_organisation_id, row.owner_person_id, row.due_on)
    if row.meeting.memo_published_at is not None:
        agreed = Agreed(row.text, agreed.organisation_id, agreed.person_id, agreed.due_on, agreed.measure_ids)
    _fill(row, agreed)
    row.revision += 1
    row.changed_at = utc_now()
    db.session.flush()
    record(visitor, "follow_up.change", "follow_up", row.id, revision=row.revision)
    if before != (row.text, row.owner_organisation_id, row.owner_person_id, row.due_on):
        _tell_owner(row)


@act
def report(visitor: Visitor, follow_up_id: int, state: FollowUpState, outcome: str, revision: int) -> None:
    """Tell how a follow-up goes; one that ends needs a sentence of how it went."""
    row = _to_change(visitor, follow_up_id, revision)
    if not may_report(visitor, row):
        raise Forbidden(N_("Only its owner or the coordinator can tell how this goes."))
    outcome = check_outcome(state, outcome)
    before = row.state
    row.state, row.outcome = state, outcome or None
    row.changed_at = utc_now()
    if state not in ENDED:
        row.ended_at = None
    elif before not in ENDED:
        row.ended_at = row.changed_at
    row.revision += 1
    record(visitor, "follow_up.report", "follow_up", row.id, before=before, after=state)


@act
def remove(visitor: Visitor, meeting_id: int, item_id: int, follow_up_id: int) -> None:
    """Take away a follow-up that was written down by mistake; only before the memo is out."""
    meeting = open_to_write(visitor, meeting_id)
    check_may(visitor, Act.ADD_FOLLOW_UP, meeting.table_id)
    row = db.session.get(FollowUp, follow_up_id, with_for_update=True)
    if row is None:
        return  # pressed twice
    if row.agenda_item_id != item_id or row.meeting_id != meeting_id:
        raise NotFound
    take_back(_occasion(row))
    record(visitor, "follow_up.remove", "follow_up", row.id, item=item_id)
    db.session.delete(row)


def _to_change(visitor: Visitor, follow_up_id: int, revision: int) -> FollowUp:
    row = get_to_change(FollowUp, follow_up_id)
    if not visitor.may(Act.READ_FOLLOW_UPS, row.meeting.table_id):
        raise NotFound
    if row.revision != revision:
        raise Stale(CHANGED)
    return row


def _fill(row: FollowUp, agreed: Agreed) -> None:
    if agreed.organisation_id is None:
        raise Invalid("organisation", N_("Choose who does it."))
    if agreed.due_on is None:
        raise Invalid("due_on", N_("Write the date like this: 12.2.2027."))
    if db.session.get(Organisation, agreed.organisation_id) is None:
        raise Invalid("organisation", CHOOSE)
    if agreed.person_id is not None and db.session.get(Person, agreed.person_id) is None:
        raise Invalid("person", CHOOSE)
    row.text = check_text(agreed.text)
    row.due_on = check_due(agreed.due_on, today())
    row.owner_organisation_id = agreed.organisation_id
    row.owner_person_id = agreed.person_id
    row.measures = _measures(agreed.measure_ids)


def _measures(ids: Sequence[int]) -> list[Measure]:
    found = list(db.session.scalars(select(Measure).where(Measure.id.in_(set(ids))))) if ids else []
    if len(found) != len(set(ids)):
        raise Invalid("measures", N_("Choose the measures from the list."))
    return found


def _occasion(row: FollowUp) -> str:
    return f"follow_up:{row.id}:"


def _tell_owner(row: FollowUp) -> None:
    take_back(_occasion(row))
    person = db.session.get(Person, row.owner_person_id) if row.owner_person_id else None
    organisation = db.session.get(Organisation, row.owner_organisation_id)
    address = (person and person.email) or (organisation and organisation.email)
    if not address:
        return
    meeting = db.session.get_one(Meeting, row.meeting_id)
    language = person.language if person and person.email else "fi"
    letter = letters.follow_up_given(
        row.text,
        row.due_on,
        [one.text for one in row.measures],
        meeting.table.name_in(language),
        f"{site().url}/follow-ups/{row.id}",
        language=language,
        signed=signature(language),
    )
    queue(
        letter,
        address,
        f"{_occasion(row)}{row.revision}",
        person_id=person.id if person and person.email else None,
        topic_id=row.topic_id,
        meeting_id=row.meeting_id,
    )
