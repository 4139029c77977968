"""Which topics of earlier meetings are proposed again: a line for each case, and nothing else."""

from itertools import product

import pytest

from app.domain.carrying import NOT_AGAIN, Past, Why, why_carried
from app.domain.topics import READY, TopicState

S = TopicState


@pytest.mark.parametrize(
    ("past", "why"),
    [
        (Past(S.ACCEPTED), Why.NOT_DISCUSSED),
        (Past(S.POSTPONED), Why.NOT_DISCUSSED),
        (Past(S.ACCEPTED, recurring=True, open_follow_ups=2), Why.NOT_DISCUSSED),
        (Past(S.ACCEPTED, stood=False), None),
        (Past(S.DISCUSSED), None),
        (Past(S.DISCUSSED, at_last=True), None),
        (Past(S.DISCUSSED, recurring=True), None),
        (Past(S.DISCUSSED, recurring=True, at_last=True), Why.RECURRING),
        (Past(S.DISCUSSED, open_follow_ups=1), Why.FOLLOWED),
        (Past(S.DISCUSSED, recurring=True, at_last=True, open_follow_ups=1), Why.FOLLOWED),
        (Past(S.DISCUSSED, stood=False, open_follow_ups=1), None),
        (Past(S.DISCUSSED, put_off=True), Why.NOT_DISCUSSED),
        (Past(S.DISCUSSED, put_off=True, at_last=True), Why.NOT_DISCUSSED),
        (Past(S.DISCUSSED, put_off=True, recurring=True), Why.NOT_DISCUSSED),
        (Past(S.DISCUSSED, put_off=True, recurring=True, at_last=True), Why.RECURRING),
        (Past(S.DISCUSSED, put_off=True, open_follow_ups=1), Why.FOLLOWED),
        (Past(S.DISCUSSED, put_off=True, stood=False), None),
        (Past(S.DISCUSSED, put_off=True, coming=True), None),
        (Past(S.ACCEPTED, coming=True), None),
        (Past(S.DISCUSSED, open_follow_ups=1, coming=True), None),
    ],
)
def test_each_case(past: Past, why: Why | None) -> None:
    assert why_carried(past) is why


def test_no_topic_in_any_other_state_is_proposed() -> None:
    for state in set(TopicState) - {*READY, S.DISCUSSED}:
        for at_last, recurring, open_ones, put_off in product(*[(False, True)] * 2, (0, 1), (False, True)):
            past = Past(
                state, at_last=at_last, recurring=recurring, open_follow_ups=open_ones, put_off=put_off
            )
            assert why_carried(past) is None, past


def test_the_words_come_in_three_languages() -> None:
    assert set(NOT_AGAIN) == {"fi", "sv", "en"}
