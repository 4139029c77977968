"""The letter that tells several answers at once to one who proposed several topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.topics import TopicAct
from app.mail.composing import Letter, Signature, compose


@dataclass(frozen=True)
class Answered:
    """The answer to one topic: taken up, postponed or declined; `reason` may be "" where it is taken up."""

    number: str
    title: str
    act: TopicAct
    reason: str
    url: str


def topics_answered(answers: Sequence[Answered], *, language: str, signed: Signature) -> Letter:
    """Tell a proposer the answers to several topics in one letter."""
    return compose("topics_answered", language, signed, answers=list(answers))
