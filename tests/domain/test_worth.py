"""What a topic is worth when an agenda is suggested: each ground alone, and together."""

import pytest

from app.domain.worth import Ground, Record, worth


@pytest.mark.parametrize(
    ("record", "points", "grounds"),
    [
        (Record(), 1, []),
        (Record(days=6), 1, []),
        (Record(days=7), 1, [(Ground.WAITED, 1)]),
        (Record(days=13), 1, [(Ground.WAITED, 1)]),
        (Record(days=42), 6, [(Ground.WAITED, 6)]),
        (Record(days=140), 20, [(Ground.WAITED, 20)]),
        (Record(days=700), 20, [(Ground.WAITED, 100)]),
        (Record(passed_over=1), 5, [(Ground.PASSED_OVER, 1)]),
        (Record(passed_over=3), 15, [(Ground.PASSED_OVER, 3)]),
        (Record(planned=True), 4, [(Ground.PLANNED, 1)]),
        (Record(followed=True), 4, [(Ground.FOLLOWED, 1)]),
        (Record(recurring=True), 3, [(Ground.RECURRING, 1)]),
        (Record(days=42, passed_over=1), 11, [(Ground.WAITED, 6), (Ground.PASSED_OVER, 1)]),
        (
            Record(days=200, passed_over=2, planned=True, followed=True, recurring=True),
            20 + 10 + 4 + 4 + 3,
            [
                (Ground.WAITED, 28),
                (Ground.PASSED_OVER, 2),
                (Ground.PLANNED, 1),
                (Ground.FOLLOWED, 1),
                (Ground.RECURRING, 1),
            ],
        ),
    ],
)
def test_points_and_their_grounds(record: Record, points: int, grounds: list[tuple[Ground, int]]) -> None:
    found = worth(record)
    assert (found.points, list(found.grounds)) == (points, grounds)
