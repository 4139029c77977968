"""What happened to a topic, as its proposer may know it: only from agendas and memos that are published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from app.domain.follow_ups import ENDED, FollowUpState
from app.domain.meetings import MeetingState
from app.domain.topics import STATE_WORDS, TopicAct, TopicState, may_happen
from app.domain.words import N_


@dataclass(frozen=True)
class Happened:
    """One act to the topic, with the words that its proposer reads or wrote."""

    act: TopicAct
    at: datetime
    words: str = ""
    meeting_id: int | None = None
    held_from: TopicState | None = None  # the state that she knows, of an answer that she was not told
    kept_inside: bool = False  # words by mail of which it is not certain that she wrote them


@dataclass(frozen=True)
class SaidNote:
    """One entry of the memo as safe HTML; `said_by` is an organisation."""

    html: str
    said_by: str | None = None


@dataclass(frozen=True)
class Hearing:
    """One meeting with the topic on its agenda; `clock` is when the topic's turn comes.

    `published_at` is when the agenda was first released with the topic, None where the memo alone tells it.
    """

    meeting_id: int
    state: MeetingState
    table: str
    day: date
    starts: time
    clock: time
    place: str
    published_at: datetime | None
    memo_published_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    notes: Sequence[SaidNote] = ()

    @property
    def discussed(self) -> bool:
        """Whether the memo of the meeting can be read."""
        return self.state is MeetingState.MEMO_PUBLISHED

    @property
    def waits_for(self) -> bool:
        """Whether the agenda stands and no memo has come of it yet."""
        return self.state is MeetingState.PUBLISHED and self.memo_published_at is None


@dataclass(frozen=True)
class Promise:
    """One follow-up of the topic: `who` is an organisation or a title, never a private person's name."""

    text: str
    who: str | None
    due_on: date
    state: FollowUpState
    late: bool
    outcome: str = ""


@dataclass(frozen=True)
class LinkedMeasure:
    """One measure of the welfare plan that the topic or its follow-up carries out."""

    measure_id: int
    text: str


@dataclass(frozen=True)
class Step:
    """One step of the timeline; `word` and `sentence` are source messages, `words` is what a person wrote.

    `values` go into the sentence.
    """

    word: str
    at: datetime | None
    day: date | None = None
    words: str = ""
    sentence: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    hearing: Hearing | None = None
    done: bool = True
    current: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Journey:
    """Everything that the proposer's own page tells; no contact details."""

    number: str
    title: str
    text: str
    language: str
    state: TopicState
    steps: Sequence[Step]
    question: str | None = None
    may_withdraw: bool = False
    hearings: Sequence[Hearing] = ()
    promises: Sequence[Promise] = ()
    measures: Sequence[LinkedMeasure] = ()
    joined: int = 0  # other topics about the same matter that were joined to this one


WORDS = {
    TopicAct.ACCEPT: N_("Taken to the table"),
    TopicAct.ASK: N_("We asked for more"),
    TopicAct.REPLY: N_("You answered"),
    TopicAct.WRITE: N_("You wrote more"),
    TopicAct.POSTPONE: STATE_WORDS[TopicState.POSTPONED],
    TopicAct.DECLINE: STATE_WORDS[TopicState.DECLINED],
    TopicAct.WITHDRAW: STATE_WORDS[TopicState.WITHDRAWN],
    TopicAct.HAND_ON: STATE_WORDS[TopicState.HANDED_ON],
    TopicAct.ANSWER: N_("You have an answer"),
    TopicAct.MERGE: STATE_WORDS[TopicState.MERGED],
    TopicAct.SEPARATE: N_("A topic of its own again"),
    TopicAct.SPLIT: N_("Made into several topics"),
}
JOINED = N_("Your topic is about the same matter as another topic. You see here what happens to that one.")
JOINED_TO = N_(
    "Your topic is about the same matter as the topic “%(title)s”. You see here what happens to that one."
)
LATE = N_("It came after the last day for topics of the next meeting. It goes to the meeting after that.")
_HANDED = frozenset({TopicAct.HAND_ON, TopicAct.ANSWER})
_BROUGHT = frozenset({TopicAct.PUT_ON_AGENDA, TopicAct.CARRY_OVER})
_TAKEN_OFF = frozenset({TopicAct.TAKE_OFF_AGENDA, TopicAct.LET_REST})
OF_AGENDAS = _BROUGHT | _TAKEN_OFF | {TopicAct.DISCUSS, TopicAct.RETURN}
LEFT = (TopicState.ACCEPTED, TopicState.DISCUSSED)  # where a topic is after it was taken off an agenda
STOPS = frozenset({TopicState.DECLINED, TopicState.WITHDRAWN})
CANCELLED = N_("The meeting was cancelled")
NOT_REACHED = N_("Not reached this time")
IN_WORK = N_("In work")
ALL_DONE = N_("Done")
NOT_PROGRESSED = N_("Did not progress")

# What comes next, said before it happens.
COMING = {
    TopicState.RECEIVED: N_("The coordinator reads your topic and answers"),
    TopicState.ASKED: N_("You answer the question"),
    TopicState.ACCEPTED: STATE_WORDS[TopicState.ON_AGENDA],
    TopicState.POSTPONED: STATE_WORDS[TopicState.ON_AGENDA],
    TopicState.ON_AGENDA: STATE_WORDS[TopicState.DISCUSSED],
    TopicState.HANDED_ON: N_("You get an answer"),
}


