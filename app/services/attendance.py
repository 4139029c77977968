"""Head counts of the evening where names are not taken one by one: one list, its names stay inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, union
from sqlalchemy.orm import joinedload

from app.domain.attendance import Mark, Row, attendance_total, check_count, check_names, mark_of
from app.domain.errors import Invalid, NotFound, Stale
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.extensions import db
from app.models import Attendance, Invitation, Meeting, Organisation, Presence
from app.models.table import table_organisations
from app.services.evening import check_open, open_to_write
from app.services.log import record
from app.services.transactions import act


class RowRefused(Invalid):
    """What is wrong in one row of the list; `row` is its place from 0."""

    def __init__(self, row: int, error: Invalid) -> None:
        super().__init__(error.field, error.message, **error.values)
        self.row = row


@dataclass(frozen=True)
class AttendanceList:
    """The list of a meeting: a row for each organisation that is asked or was counted, then residents."""

    meeting_id: int
    rows: tuple[Row, ...]
    names: dict[int, str]  # of every organisation that may be added, by id
    mark: str


def attendance_list(visitor: Visitor, meeting_id: int, language: str) -> AttendanceList:
    """Return the list as it is saved now."""
    meeting = db.session.scalar(
        select(Meeting).where(Meeting.id == meeting_id).options(joinedload(Meeting.table))
    )
    if meeting is None:
        raise NotFound
    check_open(visitor, meeting)
    saved = {row.organisation_id: row for row in _saved(meeting_id)}
    came = {row for row in saved if row is not None}
    known = db.session.scalars(
        select(Organisation).where(Organisation.archived_at.is_(None) | Organisation.id.in_(came))
    ).all()
    names = {one.id: one.name_in(language) for one in known}
    own = set(
        db.session.scalars(
            union(
                select(table_organisations.c.organisation_id).where(
                    table_organisations.c.table_id == meeting.table_id
                ),
                select(Invitation.organisation_id).where(
                    Invitation.meeting_id == meeting_id, Invitation.withdrawn_at.is_(None)
                ),
            )
        )
    )
    shown = sorted((own & names.keys()) | came, key=lambda one: names[one].casefold())
    rows = tuple(saved.get(key, Row(key, 0)) for key in (*shown, None))
    return AttendanceList(
        meeting_id,
        rows,
        dict(sorted(names.items(), key=lambda one: one[1].casefold())),
        mark_of(saved.values()),
    )


def _saved(meeting_id: int) -> list[Row]:
    rows = db.session.execute(
        select(Attendance.organisation_id, Attendance.count, Attendance.names).where(
            Attendance.meeting_id == meeting_id
        )
    )
    return [Row(organisation_id, count, names or "") for organisation_id, count, names in rows]


def total_of(meeting_id: int) -> int:
    """Return the number of attendances (osallistumiskerta) of a meeting: by name and counted, together."""
    marks = db.session.execute(
        select(Presence.organisation_id, Presence.state).where(Presence.meeting_id == meeting_id)
    )
    return attendance_total((*_saved(meeting_id), *(Mark(body, state) for body, state in marks)))


@act
def save(visitor: Visitor, meeting_id: int, rows: Sequence[Row], mark: str) -> None:
    """Save the rows of the list; a row with nobody is taken away.

    `mark` is the list's mark when the page was made: where somebody saved meanwhile, Stale is raised.
    Organisations that `rows` do not mention stay as they are.
    """
    wanted = _checked(rows)
    open_to_write(visitor, meeting_id)
    before = {row.organisation_id: row for row in _saved(meeting_id)}
    after = {key: row for key, row in {**before, **wanted}.items() if row.count}
    if after == before:
        return
    if mark_of(before.values()) != mark:
        raise Stale(N_("Somebody else saved the list meanwhile. Compare the numbers and save again."))
    counted = attendance_total(after.values())
    for row in db.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id)).all():
        kept = after.pop(row.organisation_id, None)
        if kept is None:
            db.session.delete(row)
        else:
            row.count, row.names = kept.count, kept.names or None
    for new in after.values():
        db.session.add(
            Attendance(
                meeting_id=meeting_id,
                organisation_id=new.organisation_id,
                count=new.count,
                names=new.names or None,
            )
        )
    record(visitor, "attendance.save", "meeting", meeting_id, counted=counted)


def _checked(rows: Sequence[Row]) -> dict[int | None, Row]:
    """Return the rows by organisation; raise RowRefused for the first that cannot be taken."""
    checked: dict[int | None, Row] = {}
    for place, row in enumerate(rows):
        try:
            names = check_names(row.count, row.names)
            if row.count:
                check_count(row.count)
            if row.organisation_id in checked:
                raise Invalid("count", N_("The same organisation is on the list twice."))
            if row.organisation_id is not None and not db.session.get(Organisation, row.organisation_id):
                raise Invalid("organisation", N_("Choose one from the list."))
        except Invalid as error:
            raise RowRefused(place, error) from error
        checked[row.organisation_id] = Row(row.organisation_id, row.count, names)
    return checked
