"""What a proposer knows while answers to her topic are decided and not told, row by row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.journey import Happened
from app.domain.topics import TopicAct, TopicState
from app.domain.untold import MAY_WAIT, SPEAKS, known, known_state, waiting

A, S = TopicAct, TopicState
AT = datetime(2027, 1, 2, 12, tzinfo=UTC)


def story(*acts: TopicAct | tuple[TopicAct, TopicState]) -> list[Happened]:
    """Return steps: an act alone was told, one with a state was held since that state."""
    return [
        Happened(one[0], AT, f"{place}", held_from=one[1])
        if isinstance(one, tuple)
        else Happened(one, AT, f"{place}")
        for place, one in enumerate(acts)
    ]


# what happened, the topic's state -> the place of the answer that waits, what she reads, what she knows
ROWS = [
    ((), S.RECEIVED, None, "", S.RECEIVED),
    ((A.ACCEPT,), S.ACCEPTED, None, "0", S.ACCEPTED),
    (((A.ACCEPT, S.RECEIVED),), S.ACCEPTED, 0, "", S.RECEIVED),
    (((A.DECLINE, S.RECEIVED),), S.DECLINED, 0, "", S.RECEIVED),
    # What is built in silence meanwhile is not told either.
    (((A.ACCEPT, S.RECEIVED), A.PUT_ON_AGENDA), S.ON_AGENDA, 0, "", S.RECEIVED),
    ((A.ASK, (A.POSTPONE, S.ASKED)), S.POSTPONED, 1, "0", S.ASKED),
    # Of several that were held the last waits; she knows what she knew before the first.
    (((A.ACCEPT, S.RECEIVED), (A.DECLINE, S.RECEIVED)), S.DECLINED, 1, "", S.RECEIVED),
    # One that is told at once takes the place of those that waited; they are never read.
    (((A.DECLINE, S.RECEIVED), A.ACCEPT), S.ACCEPTED, None, "1", S.ACCEPTED),
    (((A.ACCEPT, S.RECEIVED), A.ASK), S.ASKED, None, "1", S.ASKED),
    (((A.ACCEPT, S.RECEIVED), A.PUT_ON_AGENDA, A.TAKE_OFF_AGENDA, A.HAND_ON), S.HANDED_ON, None, "123", None),
    (((A.ACCEPT, S.RECEIVED), A.MERGE), S.MERGED, None, "1", S.MERGED),
    (((A.ACCEPT, S.RECEIVED), A.MERGE, A.SEPARATE), S.RECEIVED, None, "12", S.RECEIVED),
    # Told once, and decided anew since.
    ((A.ACCEPT, (A.POSTPONE, S.ACCEPTED)), S.POSTPONED, 1, "0", S.ACCEPTED),
    ((A.ASK, A.REPLY, (A.DECLINE, S.RECEIVED)), S.DECLINED, 2, "01", S.RECEIVED),
    ((A.HAND_ON, A.ANSWER, (A.ACCEPT, S.HANDED_ON)), S.ACCEPTED, 2, "01", S.HANDED_ON),
    # What she wrote herself by mail she knows; it tells nothing of an answer, and takes no answer's place.
    (((A.ACCEPT, S.RECEIVED), A.WRITE), S.ACCEPTED, 0, "1", S.RECEIVED),
    ((A.WRITE, (A.ACCEPT, S.RECEIVED), A.PUT_ON_AGENDA, A.WRITE), S.ON_AGENDA, 1, "03", S.RECEIVED),
]


@pytest.mark.parametrize(("acts", "state", "waits", "read", "knows"), ROWS)
def test_the_proposer_knows_what_was_told(
    acts: tuple[TopicAct | tuple[TopicAct, TopicState], ...],
    state: TopicState,
    waits: int | None,
    read: str,
    knows: TopicState | None,
) -> None:
    happened = story(*acts)
    answer = waiting(happened)
    assert (answer and int(answer.words)) == waits
    assert "".join(one.words for one in known(happened)) == read
    assert known_state(state, happened) is (knows or state)


@pytest.mark.parametrize("act", TopicAct)
def test_only_answers_may_wait_and_only_what_speaks_takes_their_place(act: TopicAct) -> None:
    assert (act in MAY_WAIT) == (act in {A.ACCEPT, A.POSTPONE, A.DECLINE})
    happened = story((A.DECLINE, S.RECEIVED), act)
    assert (waiting(happened) is None) == (act in SPEAKS)
    if waiting(happened) is not None:
        assert known(happened) == ([] if act is not A.WRITE else happened[1:])


def test_words_that_are_perhaps_not_hers_stay_inside() -> None:
    happened = [replace(one, kept_inside=True) for one in story(A.WRITE)]
    assert known(happened) == []
