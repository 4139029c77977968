"""What earlier evenings teach about minutes: how long items took beside what was planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from app.domain.words import N_

FEWEST = 3  # observations; fewer tell of chance
ROUNDED_TO = 5

_OF_TABLE = N_("Topics at this table have taken %(taken)d minutes on average; %(planned)d were planned.")
_OF_TOPIC = N_("Last time this topic took %(taken)d minutes; %(planned)d were planned.")


@dataclass(frozen=True)
class Took:
    """One item that was held: the minutes planned, and the seconds it took."""

    planned: int
    seconds: int


@dataclass(frozen=True)
class Usual:
    """Minutes to grant by experience, with the figures behind; `of_topic` for a topic's own last time."""

    minutes: int
    taken: int
    planned: int
    of_topic: bool = False

    @property
    def message(self) -> str:
        """The sentence that tells why, to be translated; it takes `values`."""
        return _OF_TOPIC if self.of_topic else _OF_TABLE

    @property
    def values(self) -> Mapping[str, int]:
        """What the sentence takes."""
        return {"taken": self.taken, "planned": self.planned}


def usual(held: Sequence[Took]) -> Usual | None:
    """Return what topics usually need, by the middle one of actual beside planned; None of too few."""
    told = [one for one in held if one.planned > 0 and one.seconds > 0]
    if len(told) < FEWEST:
        return None
    planned = round(median(one.planned for one in told))
    share = median(one.seconds / (60 * one.planned) for one in told)
    taken = max(1, round(planned * share))
    return Usual(_rounded_up(taken), taken, planned)


def as_last_time(last: Took) -> Usual | None:
    """Return what a topic needed when it was discussed before; None where its time was not taken."""
    if last.planned <= 0 or last.seconds <= 0:
        return None
    taken = max(1, round(last.seconds / 60))
    return Usual(_rounded_up(taken), taken, last.planned, of_topic=True)


def _rounded_up(minutes: int) -> int:
    return -(-minutes // ROUNDED_TO) * ROUNDED_TO
