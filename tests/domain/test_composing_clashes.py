"""Topics that must be taken and cannot be: the fewest that clash, and why."""

from itertools import count

import pytest

from app.domain.composing import Candidate, Infeasible, Instance, compose
from tests.domain.test_composing import LONG, topic

ALONE = {"X": (40, 45), "Y": (0, 20), "Z": (20, 40), "Q": (95, 120)}
CLASHES = [
    ([topic("a", 100)], {"a"}, "It takes 100 min, longer than the whole time for topics (75 min)."),
    (
        [topic("a", 30), topic("b", 40), topic("c", 36), topic("d", 5)],
        {"b", "c"},
        "These topics take 76 min together, and there are 75 min for topics.",
    ),
    (
        [topic("a", 10, 1, None, "X"), topic("b", 5)],
        {"a"},
        "It takes 10 min, but the time with X is only from minute 40 to 45.",
    ),
    ([topic("a", 5, 1, None, "Q")], {"a"}, "Q is not there at the time of the topics."),
    (
        [topic("a", 5, 1, None, "Y", "Z")],
        {"a"},
        "These are never there at the same time during the topics: Y, Z.",
    ),
    (
        [topic("a", 5, 1, None, "Z")],
        {"a"},
        "The time with Z is from minute 20 to 40, and no topics fill the time before it.",
    ),
    (
        [topic("a", 10, 1, None, "Y"), topic("b", 10, 1, None, "Y"), topic("c", 3)],
        {"a", "b"},
        "These topics fit in no order in which each official is there.",
    ),
]


@pytest.mark.parametrize(("candidates", "conflict", "sentence"), CLASHES)
def test_musts_that_clash_are_named_with_the_reason(
    candidates: list[Candidate], conflict: set[str], sentence: str
) -> None:
    musts = tuple(topic(str(one.id), one.minutes, 1, None, *one.officials, must=True) for one in candidates)
    answer = compose(Instance(musts, windows=ALONE), seconds=LONG)
    assert isinstance(answer, Infeasible)
    assert set(answer.conflict) == conflict
    assert answer.why.sentence == sentence


def test_forty_musts_that_are_too_much_name_the_fewest_that_clash() -> None:
    musts = tuple(topic(f"t{number}", 3 + number % 7, must=True) for number in range(40))
    clock = count()
    answer = compose(Instance(musts), seconds=20_000, clock=lambda: float(next(clock)))
    assert isinstance(answer, Infeasible)
    assert len(answer.conflict) == 9  # five of 9 minutes and four of 8 are the first to be over 75
    assert sum(one.minutes for one in musts if one.id in answer.conflict) > 75