def shown_state(state: TopicState, hearings: Sequence[Hearing], *, again: bool = False) -> TopicState:
    """Return the state that the proposer may know: drafts of agendas and memos stay inside.

    A topic that was taken off is on the agenda for her until the next release says otherwise; one that is
    taken up `again` has been discussed until then.
    """
    coming = any(one.state is MeetingState.PUBLISHED for one in hearings)
    if state in LEFT and any(one.waits_for for one in hearings):
        return TopicState.ON_AGENDA
    if state is TopicState.DISCUSSED and not any(one.discussed for one in hearings):
        state = TopicState.ON_AGENDA
    if state is TopicState.ON_AGENDA and not coming:
        return TopicState.DISCUSSED if again else TopicState.ACCEPTED
    return state


def taken_up_again(happened: Sequence[Happened]) -> bool:
    """Whether a topic came onto its latest agenda after it had been discussed."""
    last = next((one.act for one in reversed(happened) if one.act in _BROUGHT), None)
    return last is TopicAct.CARRY_OVER


def timeline(
    received_at: datetime,
    state: TopicState,
    happened: Sequence[Happened],
    hearings: Sequence[Hearing],
    promises: Sequence[Promise],
    *,
    joined_to: str | None = None,
    late: bool = False,
) -> list[Step]:
    """Return the steps in the order that they came, then the one that comes next.

    `state` is what shown_state answered. The last step that came is the current one, unless the topic
    ended without being discussed. `joined_to` is the title of the topic that this one follows, where
    everybody can read it; `late` is a topic that came after the last day for topics.
    """
    put = {one.meeting_id: one.at for one in happened if one.act in _BROUGHT}
    last = {one.meeting_id: one for one in happened if one.act in OF_AGENDAS}
    left = {meeting_id: one for meeting_id, one in last.items() if one.act in _TAKEN_OFF}
    steps = [Step(STATE_WORDS[TopicState.RECEIVED], received_at, sentence=LATE if late else "")]
    shown = _without_corrected(happened)
    steps += [_step(one, joined_to) for one in shown if one.act in WORDS]
    for one in hearings:
        steps += _heard(one, put.get(one.meeting_id), left.get(one.meeting_id))
    steps.sort(key=lambda step: step.at or received_at)
    if promises:
        steps.append(_agreed(promises))
    # What she wrote meanwhile moves nothing, so it is never where the topic stands.
    here = max(place for place, one in enumerate(steps) if one.word != WORDS[TopicAct.WRITE])
    latest = steps[here]
    answered = is_answered(state, happened)
    finished = answered or (bool(promises) and all(one.state in ENDED for one in promises))
    stopped = state in STOPS or latest.stopped
    steps[here] = replace(latest, stopped=stopped, current=not stopped and not finished)
    if state in COMING and not answered:
        steps.append(Step(COMING[state], None, done=False))
    return steps


def _step(one: Happened, joined_to: str | None) -> Step:
    if one.act is not TopicAct.MERGE:
        return Step(WORDS[one.act], one.at, words=one.words)
    if joined_to is None:
        return Step(WORDS[one.act], one.at, sentence=JOINED)
    return Step(WORDS[one.act], one.at, sentence=JOINED_TO, values={"title": joined_to})


def is_answered(state: TopicState, happened: Sequence[Happened]) -> bool:
    """Whether the body that a topic was handed on to has answered."""
    last = next((one.act for one in reversed(happened) if one.act in _HANDED), None)
    return state is TopicState.HANDED_ON and last is TopicAct.ANSWER


def _without_corrected(happened: Sequence[Happened]) -> list[Happened]:
    """Leave out the answers that were corrected afterwards: the last one says it all."""
    kept: list[Happened] = []
    for one in happened:
        if one.act is TopicAct.ANSWER and kept and kept[-1].act is TopicAct.ANSWER:
            kept.pop()
        kept.append(one)
    return kept


def _heard(hearing: Hearing, put_at: datetime | None, left: Happened | None) -> list[Step]:
    known = hearing.published_at or put_at
    steps = [Step(STATE_WORDS[TopicState.ON_AGENDA], known, hearing=hearing)]
    if hearing.state is MeetingState.CANCELLED:
        steps.append(Step(CANCELLED, hearing.cancelled_at or known, words=hearing.cancel_reason))
    elif hearing.discussed and left is not None:
        steps.append(Step(NOT_REACHED, left.at, day=hearing.day, words=left.words))
    elif hearing.discussed:
        steps.append(
            Step(STATE_WORDS[TopicState.DISCUSSED], hearing.memo_published_at or known, day=hearing.day)
        )
    return steps


def _agreed(promises: Sequence[Promise]) -> Step:
    states = {one.state for one in promises}
    if states - ENDED:
        return Step(IN_WORK, None, sentence=N_("See below what was agreed."))
    if FollowUpState.NOT_PROGRESSED in states:
        return Step(NOT_PROGRESSED, None, sentence=N_("The reasons are below."), stopped=True)
    return Step(ALL_DONE, None, sentence=N_("Everything that was agreed has been done."))


def question(state: TopicState, happened: Sequence[Happened]) -> str | None:
    """Return what the coordinator asks now, None where the topic does not wait for an answer."""
    if not may_happen(TopicAct.REPLY, state):
        return None
    return next((one.words for one in reversed(happened) if one.act is TopicAct.ASK), "")
