"""What earlier evenings teach: the middle one of actual beside planned, rounded up to five minutes."""

import pytest

from app.domain.experience import Took, Usual, as_last_time, usual


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ([], None),
        ([(10, 840), (10, 840)], None),
        ([(10, 840), (10, 840), (10, 0)], None),
        ([(10, 840), (10, 840), (10, 840)], Usual(15, 14, 10)),
        ([(10, 600), (10, 600), (10, 600)], Usual(10, 10, 10)),
        ([(10, 601), (10, 600), (10, 590)], Usual(10, 10, 10)),
        # One evening that ran wild teaches nothing.
        ([(10, 660), (10, 660), (10, 660), (10, 9000)], Usual(15, 11, 10)),
        # Half as long as planned, whatever was planned.
        ([(10, 300), (20, 600), (30, 900)], Usual(10, 10, 20)),
        ([(5, 1), (5, 1), (5, 1)], Usual(5, 1, 5)),
    ],
)
def test_what_is_usual(held: list[tuple[int, int]], told: Usual | None) -> None:
    assert usual([Took(*one) for one in held]) == told


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (Took(10, 1080), Usual(20, 18, 10, of_topic=True)),
        (Took(10, 20), Usual(5, 1, 10, of_topic=True)),
        (Took(10, 0), None),
        (Took(0, 600), None),
    ],
)
def test_a_topic_as_last_time(last: Took, told: Usual | None) -> None:
    assert as_last_time(last) == told


def test_the_sentence() -> None:
    assert (
        Usual(15, 14, 10).message % Usual(15, 14, 10).values
        == "Topics at this table have taken 14 minutes on average; 10 were planned."
    )
