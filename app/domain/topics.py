"""The life of a topic: from a villager's words to an answer that she can read."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Invalid, Refused
from app.domain.words import N_
from app.domain.writing import PROSE, check_no_identity_code, check_prose

TITLE = 120
SHORTEST_TEXT = 3


class TopicState(StrEnum):
    """Where a topic is; each has its word, and the proposer always sees it."""

    RECEIVED = "received"
    ASKED = "asked"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ON_AGENDA = "on_agenda"
    DISCUSSED = "discussed"


STATE_WORDS = {
    TopicState.RECEIVED: N_("Received"),
    TopicState.ASKED: N_("More information asked"),
    TopicState.ACCEPTED: N_("Waiting for a meeting"),
    TopicState.POSTPONED: N_("Postponed"),
    TopicState.DECLINED: N_("Not taken to the table"),
    TopicState.WITHDRAWN: N_("Withdrawn"),
    TopicState.ON_AGENDA: N_("On the agenda"),
    TopicState.DISCUSSED: N_("Discussed"),
}


class Channel(StrEnum):
    """How the topic came; the coordinator may write it down for somebody."""

    WEB = "web"
    EMAIL = "email"
    PHONE = "phone"
    PAPER = "paper"
    FEEDBACK_BOX = "feedback_box"
    AT_MEETING = "at_meeting"


CHANNEL_WORDS = {
    Channel.WEB: N_("Web form"),
    Channel.EMAIL: N_("E-mail"),
    Channel.PHONE: N_("Phone"),
    Channel.PAPER: N_("Paper"),
    Channel.FEEDBACK_BOX: N_("Feedback box"),
    Channel.AT_MEETING: N_("At a meeting"),
}


class TopicAct(StrEnum):
    """What can be done to a topic."""

    ACCEPT = "accept"
    ASK = "ask"
    REPLY = "reply"
    POSTPONE = "postpone"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PUT_ON_AGENDA = "put_on_agenda"
    TAKE_OFF_AGENDA = "take_off_agenda"
    DISCUSS = "discuss"
    RETURN = "return"


_S = TopicState
UNTRIAGED = frozenset({_S.RECEIVED, _S.ASKED})

# act -> (states it may start from, state it leads to)
LIFE: dict[TopicAct, tuple[frozenset[TopicState], TopicState]] = {
    TopicAct.ACCEPT: (frozenset({_S.RECEIVED, _S.ASKED, _S.POSTPONED, _S.DECLINED}), _S.ACCEPTED),
    TopicAct.ASK: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED, _S.POSTPONED}), _S.ASKED),
    TopicAct.REPLY: (frozenset({_S.ASKED}), _S.RECEIVED),
    TopicAct.POSTPONE: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED}), _S.POSTPONED),
    TopicAct.DECLINE: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED, _S.POSTPONED}), _S.DECLINED),
    TopicAct.WITHDRAW: (UNTRIAGED, _S.WITHDRAWN),
    TopicAct.PUT_ON_AGENDA: (frozenset({_S.ACCEPTED, _S.POSTPONED}), _S.ON_AGENDA),
    TopicAct.TAKE_OFF_AGENDA: (frozenset({_S.ON_AGENDA}), _S.ACCEPTED),
    TopicAct.DISCUSS: (frozenset({_S.ON_AGENDA, _S.DISCUSSED}), _S.DISCUSSED),
    TopicAct.RETURN: (frozenset({_S.DISCUSSED}), _S.ON_AGENDA),
}

NEEDS_REASON = frozenset({TopicAct.ASK, TopicAct.POSTPONE, TopicAct.DECLINE})


def may_happen(act: TopicAct, state: TopicState) -> bool:
    """Whether the act fits the state."""
    return state in LIFE[act][0]


def check_happens(act: TopicAct, state: TopicState) -> TopicState:
    """Return the state that the act leads to; raise Refused where it does not fit."""
    if not may_happen(act, state):
        if act is TopicAct.WITHDRAW:
            raise Refused(
                N_("The topic has already been taken up, so it can no longer be withdrawn here. Call us.")
            )
        raise Refused(N_("The topic has moved on meanwhile, so this can no longer be done."))
    return LIFE[act][1]


def check_reason(act: TopicAct, reason: str) -> str:
    """Return the reason that the proposer reads; the acts in NEEDS_REASON cannot go without one."""
    reason = check_prose("reason", reason, PROSE)
    if act in NEEDS_REASON and not reason:
        raise Invalid("reason", N_("Write a sentence that the proposer can read."))
    return reason


def check_text(text: str) -> str:
    """Return the proposer's own words, trimmed; refuse empty, over-long and identity codes."""
    text = check_prose("text", text, PROSE)
    if len(text) < SHORTEST_TEXT:
        raise Invalid("text", N_("Write what you want to talk about."))
    check_no_identity_code("text", text)
    return text


def title_of(text: str) -> str:
    """Return a title made of the first line or sentence, at most TITLE characters, cut between words."""
    first = text.strip().split("\n", 1)[0].strip()
    for end in (". ", "? ", "! "):
        head, found, _ = first.partition(end)
        if found and SHORTEST_TEXT < len(head) < len(first):
            first = head + end.strip().replace(".", "")
    if len(first) <= TITLE:
        return first.rstrip(".")
    return first[: TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


@dataclass(frozen=True)
class Number:
    """The reference number that people quote on the phone: year and a running number of that year."""

    year: int
    running: int

    def __str__(self) -> str:
        return f"{self.year}-{self.running:03d}"
