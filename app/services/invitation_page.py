"""What stands behind an invitation's link: the meeting, the reader's own items, and the answer so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.domain.answers import Door, Given, door, same_address
from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.meetings import is_public
from app.extensions import db
from app.models import Event, Invitation, Meeting, Person, Release, Topic
from app.services.earlier_answers import is_earlier as is_earlier
from app.services.invited import ADD, ASKED_ROLES, PART
from app.services.meetings import AgendaLine, ends
from app.services.releases import latest, lines_of
from app.services.told import address_of as address_of
from app.services.told import written_in


@dataclass(frozen=True)
class AnswerPage:
    """One invitation as the invited sees it; nothing of it tells of anybody else.

    `language` is the reader's own; `official` is asked to the items `own` alone (keys of released items);
    `left` had such items and has none any more. `earlier` is an answer to another time or place than now.
    """

    row: Invitation
    meeting: Meeting
    door: Door
    language: str
    ends: datetime
    release: Release | None
    given: Given | None
    earlier: bool
    official: bool = False
    left: bool = False
    own: frozenset[str] = field(default_factory=frozenset)

    @property
    def open(self) -> bool:
        """Whether an answer can be given or changed."""
        return self.door is Door.OPEN

    @property
    def for_several(self) -> bool:
        """Whether an organisation is asked, and not one person."""
        return self.row.organisation_id is not None

    def who(self, language: str) -> str:
        """Return whose answer this is; "" for a proposer, whose topic tells it."""
        if self.row.organisation is not None:
            return self.row.organisation.name_in(language)
        return self.row.person.name if self.row.person else ""


@dataclass(frozen=True)
class OwnLine:
    """One released item; `mine` is the reader's own, with its local hours."""

    number: int | None
    starts: datetime
    ends: datetime
    minutes: int
    title: str
    mine: bool


def by_token(token: str) -> AnswerPage:
    """Return what stands behind a link; raise NotFound, also where nobody has heard of the meeting yet."""
    row = find_invitation(Invitation.token == token)
    if row is None or not is_public(row.meeting.state, was_published=row.meeting.published_at is not None):
        raise NotFound
    release = latest(row.meeting_id)
    official, parts = _parts(row)
    own = frozenset(parts.get(release.number, ()) if release else ()) | _topics_of(row, release)
    return AnswerPage(
        row=row,
        meeting=row.meeting,
        door=door_of(row),
        language=language_to(row),
        ends=ends(row.meeting),
        release=release,
        given=given(row),
        earlier=is_earlier(row),
        official=official and bool(own),
        left=official and bool(parts) and not own,
        own=own,
    )


def agenda_of(page: AnswerPage, language: str) -> list[OwnLine]:
    """Return the released agenda, for an official the own items alone."""
    lines = lines_of(page.meeting, page.release, language) if page.release else []
    return list(_own_lines(lines, page))


def _own_lines(lines: Iterable[AgendaLine], page: AnswerPage) -> Iterable[OwnLine]:
    for one in lines:
        mine = one.key in page.own
        if mine or not page.official:
            over = one.starts + timedelta(minutes=one.minutes)
            yield OwnLine(one.number, one.starts, over, one.minutes, one.title, mine)


def find_invitation(where: ColumnElement[bool]) -> Invitation | None:
    """Return the one invitation that fulfils a condition, with everything that an answer asks of it."""
    return db.session.scalar(
        select(Invitation)
        .where(where)
        .options(
            joinedload(Invitation.meeting).joinedload(Meeting.table),
            joinedload(Invitation.person).selectinload(Person.roles),
            joinedload(Invitation.organisation),
            joinedload(Invitation.topic),
        )
        .execution_options(populate_existing=True)
    )


def door_of(row: Invitation, now: datetime | None = None) -> Door:
    """Return whether an invitation takes answers now."""
    meeting = row.meeting
    gone = (row.person is not None and row.person.deactivated_at is not None) or (
        row.organisation is not None and row.organisation.archived_at is not None
    )
    return door(
        meeting.state,
        day=meeting.day,
        starts=meeting.starts,
        now=now or utc_now(),
        withdrawn=row.withdrawn_at is not None or gone,
        begun_at=meeting.begun_at,
        ended_at=meeting.ended_at,
        zone=meeting.zone,
    )


def given(row: Invitation) -> Given | None:
    """Return the answer that is known, None where there is none."""
    return Given(row.answer, row.answer_words or "", row.substitute) if row.answer else None


def language_to(row: Invitation) -> str:
    """Return the language in which the invited is written to."""
    return written_in(row)


def _topics_of(row: Invitation, release: Release | None) -> frozenset[str]:
    """Return the released items that were proposed from where a proposer reads.

    One invitation stands for all topics of an address.
    """
    if row.topic is None or release is None:
        return frozenset()
    mine = {row.topic_id, row.topic.merged_into_id}
    address = address_of(row)
    if address:
        ids = [one.topic_id for one in release.items if one.topic_id]
        topics = db.session.execute(select(Topic.id, Topic.contact_email).where(Topic.id.in_(ids)))
        mine |= {one.id for one in topics if same_address(one.contact_email or "", address)}
    return frozenset(one.key for one in release.items if one.topic_id and one.topic_id in mine)


def _parts(row: Invitation) -> tuple[bool, dict[int, set[str]]]:
    """Return whether a person is asked to own items alone, and the items that each release told of."""
    if row.person is None:
        return False, {}
    events = db.session.scalars(
        select(Event).where(Event.noun == "invitation", Event.noun_id == row.id, Event.act.in_((ADD, PART)))
    )
    added, parts = False, dict[int, set[str]]()
    for event in events:
        if event.act == ADD:
            added = True
        else:
            parts.setdefault(int(event.detail["release"]), set()).add(str(event.detail["key"]))
    here = (None, row.meeting.table_id)
    at_table = any(one.role in ASKED_ROLES and one.table_id in here for one in row.person.roles)
    return bool(parts) and not added and not at_table, parts
