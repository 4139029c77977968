"""Releases of an agenda: everybody reads the latest one; what is being built meanwhile stays inside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import selectinload

from app.domain.agenda import numbers
from app.domain.clock import after
from app.domain.meetings import MeetingState
from app.domain.releases import Agenda, Changes, Line, changes
from app.domain.timing import timed
from app.extensions import db
from app.models import AgendaItem, Meeting, Release, ReleasedItem
from app.services.meetings import AgendaLine, agenda_lines
from app.services.presenters import presenters_in


def latest(meeting_id: int) -> Release | None:
    """Return the release that everybody reads, with its items; None for a draft."""
    return db.session.scalar(
        select(Release)
        .where(Release.meeting_id == meeting_id)
        .options(selectinload(Release.items))
        .order_by(Release.number.desc())
        .limit(1)
    )


def all_of(meeting_id: int) -> list[Release]:
    """Return every release of a meeting with its items, the first one first."""
    return list(
        db.session.scalars(
            select(Release)
            .where(Release.meeting_id == meeting_id)
            .options(selectinload(Release.items))
            .order_by(Release.number)
        )
    )


def public_lines(meeting: Meeting, language: str) -> list[AgendaLine]:
    """Return the agenda that everybody reads, with numbers and clock times; two queries.

    A meeting that was never published is seen by its builders alone: they read the agenda that they build.
    """
    return public_lines_of([meeting], language)[meeting.id]


def public_lines_of(meetings: Iterable[Meeting], language: str) -> dict[int, list[AgendaLine]]:
    """Return the agendas of several meetings by the meeting's id; as many queries however many there are."""
    found = list(meetings)
    released = _latest_of([one.id for one in found])
    said = presenters_in(language, [one.presenter for release in released.values() for one in release.items])
    return {one.id: _lines(one, released.get(one.id), language, said) for one in found}


@dataclass(frozen=True)
class Story:
    """The releases of a meeting, the one that is compared, and what everybody reads new since then.

    A meeting that was never published has none: `latest`, `since` and `old` are None.
    """

    releases: list[Release]
    since: Release | None
    old: Agenda | None
    new: Agenda
    changes: Changes

    @property
    def latest(self) -> Release | None:
        """The release that everybody reads."""
        return self.releases[-1] if self.releases else None


def story(meeting: Meeting, since: int = 0) -> Story:
    """Return the releases of a meeting and what changed since one of them, the one before if none."""
    told = all_of(meeting.id)
    if not told:
        return Story([], None, None, as_built(meeting), Changes())
    new = as_read(told[-1], meeting)
    still_to_come = meeting.state is MeetingState.PUBLISHED and meeting.memo_published_at is None
    usual = told[-2] if len(told) > 1 and still_to_come else None
    chosen = next((one for one in told if one.number == since), usual)
    if chosen is None:
        return Story(told, None, None, new, Changes())
    old = as_released(chosen, meeting.zone)
    return Story(told, chosen, old, new, changes(old, new))


def lines_of(meeting: Meeting, release: Release | None, language: str) -> list[AgendaLine]:
    """Return what everybody reads of a meeting whose latest release is this one, None where there is none."""
    said = presenters_in(language, [one.presenter for one in release.items]) if release else {}
    return _lines(meeting, release, language, said)


def _lines(
    meeting: Meeting, release: Release | None, language: str, said: Mapping[str, str]
) -> list[AgendaLine]:
    """Return a release as it is read now, from when the meeting starts now; `said` are presenters' names."""
    if release is None:
        return agenda_lines(meeting, language) if meeting.published_at is None else []
    return [
        AgendaLine(
            number,
            after(meeting.day, meeting.starts, one.starts_after, meeting.zone),
            one.minutes,
            one.title_in(language),
            said.get(one.presenter or "", one.presenter),
            one.kind,
            one.item_id,
            one.key,
        )
        for one, number in zip(release.items, numbers([one.kind for one in release.items]), strict=True)
    ]


def as_released(release: Release, zone: str) -> Agenda:
    """Return a release as everybody read it then: its items, and when and where it was to be."""
    return _agenda(release, release.items, [one.starts_after for one in release.items], zone)


def as_read(release: Release, meeting: Meeting) -> Agenda:
    """Return what everybody reads now: the items of the latest release, and when and where it is now."""
    return _agenda(meeting, release.items, [one.starts_after for one in release.items], meeting.zone)


