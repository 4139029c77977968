"""What the proposer of a topic that was joined to another may know of the other one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.journey import OF_AGENDAS, Happened, Hearing
from app.domain.topics import TopicAct, TopicState

# What the proposer of another topic wrote, or was asked, is not told to those who follow it.
OWN = frozenset(
    {
        TopicAct.ASK,
        TopicAct.REPLY,
        TopicAct.WRITE,
        TopicAct.WITHDRAW,
        TopicAct.MERGE,
        TopicAct.SEPARATE,
    }
)


def joined_at(happened: Sequence[Happened]) -> datetime | None:
    """Return when a topic was joined to the one that it follows now, None where it follows none."""
    last = next((one for one in reversed(happened) if one.act in (TopicAct.MERGE, TopicAct.SEPARATE)), None)
    return last.at if last is not None and last.act is TopicAct.MERGE else None


def followed(happened: Sequence[Happened], other: Sequence[Happened], since: datetime) -> list[Happened]:
    """Return what happened to a topic that was joined to another: its own, and from then on the other's."""
    theirs = [one for one in other if one.act in OF_AGENDAS or (one.act not in OWN and one.at >= since)]
    return [*happened, *theirs]


def from_then_on(hearings: Sequence[Hearing], since: datetime) -> list[Hearing]:
    """Return the other topic's meetings that had not ended when a topic was joined to it."""
    return [
        replace(one, published_at=one.published_at and max(one.published_at, since))
        for one in hearings
        if one.waits_for or (_ended_at(one) or since) >= since
    ]


def _ended_at(hearing: Hearing) -> datetime | None:
    return hearing.cancelled_at or hearing.memo_published_at


def state_of_followed(state: TopicState) -> TopicState:
    """Return the state of the other topic as those who follow it may know: a question is its own matter."""
    return TopicState.RECEIVED if state is TopicState.ASKED else state
