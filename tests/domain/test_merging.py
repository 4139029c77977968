"""Which topics may be joined: every pair of states."""

import pytest

from app.domain.errors import Refused
from app.domain.merging import Joining, check_joins, longest_wish
from app.domain.topics import TopicState

MAY_BE_JOINED = {"received", "asked", "accepted", "postponed"}
MAY_GO_ON = {"received", "asked", "accepted", "postponed", "on_agenda"}


@pytest.mark.parametrize("state", list(TopicState))
@pytest.mark.parametrize("other", list(TopicState))
def test_a_topic_is_joined_to_one_that_goes_on(state: TopicState, other: TopicState) -> None:
    if state in MAY_BE_JOINED and other in MAY_GO_ON:
        check_joins(Joining(1, 7, state), Joining(2, 7, other))
    else:
        with pytest.raises(Refused):
            check_joins(Joining(1, 7, state), Joining(2, 7, other))


@pytest.mark.parametrize(
    ("state", "other", "sentence"),
    [
        ("on_agenda", "received", "is on an agenda"),
        ("merged", "received", "already"),
        ("received", "withdrawn", "has withdrawn it"),
        ("received", "merged", "joined to a third one"),
        ("received", "discussed", "has been discussed"),
        ("received", "handed_on", "handed on"),
        ("received", "declined", "not taken to the table"),
    ],
)
def test_why_not(state: str, other: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        check_joins(Joining(1, 7, TopicState(state)), Joining(2, 7, TopicState(other)))


def test_neither_to_itself_nor_over_tables() -> None:
    one = Joining(1, 7, TopicState.RECEIVED)
    with pytest.raises(Refused, match="to itself"):
        check_joins(one, one)
    with pytest.raises(Refused, match="different tables"):
        check_joins(one, Joining(2, 8, TopicState.RECEIVED))


@pytest.mark.parametrize(
    ("wishes", "longest"), [((None, None), None), ((5, None), 5), ((None, 5), 5), ((5, 20), 20)]
)
def test_the_longest_wish(wishes: tuple[int | None, ...], longest: int | None) -> None:
    assert longest_wish(*wishes) == longest
