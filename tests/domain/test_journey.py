"""What a proposer may know of her topic, and in which order it is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.follow_ups import FollowUpState
from app.domain.journey import Happened, Hearing, Promise, Step, question, shown_state, timeline
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2027, 1, day, hour, tzinfo=UTC)


RELEASED = at(10)


def hearing(
    state: MeetingState, day: int = 20, meeting_id: int = 1, told: datetime | None = RELEASED
) -> Hearing:
    return Hearing(
        meeting_id=meeting_id,
        state=state,
        table="Pohjoinen",
        day=date(2027, 1, day),
        starts=time(18),
        clock=time(18, 5),
        place="",
        published_at=told,
        memo_published_at=at(day + 1) if state is MeetingState.MEMO_PUBLISHED else None,
        cancelled_at=at(day - 1) if state is MeetingState.CANCELLED else None,
        cancel_reason="Lumimyrsky" if state is MeetingState.CANCELLED else "",
    )


def promise(state: FollowUpState) -> Promise:
    return Promise("Lasketaan hinta", "Tekninen toimi", date(2027, 4, 30), state, late=False)


COMING, OUT, CANCELLED = MeetingState.PUBLISHED, MeetingState.MEMO_PUBLISHED, MeetingState.CANCELLED
S = TopicState


@pytest.mark.parametrize(
    ("state", "meetings", "shown"),
    [
        (S.RECEIVED, [], S.RECEIVED),
        (S.ACCEPTED, [], S.ACCEPTED),
        (S.ON_AGENDA, [], S.ACCEPTED),  # the agenda is a draft
        (S.ON_AGENDA, [COMING], S.ON_AGENDA),
        (S.ON_AGENDA, [CANCELLED], S.ACCEPTED),
        (S.ON_AGENDA, [CANCELLED, COMING], S.ON_AGENDA),
        (S.DISCUSSED, [COMING], S.ON_AGENDA),  # the memo is a draft
        (S.DISCUSSED, [OUT], S.DISCUSSED),
        (S.DISCUSSED, [], S.ACCEPTED),
        (S.DECLINED, [CANCELLED], S.DECLINED),
        (S.WITHDRAWN, [], S.WITHDRAWN),
        (S.ACCEPTED, [COMING], S.ON_AGENDA),  # taken off since the release that everybody reads
        (S.ACCEPTED, [OUT], S.ACCEPTED),
        (S.POSTPONED, [COMING], S.POSTPONED),  # its proposer has read why
        (S.DECLINED, [COMING], S.DECLINED),
    ],
)
def test_drafts_stay_inside(state: TopicState, meetings: Sequence[MeetingState], shown: TopicState) -> None:
    assert shown_state(state, [hearing(one) for one in meetings]) is shown


def told(steps: list[Step]) -> list[str]:
    """The words of the steps, with what the timeline shows beside them."""
    marks = {True: " (now)", False: ""}
    return [
        one.word
        + marks[one.current]
        + (" (ended)" if one.stopped else "")
        + ("" if one.done else " (coming)")
        for one in steps
    ]


ACCEPT = Happened(TopicAct.ACCEPT, at(5))
PUT = Happened(TopicAct.PUT_ON_AGENDA, at(6), meeting_id=1)

STORIES = [
    (S.RECEIVED, [], [], [], ["Received (now)", "The coordinator reads your topic and answers (coming)"]),
    (
        S.ASKED,
        [Happened(TopicAct.ASK, at(4), "Missä?")],
        [],
        [],
        ["Received", "We asked for more (now)", "You answer the question (coming)"],
    ),
    (
        S.RECEIVED,
        [Happened(TopicAct.ASK, at(4), "Missä?"), Happened(TopicAct.REPLY, at(5), "Sillalla.")],
        [],
        [],
        [
            "Received",
            "We asked for more",
            "You answered (now)",
            "The coordinator reads your topic and answers (coming)",
        ],
    ),
    (
        S.DECLINED,
        [Happened(TopicAct.DECLINE, at(4), "Ei")],
        [],
        [],
        ["Received", "Not taken to the table (ended)"],
    ),
    (S.WITHDRAWN, [Happened(TopicAct.WITHDRAW, at(4))], [], [], ["Received", "Withdrawn (ended)"]),
    # What she writes by mail is told where it belongs, and moves nothing.
    (
        S.DECLINED,
        [Happened(TopicAct.DECLINE, at(4), "Ei"), Happened(TopicAct.WRITE, at(5), "Miksi?")],
        [],
        [],
        ["Received", "Not taken to the table (ended)", "You wrote more"],
    ),
    (
        S.RECEIVED,
        [Happened(TopicAct.WRITE, at(2), "Ja silta.")],
        [],
        [],
        ["Received (now)", "You wrote more", "The coordinator reads your topic and answers (coming)"],
    ),
    (S.ACCEPTED, [ACCEPT, PUT], [], [], ["Received", "Taken to the table (now)", "On the agenda (coming)"]),
    (
        S.ON_AGENDA,
        [ACCEPT, PUT],
        [hearing(COMING)],
        [],
        ["Received", "Taken to the table", "On the agenda (now)", "Discussed (coming)"],
    ),
    (
        S.ACCEPTED,
        [ACCEPT, PUT],
        [hearing(CANCELLED)],
        [],
        [
            "Received",
            "Taken to the table",
            "On the agenda",
            "The meeting was cancelled (now)",
            "On the agenda (coming)",
        ],
    ),
    (
        S.DISCUSSED,
        [ACCEPT, PUT],
        [hearing(OUT)],
        [],
        ["Received", "Taken to the table", "On the agenda", "Discussed (now)"],
    ),
    (
        S.DISCUSSED,
        [ACCEPT, PUT],
        [hearing(OUT)],
        [promise(FollowUpState.DONE), promise(FollowUpState.IN_WORK)],
        ["Received", "Taken to the table", "On the agenda", "Discussed", "In work (now)"],
    ),
    (
        S.DISCUSSED,
        [ACCEPT, PUT],
        [hearing(OUT)],
        [promise(FollowUpState.DONE)],
        ["Received", "Taken to the table", "On the agenda", "Discussed", "Done"],
    ),
    (
        S.DISCUSSED,
        [ACCEPT, PUT],
        [hearing(OUT)],
        [promise(FollowUpState.DONE), promise(FollowUpState.NOT_PROGRESSED)],
        ["Received", "Taken to the table", "On the agenda", "Discussed", "Did not progress (ended)"],
    ),
]


@pytest.mark.parametrize(("state", "happened", "hearings", "promises", "words"), STORIES)
def test_the_steps_in_their_order(
    state: TopicState,
    happened: list[Happened],
    hearings: list[Hearing],
    promises: list[Promise],
    words: list[str],
) -> None:
    steps = timeline(at(1), state, happened, hearings, promises)
    assert told(steps) == words
    assert sum(one.current for one in steps) <= 1


def test_a_topic_put_on_a_published_agenda_later_is_told_from_that_day() -> None:
    late = [Happened(TopicAct.ACCEPT, at(12)), Happened(TopicAct.PUT_ON_AGENDA, at(13), meeting_id=1)]
    steps = timeline(at(11), S.ON_AGENDA, late, [hearing(COMING, told=at(14))], [])
    assert [one.at for one in steps[:3]] == [at(11), at(12), at(14)]


def test_a_topic_that_only_the_memo_tells_of_was_on_the_agenda_when_it_was_put_there() -> None:
    steps = timeline(at(1), S.DISCUSSED, [ACCEPT, PUT], [hearing(OUT, told=None)], [])
    assert [one.at for one in steps[:3]] == [at(1), at(5), at(6)]


def test_a_meeting_whose_memo_is_being_corrected_is_not_waited_for() -> None:
    assert shown_state(S.ACCEPTED, [replace(hearing(COMING), memo_published_at=at(22))]) is S.ACCEPTED


def test_the_day_of_the_talk_is_the_day_of_the_meeting() -> None:
    steps = timeline(at(1), S.DISCUSSED, [ACCEPT, PUT], [hearing(OUT, day=20)], [])
    assert steps[-1].day == date(2027, 1, 20)


@pytest.mark.parametrize("state", list(TopicState))
def test_a_question_stands_only_while_it_waits_for_an_answer(state: TopicState) -> None:
    asked = [Happened(TopicAct.ASK, at(2), "Missä?"), Happened(TopicAct.ASK, at(3), "Milloin?")]
    assert question(state, asked) == ("Milloin?" if state is S.ASKED else None)


def test_a_topic_that_was_not_reached_says_so_and_waits_on() -> None:
    happened = [
        Happened(TopicAct.ACCEPT, at(2)),
        Happened(TopicAct.PUT_ON_AGENDA, at(9), meeting_id=1),
        Happened(TopicAct.TAKE_OFF_AGENDA, at(21), "Aiheelle ei jäänyt aikaa.", meeting_id=1),
    ]
    steps = timeline(at(1), S.ACCEPTED, happened, [hearing(OUT)], [])
    assert [step.word for step in steps] == [
        "Received",
        "Taken to the table",
        "On the agenda",
        "Not reached this time",
        "On the agenda",
    ]
    assert steps[3].words == "Aiheelle ei jäänyt aikaa."
    assert steps[3].current
    assert not steps[4].done
