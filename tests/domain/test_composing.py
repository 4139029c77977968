"""The proposed agenda against trying everything, and as tables of single rules."""

import random
from itertools import combinations, count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.composing import Candidate, Infeasible, Instance, Proposal, compose
from app.domain.errors import Invalid
from tests.domain.composing_oracle import best_worth, check_proposal

NAMES = ["Tekninen", "Sivistys", "Terveys"]
LONG = 60.0  # seconds: no test waits for it


def topic(
    id: str, minutes: int, points: float = 1, whose: str | None = None, *officials: str, **more: Any
) -> Candidate:
    return Candidate(id, minutes, points, whose, officials, **more)


def ids(answer: Proposal | Infeasible) -> list[object]:
    assert isinstance(answer, Proposal)
    return [item.id for item in answer.items]


@st.composite
def instances(draw: st.DrawFn, most: int, *, musts: bool = False) -> Instance:
    """Small meetings: odd minutes, few points (ties), topics with up to two officials, windows or none."""
    minutes = st.integers(1, 14)
    candidates = draw(
        st.lists(
            st.builds(
                lambda minutes, points, whose, officials, must: (minutes, points, whose, officials, must),
                minutes,
                st.integers(-1, 4),
                st.sampled_from([None, "", "A", "B", "C"]),
                st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
                st.booleans() if musts else st.sampled_from([False, False, False, True]),
            ),
            max_size=most,
        )
    )
    windows = {
        name: tuple(sorted(draw(st.tuples(st.integers(0, 40), st.integers(0, 40)))))
        for name in draw(st.lists(st.sampled_from(NAMES), unique=True))
    }
    return Instance(
        tuple(
            Candidate(f"t{number}", *facts[:3], tuple(facts[3]), facts[4])
            for number, facts in enumerate(candidates)
        ),
        draw(st.integers(5, 40)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 2)),
        windows,
    )


@settings(max_examples=120, deadline=None)
@given(instances(8))
def test_nothing_is_better_than_what_is_proven(instance: Instance) -> None:
    answer = compose(instance, seconds=LONG)
    best = best_worth(instance)
    if best is None:
        assert isinstance(answer, Infeasible)
        return
    proposal = check_proposal(instance, answer)
    assert proposal.proven
    assert (proposal.organisations, proposal.points, -proposal.waiting) == best


@pytest.mark.parametrize("seed", range(6))
def test_eight_topics_against_every_order(seed: int) -> None:
    instance = drawn(seed, 8)
    proposal = check_proposal(instance, compose(instance, seconds=LONG))
    assert (proposal.organisations, proposal.points, -proposal.waiting) == best_worth(instance)


@settings(max_examples=60, deadline=None)
@given(instances(5, musts=True))
def test_a_clash_is_the_smallest_there_is(instance: Instance) -> None:
    answer = compose(instance, seconds=LONG)
    if not isinstance(answer, Infeasible):
        assert best_worth(instance) is not None
        return
    musts = [one.id for one in instance.candidates if one.must]
    assert best_worth(instance, frozenset(answer.conflict)) is None
    for size in range(len(answer.conflict)):
        for fewer in combinations(musts, size):
            assert best_worth(instance, frozenset(fewer)) is not None, fewer
    assert answer.why.sentence.endswith(".")


def drawn(seed: int, many: int, minutes: int = 60) -> Instance:
    """A meeting of many topics, always the same for a seed."""
    dice = random.Random(seed)
    officials = {
        name: (start, start + dice.randint(15, 45))
        for name, start in zip(NAMES, (0, dice.randint(5, 20), dice.randint(15, 35)), strict=True)
    }
    return Instance(
        tuple(
            Candidate(
                number,
                dice.randint(3, 25),
                dice.randint(0, 9),
                f"org {dice.randrange(many // 2 + 1)}",
                tuple(dice.sample(NAMES, dice.choice([0, 0, 1, 1, 2]))),
            )
            for number in range(many)
        ),
        minutes,
        windows=officials,
    )


