"""The life of a topic: from a villager's words to an answer that she can read."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.agenda import check_minutes
from app.domain.errors import Invalid, Refused
from app.domain.words import N_
from app.domain.writing import PROSE, check_line, check_no_identity_code, check_prose, shortened

TITLE = 120
SHORTEST_TEXT = 3
LONGEST_PHONE = 60
FEWEST_DIGITS = 5  # of a phone number
ANSWERED_IN = 7  # days within which the coordinator reads a new topic
WISHES = (5, 10, 15, 20)  # minutes that a proposer may wish for
OLDEST_TELLING = timedelta(days=366)


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
    MERGED = "merged"
    HANDED_ON = "handed_on"


STATE_WORDS = {
    TopicState.RECEIVED: N_("Received"),
    TopicState.ASKED: N_("More information asked"),
    TopicState.ACCEPTED: N_("Waiting for a meeting"),
    TopicState.POSTPONED: N_("Postponed"),
    TopicState.DECLINED: N_("Not taken to the table"),
    TopicState.WITHDRAWN: N_("Withdrawn"),
    TopicState.ON_AGENDA: N_("On the agenda"),
    TopicState.DISCUSSED: N_("Discussed"),
    TopicState.MERGED: N_("Joined to another topic"),
    TopicState.HANDED_ON: N_("Handed on"),
}


# What a proposer is told in her own language; these words stand in letters and on her page for good.
TAKEN_OFF = {
    "fi": "Aihe ei ole enää tämän kokouksen asialistalla. Se odottaa seuraavaa kokousta.",
    "sv": "Ämnet finns inte längre på det här mötets ärendelista. Det väntar på nästa möte.",
    "en": "The topic is no longer on the agenda of this meeting. It waits for the next one.",
}

# What stands on the page of a message that was no topic (thanks, an advertisement), in its own language.
NOT_A_TOPIC = {
    "fi": "Luimme viestin. Se ei ollut aihe kumppanuuspöytään.",
    "sv": "Vi läste meddelandet. Det var inte ett ämne för partnerskapsbordet.",
    "en": "We read the message. It was not a topic for the partnership table.",
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
    WRITE = "write"  # more came by mail, whatever the state: nothing moves by it
    POSTPONE = "postpone"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PUT_ON_AGENDA = "put_on_agenda"
    TAKE_OFF_AGENDA = "take_off_agenda"
    DISCUSS = "discuss"
    RETURN = "return"
    CARRY_OVER = "carry_over"
    LET_REST = "let_rest"
    MERGE = "merge"
    SEPARATE = "separate"
    SPLIT = "split"
    HAND_ON = "hand_on"
    ANSWER = "answer"


_S = TopicState
UNTRIAGED = frozenset({_S.RECEIVED, _S.ASKED})
READY = (_S.ACCEPTED, _S.POSTPONED)  # may be put on an agenda
OPEN = (_S.RECEIVED, _S.ASKED, *READY, _S.ON_AGENDA)
IN_ORDER = (*OPEN, _S.DISCUSSED, _S.HANDED_ON, _S.MERGED, _S.DECLINED, _S.WITHDRAWN)  # as work goes on

# act -> (states it may start from, state it leads to: None where it stays)
LIFE: dict[TopicAct, tuple[frozenset[TopicState], TopicState | None]] = {
    TopicAct.ACCEPT: (
        frozenset({_S.RECEIVED, _S.ASKED, _S.POSTPONED, _S.DECLINED, _S.HANDED_ON}),
        _S.ACCEPTED,
    ),
    TopicAct.ASK: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED, _S.POSTPONED}), _S.ASKED),
    TopicAct.REPLY: (frozenset({_S.ASKED}), _S.RECEIVED),
    TopicAct.WRITE: (frozenset(_S), None),
    TopicAct.POSTPONE: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED}), _S.POSTPONED),
    TopicAct.DECLINE: (frozenset({_S.RECEIVED, _S.ASKED, _S.ACCEPTED, _S.POSTPONED}), _S.DECLINED),
    TopicAct.WITHDRAW: (UNTRIAGED, _S.WITHDRAWN),
    TopicAct.PUT_ON_AGENDA: (frozenset({_S.ACCEPTED, _S.POSTPONED}), _S.ON_AGENDA),
    TopicAct.TAKE_OFF_AGENDA: (frozenset({_S.ON_AGENDA}), _S.ACCEPTED),
    TopicAct.DISCUSS: (frozenset({_S.ON_AGENDA, _S.DISCUSSED}), _S.DISCUSSED),
    TopicAct.RETURN: (frozenset({_S.DISCUSSED}), _S.ON_AGENDA),
    # Taken up again at a later meeting, and left as it was where that came to nothing.
    TopicAct.CARRY_OVER: (frozenset({_S.DISCUSSED}), _S.ON_AGENDA),
    TopicAct.LET_REST: (frozenset({_S.ON_AGENDA}), _S.DISCUSSED),
    # The same matter came twice: the merged one follows the other.
    TopicAct.MERGE: (frozenset({_S.RECEIVED, _S.ASKED, *READY}), _S.MERGED),
    TopicAct.SEPARATE: (frozenset({_S.MERGED}), _S.RECEIVED),
    # One message had several matters: each became a topic, and this one goes on with the first.
    TopicAct.SPLIT: (UNTRIAGED, None),
    # This does not wait for a meeting: the right body has it now, and answers the proposer.
    TopicAct.HAND_ON: (frozenset({_S.RECEIVED, _S.ASKED, *READY}), _S.HANDED_ON),
    TopicAct.ANSWER: (frozenset({_S.HANDED_ON}), _S.HANDED_ON),
}

NEEDS_REASON = frozenset({TopicAct.ASK, TopicAct.POSTPONE, TopicAct.DECLINE, TopicAct.HAND_ON})


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
    return LIFE[act][1] or state


def check_may_reword(state: TopicState, *, joined: bool, asked_about: bool) -> None:
    """Let a proposer change her topic until somebody has worked on it; raise Refused in words.

    `joined` is a topic that others were joined to; `asked_about` is one that a body was asked about.
    """
    if state is _S.WITHDRAWN:
        raise Refused(N_("The topic has been withdrawn, so it can no longer be changed."))
    if joined or state is _S.MERGED:
        raise Refused(
            N_("The topic has been joined to another one, so it can no longer be changed here. Call us.")
        )
    if state not in UNTRIAGED:
        raise Refused(N_("The topic has already been handled, so it can no longer be changed here. Call us."))
    if asked_about:
        raise Refused(
            N_("Others have been asked about the topic, so it can no longer be changed here. Call us.")
        )


def check_reply(words: str) -> str:
    """Return the proposer's answer to a question; it cannot be empty."""
    words = check_prose("words", words, PROSE)
    if not words:
        raise Invalid("words", N_("Write your answer."))
    check_no_identity_code("words", words)
    return words


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


