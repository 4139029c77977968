"""The letter to one whose message had several topics: the number and the page of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.mail.composing import Letter, Signature, compose


@dataclass(frozen=True)
class SplitPart:
    """One of the topics that a message was made into; `url` is its own private page."""

    number: str
    title: str
    url: str


def topic_split(parts: Sequence[SplitPart], *, language: str, signed: Signature) -> Letter:
    """Tell the proposer which topics her message was made into, the first of them the one that she knows."""
    return compose("topic_split", language, signed, parts=list(parts))
