"""Drafts after the press: each goes where its reader wants it, and what does not hold any more stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.letter_choices import Wish, group_of, read_groups, wish_of
from app.domain.outbox import MailState, sent_at
from app.domain.permissions import Visitor
from app.extensions import db
from app.models import MailChoice, Municipality, OutgoingMail
from app.services import told
from app.services.holding import why_not
from app.services.log import record_each

STATE_OF_WISH = {
    Wish.AT_ONCE: MailState.QUEUED,
    Wish.GATHER: MailState.GATHERED,
    Wish.SKIP: MailState.SKIPPED,
}


@dataclass(frozen=True)
class Sent:
    """What became of letters that were let go: on their way, into digests, or nowhere as readers wished.

    `unsent` ones do not hold any more, or have no reader.
    """

    queued: int = 0
    gathered: int = 0
    skipped: int = 0
    unsent: int = 0


def approve(visitor: Visitor, rows: Sequence[OutgoingMail], now: datetime) -> Sent:
    """Let locked drafts go, inside an act: each to where its reader wants it.

    One that tells of a change waits a little, so that the next change joins it.
    """
    row = db.session.get(Municipality, 1)
    fold = row.fold_minutes if row else 0
    why, states = why_not(rows), _wished_states(rows)
    for one in rows:
        if one.id in why:
            one.state, one.last_answer = MailState.PARKED, why[one.id]
            continue
        one.state = states[one.id]
        one.approved_at, one.approved_by_id = now, visitor.person_id
        one.due_at, one.attempts, one.last_answer = sent_at(one.kind, now, fold), 0, None
    gone = [one for one in rows if one.id not in why]
    record_each(visitor, "letter.leave", "letter", {one: {} for one in why})
    record_each(visitor, "letter.send", "letter", {one.id: {"state": one.state.value} for one in gone})
    db.session.flush()
    told.approved(gone, now)
    ended = [one.state for one in rows]
    queued, gathered, skipped = (ended.count(state) for state in STATE_OF_WISH.values())
    return Sent(queued, gathered, skipped, len(why))


def _wished_states(rows: Sequence[OutgoingMail]) -> dict[int, MailState]:
    """Return where letters go as their readers wish, by their ids; all readers are asked for at once."""
    addresses = {one.to_address.strip().casefold() for one in rows if group_of(one.kind)}
    query = select(MailChoice).where(MailChoice.address.in_(addresses))
    choices = {one.address: one for one in db.session.scalars(query)} if addresses else {}
    states = {}
    for one in rows:
        choice = choices.get(one.to_address.strip().casefold()) if group_of(one.kind) else None
        wish = wish_of(one.kind, read_groups(choice.unwanted), choice.rhythm) if choice else Wish.AT_ONCE
        states[one.id] = STATE_OF_WISH[wish]
    return states
