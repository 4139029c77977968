"""What a body is asked of a topic: until when, in which words, and whether it still matters."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import Invalid, Refused
from app.domain.topics import OPEN, TopicState
from app.domain.words import N_
from app.domain.writing import NOTE, PROSE, check_line, check_no_identity_code, check_prose

ANSWER_DAYS = timedelta(days=14)
LATEST = timedelta(days=366)
ASKABLE = frozenset(OPEN)  # a statement helps the table only before the topic has been discussed

# What stands ready in the form, in the language of the table: the coordinator may write it anew.
QUESTIONS = {
    "fi": "Hei! Kertoisitteko, mikä on tilanne ja mitä asialle voidaan tehdä? Muutama lause riittää.",
    "sv": "Hej! Kan ni berätta hur läget är och vad som kan göras åt saken? Några meningar räcker.",
    "en": "Hello! Could you tell us how things stand and what can be done? A few sentences are enough.",
}

# The same for a body that gets the topic and answers its proposer.
HANDING_WORDS = {
    "fi": "Hei! Tämä aihe kuuluu teille. Vastaisitteko sen ehdottajalle? Muutama lause riittää.",
    "sv": "Hej! Det här ämnet hör till er. Kan ni svara den som föreslog det? Några meningar räcker.",
    "en": "Hello! This topic belongs to you. Could you answer its proposer? A few sentences are enough.",
}

# These stand before the words on the proposer's own page, in her language.
HANDED_TO = {
    "fi": "Aihe on nyt täällä: %(body)s.",
    "sv": "Ämnet finns nu hos: %(body)s.",
    "en": "The topic is now with: %(body)s.",
}


class Standing(StrEnum):
    """Whether an answer is waited for, and who reads it."""

    WANTED = "wanted"  # for the table
    FOR_PROPOSER = "for_proposer"  # the topic was handed on: its proposer waits
    TAKEN_BACK = "taken_back"  # the question itself is no longer needed
    TOPIC_ENDED = "topic_ended"  # nobody takes the topic up any more
    TO_TABLE = "to_table"  # it was handed on, but the table took it up after all
    CLOSED = "closed"  # the topic has been discussed


WAITED_FOR = frozenset({Standing.WANTED, Standing.FOR_PROPOSER, Standing.TO_TABLE})


def standing(state: TopicState, *, handed_on: bool, taken_back: bool) -> Standing:
    """Return where a question stands; `state` is the topic's, or that of the topic it was joined to."""
    if state is TopicState.DISCUSSED:
        return Standing.CLOSED
    if taken_back:
        return Standing.TAKEN_BACK
    if state in (TopicState.DECLINED, TopicState.WITHDRAWN):
        return Standing.TOPIC_ENDED
    if not handed_on:
        return Standing.WANTED
    return Standing.FOR_PROPOSER if state is TopicState.HANDED_ON else Standing.TO_TABLE


def is_late(standing_: Standing, due_on: date | None, today: date, *, answered: bool) -> bool:
    """Whether an answer that is waited for should have come before today."""
    return not answered and standing_ in WAITED_FOR and due_on is not None and due_on < today


def check_open(standing_: Standing) -> None:
    """Refuse an answer, or the correction of one, to a topic that has been discussed."""
    if standing_ is Standing.CLOSED:
        raise Refused(
            N_("The topic has been discussed, so the answer can no longer be changed here. Write to us.")
        )


def check_askable(state: TopicState) -> None:
    """Refuse a question about a topic that is no longer on its way to the table."""
    if state not in ASKABLE:
        raise Refused(N_("The topic has moved on meanwhile, so this can no longer be done."))


def check_due(due_on: date | None, today: date) -> date:
    """Return the day until which an answer is asked; refuse none, a past one, and one over a year away."""
    if due_on is None:
        raise Invalid("due_on", N_("Write the date like this: 12.2.2027."))
    if due_on < today:
        raise Invalid("due_on", N_("The day has gone already. Choose a later one."))
    if due_on > today + LATEST:
        raise Invalid("due_on", N_("The day is more than a year away. Choose an earlier one."))
    return due_on


def check_question(text: str) -> str:
    """Return what is asked, in plain text."""
    text = check_prose("words", text, PROSE)
    if not text:
        raise Invalid("words", N_("Write what you want to ask."))
    check_no_identity_code("words", text)
    return text


def check_answer(text: str) -> str:
    """Return the answer, trimmed; refuse empty, over-long and identity codes."""
    text = check_prose("text", text, NOTE)
    if not text:
        raise Invalid("text", N_("Write your answer."))
    check_no_identity_code("text", text)
    return text


def check_answered_by(name: str) -> str:
    """Return who answers: a name, perhaps with a title."""
    name = check_line("name", name)
    if not name:
        raise Invalid("name", N_("Write your name and title."))
    check_no_identity_code("name", name)
    return name


def both_names(theirs: str, mine: str) -> str:
    """Return the names of two who wrote one answer, mine not repeated; cut where both do not fit."""
    return theirs if not mine or mine in theirs else f"{theirs}; {mine}"[:200] if theirs else mine


@dataclass(frozen=True)
class Contact:
    """How to reach a proposer; empty where she did not say."""

    name: str = ""
    email: str = ""
    phone: str = ""


HIDDEN = "[…]"
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w{2,}")
_PHONE = re.compile(r"(?<![\d.,-])(?:\+358|00358|0)[\s-]?(?:\(0\)\s?)?[1-9](?:[\s-]?\d){4,11}(?!\d|\.\d)")


def without_contact(text: str, contact: Contact) -> str:
    """Return a proposer's words without her name, and without any e-mail address or phone number.

    People sign what they write. Her own words are kept as they are; only what others are sent is cleaned.
    """
    text = _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, text))
    for known in (contact.phone, contact.email, contact.name):
        if known.strip():
            text = re.sub(rf"(?<!\w){re.escape(known.strip())}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    # A part of a name is one only with its capital: Koski may be her name, a koski is in the river.
    for part in {form for one in contact.name.split() if len(one) > 2 for form in _written(one)}:
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", HIDDEN, text)
    return re.sub(r"\[…\](?:[\s,]*\[…\])+", HIDDEN, text)


def _written(part: str) -> tuple[str, ...]:
    """Return a part of a name as people write it, whatever she typed into the form."""
    return (part.title(), part.upper(), *([part] if part != part.lower() else []))
