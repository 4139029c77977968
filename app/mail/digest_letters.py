"""The letter that tells several things together to a reader who wants them so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import short_day


@dataclass(frozen=True)
class Told:
    """One thing of a digest: the kind of its own letter, what it is about, and where to read on."""

    kind: str
    title: str
    url: str


def digest(told: Sequence[Told], day: date, *, language: str, signed: Signature) -> Letter:
    """Tell several things in one letter of `day`, those of one kind under one heading."""
    cases: dict[str, list[Told]] = {}
    for one in told:
        cases.setdefault(one.kind, []).append(one)
    return compose(
        "digest",
        language,
        signed,
        day=short_day(day, known(language)),
        count=len(told),
        cases=[{"kind": kind, "told": lines} for kind, lines in cases.items()],
    )
