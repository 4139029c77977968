"""The demo shows how agendas are made and evenings held, as the services themselves would have made them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.attendance import PresenceState
from app.domain.carrying import Why
from app.domain.clock import local, today
from app.domain.composing import Proposal
from app.domain.deadlines import came_late
from app.domain.meetings import MeetingState
from app.domain.permissions import SYSTEM
from app.domain.releases import What
from app.domain.running import ItemState
from app.domain.statements import is_late
from app.domain.timing import fit
from app.domain.topics import READY, TopicAct, TopicState
from app.extensions import db
from app.models import Invitation, Meeting, Presence, Statement, Topic
from app.services import demo, releases
from app.services.advice import Advice
from app.services.announcing import plan
from app.services.carry_over import carried_over
from app.services.coming import late_meetings, next_meetings
from app.services.experience import usual_minutes
from app.services.proposing_agenda import suggest
from app.services.reserve import passed_over_by
from app.services.rhythm import lacking
from app.services.since_last import of_meeting
from app.services.statements import mailed, standing_of
from app.services.timekeeping import running_of
from app.services.windows import stored_windows

DAYS = [  # every day of the week, and days when nobody meets
    date(2027, 1, 4),
    date(2028, 2, 29),
    date(2027, 6, 16),
    date(2027, 3, 25),
    date(2027, 5, 7),
    date(2027, 10, 30),
    date(2028, 6, 25),
    date(2026, 12, 29),
]
NEW_AND_GONE = {What.NEW, What.REMOVED, What.MOVED, What.RETIMED}


def meetings(state: MeetingState | None = None, *, coming: bool = False) -> list[Meeting]:
    query = select(Meeting).order_by(Meeting.day)
    if state is not None:
        query = query.where(Meeting.state == state)
    return [one for one in db.session.scalars(query) if not coming or one.day > today()]


def topics(*states: TopicState) -> list[Topic]:
    return list(db.session.scalars(select(Topic).where(Topic.state.in_(states))))


def let_in() -> Topic:
    """Return the topic that came after the last day for topics and is on the agenda all the same."""
    found = []
    for meeting in meetings(MeetingState.PUBLISHED, coming=True):
        for one in (item.topic for item in meeting.items if item.topic):
            if meeting.topics_until and came_late(local(one.created_at).date(), meeting.topics_until):
                put = next(step for step in one.steps if step.act is TopicAct.PUT_ON_AGENDA)
                shown = [
                    release.at
                    for release in releases.all_of(meeting.id)
                    if any(item.topic_id == one.id for item in release.items)
                ]
                assert put.at < shown[0]
                found.append(one)
    assert len(found) == 1
    return found[0]


def clashes(meeting: Meeting) -> int:
    return len(Advice(meeting, stored_windows(meeting.id)).remedies)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_whatever_day_it_is_loaded_there_is_work_to_do(app: Flask, day: date) -> None:
    with time_machine.travel(datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC), tick=False):
        assert demo.load(today()) is not None
        assert lacking(SYSTEM, "fi")
        assert let_in()
        for meeting in next_meetings([one.table_id for one in meetings()]).values():
            assert meeting.topics_until is not None
            assert meeting.topics_until < meeting.day
        assert late_meetings(topics(*READY, TopicState.RECEIVED, TopicState.ASKED))
        told = [releases.all_of(one.id) for one in meetings(MeetingState.PUBLISHED, coming=True)]
        assert max(len(one) for one in told) == 3
        assert all(one.at <= datetime.now(UTC) for of in told for one in of)
        questions = db.session.scalars(select(Statement)).all()
        late = [
            is_late(standing_of(one), one.due_on, day, answered=one.answer is not None) for one in questions
        ]
        assert set(late) == {True, False}
        assert max(passed_over_by(topics(TopicState.POSTPONED)).values()) >= 2


def test_joined_topics_follow_another(loaded: demo.Loaded) -> None:
    joined = topics(TopicState.MERGED)
    assert len(joined) >= 2
    for topic in joined:
        assert topic.merged_into is not None
        assert topic.merged_into.table_id == topic.table_id
        assert topic.merged_into.created_at < topic.created_at
    others = [topic for topic in topics(*TopicState) if topic.state is not TopicState.MERGED]
    assert all(topic.merged_into_id is None for topic in others)


def test_of_two_topics_handed_on_one_is_answered(loaded: demo.Loaded) -> None:
    answered = [
        any(step.act is TopicAct.ANSWER for step in topic.steps) for topic in topics(TopicState.HANDED_ON)
    ]
    assert sorted(answered) == [False, True]


def test_statements_are_answered_late_or_open(loaded: demo.Loaded) -> None:
    questions = db.session.scalars(select(Statement).where(Statement.handed_on.is_(False))).all()
    waited = [one for one in questions if one.answer is None]
    late = [one for one in waited if is_late(standing_of(one), one.due_on, today(), answered=False)]
    assert (len(questions), len(waited), len(late)) == (3, 2, 1)
    everything = db.session.scalars(select(Statement)).all()
    assert set(mailed(everything)) == {one.id for one in everything}


def test_what_everybody_reads_is_what_was_built(loaded: demo.Loaded) -> None:
    for meeting in meetings():
        told = releases.all_of(meeting.id)
        assert bool(told) == (meeting.published_at is not None)
        assert [one.number for one in told] == list(range(1, len(told) + 1))
        if told and meeting.published_at:
            assert told[-1].at == meeting.published_at
    unpublished = [one for one in meetings(MeetingState.PUBLISHED) if releases.has_unpublished_changes(one)]
    assert len(unpublished) == 1


def test_a_coming_agenda_has_changed_in_every_way(loaded: demo.Loaded) -> None:
    often = [
        one for one in meetings(MeetingState.PUBLISHED, coming=True) if len(releases.all_of(one.id)) == 3
    ]
    assert len(often) == 1
    for since in (1, 2):
        story = releases.story(often[0], since)
        found = {what for one in story.changes.lines for what in one.what}
        assert found >= (NEW_AND_GONE if since == 1 else NEW_AND_GONE - {What.NEW})
    assert all(one.comment for one in releases.all_of(often[0].id)[1:])


def test_nobody_would_be_told_twice(loaded: demo.Loaded) -> None:
    """Those who were told by the last release have nothing new to hear until the agenda changes."""
    for meeting in meetings(MeetingState.PUBLISHED, coming=True):
        if not releases.has_unpublished_changes(meeting):
            assert [(one.name, one.why) for one in plan(meeting).letters] == []


def test_the_invited_have_been_told(loaded: demo.Loaded) -> None:
    for meeting in meetings(MeetingState.PUBLISHED, coming=True):
        rows = db.session.scalars(select(Invitation).where(Invitation.meeting_id == meeting.id)).all()
        assert any(one.organisation_id for one in rows)
        assert any(one.person_id for one in rows)
        assert any(one.told_at for one in rows)


def test_agendas_fit_the_clock_and_officials_but_for_one_draft(loaded: demo.Loaded) -> None:
    for meeting in meetings(coming=True):
        slots = [one.slot for one in meeting.items]
        over = fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone).over
        draft = meeting.state is MeetingState.DRAFT
        assert not over or draft
        if not draft and not releases.has_unpublished_changes(meeting):
            assert not clashes(meeting)
    assert [clashes(one) for one in meetings(MeetingState.DRAFT) if clashes(one)] == [1]


def test_a_break_waits_for_its_clock_after_free_minutes(loaded: demo.Loaded) -> None:
    coming = [item for one in meetings(coming=True) for item in one.items]
    assert any(one.kind is ItemKind.BREAK and one.fixed_start for one in coming)
    assert any(one.buffer_minutes for one in coming)
    assert any(one.officials for one in coming)


def test_evenings_ran_by_the_clock(loaded: demo.Loaded) -> None:
    held = [one for one in meetings() if one.begun_at]
    assert {one.id for one in meetings(MeetingState.MEMO_PUBLISHED)} < {one.id for one in held}
    states = set()
    for meeting in held:
        running = running_of(meeting, datetime.now(UTC))
        states |= {one.state for one in running.parts}
        assert running.is_over
        assert abs(running.late) <= 30
    assert states == {ItemState.DONE, ItemState.PUT_OFF}


def test_every_table_knows_by_experience(loaded: demo.Loaded) -> None:
    for table_id in {one.table_id for one in meetings()}:
        usual = usual_minutes(table_id)
        assert usual is not None
        assert 5 <= usual.minutes <= 30


def test_what_was_put_off_or_comes_again_is_proposed(loaded: demo.Loaded) -> None:
    why = {one.why for meeting in meetings(MeetingState.DRAFT) for one in carried_over(meeting)}
    assert why == set(Why)


def test_there_is_much_to_suggest_an_agenda_of(loaded: demo.Loaded) -> None:
    best = max((suggest(one, {}) for one in meetings(MeetingState.DRAFT)), key=lambda one: len(one.choices))
    assert len(best.choices) >= 8
    assert isinstance(best.proposal, Proposal)
    assert best.takes
    assert best.left_out


def test_the_next_meetings_hear_what_happened_since(loaded: demo.Loaded) -> None:
    told = [of_meeting(one, "fi") for one in meetings(coming=True)]
    assert any(one and one.answered for one in told)
    assert any(one and one.follow_ups for one in told)


def test_people_are_marked_in_every_way(loaded: demo.Loaded) -> None:
    marks = db.session.scalars(select(Presence)).all()
    assert {one.state for one in marks} == set(PresenceState)
    assert any(one.name for one in marks)
    assert any(one.came_at for one in marks)
    assert any(one.left_at for one in marks)
    assert len({one.meeting_id for one in marks}) == 4


def test_minutes_are_granted_beside_wishes(loaded: demo.Loaded) -> None:
    granted = [one for one in topics(*TopicState) if one.granted_minutes]
    assert any(one.wished_minutes and one.wished_minutes != one.granted_minutes for one in granted)
    assert any(one.recurring for one in granted)


def test_a_late_topic_was_let_in(loaded: demo.Loaded) -> None:
    one = let_in()
    assert one.late_for_id is None
