"""Why a topic was left out: each sentence holds for the agenda beside it."""

import pytest
from hypothesis import given, settings

from app.domain.composing import Candidate, Infeasible, Instance, Proposal, WhyCode, compose
from app.domain.composing.model import WHY_WORDS
from tests.domain.test_composing import LONG, instances, topic

W = {"Tekninen": (20, 40), "Sivistys": (60, 70), "Terveys": (95, 120)}
REASONS = [
    ("too long", [topic("x", 90)], "It takes 90 min, longer than the whole time for topics (75 min)."),
    ("never there", [topic("x", 5, 1, None, "Terveys")], "Terveys is not there at the time of the topics."),
    (
        "never together",
        [topic("x", 5, 1, None, "Tekninen", "Sivistys")],
        "These are never there at the same time during the topics: Tekninen, Sivistys.",
    ),
    (
        "too short a visit",
        [topic("x", 15, 1, None, "Sivistys")],
        "It takes 15 min, but the time with Sivistys is only from minute 60 to 70.",
    ),
    (
        "the visit is full",
        [topic("y", 15, 9, "A", "Tekninen"), topic("z", 15, 9), topic("x", 10, 1, "A", "Tekninen")],
        "The time with Tekninen is only from minute 20 to 40, and topics that were taken need it.",
    ),
    (
        "no time left",
        [topic("y", 70, 9, "A"), topic("x", 10, 9, None)],
        "There was no time left: it takes 10 min and 5 min are free.",
    ),
    (
        "its organisation is heard",
        [topic("y", 70, 9, "A"), topic("x", 10, 4, "A")],
        "There was no time left: it takes 10 min, 5 min are free, "
        "and its organisation is heard with a topic of at least as many points.",
    ),
    (
        "nothing to fill the time before",
        [topic("y", 10, 1), topic("x", 5, 1, None, "Tekninen")],
        "The other topics end at minute 15, and the time with Tekninen begins only at minute 20.",
    ),
    ("it takes points away", [topic("x", 10, -1)], "The agenda would not be better with it."),
]


@pytest.mark.parametrize(
    ("candidates", "sentence"), [row[1:] for row in REASONS], ids=[row[0] for row in REASONS]
)
def test_the_reason_is_said(candidates: list[Candidate], sentence: str) -> None:
    answer = compose(Instance(tuple(candidates), windows=W), seconds=LONG)
    assert isinstance(answer, Proposal)
    said = {one.id: one.why.sentence for one in answer.left_out}
    assert said["x"] == sentence


@settings(max_examples=150, deadline=None)
@given(instances(7))
def test_every_reason_is_true(instance: Instance) -> None:
    answer = compose(instance, seconds=LONG)
    if isinstance(answer, Infeasible):
        return
    by_id = {one.id: one for one in instance.candidates}
    stop = answer.items[-1].end if answer.items else instance.opening
    free = instance.minutes - instance.closing - stop
    for left in answer.left_out:
        one, why = by_id[left.id], left.why
        assert why.sentence.endswith((".", ")."))
        windows = [instance.windows[name] for name in one.officials if name in instance.windows]
        start = max([instance.opening, *(window[0] for window in windows)])
        end = min([instance.minutes - instance.closing, *(window[1] for window in windows)])
        match why.code:
            case WhyCode.TOO_LONG:
                assert one.minutes > instance.room
            case WhyCode.NEVER_THERE | WhyCode.NEVER_TOGETHER:
                assert end <= start
            case WhyCode.WINDOW_TOO_SHORT:
                assert 0 < end - start < one.minutes
            case WhyCode.WINDOW_FULL:
                inside = sum(
                    item.end - item.start for item in answer.items if start <= item.start < item.end <= end
                )
                assert end - start - inside < one.minutes
            case WhyCode.NO_TIME_LEFT | WhyCode.ORGANISATION_HEARD:
                assert free < one.minutes
            case WhyCode.GAP:
                assert stop < start
            case WhyCode.NO_PLACE:
                assert windows
                assert start <= stop
                assert stop + one.minutes > end
            case WhyCode.ADDS_NOTHING:
                assert one.points <= 0 or not answer.proven


def test_every_reason_has_its_sentence() -> None:
    assert set(WHY_WORDS) == set(WhyCode)
