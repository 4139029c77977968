"""Two topics about one matter: which may be joined to which, and what the joined one keeps."""

from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.topics import OPEN, TopicAct, TopicState, may_happen
from app.domain.words import N_


@dataclass(frozen=True)
class Joining:
    """What the rule needs to know of one of the two topics."""

    topic_id: int
    table_id: int
    state: TopicState


GONE = {
    TopicState.WITHDRAWN: N_("The proposer of the other topic has withdrawn it. Choose another topic."),
    TopicState.MERGED: N_("The other topic has been joined to a third one. Choose that one."),
    TopicState.DECLINED: N_("The other topic is not taken to the table any more. Choose another topic."),
    TopicState.DISCUSSED: N_("The other topic has been discussed already. Choose another topic."),
    TopicState.HANDED_ON: N_("The other topic has been handed on. Choose another topic."),
}


def check_may_join(state: TopicState) -> None:
    """Refuse to join a topic that is on an agenda, that is joined already, or that has ended."""
    if may_happen(TopicAct.MERGE, state):
        return
    if state is TopicState.ON_AGENDA:
        raise Refused(
            N_("This topic is on an agenda, so it cannot be joined. Join the other one to this one instead.")
        )
    if state is TopicState.MERGED:
        raise Refused(N_("This topic has been joined to another one already."))
    raise Refused(N_("The topic has moved on meanwhile, so this can no longer be done."))


def check_joins(topic: Joining, other: Joining) -> None:
    """Refuse to join a topic to itself, over tables, or to one that no longer goes on."""
    if topic.topic_id == other.topic_id:
        raise Refused(N_("A topic cannot be joined to itself. Choose another topic."))
    if topic.table_id != other.table_id:
        raise Refused(N_("The topics belong to different tables. Move one to the other table first."))
    check_may_join(topic.state)
    if other.state not in OPEN:
        raise Refused(GONE[other.state])


def longest_wish(*wishes: int | None) -> int | None:
    """Return the longest of the minutes wished for, None where nobody wished."""
    return max((one for one in wishes if one is not None), default=None)
