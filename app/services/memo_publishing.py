"""Publishing a memo: topics move on, proposers and the invited are told; and reopening it to correct it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.domain.carrying import NOT_AGAIN
from app.domain.clock import today, utc_now
from app.domain.errors import Stale
from app.domain.meetings import MeetingAct, MeetingState, check_happens
from app.domain.memo import NOT_REACHED, Correction, Memo, Warned, check_publishable, warnings
from app.domain.permissions import Act, Visitor, check_may
from app.domain.topics import TopicAct, TopicState
from app.domain.words import N_
from app.extensions import db, site
from app.mail import letters
from app.models import AgendaItem, Invitation, Meeting, Topic, TopicStep
from app.services import invited, untold
from app.services.addressees import addressees
from app.services.log import record
from app.services.memos import inside_memo, memo_of
from app.services.outbox import queue, signature
from app.services.proposers import followers, tell_waiting
from app.services.seen import mark
from app.services.topic_life import move
from app.services.transactions import act, get_to_change

NOT_TAKEN_UP = {TopicAct.TAKE_OFF_AGENDA: NOT_REACHED, TopicAct.LET_REST: NOT_AGAIN}


def check(visitor: Visitor, meeting_id: int, language: str) -> tuple[Memo, list[Warned]]:
    """Return the memo as it would go out, and what to look at once more."""
    memo = inside_memo(visitor, meeting_id, language, names=False)
    return memo, warnings(memo, today())


def mark_of(meeting_id: int) -> str:
    """Return a mark of the memo as it stands: another mark means that another text would go out."""
    return mark(memo_of(db.session.get_one(Meeting, meeting_id)))


@act
def publish(visitor: Visitor, meeting_id: int, seen: str | None = None) -> None:
    """Publish the memo, once however often it is pressed; refuse a personal identity code in it.

    `seen` is the mark of what the coordinator checked; raises Stale when something was written since.
    """
    meeting = get_to_change(Meeting, meeting_id)
    check_may(visitor, Act.PUBLISH_MEMO, meeting.table_id)
    if meeting.state is MeetingState.MEMO_PUBLISHED:
        return
    state = check_happens(MeetingAct.PUBLISH_MEMO, meeting.state)
    memo = memo_of(meeting)
    if seen is not None and seen != mark(memo):
        raise Stale(N_("Something was written after you opened this page. Look at the memo once more."))
    check_publishable(memo)
    meeting.state = state
    meeting.memo_published_at = utc_now()
    meeting.memo_published_by_id = visitor.person_id
    record(visitor, "memo.publish", "meeting", meeting.id, items=len(memo.items), attendances=memo.total)
    _move_topics(visitor, meeting, memo)
    _tell_invited(meeting)


@act
def reopen(visitor: Visitor, meeting_id: int, reason: Correction) -> None:
    """Open a published memo to correct it; everybody reads meanwhile that it is being corrected."""
    meeting = get_to_change(Meeting, meeting_id)
    check_may(visitor, Act.PUBLISH_MEMO, meeting.table_id)
    if meeting.state is MeetingState.PUBLISHED and meeting.memo_published_at is not None:
        return  # pressed twice
    meeting.state = check_happens(MeetingAct.REOPEN_MEMO, meeting.state)
    record(visitor, "memo.reopen", "meeting", meeting.id, reason=reason)


def _move_topics(visitor: Visitor, meeting: Meeting, memo: Memo) -> None:
    discussed = {item.id for item in memo.items if item.was_reached}
    rows = db.session.execute(
        select(AgendaItem.id, Topic)
        .join(Topic, Topic.id == AgendaItem.topic_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .options(selectinload(Topic.merged))
        .order_by(Topic.id)
        .with_for_update(of=Topic)
    ).all()
    ids = [topic.id for _, topic in rows]
    elsewhere = _on_other_agendas(meeting.id, ids)
    ways = _ways_here(meeting.id, ids)
    steps = {
        topic.id: _steps(topic.state, ways[topic.id], discussed=item_id in discussed)
        for item_id, topic in rows
        if topic.id not in elsewhere  # it waits for another meeting by now; that one tells of it
    }
    untold.told(visitor, [topic_id for topic_id, todo in steps.items() if todo], utc_now())
    for item_id, topic in rows:
        if topic.id not in steps:
            continue
        for step in steps[topic.id]:
            why = NOT_TAKEN_UP.get(step, {})
            move(visitor, topic, step, why.get(topic.language, ""), meeting.id)
            if why:
                tell_waiting(topic, why, "topic_not_reached", meeting.id)
        if item_id in discussed:
            for one in followers(topic):
                _tell_proposer(one, meeting.id)


@dataclass
class _Way:
    """How a topic came to a meeting, and whether that meeting is where its discussion ended or rests."""

    again: bool = False  # it had been discussed before it came
    rests: bool = False  # it was let rest there
    elsewhere: bool = False  # another meeting's memo says last how it went


def _ways_here(meeting_id: int, topic_ids: list[int]) -> dict[int, _Way]:
    ways = {topic_id: _Way() for topic_id in topic_ids}
    told = (TopicAct.PUT_ON_AGENDA, TopicAct.CARRY_OVER, TopicAct.DISCUSS, TopicAct.LET_REST)
    rows = db.session.execute(
        select(TopicStep.topic_id, TopicStep.act, TopicStep.meeting_id)
        .where(TopicStep.topic_id.in_(topic_ids), TopicStep.act.in_(told))
        .order_by(TopicStep.id)
    )
    for topic_id, how, where in rows:
        way, here = ways[topic_id], where == meeting_id
        if how in (TopicAct.DISCUSS, TopicAct.LET_REST):
            way.elsewhere = not here
            way.rests = here and how is TopicAct.LET_REST
        elif here:
            way.again = how is TopicAct.CARRY_OVER
    return ways


def _steps(state: TopicState, way: _Way, *, discussed: bool) -> list[TopicAct]:
    """Return what happens to a topic when the memo comes out, also for the second time.

    One that had been discussed before and was not reached this time rests as it was.
    """
    if discussed:
        return {
            TopicState.ON_AGENDA: [TopicAct.DISCUSS],
            TopicState.ACCEPTED: [TopicAct.PUT_ON_AGENDA, TopicAct.DISCUSS],
            TopicState.POSTPONED: [TopicAct.PUT_ON_AGENDA, TopicAct.DISCUSS],
            TopicState.DISCUSSED: [TopicAct.DISCUSS] if way.rests else [],
        }.get(state, [])
    leaves = TopicAct.LET_REST if way.again else TopicAct.TAKE_OFF_AGENDA
    here = not (way.rests or way.elsewhere)
    return {
        TopicState.ON_AGENDA: [leaves],
        TopicState.DISCUSSED: [TopicAct.RETURN, leaves] if here else [],
    }.get(state, [])


def _on_other_agendas(meeting_id: int, topic_ids: list[int]) -> set[int | None]:
    """Return the topics that stand on an agenda whose meeting is still to come."""
    return set(
        db.session.scalars(
            select(AgendaItem.topic_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(
                AgendaItem.topic_id.in_(topic_ids),
                Meeting.id != meeting_id,
                Meeting.state.in_((MeetingState.DRAFT, MeetingState.PUBLISHED)),
                Meeting.memo_published_at.is_(None),
            )
        )
    )


def _tell_proposer(topic: Topic, meeting_id: int) -> None:
    if not topic.contact_email:
        return
    letter = letters.topic_discussed(
        str(topic.number),
        topic.title,
        site().topic(topic.token),
        language=topic.language,
        signed=signature(topic.language),
    )
    queue(
        letter,
        topic.contact_email,
        f"topic_discussed:{topic.id}:{meeting_id}",
        topic_id=topic.id,
        meeting_id=meeting_id,
    )


def _tell_invited(meeting: Meeting) -> None:
    """Queue the memo's letter to everybody invited whom nobody took off the list, one to each address."""
    for one in addressees(invited.stored(meeting.id, Invitation.withdrawn_at.is_(None))):
        letter = letters.memo_published(
            meeting.table.name_in(one.language),
            meeting.day,
            site().memo(meeting.id, one.language),
            language=one.language,
            signed=signature(one.language),
        )
        who = one.who.removeprefix("person:")
        queue(letter, one.address, f"memo:{meeting.id}:{who}", person_id=one.person_id, meeting_id=meeting.id)