_GREETING = re.compile(
    r"(?:hei|heippa|moi|moikka|terve|tervehdys|hyvää (?:päivää|iltaa|huomenta)|hej|god (?:dag|kväll)|hello)"
    r"(?: (?:vaan|kaikille|kaikki|teille|sinne|alla|all|everybody))?\s*[,!.:\n]+\s*",
    re.IGNORECASE,
)


def _without_greeting(text: str) -> str:
    greeting = _GREETING.match(text)
    return text[greeting.end() :] if greeting else text


def title_of(text: str) -> str:
    """Return a title made of the first line or sentence, at most TITLE characters, cut between words.

    A greeting (`Hei,`) on a line of its own, or before the matter, is passed over.
    """
    matter = _without_greeting(text.strip())
    first = (matter if len(matter) >= SHORTEST_TEXT else text.strip()).split("\n", 1)[0].strip()
    if matter != text.strip():
        first = first[:1].upper() + first[1:]
    for end in (". ", "? ", "! "):
        head, found, _ = first.partition(end)
        if found and SHORTEST_TEXT < len(head) < len(first):
            first = head + end.strip().replace(".", "")
    return shortened(first, TITLE)


def check_title(title: str) -> str:
    """Return the title that the agenda shows: one line of 3 to TITLE characters."""
    title = check_line("title", title, TITLE)
    if len(title) < SHORTEST_TEXT:
        raise Invalid("title", N_("Write a title that everybody can read on the agenda."))
    check_no_identity_code("title", title)
    return title


def check_told_on(told_on: date | None, today: date) -> date | None:
    """Return the day when somebody told the topic; refuse days to come and days over a year ago."""
    if told_on is not None and not today - OLDEST_TELLING <= told_on <= today:
        raise Invalid("told_on", N_("The day must be today or at most a year ago."))
    return told_on


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to talk about, and how to reach her; only `text` must be there.

    Without `table_id` the topic goes to a table of its village. `told_on` is the day of a call or a paper.
    """

    text: str
    table_id: int | None = None
    language: str = "fi"
    organisation_id: int | None = None
    wished_minutes: int | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    channel: Channel = Channel.WEB
    told_on: date | None = None


def check_proposal(proposal: Proposal, today: date) -> Proposal:
    """Return the proposal with its text trimmed; raise Invalid for what cannot be taken."""
    name = check_line("name", proposal.contact_name)
    phone = check_line("phone", proposal.contact_phone, LONGEST_PHONE)
    check_no_identity_code("name", name)
    check_no_identity_code("phone", phone)
    if phone and sum(one.isdigit() for one in phone) < FEWEST_DIGITS:
        raise Invalid("phone", N_("Check the phone number. It looks like this: 040 123 4567."))
    check_told_on(proposal.told_on, today)
    if proposal.wished_minutes is not None:
        check_minutes("minutes", proposal.wished_minutes)
    return replace(proposal, text=check_text(proposal.text), contact_name=name, contact_phone=phone)


@dataclass(frozen=True)
class Number:
    """The reference number that people quote on the phone: year and a running number of that year."""

    year: int
    running: int

    def __str__(self) -> str:
        return f"{self.year}-{self.running:03d}"


_NUMBER = re.compile(r"([12][0-9]{3})\s*[-–—/]\s*([0-9]{1,6})")


def parse_number(field: str, text: str) -> Number:
    """Read a topic's number as people write it: `2027-014`, `2027-14` or `2027 – 14`."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise Invalid(field, N_("Write the number like this: 2027-014."))
    return Number(int(match[1]), int(match[2]))
