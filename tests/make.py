"""Small builders: a topic, a meeting, a plan in some state, without walking there page by page."""

import secrets
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from app.domain.agenda import ItemKind
from app.domain.clock import today, utc_now, wall_moment
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY, Visitor
from app.domain.topics import TopicState, title_of
from app.extensions import db
from app.models import (
    AgendaItem,
    FocusArea,
    Measure,
    Meeting,
    Objective,
    Person,
    Plan,
    Topic,
)
from app.services import releases, sessions


def days_ago(days: int) -> datetime:
    """Return noon of a local day that is gone: no late hour and no change of clocks makes it another day."""
    return wall_moment(today() - timedelta(days=days), time(12))


def visitor(email: str) -> Visitor:
    """Return the visitor that a person is when signed in."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    found = sessions.visitor_of(_session_of(person.id))
    assert found is not ANYBODY
    return found


def _session_of(person_id: int) -> str:
    secret = sessions.open_session(db.session.get_one(Person, person_id), "a test")
    db.session.commit()
    return secret


def topic(table_id: int, text: str = "Kylätien valaistus on pimeä.", **fields: object) -> Topic:
    """Store one topic, received now unless `fields` say otherwise."""
    now = utc_now()
    running = (db.session.scalar(select(func.max(Topic.running)).where(Topic.year == now.year)) or 0) + 1
    values: dict[str, object] = {
        "table_id": table_id,
        "text": text,
        "title": title_of(text),
        "year": now.year,
        "running": running,
        "token": secrets.token_urlsafe(16),
        "state": TopicState.RECEIVED,
        "created_at": now,
        "changed_at": now,
    }
    row = Topic(**{**values, **fields})
    db.session.add(row)
    db.session.commit()
    return row


def meeting(
    table_id: int, day: date = date(2027, 2, 12), starts: time = time(18), **fields: object
) -> Meeting:
    """Store one meeting of ninety minutes, a draft unless `fields` say otherwise."""
    now = utc_now()
    values: dict[str, object] = {
        "table_id": table_id,
        "day": day,
        "starts": starts,
        "minutes": 90,
        "place": "Koivurannan koulu",
        "state": MeetingState.DRAFT,
        "created_at": now,
        "changed_at": now,
    }
    row = Meeting(**{**values, **fields})
    db.session.add(row)
    db.session.commit()
    return row


def item(
    of: Meeting,
    title: str = "Avaus",
    minutes: int = 5,
    about: Topic | None = None,
    *,
    released: bool = True,
    **fields: object,
) -> AgendaItem:
    """Store one item at the end of a meeting's agenda; where that is published, everybody reads it at once.

    `released=False` leaves it to the next release, as the builder does.
    """
    values: dict[str, object] = {
        "meeting_id": of.id,
        "title": about.title if about else title,
        "topic_id": about.id if about else None,
        "kind": ItemKind.TOPIC if about else ItemKind.OPENING,
        "minutes": minutes,
        "position": db.session.scalar(
            select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == of.id)
        ),
    }
    row = AgendaItem(**{**values, **fields})
    db.session.add(row)
    db.session.commit()
    out = of.published_at is not None or of.state in (MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED)
    if out and released:
        release_again(of)
    return row


def release_again(of: Meeting) -> None:
    """Let everybody read the agenda as it stands: as the meeting's latest release, or its first."""
    last = releases.latest(of.id)
    if last is not None:
        db.session.delete(last)
        db.session.flush()
    of.published_at = of.published_at or of.changed_at
    db.session.refresh(of, ["items"])
    releases.store(of, at=of.published_at, person_id=None)
    db.session.commit()


def plan(title: str = "Hyvinvointisuunnitelma 2025–2028", *measures: str) -> Plan:
    """Store a plan of one focus area and one objective with these measures."""
    row = Plan(title=title, municipality="Lehmijärvi", period="2025–2028", imported_at=utc_now())
    objective = Objective(position=0, title="Turvallinen arki")
    objective.measures = [
        Measure(position=place, text=text)
        for place, text in enumerate(measures or ("Kylien valaistus", "Kuljetukset"))
    ]
    row.focus_areas = [FocusArea(position=0, title="Turvallinen ympäristö", objectives=[objective])]
    db.session.add(row)
    db.session.commit()
    return row