@pytest.mark.parametrize("seed", range(8))
def test_bounds_change_nothing_but_the_time(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = drawn(seed, 14, 90)
    plain = check_proposal(instance, compose(instance, seconds=LONG))
    monkeypatch.setattr("app.domain.composing.composer.FEW", 0)
    priced = check_proposal(instance, compose(instance, seconds=LONG))
    assert plain.proven
    assert priced.proven
    assert (plain.organisations, plain.points, plain.waiting) == (
        priced.organisations,
        priced.points,
        priced.waiting,
    )


@pytest.mark.parametrize(("many", "minutes"), [(12, 90), (25, 90), (40, 60)])
def test_the_same_question_has_the_same_answer(many: int, minutes: int) -> None:
    instance = drawn(many, many, minutes)
    first = compose(instance, seconds=LONG)
    assert check_proposal(instance, first).proven
    assert compose(instance, seconds=LONG) == first


@pytest.mark.parametrize("ticks", [0, 1, 5, 50, 400, 2000])
def test_out_of_time_the_best_so_far_is_given_and_not_called_proven(ticks: int) -> None:
    instance = drawn(7, 60, 240)
    clock = count()
    answer = check_proposal(instance, compose(instance, seconds=ticks, clock=lambda: float(next(clock))))
    assert not answer.proven


def test_more_time_gives_no_worse_an_agenda() -> None:
    instance = drawn(3, 40, 120)
    found = []
    for ticks in (5, 500, 50_000):
        clock = count()
        answer = check_proposal(
            instance, compose(instance, seconds=ticks, clock=lambda clock=clock: float(next(clock)))
        )
        found.append((answer.organisations, answer.points, -answer.waiting))
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_a_topic_without_points_is_taken_while_there_is_room() -> None:
    candidates = (topic("a", 10, 0), topic("b", 10, 5, "A"), topic("c", 10, 0))
    assert set(ids(compose(Instance(candidates, 20, 0, 0), seconds=LONG))) == {"a", "b"}


BEST_IN_THIS_ORDER = [
    (
        "an organisation more outweighs points",
        [topic("a", 10, 100, "A"), topic("b", 10, 90, "A"), topic("c", 10, 1, "B")],
        {"a", "c"},
    ),
    (
        "without an organisation nobody is heard",
        [topic("a", 20, 100, None), topic("b", 20, 90, ""), topic("c", 20, 1, "B")],
        {"c"},
    ),
    (
        "points decide then",
        [topic("a", 10, 3, "A"), topic("b", 10, 5, "A"), topic("c", 10, 4, "A")],
        {"b", "c"},
    ),
    ("a topic that takes points away stays out", [topic("a", 10, 3, "A"), topic("b", 10, -1, "A")], {"a"}),
    ("unless it is a must", [topic("a", 10, 3, "A"), topic("b", 10, -1, "A", must=True)], {"a", "b"}),
    ("halves count exactly", [topic("a", 20, 0.3), topic("b", 10, 0.1), topic("c", 10, 0.2001)], {"b", "c"}),
]


@pytest.mark.parametrize(
    ("candidates", "taken"),
    [row[1:] for row in BEST_IN_THIS_ORDER],
    ids=[row[0] for row in BEST_IN_THIS_ORDER],
)
def test_what_is_best(candidates: list[Candidate], taken: set[str]) -> None:
    instance = Instance(tuple(candidates), minutes=20, opening=0, closing=0)
    assert set(ids(compose(instance, seconds=LONG))) == taken


def test_an_official_waits_as_little_as_may_be() -> None:
    candidates = (
        topic("a", 10, 1, None, "X"),
        topic("b", 10),
        topic("c", 10, 1, None, "X", "Y"),
        topic("d", 10, 1, None, "Y"),
    )
    answer = check_proposal(
        Instance(candidates, 40, 0, 0), compose(Instance(candidates, 40, 0, 0), seconds=LONG)
    )
    assert answer.waiting == 0


def test_waiting_that_windows_force_is_counted_for_each_official() -> None:
    candidates = (
        topic("early", 10, 1, None, "X", "Y", "E"),
        topic("between", 10, must=True),
        topic("late", 10, 1, None, "X", "Y", "Z"),
    )
    instance = Instance(candidates, 30, 0, 0, {"E": (0, 10), "Z": (20, 30)})
    assert check_proposal(instance, compose(instance, seconds=LONG)).waiting == 20


def test_there_are_no_gaps_before_an_official_comes() -> None:
    late = topic("late", 10, 9, "A", "X")
    alone = Instance((late,), 60, 0, 0, {"X": (20, 60)})
    assert ids(compose(alone, seconds=LONG)) == []
    filled = Instance((late, topic("filler", 20, -5)), 60, 0, 0, {"X": (20, 60)})
    assert ids(compose(filled, seconds=LONG)) == ["filler", "late"]


@pytest.mark.parametrize("instance", [Instance(()), Instance((topic("a", 5),), 15, 5, 10)])
def test_a_meeting_without_room_or_topics_has_an_empty_agenda(instance: Instance) -> None:
    answer = check_proposal(instance, compose(instance, seconds=LONG))
    assert (answer.items, answer.proven) == ((), True)


WRONG = [
    (Instance((topic("a", 5), topic("a", 6))), "Two topics have the id a."),
    (Instance((topic("a", 0),)), "Topic a must take from 1 to 1440 minutes."),
    (Instance((topic("a", -5),)), "Topic a must take from 1 to 1440 minutes."),
    (Instance((topic("a", 5, float("nan")),)), "The points of topic a are too large."),
    (Instance((topic("a", 5, float("inf")),)), "The points of topic a are too large."),
    (Instance((), 10, 5, 10), "Opening and closing are longer than the meeting."),
    (Instance((), -1), "minutes must be from 0 to 1440 minutes."),
    (Instance((), windows={"X": (40, 20)}), "X would leave before coming."),
    (Instance(tuple(topic(str(n), 5) for n in range(501))), "At most 500 topics can be compared."),
]


@pytest.mark.parametrize(("instance", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_what_no_agenda_can_be_made_of_is_refused(instance: Instance, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        compose(instance)
    assert str(refused.value) == sentence