def as_built(meeting: Meeting) -> Agenda:
    """Return the agenda as it would be released now."""
    times = timed(meeting.day, meeting.starts, [one.slot for one in meeting.items], meeting.zone)
    return _agenda(meeting, meeting.items, [one.starts_after for one in times], meeting.zone)


def has_unpublished_changes(meeting: Meeting) -> bool:
    """Whether everybody reads something else than what would be released now; False for a draft."""
    if meeting.state is not MeetingState.PUBLISHED or meeting.memo_published_at is not None:
        return False
    release = latest(meeting.id)
    return release is not None and bool(changes(as_released(release, meeting.zone), as_built(meeting)))


def _agenda(
    of: Meeting | Release, items: Sequence[AgendaItem | ReleasedItem], after_start: Sequence[int], zone: str
) -> Agenda:
    def clock(minutes: int) -> time:
        return after(of.day, of.starts, minutes, zone).time()

    return Agenda(
        day=of.day,
        starts=of.starts,
        ends=clock(of.minutes),
        place=of.place or "",
        remote_url=of.remote_url or "",
        lines=tuple(
            Line(
                key=one.key,
                title=one.title,
                after=gone,
                clock=clock(gone),
                minutes=one.minutes,
                ends=clock(gone + one.minutes),
                title_sv=one.title_sv or "",
                presenter=one.presenter or "",
            )
            for one, gone in zip(items, after_start, strict=True)
        ),
    )


def store(meeting: Meeting, *, at: datetime, person_id: int | None, comment: str | None = None) -> Release:
    """Store the agenda as it stands as the next release, inside an act; everybody reads it from then on."""
    last = db.session.scalar(select(func.max(Release.number)).where(Release.meeting_id == meeting.id))
    times = timed(meeting.day, meeting.starts, [one.slot for one in meeting.items], meeting.zone)
    release = Release(
        meeting_id=meeting.id,
        number=(last or 0) + 1,
        comment=comment or None,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        place=meeting.place,
        remote_url=meeting.remote_url,
        person_id=person_id,
        at=at,
        items=[
            ReleasedItem(
                item_id=item.id,
                topic_id=item.topic_id,
                kind=item.kind,
                title=item.title,
                title_sv=item.title_sv,
                presenter=item.presenter,
                position=place,
                starts_after=when.starts_after,
                minutes=item.minutes,
            )
            for place, (item, when) in enumerate(zip(meeting.items, times, strict=True))
        ],
    )
    db.session.add(release)
    db.session.flush()
    return release


def newest() -> Select[int]:
    """Return the ids of the releases that everybody reads, one for each meeting."""
    number = (
        select(Release.meeting_id, func.max(Release.number).label("number"))
        .group_by(Release.meeting_id)
        .subquery()
    )
    return select(Release.id).join(
        number, (number.c.meeting_id == Release.meeting_id) & (number.c.number == Release.number)
    )


def public_topics() -> Subquery:
    """Return the places of topics that everybody knows: topic_id, meeting_id, title, title_sv.

    Until the memo they are those of the latest release; the memo tells of the agenda as it was held.
    Cancelled meetings are left out.
    """
    released = (
        select(ReleasedItem.topic_id, Release.meeting_id, ReleasedItem.title, ReleasedItem.title_sv)
        .join(ReleasedItem.release)
        .join(Release.meeting)
        .where(
            ReleasedItem.topic_id.is_not(None),
            Meeting.state == MeetingState.PUBLISHED,
            Release.id.in_(newest()),
        )
    )
    held = (
        select(AgendaItem.topic_id, AgendaItem.meeting_id, AgendaItem.title, AgendaItem.title_sv)
        .join(AgendaItem.meeting)
        .where(AgendaItem.topic_id.is_not(None), Meeting.state == MeetingState.MEMO_PUBLISHED)
    )
    return released.union_all(held).subquery("public_topics")


def _latest_of(meeting_ids: list[int]) -> dict[int, Release]:
    rows = db.session.scalars(
        select(Release)
        .where(Release.meeting_id.in_(meeting_ids), Release.id.in_(newest()))
        .options(selectinload(Release.items))
    )
    return {one.meeting_id: one for one in rows}
