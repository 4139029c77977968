"""Answers that are decided and not told yet: what the proposer knows until they are."""

from collections.abc import Sequence

from app.domain.journey import Happened
from app.domain.topics import TopicAct, TopicState

# A question is never held back: one that is not told is no question.
MAY_WAIT = frozenset({TopicAct.ACCEPT, TopicAct.POSTPONE, TopicAct.DECLINE})
# What the proposer is told by, or does; each takes the place of an answer that waited before it.
SPEAKS = MAY_WAIT | {
    TopicAct.ASK,
    TopicAct.REPLY,
    TopicAct.WITHDRAW,
    TopicAct.MERGE,
    TopicAct.SEPARATE,
    TopicAct.HAND_ON,
    TopicAct.ANSWER,
}


def waiting(happened: Sequence[Happened]) -> Happened | None:
    """Return the answer that waits to be told, None where all is told.

    Of several only the last is ever told: she never hears of those that it took the place of.
    """
    last = next((one for one in reversed(happened) if one.act in SPEAKS), None)
    return last if last is not None and last.held_from is not None else None


def known(happened: Sequence[Happened]) -> list[Happened]:
    """Return what the proposer may know: nothing that was held, and nothing since while an answer waits.

    What she wrote herself she knows; words that are perhaps not hers stay inside.
    """
    told = [place for place, one in enumerate(happened) if one.act in SPEAKS and one.held_from is None]
    since = told[-1] + 1 if told else 0
    held = next((n for n, one in enumerate(happened) if n >= since and one.held_from is not None), None)
    return [
        one
        for place, one in enumerate(happened)
        if one.held_from is None
        and not one.kept_inside
        and (held is None or place < held or one.act is TopicAct.WRITE)
    ]


def known_state(state: TopicState, happened: Sequence[Happened]) -> TopicState:
    """Return the state that the proposer knows of a topic that is in `state`."""
    answer = waiting(happened)
    return state if answer is None or answer.held_from is None else answer.held_from
