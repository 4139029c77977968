"""Releases of an agenda: the invited, what everybody reads, and the letters, as publishing makes them."""

import secrets
from datetime import datetime

from app.extensions import db
from app.models import Event, Invitation, Meeting
from app.services import announcing, releases
from app.services.agenda_letters import letter_to
from app.services.announcing import Plan
from app.services.demo.sent import sent
from app.services.demo.stage import Stage
from app.services.invited import PART

PUBLISHER = "riikka"
Line = tuple[int, dict[str, object]]  # an invitation and what the log says of an official's own item


def publish(stage: Stage, row: Meeting, at: datetime, told: list[Line], comment: str = "") -> None:
    """Release the agenda as it stands; `told` are the lines of earlier releases, and grows by those of this.

    Letters of meetings that are over have been cleaned away, so only those of coming ones are stored.
    """
    plan = _plan(row, at, told)
    release = releases.store(row, at=at, person_id=stage.people[PUBLISHER].id, comment=comment)
    _invite(stage, row, plan, at, told, release.number)
    if row.day > stage.today:
        for reader in plan.letters:
            once = f"release:{row.id}:{release.number}:{reader.once}"
            mail = sent(letter_to(reader, row, plan, comment), reader.address or "", once, at)
            mail.person_id, mail.meeting_id = reader.person_id, row.id
            mail.topic_id = reader.topic.id if reader.topic else None
            stage.letters.append(mail)
    stage.log(
        at,
        PUBLISHER,
        "meeting.publish_agenda",
        "meeting",
        row.id,
        letters=len(plan.letters),
        release=release.number,
    )


def _plan(row: Meeting, at: datetime, told: list[Line]) -> Plan:
    """Return who is told. The log is written at the end, in order of time: it is lent what it will say."""
    if not told:
        return announcing.plan(row)
    lent = db.session.begin_nested()
    db.session.add_all(
        Event(at=at, act=PART, noun="invitation", noun_id=invitation, detail=detail)
        for invitation, detail in told
    )
    db.session.flush()
    plan = announcing.plan(row)
    lent.rollback()
    return plan


def _invite(stage: Stage, row: Meeting, plan: Plan, at: datetime, told: list[Line], number: int) -> None:
    reached = {(one.address or "").casefold() for one in plan.letters}
    rows = []
    for one in plan.invited:
        invitation = one.row or Invitation(
            meeting_id=row.id,
            person_id=one.person.id if one.person else None,
            organisation_id=one.organisation.id if one.organisation else None,
            token=secrets.token_urlsafe(24),
            created_at=at,
        )
        if one.fresh and (one.email or "").casefold() in reached:
            invitation.told_at = at
        rows.append((invitation, one.items))
    db.session.add_all(invitation for invitation, _ in rows)
    db.session.flush()
    for invitation, items in rows:
        for item in items:
            detail: dict[str, object] = {"release": number, "key": item.key}
            told.append((invitation.id, detail))
            stage.log(at, PUBLISHER, PART, "invitation", invitation.id, **detail)
