"""Which topics may be about the same matter: those with the same words, rare words counting most."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from app.domain.writing import folded

SHORTEST = 4
# Finnish and Swedish inflect at the end: valaistus, valaistuksen and valaistusta are one word here.
STEM = 6
MOST_SHOWN = 4

# Words that topics of any matter have, as stems.
_ANY_MATTER = """
    että eivät jotta koska kun myös niin olisi ollut olla onko siitä sitten tämä tämän tässä mutta mitä voisik
    voisi pitäis halua haluai kaikki meidän ilman kaksi kolme vielä siellä sinne tällä sekä vain minun saisik
    kunta kunnan kylä kylän kylien asia asian asiaa hyvä
    inte eller skulle kunna vara finns behöve kommun byns från till
    that this with have there should could would about villag from
"""
_COMMON = frozenset(_ANY_MATTER.split())
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


@dataclass(frozen=True)
class Likeness:
    """How much one text is like another: a score for the order, and the words that both have."""

    score: float = 0.0
    words: tuple[str, ...] = ()


def stems(text: str) -> dict[str, str]:
    """Return the stems of a text, each with the first word that it stands in."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(folded(text)):
        stem = match[0][:STEM]
        if stem not in _COMMON:
            found.setdefault(stem, match[0])
    return found


def likenesses(text: str, others: Mapping[int, str]) -> dict[int, Likeness]:
    """Return how much each of the other texts, by id, is like a text."""
    mine = stems(text)
    theirs = {key: stems(other) for key, other in others.items()}
    seen = Counter(stem for one in theirs.values() for stem in one)
    return {key: _likeness(mine, one, seen, len(theirs)) for key, one in theirs.items()}


def _likeness(
    mine: Mapping[str, str], theirs: Mapping[str, str], seen: Mapping[str, int], many: int
) -> Likeness:
    shared = sorted(mine.keys() & theirs.keys(), key=lambda stem: (seen[stem], stem))
    score = sum(log(1 + many / seen[stem]) for stem in shared)
    return Likeness(round(score, 6), tuple(theirs[stem] for stem in shared[:MOST_SHOWN]))


def has_words(text: str, query: str) -> bool:
    """Whether a text has every word of a query, as they are or as beginnings."""
    searched = folded(text)
    return all(word in searched for word in _searched(query))


def _searched(query: str) -> Iterable[str]:
    return folded(query).split()
