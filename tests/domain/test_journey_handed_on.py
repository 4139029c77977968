"""What the proposer of a topic that was handed on reads: it goes on until the body has answered."""

from datetime import UTC, datetime

import pytest

from app.domain.journey import Happened, Step, is_answered, timeline
from app.domain.topics import TopicAct, TopicState

S, A = TopicState, TopicAct


def at(day: int) -> datetime:
    return datetime(2027, 1, day, 12, tzinfo=UTC)


HANDED = Happened(A.HAND_ON, at(3), "Aihe on nyt täällä: Tekninen toimi.\nSe hoitaa valot.")
ANSWERED = Happened(A.ANSWER, at(5), "Tekninen toimi, Pekka Niemi:\nKorjataan.")
CORRECTED = Happened(A.ANSWER, at(6), "Tekninen toimi, Pekka Niemi:\nKorjataan pian.")
AGAIN = Happened(A.HAND_ON, at(8), "Aihe on nyt täällä: ELY-keskus.\nTie on valtion.")
TAKEN = Happened(A.ACCEPT, at(9))


def told(steps: list[Step]) -> list[str]:
    return [
        one.word + (" (now)" if one.current else "") + ("" if one.done else " (coming)")
        for one in steps
        if not one.stopped
    ]


@pytest.mark.parametrize(
    ("state", "happened", "words"),
    [
        (S.HANDED_ON, [HANDED], ["Received", "Handed on (now)", "You get an answer (coming)"]),
        (S.HANDED_ON, [HANDED, ANSWERED], ["Received", "Handed on", "You have an answer"]),
        (S.HANDED_ON, [HANDED, ANSWERED, CORRECTED], ["Received", "Handed on", "You have an answer"]),
        (
            S.HANDED_ON,
            [HANDED, ANSWERED, AGAIN],
            ["Received", "Handed on", "You have an answer", "Handed on (now)", "You get an answer (coming)"],
        ),
        (
            S.ACCEPTED,
            [HANDED, ANSWERED, TAKEN],
            [
                "Received",
                "Handed on",
                "You have an answer",
                "Taken to the table (now)",
                "On the agenda (coming)",
            ],
        ),
    ],
)
def test_a_topic_that_was_handed_on(state: TopicState, happened: list[Happened], words: list[str]) -> None:
    assert told(timeline(at(1), state, happened, [], [])) == words


def test_a_corrected_answer_is_read_once_in_its_last_words() -> None:
    steps = timeline(at(1), S.HANDED_ON, [HANDED, ANSWERED, CORRECTED], [], [])
    assert [one.words for one in steps[1:]] == [HANDED.words, CORRECTED.words]


def test_an_answer_counts_for_the_last_one_who_got_the_topic() -> None:
    assert is_answered(S.HANDED_ON, [HANDED, ANSWERED])
    assert not is_answered(S.HANDED_ON, [HANDED, ANSWERED, AGAIN])
    assert not is_answered(S.ACCEPTED, [HANDED, ANSWERED, TAKEN])
    assert not is_answered(S.HANDED_ON, [])
