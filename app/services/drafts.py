"""Letters that wait for a press: looked at by occasion, mended, left unsent, and sent together."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.orm import joinedload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.outbox import (
    LEFT_UNSENT,
    LONGEST_BODY,
    LONGEST_SUBJECT,
    OCCASION_OF,
    STOPPED,
    MailState,
    Occasion,
    occasion_of,
)
from app.domain.permissions import Visitor
from app.domain.words import N_
from app.domain.writing import check_line, check_no_identity_code, check_prose
from app.extensions import db
from app.models import Meeting, OutgoingMail
from app.services import told
from app.services.holding import why_not
from app.services.letting_go import approve
from app.services.log import record
from app.services.reach import letter_to_change, reach
from app.services.repeats import once
from app.services.transactions import act

ON_A_PAGE = 100
MOST_AT_ONCE = 5000

CHANGED = N_("Some of these letters have changed meanwhile. Nothing was sent. Look at them once more.")
COUNTED = N_("The number of letters has changed. Nothing was sent. Check it on the button and press.")
MENDED = N_("Somebody else changed the same letter. Your text is safe.")
NOT_A_DRAFT = N_("This letter is not a draft any more.")
NOT_WAITING = N_("This letter does not wait any more.")
NOT_STOPPED = N_("This letter is not stopped.")


@dataclass(frozen=True)
class Draft:
    """One letter that waits for a press."""

    id: int
    to: str
    subject: str
    kind: str
    revision: int
    in_calendar: bool


@dataclass
class Bundle:
    """Letters of one occasion; `total` counts those on other pages too. `meeting` is what they are about."""

    key: str
    occasion: Occasion
    meeting: Meeting | None
    total: int
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True)
class DraftPage:
    """Drafts by occasion, the newest occasion first; `total` counts all pages."""

    bundles: list[Bundle]
    page: int
    pages: int
    total: int


def _key() -> ColumnElement[str]:
    # The release, where letters carry one; else what they tell of, and of which meeting.
    occasion = case(OCCASION_OF, value=OutgoingMail.kind, else_=Occasion.ANSWERS.value)
    meeting = cast(func.coalesce(OutgoingMail.meeting_id, 0), String)
    return func.coalesce(OutgoingMail.batch, occasion + literal(":") + meeting)


def drafts(visitor: Visitor, page: int, table_id: int | None = None) -> DraftPage:
    """Return one page of drafts by occasion; a page beyond the last is the last."""
    wanted = _drafts(visitor, table_id)
    total = db.session.scalar(select(func.count()).select_from(OutgoingMail).where(wanted)) or 0
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    key = _key()
    found = db.session.execute(
        select(
            OutgoingMail.id,
            OutgoingMail.to_address,
            OutgoingMail.subject,
            OutgoingMail.kind,
            OutgoingMail.revision,
            OutgoingMail.meeting_id,
            OutgoingMail.calendar_method,
            key.label("key"),
            func.count().over(partition_by=key).label("together"),
        )
        .where(wanted)
        .order_by(func.max(OutgoingMail.id).over(partition_by=key).desc(), OutgoingMail.id)
        .limit(ON_A_PAGE)
        .offset((page - 1) * ON_A_PAGE)
    ).all()
    meetings = _meetings({one.meeting_id for one in found if one.meeting_id is not None})
    bundles: dict[str, Bundle] = {}
    for one in found:
        bundle = bundles.setdefault(
            one.key, Bundle(one.key, occasion_of(one.kind), meetings.get(one.meeting_id or 0), one.together)
        )
        bundle.drafts.append(
            Draft(
                one.id,
                one.to_address,
                one.subject,
                one.kind,
                one.revision,
                one.calendar_method is not None,
            )
        )
    return DraftPage(list(bundles.values()), page, pages, total)


def all_drafts(visitor: Visitor, table_id: int | None = None) -> dict[int, int]:
    """Return the revision of each draft within reach by its id: what a press on "send all" is about."""
    query = select(OutgoingMail.id, OutgoingMail.revision).where(_drafts(visitor, table_id))
    rows = db.session.execute(query.order_by(OutgoingMail.id).limit(MOST_AT_ONCE))
    return {row.id: row.revision for row in rows}


def _drafts(visitor: Visitor, table_id: int | None) -> ColumnElement[bool]:
    wanted = reach(visitor) & (OutgoingMail.state == MailState.DRAFT)
    return wanted if table_id is None else wanted & (OutgoingMail.table_id == table_id)


def _meetings(ids: set[int]) -> dict[int, Meeting]:
    if not ids:
        return {}
    query = select(Meeting).where(Meeting.id.in_(ids)).options(joinedload(Meeting.table))
    return {one.id: one for one in db.session.scalars(query)}


@act
def send(
    visitor: Visitor,
    chosen: Mapping[int, int],
    count: int | None = None,
    key: str | None = None,
    now: datetime | None = None,
) -> int:
    """Let drafts go that somebody pressed to send, `chosen` being their revisions by id; return how many.

    All of them or none: raises Stale where one is another than the presser saw, or is not a draft any more,
    or where the button said another `count`; NotFound for a letter of somebody else's.
    """
    if not chosen:
        raise Invalid("letters", N_("Choose at least one letter."))

    def do() -> int:
        if count is not None and count != len(chosen):
            raise Stale(COUNTED)
        return _send(visitor, chosen, now or utc_now())

    return once(key, "letters.send", do)


@act
def send_all(visitor: Visitor, seen: str, table_id: int | None = None, key: str | None = None) -> int:
    """Let all drafts within reach go, at one table or all; return how many.

    `seen` is the mark of those that the presser saw: raises Stale where they are others now, and
    Invalid("letters", …) where there are none.
    """

    def do() -> int:
        every = all_drafts(visitor, table_id)
        if not every:
            raise Invalid("letters", N_("Choose at least one letter."))
        if seen != mark_of(every):
            raise Stale(CHANGED)
        return _send(visitor, every, utc_now())

    return once(key, "letters.send_all", do)


def mark_of(chosen: Mapping[int, int]) -> str:
    """Return a mark of drafts as somebody sees them, by their revisions: others have another mark."""
    return hashlib.sha256(repr(sorted(chosen.items())).encode()).hexdigest()[:32]


def _send(visitor: Visitor, chosen: Mapping[int, int], now: datetime) -> int:
    rows = _to_send(visitor, chosen)
    return len(rows) - approve(visitor, rows, now).unsent


def _to_send(visitor: Visitor, chosen: Mapping[int, int]) -> list[OutgoingMail]:
    rows = _locked(chosen)
    within = set(
        db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.id.in_(chosen), reach(visitor)))
    )
    if any(row.id not in within for row in rows):
        raise NotFound
    if len(rows) != len(chosen) or any(
        row.state is not MailState.DRAFT or row.revision != chosen[row.id] for row in rows
    ):
        raise Stale(CHANGED)
    return rows


def _locked(ids: Mapping[int, int]) -> list[OutgoingMail]:
    query = select(OutgoingMail).where(OutgoingMail.id.in_(ids)).order_by(OutgoingMail.id)
    return list(db.session.scalars(query.with_for_update().execution_options(populate_existing=True)))


@act
def mend(visitor: Visitor, letter_id: int, subject: str, text: str, revision: int) -> None:
    """Store another subject and text of a draft; what it carries for calendars stays.

    Raises Invalid("subject" or "text", …), Stale where somebody saved another text after `revision` was
    read, Refused where it is no draft any more, NotFound.
    """
    subject = check_line("subject", subject, LONGEST_SUBJECT)
    text = check_prose("text", text, LONGEST_BODY)
    if not subject:
        raise Invalid("subject", N_("Write a subject."))
    if not text:
        raise Invalid("text", N_("Write the letter."))
    check_no_identity_code("subject", subject)
    check_no_identity_code("text", text)
    row = letter_to_change(visitor, letter_id)
    if row.state is not MailState.DRAFT:
        raise Refused(NOT_A_DRAFT)
    if (row.subject, row.body) == (subject, f"{text}\n"):
        return
    if row.revision != revision:
        raise Stale(MENDED)
    row.subject, row.body = subject, f"{text}\n"
    row.revision += 1
    record(visitor, "letter.mend", "letter", row.id, revision=row.revision)


@act
def stop(visitor: Visitor, letter_id: int) -> None:
    """Leave a letter unsent that waits; nothing is deleted. Raises Refused for one that does not wait.

    After the press it told nobody anything, but where a server may have taken it after all.
    """
    row = letter_to_change(visitor, letter_id)
    if row.state is MailState.PARKED:
        return
    if row.state not in (MailState.DRAFT, MailState.QUEUED):
        raise Refused(NOT_WAITING)
    if row.state is MailState.QUEUED and not row.attempts:
        told.told_nothing([row])
        row.approved_at = row.approved_by_id = None
    row.state, row.last_answer = MailState.PARKED, STOPPED
    record(visitor, "letter.stop", "letter", row.id)


@act
def bring_back(visitor: Visitor, letter_id: int) -> None:
    """Make a draft again of a letter that was left unsent; raise Refused for any other, or if overtaken."""
    row = letter_to_change(visitor, letter_id)
    if row.state is MailState.DRAFT:
        return
    if row.state is not MailState.PARKED or row.last_answer not in LEFT_UNSENT:
        raise Refused(NOT_STOPPED)
    if why := why_not([row]).get(row.id):
        raise Refused(why)
    row.state, row.last_answer, row.attempts = MailState.DRAFT, None, 0
    row.approved_at = row.approved_by_id = None
    record(visitor, "letter.bring_back", "letter", row.id)
